"""A case from new to closed, by people's hands, with everything in the audit log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from cases import clock, inbox, log, similar, weight, workflow
from cases.tables import CaseRow
from guidelines.store.tables import AuditRow
from tests.cases.world import World
from tests.store.conftest import url

__all__ = ["url"]

NOW = dt.datetime(2026, 6, 1, 9, tzinfo=dt.UTC)


@pytest.fixture
def world(tmp_path: Path, url: str) -> Iterator[World]:
    made = World(tmp_path, url)
    yield made
    made.database.close()


def the_case(world: World) -> CaseRow:
    with world.database.reading() as session:
        return session.scalars(select(CaseRow).order_by(CaseRow.id.desc())).first()


def test_a_new_case_has_an_owner_a_clock_and_a_weight(world: World):
    world.ask_about("ana")

    case = the_case(world)

    assert (case.status, case.people, case.count) == ("new", 1, 1)
    assert case.team
    assert case.due_at - case.first_at == dt.timedelta(days=2)
    assert weight.weight(case.heat, case.first_at) == pytest.approx(1)


def test_the_same_person_counts_once_however_often_they_ask(world: World):
    for who in ("ana", "ana", "ben"):
        world.ask_about(who)

    case = the_case(world)

    assert (case.people, case.count) == (2, 3)


def test_a_flight_tomorrow_weighs_more_than_two_people_who_wonder():
    wondering = weight.added(
        weight.added(0, NOW, new_person=True, soon=False), NOW, new_person=True, soon=False
    )
    flying = weight.added(0, NOW, new_person=True, soon=True)

    assert flying > wondering


def test_a_question_of_two_weeks_ago_weighs_half():
    heat = weight.added(0, NOW - dt.timedelta(days=14), new_person=True, soon=False)

    assert weight.weight(heat, NOW) == pytest.approx(0.5)


NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "text",
    [
        "I fly tomorrow", "posted in two weeks", "URGENT: can I", "I'm leaving on Friday", "deploying soon",
        "my posting starts next month", "next month I move to Tokyo", "I arrive in Suva in four weeks",
        "we leave on 12 June", "flight on Jun 3rd", "I start on 2026-06-15",
    ],
)  # fmt: skip
def test_words_that_say_it_is_needed_soon(text: str):
    assert weight.imminent(text, NOON)


@pytest.mark.parametrize(
    "text",
    [
        "can I use it?", "is it a weekly thing", "next year we may move", "the policy of next month",
        None, "",
        "I went on 12 May", "we leave on 12 August", "the statement of 3 June 2018", "on 2026-06-99",
    ],
)  # fmt: skip
def test_words_that_do_not(text: str | None):
    assert not weight.imminent(text, NOON)


def test_taking_a_case_up_assigns_it_and_starts_the_clock_of_the_decision(world: World):
    world.ask_about("ana")

    with world.database.transaction() as session:
        row = workflow.move(session, 1, "in-review", "Olga Owner")
        assert (row.status, row.assignee) == ("in-review", "Olga Owner")
        assert row.due_at > dt.datetime.now(dt.UTC) + dt.timedelta(days=14)


def test_declining_needs_a_reason(world: World):
    world.ask_about("ana")

    with world.database.transaction() as session:
        with pytest.raises(workflow.CannotDo, match="Say why"):
            workflow.move(session, 1, "declined", "Olga Owner")
        row = workflow.move(session, 1, "declined", "Olga Owner", "It is covered elsewhere.")
        assert (row.status, row.reason, row.due_at) == ("declined", "It is covered elsewhere.", None)


def test_nobody_publishes_a_case_by_hand(world: World):
    world.ask_about("ana")

    with (
        world.database.transaction() as session,
        pytest.raises(workflow.CannotDo, match="cannot become published"),
    ):
        workflow.move(session, 1, "published", "Olga Owner")


def test_every_step_is_in_the_audit_log_with_before_and_after(world: World):
    world.ask_about("ana")
    with world.database.transaction() as session:
        workflow.move(session, 1, "in-review", "Olga Owner")
        workflow.assign(session, 1, "Ben Second", "Olga Owner")
        note = workflow.add_note(session, 1, "Asked the vendor.", "Olga Owner")
        workflow.withdraw_note(session, note.id, "Olga Owner")

    with world.database.reading() as session:
        rows = session.scalars(
            select(AuditRow).where(AuditRow.subject == "case C-0001").order_by(AuditRow.seq)
        ).all()

    assert [(row.who, row.action) for row in rows] == [
        ("Olga Owner", "case moved"),
        ("Olga Owner", "case assigned"),
        ("Olga Owner", "case noted"),
        ("Olga Owner", "note withdrawn"),
    ]
    assert (rows[1].before, rows[1].after) == ('{"assignee": "Olga Owner"}', '{"assignee": "Ben Second"}')


def test_the_last_step_can_be_undone_and_an_older_one_cannot(world: World):
    world.ask_about("ana")
    with world.database.transaction() as session:
        workflow.move(session, 1, "in-review", "Olga Owner")
        workflow.assign(session, 1, "Ben Second", "Olga Owner")
        steps = workflow.history(session, 1)
        assert [step.undoable for step in steps] == [True, False]

        with pytest.raises(workflow.CannotDo, match="has changed since"):
            workflow.undo(session, 1, steps[1].seq, "Olga Owner")
        row = workflow.undo(session, 1, steps[0].seq, "Olga Owner")

        assert row.assignee == "Olga Owner"


def test_undoing_a_decline_gives_the_case_its_clock_back(world: World):
    world.ask_about("ana")
    with world.database.transaction() as session:
        due = session.get(CaseRow, 1).due_at
        workflow.move(session, 1, "declined", "Olga Owner", "No.")
        row = workflow.undo(session, 1, workflow.history(session, 1)[0].seq, "Olga Owner")

        assert (row.status, row.reason, row.due_at, row.closed_at) == ("new", None, due, None)


def test_only_its_author_withdraws_a_note(world: World):
    world.ask_about("ana")
    with world.database.transaction() as session:
        note = workflow.add_note(session, 1, "Mine.", "Olga Owner")
        with pytest.raises(workflow.CannotDo, match="Only the person who wrote"):
            workflow.withdraw_note(session, note.id, "Ben Second")


def test_merged_cases_count_together_and_split_apart_again(world: World):
    world.ask("ana", "can I blorp the wizz", "nlu_fallback")
    world.ask("ana", "can I blorp the wizz", "nlu_fallback")
    world.ask("ben", "may I blorp the wizz now", "nlu_fallback")
    world.ask("ben", "may I blorp the wizz now", "nlu_fallback")
    with world.database.transaction() as session:
        first = session.get(CaseRow, 1)
        assert [one.id for one in similar.alike(session, first)] == [2]

        merged = workflow.merge(session, 2, 1, "Olga Owner")
        assert (merged.people, merged.count) == (2, 2)
        assert inbox.inbox(session, inbox.Wanted()).total == 1
        assert len(log.occurrences(session, "C-0001")) == 2

    # The same words again count for the case that the two became.
    world.ask("cem", "may I blorp the wizz now", "nlu_fallback")
    reply = world.ask("cem", "may I blorp the wizz now", "nlu_fallback")
    assert reply.payload["case"] == "C-0001"
    with world.database.transaction() as session:
        assert session.get(CaseRow, 1).people == 3

        workflow.split(session, 2, "Olga Owner")
        one, two = session.get(CaseRow, 1), session.get(CaseRow, 2)
        assert [(one.people, one.count), (two.people, two.count)] == [(1, 1), (2, 2)]


def test_gaps_about_the_same_app_are_similar_and_others_are_not(world: World):
    world.ask_about("ana")
    world.ask("ben", role="diplomat", country="CN", app="wechat")
    with world.database.transaction() as session:
        first = session.get(CaseRow, 1)
        assert [(one.id, one.likeness) for one in similar.alike(session, first)] == [(2, 100)]
        session.get(CaseRow, 2).about = '{"app": ["another"], "device": ["work-phone"]}'
        session.flush()
        assert similar.alike(session, first) == []


def test_messages_that_mean_the_same_are_grouped_and_others_are_not():
    said = [
        (1, "can I install the blorp app please"),
        (2, "what is for lunch"),
        (3, "can i install blorp app please?"),
    ]

    assert similar.groups(said) == [[1, 3]]


def test_the_inbox_is_filtered_searched_and_in_order(world: World):
    world.ask_about("ana")
    world.ask_about("ben", role="clerk", text="I leave tomorrow, may I?")
    world.ask("ana", unknown_app="Blorply", role="diplomat", device="work-phone", country="CN")
    with world.database.transaction() as session:
        workflow.assign(session, 2, "Olga Owner", "Olga Owner")
        everything = inbox.inbox(session, inbox.Wanted())

        assert everything.total == 2
        assert everything.cases[0].urgent
        assert [c.id for c in inbox.inbox(session, inbox.Wanted(words="blorply")).cases] == [2]
        assert [c.id for c in inbox.inbox(session, inbox.Wanted(words="c-1")).cases] == [1]
        assert [c.id for c in inbox.inbox(session, inbox.Wanted(assignee="Olga Owner")).cases] == [2]
        assert [c.id for c in inbox.inbox(session, inbox.Wanted(assignee="nobody")).cases] == [1]
        assert [c.id for c in inbox.inbox(session, inbox.Wanted(unclear="unknown-app")).cases] == [2]
        assert inbox.inbox(session, inbox.Wanted(status="declined")).total == 0


def test_a_clock_without_a_step_is_refused(tmp_path: Path):
    place = tmp_path / "clock.yml"
    place.write_text("other: {look: 3, decide: 10}\n")

    with pytest.raises(clock.ClockError, match="`other` needs whole days for decide, look, publish"):
        clock.read(place)

"""A publication closes what it answers, and those who asked are told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cases import notices
from cases.privacy import load_key, pseudonym
from cases.tables import CaseRow
from tests.cases.world import World
from tests.store.conftest import url

__all__ = ["url"]


@pytest.fixture
def world(tmp_path: Path, url: str) -> Iterator[World]:
    made = World(tmp_path, url)
    yield made
    made.database.close()


def status(world: World, case: int = 1) -> str:
    with world.database.reading() as session:
        return session.get(CaseRow, case).status


def waiting(world: World, tmp_path: Path, who: str) -> list[notices.Notice]:
    with world.database.reading() as session:
        return notices.pending(session, pseudonym(load_key(tmp_path), who))


def test_a_rule_for_those_who_asked_publishes_the_case_and_tells_them(world: World, tmp_path: Path):
    world.ask_about("ana")

    closed = world.publish(world.with_rule(role=["diplomat"], app=["wechat"]))

    assert (closed.cases, closed.notices) == ((1,), 1)
    assert status(world) == "published"
    [notice] = waiting(world, tmp_path, "ana")
    assert (notice.case, notice.edition) == ("C-0001", 2)
    assert notice.enquiry.role == ("diplomat",)


def test_a_rule_about_something_else_changes_nothing(world: World, tmp_path: Path):
    world.ask_about("ana")

    closed = world.publish(world.with_rule(role=["cook"], app=["wechat"]))

    assert (closed.cases, closed.notices, status(world)) == ((), 0, "new")
    assert waiting(world, tmp_path, "ana") == []


def test_who_has_an_answer_is_told_while_the_case_stays_open_for_the_others(world: World, tmp_path: Path):
    world.ask_about("ana", role="diplomat")
    world.ask_about("ben", role="clerk")

    world.publish(world.with_rule(role=["clerk"], app=["wechat"]))

    assert status(world) == "new"
    assert waiting(world, tmp_path, "ana") == []
    assert [notice.enquiry.role for notice in waiting(world, tmp_path, "ben")] == [("clerk",)]


def test_a_new_app_of_that_name_answers_those_who_asked_about_it(world: World, tmp_path: Path):
    world.ask("ana", unknown_app="Blorply", role="diplomat", device="work-phone", country="CN")

    world.publish(world.with_app("blorply", "Blorply"))

    assert status(world) == "published"
    assert [notice.enquiry.app for notice in waiting(world, tmp_path, "ana")] == [("blorply",)]


def test_a_message_nobody_understood_is_published_once_its_owner_has_decided(world: World, tmp_path: Path):
    for _ in range(2):
        world.ask("ana", "blorp the wizz", "nlu_fallback")
    world.publish(world.with_rule(role=["cook"]))
    assert status(world) == "new"
    with world.database.transaction() as session:
        session.get(CaseRow, 1).status = "decided"

    world.publish(world.with_rule(role=["clerk"]))

    assert status(world) == "published"
    assert [notice.unclear for notice in waiting(world, tmp_path, "ana")] == ["not-understood"]


def test_a_case_met_again_after_it_was_published_opens_again(world: World):
    world.ask_about("ana")
    world.publish(world.with_rule(role=["diplomat"], app=["wechat"]))
    world.publish(world.pack)

    world.ask_about("ben")

    assert status(world) == "new"


def test_publishing_twice_tells_nobody_twice(world: World, tmp_path: Path):
    world.ask_about("ana")
    world.publish(world.with_rule(role=["diplomat"]))
    again = world.publish(world.with_rule(role=["diplomat"], app=["wechat"]))

    assert again.notices == 0
    assert len(waiting(world, tmp_path, "ana")) == 1


def test_who_opted_out_is_told_nothing_and_may_change_their_mind(world: World, tmp_path: Path):
    asker = pseudonym(load_key(tmp_path), "ana")
    world.ask_about("ana")
    with world.database.transaction() as session:
        notices.hush(session, asker)

    closed = world.publish(world.with_rule(role=["diplomat"]))

    assert (closed.cases, closed.notices) == ((1,), 0)
    with world.database.transaction() as session:
        notices.unhush(session, asker)
        assert not notices.hushed(session, asker)


def test_opting_out_throws_away_what_waits(world: World, tmp_path: Path):
    world.ask_about("ana")
    world.publish(world.with_rule(role=["diplomat"]))

    with world.database.transaction() as session:
        notices.hush(session, pseudonym(load_key(tmp_path), "ana"))

    assert waiting(world, tmp_path, "ana") == []


def test_nobody_is_told_about_an_enquiry_without_a_conversation(world: World):
    world.desk.rule({"role": "diplomat", "device": "work-phone", "country": "CN", "app": "wechat"})

    closed = world.publish(world.with_rule(role=["diplomat"]))

    assert (closed.cases, closed.notices) == ((1,), 0)


def test_a_channel_that_can_push_finds_whom_to_tell(world: World, tmp_path: Path):
    world.ask_about("ana", channel="telegram")
    world.ask_about("ben", channel="web")
    world.publish(world.with_rule(role=["diplomat"]))

    with world.database.transaction() as session:
        [(asker, notice)] = notices.waiting(session, "telegram")
        notices.told(session, [notice])

        assert asker == pseudonym(load_key(tmp_path), "ana")
        assert notices.waiting(session, "telegram") == []
        assert notices.told_of(session, [1]) == (2, 1)

"""Every ruling in a briefing is the one that `check` gives."""

from itertools import islice

import pytest

from answers.wording import sentence
from briefings import wording
from briefings.assembly import assemble
from briefings.itinerary import Posting, Stop
from guidelines.completion import Answer, Question, Table, consider
from guidelines.enquiry import Enquiry
from tests.briefings.conftest import TODAY

ROLES = (
    "defence-member", "defence-civilian", "defence-attache", "diplomat", "locally-engaged-staff",
    "trade-commissioner", "other-official", "contractor", "mp", "senator", "minister", "parliamentary-staff",
)  # fmt: skip


def considered(book, role, device, country, app):
    return consider(book, Enquiry.of({"role": role, "device": device, "country": country, "app": app}), TODAY)


def wrong_rows(book, made, role, devices):
    """What a briefing says otherwise than the rule book: one app of each row and group, on `devices`."""
    for place in made.places:
        for board in place.boards:
            for device in set(board.devices) & devices:
                for row in board.differs:
                    ruling = considered(book, role, device, place.country, row.ids[-1]).ruling
                    said = (row.there, row.rules, row.conditions, row.approvers)
                    expected = (
                        wording.said_of(ruling),
                        ruling.rules,
                        tuple(sentence(c) for c in ruling.conditions),
                        tuple(sentence(a) for a in ruling.approvers),
                    )
                    if said != expected:
                        yield place.country, device, row.ids[-1], said, expected
    for same in made.same:
        for device in set(same.devices) & devices:
            for group in same.groups:
                ruling = considered(book, role, device, made.places[0].country, group.ids[0]).ruling
                if wording.said_of(ruling) != group.there:
                    yield made.places[0].country, device, group.ids[0], group.there, ruling


def test_these_are_all_the_roles(book):
    assert book.vocabulary["role"].values == ROLES


@pytest.mark.slow
@pytest.mark.parametrize("role", ROLES)
def test_every_ruling_for_every_country_is_the_one_that_check_gives(book, role):
    devices = book.vocabulary["device"].values
    wrong = []
    for number, country in enumerate(book.vocabulary["country"].values):
        looked_at = {devices[number % len(devices)], devices[(number + 3) % len(devices)]}
        made = assemble(book, Posting((Stop(country),), role, tuple(sorted(looked_at))), TODAY)
        wrong += islice(wrong_rows(book, made, role, looked_at), 3)

    assert wrong == []


@pytest.mark.parametrize(("country", "role"), [("CN", "diplomat"), ("KR", "mp"), ("RU", "defence-attache")])
def test_every_single_app_is_ruled_as_check_rules_it(book, brief, country, role):
    made = brief(country, role=role, devices=["work-phone", "personal-phone"])
    said = {}
    for board in made.places[0].boards:
        said |= {
            (device, app): row.there for row in board.differs for app in row.ids for device in board.devices
        }
    for same in made.same:
        said |= {(device, app): g.there for g in same.groups for app in g.ids for device in same.devices}

    wrong = [
        (device, app)
        for (device, app), words in said.items()
        if wording.said_of(considered(book, role, device, country, app).ruling) != words
    ]

    assert len(said) == 2 * len(book.vocabulary["app"].values)
    assert wrong == []


@pytest.mark.parametrize("role", [None, "defence-official", "parliamentarian"])
def test_where_the_role_is_open_a_briefing_is_as_undecided_as_check(book, brief, role):
    made = brief("KR", role=role, devices=["work-phone"])
    kinds = {}
    for app in book.vocabulary["app"].values:
        outcome = considered(book, role, "work-phone", "KR", app)
        kinds[app] = (
            wording.said_of(outcome.ruling).heading if isinstance(outcome, Answer) else wording.DEPENDS
        )
        assert isinstance(outcome, Answer | Question | Table)
    said = {app: row.there.heading for b in made.places[0].boards for row in b.differs for app in row.ids}
    said |= {app: g.there.heading for same in made.same for g in same.groups for app in g.ids}

    assert said == kinds


def test_check_and_a_briefing_that_were_both_written_down_say_the_same(app):
    made = app.briefer.brief(Posting((Stop("CN"),), "diplomat", ("work-phone",)), channel="test")
    rows = [row for board in made.places[0].boards for row in board.differs]
    details = {"role": "diplomat", "device": "work-phone", "country": "CN"}

    for row in rows:
        ruling = app.desk.rule({**details, "app": row.ids[0]}).payload["ruling"]
        assert (ruling["effect"], tuple(ruling["rules"])) == (row.there.status, row.rules)
    assert rows

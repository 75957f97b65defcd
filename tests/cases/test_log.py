"""Writing gaps down: one case for each distinct gap, counted, with an owner; words can be deleted."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from cases import log
from cases.gap import Gap
from cases.log import Met
from guidelines.enquiry import Enquiry
from guidelines.rules import Owner
from guidelines.ruling import Unclear
from guidelines.store.database import Database

OWNER = Owner("App assessment", "assess@example.org")
OTHER = Owner("Parliamentary digital security", "security@parliament.example.org")


@pytest.fixture
def database(tmp_path: Path) -> Database:
    made = Database(f"sqlite:///{tmp_path / 'cases.db'}")
    made.migrate()
    return made


def met(database: Database, gap: Gap, owner: Owner = OWNER, **how) -> log.Case:
    with database.transaction() as session:
        return log.record(session, gap, owner, "a gap", Met(how.pop("asker", "somebody"), "chat", **how))


def test_the_same_unknown_app_in_another_spelling_is_the_same_case(database):
    first = met(database, Gap(Unclear.UNKNOWN_APP, words="Blorply"))
    again = met(database, Gap(Unclear.UNKNOWN_APP, Enquiry.of({"country": "JP"}), words="ＢＬＯＲＰＬＹ!"))

    assert (first.number, again.number, again.count) == ("C-0001", "C-0001", 2)


def test_another_app_another_kind_and_another_team_are_other_cases(database):
    wechat = Enquiry.of({"app": "wechat", "device": "personal-phone", "role": "mp"})
    numbers = {
        met(database, Gap(Unclear.NO_GUIDANCE, wechat), OTHER).number,
        met(database, Gap(Unclear.NO_GUIDANCE, wechat), OWNER).number,
        met(database, Gap(Unclear.NO_GUIDANCE, wechat.with_detail("app", ("line",)))).number,
        met(database, Gap(Unclear.NO_GUIDANCE, wechat.with_detail("device", ("work-phone",)))).number,
        met(database, Gap(Unclear.CONFLICTING_GUIDANCE, wechat, rules=("a", "b"))).number,
    }

    assert len(numbers) == 5


def test_roles_and_places_are_told_apart_by_the_occurrences(database):
    met(database, Gap(Unclear.NO_GUIDANCE, Enquiry.of({"app": "line", "country": "JP", "role": "diplomat"})))
    case = met(database, Gap(Unclear.NO_GUIDANCE, Enquiry.of({"app": "line", "country": ["KR", "CN"]})))

    with database.reading() as session:
        found = log.occurrences(session, case.number)

    assert [o.details["country"] for o in found] == ["JP", ["KR", "CN"]]
    assert [o.details["role"] for o in found] == ["diplomat", None]


def test_clashes_are_the_same_when_the_same_rules_clash(database):
    one = met(database, Gap(Unclear.CONFLICTING_GUIDANCE, Enquiry.of({"app": "line"}), rules=("b", "a")))
    two = met(database, Gap(Unclear.CONFLICTING_GUIDANCE, Enquiry.of({"app": "wechat"}), rules=("a", "b")))

    assert one.number == two.number


def test_a_case_is_found_however_its_number_is_typed(database):
    met(database, Gap(Unclear.UNKNOWN_APP, words="Blorply"))

    with database.reading() as session:
        for typed in ("C-0001", "c-1", " 1 ", "C-01"):
            assert log.find(session, typed) is not None
        for typed in ("C-0002", "", "one", "C-", "9" * 30):
            assert log.find(session, typed) is None


def test_nothing_is_kept_of_a_transaction_that_fails(database):
    def fails() -> None:
        with database.transaction() as session:
            log.record(session, Gap(Unclear.UNKNOWN_APP, words="Blorply"), OWNER, "a gap", Met("x", "chat"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()

    with database.reading() as session:
        assert list(log.listed(session)) == []


def test_words_are_deleted_after_their_time_and_the_counts_stay(database):
    old = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    gap = Gap(Unclear.NOT_UNDERSTOOD, words="blub about something")
    met(database, gap, text="blub about something", at=old)
    case = met(database, Gap(Unclear.UNKNOWN_APP, words="Blorply"), text="can I use Blorply")

    with database.transaction() as session:
        assert log.forget_text(session, old + dt.timedelta(days=1)) == 1
    with database.reading() as session:
        cases = {c.unclear: c for c in log.listed(session)}
        kept = log.occurrences(session, case.number)
        gone = log.occurrences(session, cases["not-understood"].number)

    assert [o.text for o in kept] == ["can I use Blorply"]
    assert [o.text for o in gone] == [None]
    assert cases["not-understood"].count == 1
    assert "blub" not in cases["not-understood"].subject

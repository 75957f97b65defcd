"""The desk: one transaction for state, receipt and case; single enquiries; many people at once."""

import threading

import pytest
from sqlalchemy import text

from answers.desk import Desk, UnknownDetail
from cases import log
from guidelines.store import receipts
from guidelines.store.books import Books, NoEdition
from guidelines.store.database import Database, DatabaseAway
from tests.answers.conftest import Home
from tests.answers.talking import TODAY, Talk, held, ruled, stranger


def test_nothing_is_kept_of_a_turn_that_fails(desk, talk, database, monkeypatch):
    talk("may_i", app="tiktok", device="work-phone")
    monkeypatch.setattr(desk, "renderer", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        talk("may_i", stranger("Blorply"))
    monkeypatch.undo()

    with database.reading() as session:
        assert list(log.listed(session)) == []
        assert len(list(receipts.walk(session))) == 1
    assert held(talk("greet")) == {"app": "tiktok", "device": "work-phone"}


def test_a_locked_database_is_away_and_the_conversation_goes_on_afterwards(talk, database):
    talk("may_i", app="wechat", device="work-phone")
    with database.transaction() as session:
        session.execute(text("SELECT 1"))
        with pytest.raises(DatabaseAway):
            talk("inform", role="defence-member")

    assert ruled(talk("inform", role="defence-member"))[0] == "prohibited"


def test_without_an_edition_there_is_no_answer(tmp_path):
    empty = Database(f"sqlite:///{tmp_path / 'empty.db'}")
    empty.migrate()
    desk = Desk(Home(tmp_path), empty, Books(empty))

    with pytest.raises(NoEdition):
        Talk(desk)("greet")


def test_people_who_ask_at_once_are_all_answered_and_counted(desk, database):
    replies = []

    def ask(who: str) -> None:
        replies.append(Talk(desk, who)("may_i", stranger("Blorply")))

    threads = [threading.Thread(target=ask, args=(f"person {number}",)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len({reply.payload["receipt"] for reply in replies}) == 12
    with database.reading() as session:
        assert [case.count for case in log.listed(session)] == [12]
        assert receipts.first_broken_link(session) is None


def test_nobody_who_asked_is_kept_in_clear(talk, database):
    talk("may_i", stranger("Blorply"), text="Can I use Blorply? Anna Karenina, 0412 345 678")

    with database.reading() as session:
        (met,) = log.occurrences(session, "C-0001")
        stored = session.execute(text("SELECT key, state FROM conversations")).all()
    assert "the-conversation" not in met.asker
    assert met.text == "Can I use Blorply? [name], [phone]"
    assert "the-conversation" not in str(stored)
    assert "Karenina" not in str(stored)


def test_a_receipt_says_what_was_asked_and_what_came_out(talk, database):
    number = talk("may_i", app="wechat", device="work-phone", country="CN", role="defence-member").payload[
        "receipt"
    ]

    with database.reading() as session:
        receipt = receipts.find(session, number)
    assert receipt is not None
    assert receipt.enquiry == {
        "role": "defence-member", "device": "work-phone", "country": "CN", "app": "wechat",
    }  # fmt: skip
    assert receipt.outcome == {"effect": "prohibited", "unclear": None, "rules": ["defence-wechat-work"]}
    assert (receipt.edition, receipt.on, receipt.channel) == (1, TODAY, "chat")


def test_a_conversation_can_be_forgotten(desk, talk):
    talk("may_i", app="tiktok", device="work-phone")
    desk.forget(talk.conversation)

    assert held(talk("greet")) == {}


# Single enquiries


def test_a_single_enquiry_by_ids_is_ruled_on(desk):
    reply = desk.rule({"role": "diplomat", "device": "work-phone", "country": "CN", "app": "wechat"})

    assert ruled(reply) == ("approval-required", None, ["dee-wechat-china-work"])
    assert reply.payload["receipt"]


def test_a_single_enquiry_may_leave_out_what_does_not_matter(desk):
    reply = desk.rule({"app": "tiktok", "device": "work-device", "role": None})

    assert ruled(reply) == ("prohibited", None, ["pspf-tiktok-work"])


def test_a_single_enquiry_that_lacks_something_gets_the_question(desk):
    reply = desk.rule({"app": "wechat", "device": "work-phone", "country": "CN"})

    assert reply.payload["kind"] == "question"
    assert reply.payload["question"]["dimension"] == "role"
    assert reply.payload["ruling"] is None


def test_a_single_enquiry_without_an_app_follows_the_rules_and_not_the_habit_of_a_conversation(desk):
    reply = desk.rule({"role": "diplomat", "device": "work-phone", "country": "JP"})

    assert reply.payload["kind"] == "question"
    assert reply.payload["question"]["dimension"] == "app"


def test_a_single_enquiry_takes_lists(desk):
    reply = desk.rule(
        {"role": "diplomat", "device": "personal-phone", "country": "CN", "app": ["signal", "wechat"]}
    )

    assert reply.payload["kind"] == "list"
    assert [e["ruling"]["effect"] for e in reply.payload["rulings"]] == ["allowed", "conditional"]


@pytest.mark.parametrize(
    ("dimension", "given", "line"),
    [
        ("app", "wechatt", "no app `wechatt`: did you mean `wechat`?"),
        ("country", "Jappan", "no country `Jappan`: did you mean `JP`?"),
        ("role", "diplomatt", "no role `diplomatt`: did you mean `diplomat`?"),
        ("device", "xyzzy", "no device `xyzzy`"),
    ],
)
def test_what_is_in_no_vocabulary_is_named_with_the_nearest(desk, dimension, given, line):
    with pytest.raises(UnknownDetail) as error:
        desk.rule({dimension: given})

    assert str(error.value) == line


def test_a_day_may_be_named(desk):
    before = desk.rule(
        {"role": "diplomat", "device": "personal-phone", "country": "FJ", "app": "strava"},
        on=TODAY.replace(year=2024, month=1),
    )

    assert ruled(before) == ("allowed", None, ["dee-strava"])

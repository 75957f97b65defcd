"""Publishing: a transaction with two people, and editions that never change."""

import datetime as dt
import threading
import time

import pytest
from sqlalchemy import text

from guidelines.formats import corpus_from_dict
from guidelines.rules import Corpus
from guidelines.store import editions
from guidelines.store.books import Books, NoEdition
from guidelines.store.database import Database, DatabaseAway
from tests.store.conftest import plain_pack

TODAY = dt.date(2026, 11, 23)
DEFENCE = ("defence-member", "work-phone", "CN", "wechat")


def publish(database: Database, corpus: Corpus, who: str = "a policy officer") -> editions.Edition:
    with database.transaction() as session:
        editions.save_draft(session, corpus, who)
    return editions.publish(database, approved_by="the director", on=TODAY)


def test_a_published_draft_answers_and_the_draft_is_gone(database: Database, corpus: Corpus) -> None:
    edition = publish(database, corpus)
    assert edition.number == 1
    assert edition.approved_by == "the director"
    assert Books(database).current().rule(*DEFENCE, TODAY).rules == ("defence-wechat-work",)
    with database.reading() as session:
        assert editions.draft(session) is None


def test_a_draft_is_never_answered_from(database: Database, corpus: Corpus) -> None:
    with database.transaction() as session:
        editions.save_draft(session, corpus, "a policy officer")
    with pytest.raises(NoEdition):
        Books(database).current()


def test_the_person_who_wrote_a_draft_cannot_approve_it(database: Database, corpus: Corpus) -> None:
    with database.transaction() as session:
        editions.save_draft(session, corpus, "Kim")
    with pytest.raises(editions.CannotPublish, match="second person"):
        editions.publish(database, approved_by="kim ", on=TODAY)


def test_nobody_who_changed_a_draft_can_approve_it_whoever_changed_it_last(
    database: Database, corpus: Corpus
) -> None:
    for who in ("Kim", "Sam"):
        with database.transaction() as session:
            editions.save_draft(session, corpus, who)
    with pytest.raises(editions.CannotPublish, match="`Kim` wrote the draft"):
        editions.publish(database, approved_by="Kim", on=TODAY)
    assert editions.publish(database, approved_by="Lee", on=TODAY).number == 1


def change_and_publish(database: Database, corpus: Corpus, who: str = "import") -> editions.Edition:
    return editions.publish_change(database, lambda _: corpus, changed_by=who, approved_by="Lee", on=TODAY)[1]


def test_a_change_that_cannot_be_published_at_once_leaves_no_draft(
    database: Database, corpus: Corpus
) -> None:
    wrong = plain_pack()
    wrong["guidelines"][0]["sources"] = []
    with pytest.raises(editions.CannotPublish, match="lint found 1 error"):
        change_and_publish(database, corpus_from_dict(wrong))
    with pytest.raises(editions.CannotPublish, match="second person"):
        change_and_publish(database, corpus, "lee")
    with database.reading() as session:
        assert editions.working_corpus(session) is None
    assert change_and_publish(database, corpus).number == 1


def test_changes_published_at_the_same_time_all_come_out_one_after_the_other(
    database: Database, corpus: Corpus
) -> None:
    numbers: list[int] = []
    threads = [
        threading.Thread(target=lambda: numbers.append(change_and_publish(database, corpus).number))
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == [1, 2, 3]


def test_somebody_elses_unfinished_draft_is_not_published_along(database: Database, corpus: Corpus) -> None:
    with database.transaction() as session:
        editions.save_draft(session, corpus, "Kim")
    with pytest.raises(editions.CannotPublish, match="`Kim` has an unpublished draft"):
        change_and_publish(database, corpus)
    with database.reading() as session:
        assert editions.draft(session) is not None
        assert editions.newest(session) is None


def test_a_draft_with_lint_errors_is_not_published_and_stays(database: Database) -> None:
    plain = plain_pack()
    plain["guidelines"][0]["sources"] = []
    plain["guidelines"][0]["rules"][0]["scope"]["app"] = ["wechatt"]
    with database.transaction() as session:
        editions.save_draft(session, corpus_from_dict(plain), "Kim")
    with pytest.raises(editions.CannotPublish) as refused:
        editions.publish(database, approved_by="Lee", on=TODAY)
    assert {finding.code for finding in refused.value.findings} == {"missing-source", "unknown-concept"}
    assert any("did you mean `wechat`" in finding.message for finding in refused.value.findings)
    with database.reading() as session:
        assert editions.draft(session) is not None
        assert editions.newest(session) is None


def test_a_newly_published_edition_answers_within_a_second_and_the_old_one_still_does(
    database: Database, corpus: Corpus
) -> None:
    publish(database, corpus)
    books = Books(database)
    old = books.current()
    publish(database, corpus_from_dict(plain_pack("conditional")))
    deadline = time.monotonic() + 1
    while books.current().edition != 2 and time.monotonic() < deadline:
        time.sleep(0.02)
    assert books.current().rule(*DEFENCE, TODAY).effect == "conditional"
    assert old.rule(*DEFENCE, TODAY).effect == "prohibited"
    assert books.at(1).rule(*DEFENCE, TODAY).effect == "prohibited"


def test_two_people_who_publish_at_once_make_one_edition(database: Database, corpus: Corpus) -> None:
    with database.transaction() as session:
        editions.save_draft(session, corpus, "Kim")
    outcomes: list[object] = []

    def try_it() -> None:
        try:
            outcomes.append(editions.publish(database, approved_by="Lee", on=TODAY).number)
        except (editions.CannotPublish, DatabaseAway) as refused:
            outcomes.append(str(refused))

    threads = [threading.Thread(target=try_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count(1) == 1
    with database.reading() as session:
        assert [edition.number for edition in editions.listed(session)] == [1]


def test_a_draft_begun_before_somebody_elses_edition_is_not_published_over_it(
    database: Database, corpus: Corpus
) -> None:
    publish(database, corpus)
    with database.transaction() as session:
        editions.save_draft(session, corpus_from_dict(plain_pack("conditional")), "Kim")
        session.execute(text("UPDATE drafts SET base_edition = NULL"))
    with pytest.raises(editions.CannotPublish, match="edition 1 was published after"):
        editions.publish(database, approved_by="Lee", on=TODAY)


def test_content_changed_behind_the_programs_back_is_refused(database: Database, corpus: Corpus) -> None:
    publish(database, corpus)
    with database.transaction() as session:
        session.execute(text("UPDATE editions SET content_hash = :other"), {"other": "0" * 64})
    with pytest.raises(ValueError, match="changed after it was published"):
        Books(database).current()


def test_the_same_content_has_the_same_hash(database: Database, corpus: Corpus) -> None:
    first = publish(database, corpus)
    second = publish(database, corpus_from_dict(plain_pack()))
    assert (first.number, second.number) == (1, 2)
    assert first.content_hash == second.content_hash


def test_answers_go_on_from_the_last_edition_while_the_database_is_away(
    database: Database, corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(database, corpus)
    books = Books(database)
    books.current()
    with database.transaction() as session:
        session.execute(text("ALTER TABLE editions RENAME TO gone"))
    time.sleep(0.5)
    assert books.current().rule(*DEFENCE, TODAY).effect == "prohibited"


def test_who_published_what_is_in_the_audit_log(database: Database, corpus: Corpus) -> None:
    edition = publish(database, corpus, who="Kim")
    with database.reading() as session:
        rows = session.execute(text("SELECT who, action, subject, after FROM audit ORDER BY seq")).all()
    assert [tuple(row) for row in rows] == [
        ("Kim", "draft changed", "working", edition.content_hash),
        ("the director", "published", "edition 1", edition.content_hash),
    ]


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        ("UPDATE editions SET content = CAST('x' AS {blob}) WHERE number = 1", "edition 1 was changed"),
        ("UPDATE editions SET approved_by = 'Mallory' WHERE number = 2", "edition 2 is not the one"),
        ("DELETE FROM editions WHERE number = 1", "edition 1 is missing"),
        ("DELETE FROM editions WHERE number = 2", "edition 2 is missing"),
        ("DELETE FROM audit WHERE subject = 'edition 1'", "edition 1 is not the one"),
    ],
)
def test_the_first_edition_that_is_not_as_it_was_published_is_named(
    database: Database, corpus: Corpus, harm: str, said: str
) -> None:
    for _ in range(2):
        publish(database, corpus)
    with database.reading() as session:
        assert editions.first_broken(session) is None
    with database.transaction() as session:
        session.execute(text(harm.format(blob="BLOB" if database.is_sqlite else "BYTEA")))
    with database.reading() as session:
        assert (editions.first_broken(session) or "").startswith(said)

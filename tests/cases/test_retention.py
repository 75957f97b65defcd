"""Words are deleted after a time, and the counts stay."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from cases import log, reports, retention
from tests.cases.world import World
from tests.store.conftest import url

__all__ = ["url"]


def later(days: int) -> dt.datetime:
    return dt.datetime.now(dt.UTC) + dt.timedelta(days=days)


def test_the_words_go_after_their_days_and_the_counts_stay(tmp_path: Path):
    world = World(tmp_path)
    world.ask_about("ana", text="can a diplomat use it?")
    world.ask_about("ben", text="can a diplomat use it?")

    assert retention.sweep(world.database, 90, later(89)).texts == 0
    assert retention.sweep(world.database, 90, later(91)).texts == 2

    with world.database.reading() as session:
        [case] = log.listed(session)
        assert case.count == 2
        assert [one.text for one in log.occurrences(session, case.number)] == [None, None]


def test_a_message_that_was_not_understood_keeps_its_case_without_its_words(tmp_path: Path):
    world = World(tmp_path)
    for _ in range(2):
        world.ask("ana", "blorp the wizz", "nlu_fallback")

    retention.sweep(world.database, 30, later(31))

    with world.database.reading() as session:
        [case] = log.listed(session)
        assert "blorp" not in case.subject
        assert case.count == 1


def test_a_conversation_nobody_came_back_to_is_forgotten(tmp_path: Path):
    world = World(tmp_path)
    world.ask_about("ana")

    assert retention.sweep(world.database, 90, later(29)).conversations == 0
    assert retention.sweep(world.database, 90, later(31)).conversations == 1


def test_the_report_counts_what_was_asked_and_closed(tmp_path: Path, url: str):
    world = World(tmp_path, url)
    world.ask_about("ana")
    world.ask_about("ben", role="defence-member")
    world.publish(world.with_rule(role=["diplomat"], app=["wechat"]))
    today = dt.datetime.now(dt.UTC).date()

    with world.database.reading() as session:
        report = reports.Reports().report(session, world.books.current(), today - dt.timedelta(days=6), today)

    assert (report.questions, report.clear, report.share_clear) == (2, 1, 50.0)
    assert (report.opened, report.closed, report.open_now) == (1, 1, 0)
    assert report.median_days is not None
    assert report.apps == (("wechat", 2),)
    last = reports.as_csv(report).splitlines()[-1]
    assert last == f"{today},2,1,1,1"

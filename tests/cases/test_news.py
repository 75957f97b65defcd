"""Back in the chat, people are told what has become clear, for their own facts."""

from __future__ import annotations

from pathlib import Path

import pytest

from cases.tables import CaseRow, OccurrenceRow
from tests.cases.world import World


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def test_the_next_reply_begins_with_the_new_answer_for_their_facts(world: World):
    assert world.ask_about("ana").payload["ruling"]["unclear"] == "no-guidance"
    world.publish(world.with_rule(role=["diplomat"], app=["wechat"]))

    reply = world.ask("ana", "hello", "greet")

    assert "You asked about this on" in reply.text
    assert "(C-0001)" in reply.text
    assert "It was looked at and is fine" in reply.text
    [news] = reply.payload["news"]
    assert (news["case"], news["ruling"]["effect"], news["ruling"]["rules"]) == (
        "C-0001",
        "allowed",
        ["new-rule"],
    )
    assert news["context"]["role"] == "diplomat"


def test_they_are_told_once(world: World):
    world.ask_about("ana")
    world.publish(world.with_rule(role=["diplomat"], app=["wechat"]))
    world.ask("ana", "hello", "greet")

    assert "news" not in world.ask("ana", "hello", "greet").payload


def test_who_asks_the_same_again_gets_the_answer_only_once(world: World):
    world.ask_about("ana")
    world.publish(world.with_rule(role=["diplomat"], app=["wechat"]))

    reply = world.ask_about("ana")

    assert reply.text.count("It was looked at and is fine") == 1
    assert "There is a clear answer now" in reply.text
    assert (reply.payload["ruling"]["effect"], reply.payload["edition"]) == ("allowed", 2)


def test_another_asker_is_told_for_another_role(world: World):
    world.ask_about("ana", role="diplomat")
    world.ask_about("ben", role="clerk")
    pack = world.with_rule(role=["diplomat"], app=["wechat"])
    pack["guidelines"][0]["rules"].append(
        {"id": "clerks", "effect": "prohibited", "scope": {"role": ["clerk"]}, "reason": "Not for clerks."}
    )
    world.publish(pack)

    assert world.ask("ana", "hi", "greet").payload["news"][0]["ruling"]["effect"] == "allowed"
    assert world.ask("ben", "hi", "greet").payload["news"][0]["ruling"]["effect"] == "prohibited"


def test_nothing_is_told_that_a_later_edition_made_unclear_again(world: World):
    world.ask_about("ana")
    world.publish(world.with_rule(role=["diplomat"], app=["wechat"]))
    world.publish(world.pack)

    assert "news" not in world.ask("ana", "hi", "greet").payload


def test_a_message_that_was_not_understood_is_to_be_asked_again(world: World):
    for _ in range(2):
        world.ask("ana", "blorp the wizz", "nlu_fallback")
    with world.database.transaction() as session:
        session.get(CaseRow, 1).status = "decided"
    world.publish(world.with_rule(role=["cook"]))

    assert "Please ask it again" in world.ask("ana", "hi", "greet").text


def test_who_asks_anonymously_cannot_be_told_apart_nor_told(world: World):
    world.desk.hush("ana")
    world.ask_about("ana")
    world.ask_about("ana")
    with world.database.reading() as session:
        askers = [row.asker for row in session.query(OccurrenceRow)]
    world.publish(world.with_rule(role=["diplomat"]))

    assert len(set(askers)) == 2
    assert "news" not in world.ask("ana", "hi", "greet").payload


def test_who_changes_their_mind_is_told_of_later_questions(world: World):
    world.desk.hush("ana")
    world.desk.hush("ana", False)
    world.ask_about("ana")
    world.publish(world.with_rule(role=["diplomat"]))

    assert "news" in world.ask("ana", "hi", "greet").payload

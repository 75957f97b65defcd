"""A name that the edition holds is known, though the understanding has not read the new gazetteer yet."""

from __future__ import annotations

from pathlib import Path

from tests.cases.world import World


def test_an_app_published_a_moment_ago_is_ruled_on(tmp_path: Path):
    world = World(tmp_path)
    asked = {"unknown_app": "blorply", "role": "diplomat", "device": "work-phone", "country": "CN"}
    assert world.ask("ana", **asked).payload["ruling"]["unclear"] == "unknown-app"
    world.publish(world.with_app("blorply", "Blorply"))

    reply = world.ask("ben", **asked)

    assert reply.payload["context"]["app"] == "blorply"
    assert reply.payload["ruling"]["effect"] == "allowed"

"""Devices of which a clause tells something: lent, left alone, one of several, had by others."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "value", "how"),
    [
        ("The embassy is loaning us a mobile for Hanoi. Zalo?", "travel-phone", "exact"),
        ("They've lent me a phone for Bali: Grab?", "travel-phone", "exact"),
        ("I've been lent a phone for Bali. Grab?", "travel-phone", "inferred"),
        ("My cousin is lending me a phone for Bali. Grab?", "phone", "exact"),
        ("They're lending me a phone for Signal.", "phone", "exact"),
        ("Could I have Threema on the tablet I've got from the embassy?", "work-tablet", "exact"),
        ("Could I have Threema on the phone I've got from my mum?", "phone", "exact"),
        (
            "I work at the ministry and they've given me a tablet; may I have Canva on it?",
            "work-tablet",
            "exact",
        ),
        (
            "My friends are at the ministry and they've given me a tablet; may I have Canva on it?",
            "tablet",
            "exact",
        ),
        ("At the department I'm new and they've handed me a tablet; Canva on it?", "work-tablet", "exact"),
        ("My parents are visiting and they've given me a tablet; may I have Canva on it?", "tablet", "exact"),
    ],
)
def test_who_lent_or_gave_it_and_what_for_tells_whose_it_is(read, text, value, how):
    device = read(text).one("device")
    assert (device["value"], device["how"], device["stance"]) == (value, how, "asserted")


@pytest.mark.parametrize(
    ("text", "devices"),
    [
        ("Two handsets in Suva, one mine and one the mission's. May Viber go on both?", {"personal", "work"}),
        (
            "Two phones here, one is mine and the other is the department's. Viber on both?",
            {"personal", "work"},
        ),
        ("Two phones: one work, one my own. Viber on both", {"work", "personal"}),
        ("two mobiles, one work and one mine, Viber on either?", {"work", "personal"}),
        ("Two phones in Kabul, one a loaner and one mine. Viber on the loaner?", {"travel"}),
    ],
)
def test_one_of_several_is_mine_and_another_somebody_elses(read, text, devices):
    assert {value.removesuffix("-phone") for value in read(text).said("device")} == devices


@pytest.mark.parametrize(
    ("text", "devices"),
    [
        ("my tablet and my laptop, both personal, Discord on them?", ["personal-tablet", "personal-laptop"]),
        ("my laptop along with my tablet, both work, Discord?", ["work-laptop", "work-tablet"]),
        ("my work laptop and my phone, both in Hanoi, Zalo on them?", ["work-laptop", "phone"]),
    ],
)
def test_what_is_told_of_both_is_told_of_each(read, text, devices):
    assert read(text).said("device") == devices


@pytest.mark.parametrize(
    ("text", "devices"),
    [
        ("On my work laptop I have Zoom. On my own I'd want Telegram, may I?", ["personal-laptop"]),
        ("On my own phone I use Viber. On my work phone can I have it?", ["work-phone"]),
        ("On my own phone I use Viber. Ok?", ["personal-phone"]),
        ("My work phone's in my drawer, so Netflix on my own phone?", ["personal-phone"]),
        (
            "Two laptops here, mine and the work one. The work one remains untouched. On mine I'd want Zoom.",
            ["personal-laptop"],
        ),
        ("My laptop's packed away in my suitcase; my own phone then: Grab in Manila?", ["personal-phone"]),
        ("The work phone stays clean. Can I use Viber on it?", ["work-phone"]),
        ("Two phones in my bag, and it's the embassy's that I want Viber on.", ["work-phone"]),
        ("it's the government's that bothers me: may I have Viber on my phone?", ["phone"]),
    ],
)
def test_what_is_left_alone_is_not_asked_about(read, text, devices):
    assert read(text).said("device") == devices


def test_what_others_do_with_theirs_and_so_would_i_is_a_guess(read):
    device = read("The school has parents put Zalo on their own phones, and so would I.").one("device")
    assert (device["value"], device["how"], device["stance"]) == ("personal-phone", "inferred", "asserted")
    assert read("The school has parents put Zalo on their own phones.").said("device") == []


def test_a_device_of_the_same_kind_as_anothers_is_a_guess(read):
    heard = read("A mate has Zalo on her work phone. I'm in Hanoi, same sort of phone. Ok?")
    own = [e for e in heard.entities if e["entity"] == "device" and e["stance"] == "asserted"]
    assert [(e["value"], e["how"]) for e in own] == [("work-phone", "inferred")]
    assert read("A mate has Zalo on her work phone. I've the same phone. Ok?").said("device") == ["phone"]

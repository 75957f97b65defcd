"""Which of several devices a word picks."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "devices"),
    [
        (
            "I take my own iPad and the department's laptop to Suva. Is Zoom ok on the latter?",
            ["work-laptop"],
        ),
        ("Two tablets on my desk, one issued and one private. Netflix on the first?", ["work-tablet"]),
        ("An own phone, a work phone and a loan phone. Telegram on the second?", ["work-phone"]),
        ("I've a work phone and my own phone. Temu on the latter, not the former?", ["personal-phone"]),
        ("I've a work laptop and my own. I ask about the latter: Canva", ["personal-laptop"]),
        ("My own phone and an embassy one, and it's the embassy one I want Temu on", ["work-phone"]),
        ("One phone from work, one of my own. It's my own where I'd have Temu. Ok?", ["personal-phone"]),
        ("A new work phone and an old private one. May I run Line on the old one?", ["personal-phone"]),
        ("I have my work iPhone and my own Samsung with me. Line on the Samsung?", ["personal-phone"]),
        ("my work phone is a Nokia and I've my own Samsung. Line on the Nokia?", ["work-phone"]),
        ("my work laptop is a Dell, my own one is a MacBook. Zoom on the Dell?", ["work-laptop"]),
        ("The black phone is work's, the white phone is mine. Line on the black phone?", ["work-phone"]),
        ("The black phone is work's, the white phone is mine. Line on the white phone?", ["personal-phone"]),
        ("The black phone is a mystery, the white phone is mine. Line on the black phone?", ["phone"]),
    ],
)
def test_a_word_picks_one_of_the_devices_named_before(read, text, devices):
    heard = read(text)
    assert heard.said("device") == devices
    assert {e["how"] for e in heard.entities if e["entity"] == "device" and e["stance"] == "asserted"} == {
        "exact"
    }


@pytest.mark.parametrize(
    "text",
    [
        "Work phone or my own phone: Signal on the first or the second?",
        "I have a black work phone and a white private one. Line on the white one and the black one?",
        "It's the work phone that rings. Line on my own phone?",
        "I have a red work phone and a red private one. Line on the red one?",
        "I have a black work phone and a white private one. The white one broke. Line?",
        "My own phone and the work phone, in Suva and Apia. Line in the former?",
        "Line and Kakao on my own phone and my work phone, or only the first?",
        "the first time I used my work phone and my own phone for Line it failed, ok?",
    ],
)
def test_where_it_is_doubtful_which_is_picked_several_are_left_to_be_asked_about(read, text):
    assert set(read(text).said("device")) == {"work-phone", "personal-phone"}


@pytest.mark.parametrize(
    ("text", "devices"),
    [
        (
            "My own phone is a Nokia. The Samsung is from my boss. Line on the Samsung?",
            {"personal-phone", "phone"},
        ),
        ("my own phone is black. Line on the white one?", {"personal-phone"}),
    ],
)
def test_a_device_told_apart_from_the_one_that_is_named_is_asked_about(read, text, devices):
    heard = read(text)
    assert set(heard.said("device")) == devices
    assert {e["how"] for e in heard.entities if e["value"] == "personal-phone"} == {"inferred"}


def test_one_of_several_that_the_department_owns(read):
    assert read("the phone is the embassy's. Line?").said("device") == ["work-phone"]
    assert read("the tablet is the ministry's and the phone mine. Line on the tablet?").said("device")[
        :1
    ] == ["work-tablet"]

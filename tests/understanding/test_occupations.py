"""Roles told by what somebody does, and for whom a question is put."""

import pytest


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("I fly Seahawks off a frigate, is Signal ok on my own phone?", "defence-member"),
        ("Sensor operator on a maritime patrol plane here. May I have Strava?", "defence-member"),
        ("I audit tax returns in Melbourne for the ATO, is Slack fine", "other-official"),
        ("may I install Grammarly? I edit the Hansard of committees", "parliamentary-staff"),
        ("Gardener at the residence, hired by the embassy here. WhatsApp ok?", "locally-engaged-staff"),
        ("I head the political section at the embassy in Manila. Viber alright?", "diplomat"),
        (
            "I was recruited by the consulate as a visa assistant in Chennai, may I use imo",
            "locally-engaged-staff",
        ),
        ("As a day-rate developer at the department, can I have Notion?", "contractor"),
        ("I represent Geelong in the House. Is X ok?", "mp"),
    ],
)
def test_what_somebody_does_tells_their_role_and_is_asked_about(read, text, role):
    told = [e for e in read(text).entities if e["entity"] == "role" and e["stance"] == "asserted"]
    assert [(e["value"], e["how"]) for e in told] == [(role, "inferred")]


@pytest.mark.parametrize(
    "text",
    [
        "I run in the mornings, is Strava ok on my own phone?",
        "I'm off to Fiji for a wedding. WhatsApp?",
        "My phone is enrolled in the department's management, may I have Signal?",
        "a report on the Malaysian navy, can I use Zoom for it",
        "I met a senator yesterday",
        "My brother, a loadmaster, uses Telegram. May I?",
        "married to a diplomat, may I have Zalo on my own phone",
        "We scan receipts with Adobe Scan on work phones, ok?",
        "grumf wibble",
    ],
)
def test_what_is_nobodys_role_tells_none(read, text):
    assert read(text).said("role") == []


def test_who_names_a_role_is_taken_at_their_word(read):
    role = read("I'm a contractor, I fly drones over Defence land. Is DJI Fly ok?")
    assert role.said("role") == ["contractor"]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        (
            "The senator I work for wants to know whether I may have CapCut on my laptop",
            ["parliamentary-staff"],
        ),
        (
            "An MP I work for swears by Signal. Can I have Telegram on my work laptop?",
            ["parliamentary-staff"],
        ),
        ("can my minister have Signal on her own phone?", ["minister"]),
        ("I'm a staffer; may the senator have TikTok on his own phone?", ["senator"]),
        ("is Slack fine for someone at the tax office?", ["other-official"]),
        ("Could Treasury people have Perplexity on a work laptop?", ["other-official"]),
        ("Is Threads ok for a senator, and for his staff?", ["senator", "parliamentary-staff"]),
        ("Are both consuls and local staff allowed Viber?", ["diplomat", "locally-engaged-staff"]),
        ("I'm the elected member for a Perth seat in the House of Reps, is X ok", ["mp"]),
        ("My friend at Home Affairs uses Slack. May I have Signal on my phone?", []),
    ],
)
def test_it_is_the_role_of_whom_the_question_is_for(read, text, roles):
    assert read(text).said("role") == roles

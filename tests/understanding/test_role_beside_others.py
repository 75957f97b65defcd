"""Ranks and offices for short, and the asker's role beside others that are denied, compared or ruled for."""

import pytest


def _cues(understood):
    return [e["value"] for e in understood.entities if e["entity"] == "cue"]


@pytest.mark.parametrize(
    ("message", "role"),
    [
        ("I'm a midn at Jervis Bay, may I have Strava on my own phone?", "defence-member"),
        ("I'm an AC at Wagga, Snapchat on my own phone?", "defence-member"),
        ("LAC at Tindal, is Snapchat fine on my own mobile?", "defence-member"),
        ("EO in a senator's office, is Canva fine on my work laptop?", "parliamentary-staff"),
        ("I'm an EO with an MP, may I have Canva on my own phone?", "parliamentary-staff"),
        ("Agriculture dept delegate at the FAO in Rome, may I use WhatsApp?", "other-official"),
        ("I'm an EL1, dept of home affairs, Slack on my work laptop?", "other-official"),
        ("Would you mind if a Treasury analyst had KakaoTalk? I'm the analyst.", "other-official"),
        ("My partner works for Austrade, me: Treasury. WeChat on my own phone?", "other-official"),
        ("wife's in the army - me: contractor. Discord on my work laptop?", "contractor"),
        ("Me in the navy, Darwin. Strava on my own phone?", "defence-member"),
        ("Can LINE be run on work tablets by diplomats in Tokyo?", "diplomat"),
        ("Could I trouble you to confirm whether Miro may be used by a consul in Apia?", "diplomat"),
        ("May Zalo be kept on a private phone by a consul in Hanoi?", "diplomat"),
        ("Why aren't diplomats allowed Telegram on their work phones?", "diplomat"),
        ("Can't senators use TikTok on their own phones?", "senator"),
        ("Since it's fine for diplomats, why shouldn't I have Signal? I'm a contractor", "contractor"),
        ("If a minister may have Waze then why not me? I'm a senator", "senator"),
        ("I'm neither MP nor minister but a diplomat in Paris, Signal?", "diplomat"),
        ("I'm neither a senator nor a staffer, just a contractor, Signal?", "contractor"),
        ("I'm a senator's EO, is Canva fine on my work laptop?", "parliamentary-staff"),
        ("The shadow minister's diary manager here, may I have Slack?", "parliamentary-staff"),
        (
            "The EO of our senator (that's me) wants Canva on a personal laptop. May she?",
            "parliamentary-staff",
        ),
        ("I'm an adviser, is Trello fine on the parliamentary tablet?", "parliamentary-staff"),
        ("May a sapper have Strava on his own phone? The sapper is me.", "defence-member"),
        ("Is Slack fine on the work laptop of a contractor (me)?", "contractor"),
        ("Would Signal be fine for a consul in Apia? That would be me.", "diplomat"),
        ("I'm the deputy whip. May I run Signal on my office phone?", "parliamentarian"),
        ("SES band 3 in Defence, may I have Miro on my work laptop?", "defence-civilian"),
        ("EL1 at Russell, may I have Miro on my work laptop?", "defence-civilian"),
        ("I work in Defence, not in uniform. May I have Miro on my work laptop?", "defence-official"),
        ("Why is Miro off limits on a work laptop for us at Health?", "other-official"),
        ("I'm an official of the ATO, may I have Miro on my work laptop?", "other-official"),
        ("I began in the Army, went to Austrade and since May I'm a contractor. Slack?", "contractor"),
        ("I joined the Navy, then moved to Home Affairs. Slack on my work laptop?", "other-official"),
        ("If I were Austrade instead, could I?", "trade-commissioner"),
        ("Would that change if I were Defence?", "defence-official"),
        ("Snapchat while in uniform, Darwin, own phone?", "defence-member"),
        ("May I have Strava on my own phone as somebody who's in the army?", "defence-member"),
        ("Is Snapchat ok if you're navy? Own phone, Darwin", "defence-member"),
    ],
)
def test_the_role_is_the_askers(read, message, role):
    assert read(message).said("role") == [role]


@pytest.mark.parametrize(
    "message",
    [
        "laptop, private",
        "phone, private, Tokyo",
        "Is the AC remote app fine on my own phone?",
        "WeChat is mandatory for contractors here in Shenzhen, may I put it on my work phone?",
        "I'm not a soldier, can I have Strava on my own phone?",
        "I'm neither a diplomat nor a senator. Signal on my own phone?",
        "It was used by a senator, may I have Waze on my work phone?",
        "Health dept officer told me Skype is fine, can I use it on my work laptop?",
        "She saw me in the Senate, can I use WeChat on my own phone?",
        "If it's good enough for the minister, why can't I have Waze?",
        "May the consul's driver (that's me) have Grab on his own phone?",
        "The minister's EO told me Signal is fine, may I have it on my work phone?",
        "My adviser has it on the parliamentary laptop. May I?",
        "I'll whip up a list, may I use Notion on my own laptop?",
        "If DFAT were stricter, would you tell me?",
    ],
)
def test_what_others_are_is_no_role_of_the_asker(read, message):
    assert read(message).said("role") == []


@pytest.mark.parametrize(
    "message",
    [
        "I'm a senator's diary manager. May she have Grab on her work phone?",
        "Senator's EO here. Could she have Grab on her work phone?",
    ],
)
def test_whoever_is_staff_and_asks_for_her_asks_for_the_boss(read, message):
    understood = read(message)

    assert (understood.one("role")["value"], understood.one("role")["how"]) == ("senator", "inferred")


@pytest.mark.parametrize(
    "message",
    [
        "Can the minister's PA have Signal on her work phone?",
        "May the EO to a minister have Grab on her phone?",
        "The scheduler of our senator wants Grab on her phone. May she?",
    ],
)
def test_an_officer_of_theirs_is_asked_for_and_not_the_boss(read, message):
    understood = read(message)

    assert understood.one("role")["value"] == "parliamentary-staff"
    assert understood.one("role")["how"] == "inferred"
    assert "on_behalf" in _cues(understood)


def test_private_before_a_unit_is_a_rank(read):
    assert read("Private, 3RAR").said("role") == ["defence-member"]


@pytest.mark.parametrize(
    "message",
    [
        "Telegram for our ambassador on my work laptop?",
        "Grab for a senator here, on my own phone?",
    ],
)
def test_a_role_alone_is_a_guess_where_the_device_is_the_askers_own(read, message):
    understood = read(message)
    assert "on_behalf" not in _cues(understood)
    assert [e["how"] for e in understood.entities if e["entity"] == "role"] == ["inferred"]


@pytest.mark.parametrize(
    "message",
    [
        "Can my minister have Waze on my phone?",
        "Can my minister have Waze on my work phone?",
        "Can a senator have Waze on my work phone?",
        "Asking for my ambassador: Telegram on my work phone?",
        "On behalf of a senator: WeChat on my work phone?",
        "Our ambassador uses Telegram and wants me to ask if she may have it on her work phone",
        "Grab for a senator here, on a work phone?",
        "Signal for the minister on her phone, not on my work phone",
    ],
)
def test_for_whom_it_is_stays_where_words_say_it(read, message):
    assert "on_behalf" in _cues(read(message))


def test_who_wants_the_asker_to_join_is_not_asked_for(read):
    understood = read("The consul has WhatsApp and asked me to join. I'm a contractor, own phone")
    assert understood.said("role") == ["contractor"]
    assert "on_behalf" not in _cues(understood)


def test_one_who_wants_something_is_asked_for(read):
    heard = read("Minister wants Miro on her work laptop")

    assert (heard.said("role"), heard.said("cue")) == (["minister"], ["on_behalf"])


def test_a_boss_whose_role_is_told_behind_is_asked_for(read):
    heard = read("may our boss, a senator, join a hearing on Zoom from Suva")

    assert (heard.said("role"), heard.said("country")) == (["senator"], ["FJ"])


def test_a_seat_is_no_place(read):
    heard = read("I look after the Member for Kennedy's diary. Zoom on his work laptop?")

    assert [e["value"] for e in heard.entities if e["entity"] == "country"] == []


def test_one_may_be_two_things(read):
    message = "Could a contractor who's also a sapper use Signal on a work phone in Wellington? That's me."

    assert read(message).said("role") == ["contractor", "defence-member"]

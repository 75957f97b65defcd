"""Of whom it is asked where nobody says "I", and where somebody works where no role is told: guesses both."""

import pytest


@pytest.mark.parametrize(
    ("message", "role"),
    [
        ("Are there limits on Viber for locally engaged staff at the chancery?", "locally-engaged-staff"),
        ("Does the ban on Kaspersky cover contractors' home computers?", "contractor"),
        ("Is Discord tolerated on the tablets of senators?", "senator"),
        ("Could our LE accountant have Zalo on her desk computer?", "locally-engaged-staff"),
        ("Would Snapchat be permitted on an MP's own handset?", "mp"),
        ("The PM's press secretary would like Otter on his own laptop. Okay?", "parliamentary-staff"),
        ("Six members of the House go to Lima. May they have Waze on their own phones?", "mp"),
        ("My boss (Member for Groom) is keen on Threads. Is she right to use it?", "mp"),
        ("I look after a senator's diary. He's keen on Bluesky, is it okay on his own phone?", "senator"),
    ],
)
def test_whom_it_is_asked_about_is_guessed(read, message, role):
    understood = read(message)

    asked_of = [e for e in understood.entities if e["entity"] == "role" and e["stance"] == "asserted"]
    assert [(e["value"], e["how"]) for e in asked_of] == [(role, "inferred")]


@pytest.mark.parametrize(
    ("message", "role"),
    [
        ("Canva for an offsite with NIAA, work laptop?", "other-official"),
        ("miro for a workshop at geoscience australia, is that fine", "other-official"),
        ("Slack on the desktop, ONI, Canberra", "other-official"),
        ("is notion alright on a work laptop at Health?", "other-official"),
        ("could the AFP analyst in our section have Miro on her own laptop", "other-official"),
    ],
)
def test_the_only_organisation_named_is_taken_for_ones_own(read, message, role):
    assert read(message).said("role") == [role]


@pytest.mark.parametrize(
    "message",
    [
        "The ATO website told me to get myGov. May I have it on my own phone?",
        "Our senator's driver swears by Waze. Can I have it on my work phone?",
        "I read the Treasury memo on TikTok, is it fine on my own phone?",
        "Is Trello fine on my ATO laptop?",
        "Slack on a DFAT laptop, is that all right",
        "Most of my section are contractors. Signal on my phone?",
        "They are all diplomats. May I have Signal?",
        "Is Keep fine in Parliament House?",
    ],
)
def test_what_is_only_mentioned_is_nobodys_role(read, message):
    assert read(message).said("role") == []


def test_a_curly_apostrophe_is_one(read):
    assert read("I’m the ambassador’s driver, can I have Grab on my work phone?").said("role") == read(
        "I'm the ambassador's driver, can I have Grab on my work phone?"
    ).said("role")


def test_wife_is_no_if(read):
    assert read("My wife and I were with DFAT. Zoom on my own laptop?").said("role") == []


@pytest.mark.parametrize(
    ("message", "role"),
    [
        ("Starting as consul in May; for now still a contractor. Can I have Waze?", "contractor"),
        ("political officer (LES), Zagreb, may I have Viber", "locally-engaged-staff"),
        ("The consul told me it's fine for him. I'm a contractor, does that go for me? Viber", "contractor"),
        ("I write a senator's speeches. Am I okay with Otter on my work laptop?", "parliamentary-staff"),
        ("Bumble on my defence phone, APS, night shifts. May I?", "defence-civilian"),
        ("I take up the deputy defence attaché job in Lima in May. WhatsApp?", "defence-attache"),
    ],
)
def test_what_somebody_is_by_now_counts(read, message, role):
    assert read(message).said("role") == [role]


@pytest.mark.parametrize(
    "message",
    [
        "Someone sold our senator a boat on there, anyway is Instagram allowed on the office mobile?",
        "Box on a work laptop to send drafts to a contractor, is that on?",
        "We've got a locally engaged cook who has Viber. Can I have Viber on my work phone?",
    ],
)
def test_whoever_is_only_dealt_with_is_not_asked_about(read, message):
    assert read(message).said("role") == []


@pytest.mark.parametrize(
    ("message", "role"),
    [
        ("A third of the floor is diplomats, not me, I'm army. Viber ok?", "defence-member"),
        ("The contractor opposite has Grok on her laptop. I'm a diplomat; may I have it?", "diplomat"),
        ("I'm a backbencher, member for Cowper", "mp"),
        ("They asked our third secretary, that's me, to install Zalo. May I?", "diplomat"),
        ("Is Strava fine for someone in uniform posted to Oman?", "defence-member"),
        ("Can Douyin stay on a private phone when you work in Defence as a civilian?", "defence-civilian"),
        ("The people asking are diplomats. Can they have LINE?", "diplomat"),
        ("Is Viber OK for us? - Capt Jones", "defence-member"),
    ],
)
def test_it_is_the_role_of_the_asker_or_of_whom_it_is_asked_for(read, message, role):
    assert read(message).said("role") == [role]


@pytest.mark.parametrize(
    ("message", "role"),
    [
        ("Are third secretaries allowed to have WeCom on their own phones?", "diplomat"),
        ("I'm an EL2 with Defence off to Guam, Garmin Connect on my own phone?", "defence-civilian"),
        ("Defence APS 4, Canberra. Zoom on my work laptop?", "defence-civilian"),
        ("I'm with Defence, as a civil servant. Duolingo on my work phone?", "defence-civilian"),
        ("I'm in Defence. Are public servants allowed Duolingo?", "defence-official"),
        ("I'm an APS6 at Treasury, can I use Zoom?", "other-official"),
        (
            "My boss is the consul. I'm the shift manager, hired locally. Waze?",
            "locally-engaged-staff",
        ),
        ("I'm the director's driver, locally engaged. May I use Zalo?", "locally-engaged-staff"),
        ("Is Zalo okay for LE staff at the embassy like me?", "locally-engaged-staff"),
        ("May an employee of the parliament have Mastodon on her own phone?", "parliamentary-staff"),
        ("May a member of parliament have Mastodon on her own phone?", "mp"),
        ("I'm only one of his advisers, may I have Bluesky on my work phone", "parliamentary-staff"),
        ("I'm just one of his press secretaries, Bluesky on my work phone?", "parliamentary-staff"),
        ("my role: in the army. Strava on my own phone?", "defence-member"),
        ("Canada blocked WeChat for its diplomats. How about me, a contractor, own phone?", "contractor"),
        ("The US banned Temu for ministers. And me, a senator?", "senator"),
        ("Has DFAT approved Signal for its ambassadors?", "diplomat"),
        ("This isn't for my minister, it's for me, her press secretary. X?", "parliamentary-staff"),
        ("I'm not asking for the ambassador. I'm a contractor, can I have Viber?", "contractor"),
        ("Is Signal not for ministers?", "minister"),
    ],
)
def test_it_is_told_beside_others_whose_role_it_is(read, message, role):
    assert read(message).said("role") == [role]


@pytest.mark.parametrize(
    "message",
    [
        "Everyone at post apart from me is a diplomat. Viber on my own phone?",
        "everybody else on my corridor is a contractor except me, is Slack fine on my work laptop",
        "They're all diplomats bar me. May I have Viber?",
        "The manager, a contractor, uses Zalo. May I?",
        "I share a flat with the office manager, a locally engaged woman. May I use Zalo?",
        "I'm just visiting one of her staffers, may I have Threads on my work phone",
        "my neighbour: in the army. Strava on my own phone?",
        "The diplomats in Hanoi like me to have Zalo. May I?",
    ],
)
def test_what_others_are_is_nobodys_role(read, message):
    assert read(message).said("role") == []


@pytest.mark.parametrize(
    ("message", "roles"),
    [
        (
            "I'm a reservist as well as a Home Affairs officer. Strava?",
            ["defence-member", "other-official"],
        ),
        ("I'm a Treasury analyst and a reservist, can I have Strava?", ["defence-member", "other-official"]),
        ("I'm an army medic and an ATO auditor, is Strava ok", ["defence-member", "other-official"]),
        ("I'm a diplomat and a Treasury analyst asked me to use Zalo. May I?", ["diplomat"]),
        ("I'm a diplomat and a contractor told me to use Zalo. May I?", ["diplomat"]),
    ],
)
def test_somebody_may_be_two_things(read, message, roles):
    assert sorted(read(message).said("role")) == roles


def test_who_tells_of_oneself_asks_for_nobody_else(read):
    understood = read("I'm just her scheduler, may I have Threads on my work phone")

    assert "on_behalf" not in [e["value"] for e in understood.entities]

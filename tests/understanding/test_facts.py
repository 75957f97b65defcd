"""Places, devices and roles, and whose they are."""

import pytest


def test_congo_alone_is_asked_about_and_korea_is_inferred(read):
    assert read("WhatsApp in the Congo").one("ambiguous_country")["candidates"] == ["CD", "CG"]
    korea = read("KakaoTalk in Korea").one("country")
    assert (korea["value"], korea["how"]) == ("KR", "inferred")


@pytest.mark.parametrize(
    ("text", "devices"),
    [
        ("the office mobile", ["work-phone"]),
        ("my own handset", ["personal-phone"]),
        ("burner", ["travel-phone"]),
        ("DFAT laptop", ["work-laptop"]),
        ("my phone but it's enrolled", ["byod-phone"]),
        ("what if I enrolled it?", ["byod-phone"]),
        ("what if it were enrolled", ["byod-phone"]),
        ("what if it weren't enrolled", []),
        ("my laptop", ["laptop"]),
        ("my own device", ["personal-device"]),
        ("my MacBook", ["laptop"]),
        ("work and personal phones", ["work-phone", "personal-phone"]),
        ("on my work phone and laptop", ["work-phone", "work-laptop"]),
        ("not on my work phone, my own one", ["personal-phone"]),
        ("my phone number is on my card", []),
    ],
)
def test_a_device_is_ownership_and_form(read, text, devices):
    assert read(text).said("device") == devices


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("I'm in uniform", "defence-member"),
        ("ADF", "defence-member"),
        ("I'm the defence attaché", "defence-attache"),
        ("I work for a senator", "parliamentary-staff"),
        ("contractor at Russell", "contractor"),
        ("HOM", "diplomat"),
        ("LE staff", "locally-engaged-staff"),
        ("I'm with Austrade", "trade-commissioner"),
        ("I'm with Defence", "defence-official"),
        ("Are MPs allowed TikTok?", "mp"),
        ("I'm not a diplomat, I'm a contractor", "contractor"),
    ],
)
def test_a_role_is_the_askers_own(read, text, role):
    assert read(text).said("role") == [role]


@pytest.mark.parametrize(
    "text",
    [
        "my colleague is a diplomat, can I use WeChat",
        "I met a senator yesterday",
        "my husband is a contractor",
        "the ambassador's phone rang",
        "DFAT in Canberra says no to WhatsApp",
        "husband is the ambassador, can I use WhatsApp",
        "ex-navy, can I use Signal",
        "CapCut for the Senator's reels, ok?",
    ],
)
def test_somebody_elses_role_is_not_the_askers(read, text):
    assert read(text).said("role") == []


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("HOM Tokyo, LINE on my work phone, yes or no", "diplomat"),
        ("is WhatsApp ok on my own mobile, DFAT in Riyadh", "dfat-official"),
        ("VK on my phone, posted Moscow, third sec", "diplomat"),
        ("im a RAAF corporal off to Guam, snapchat on my phone?", "defence-member"),
        ("Threema for a navy bloke in Bahrain", "defence-member"),
        ("I'm a newly elected MP and everybody uses WhatsApp, may I", "mp"),
        ("LE staff here in Dili. The Consul asked me to set up a Viber group, ok?", "locally-engaged-staff"),
        ("My assistant's boss, a senator, is away; I'm a DFAT officer. Webex ok?", "dfat-official"),
        ("I run the Austrade shop in Busan, KakaoTalk?", "trade-commissioner"),
        ("A backbencher asks: Threads on my parliamentary phone?", "mp"),
        ("I do comms for a backbencher, Instagram on the office laptop?", "parliamentary-staff"),
        ("why no wechat for the ADF", "defence-member"),
        ("actually I'm an APS officer at Defence", "defence-civilian"),
    ],
)
def test_a_role_said_of_oneself_in_passing_is_taken(read, text, role):
    assert read(text).said("role") == [role]


def test_a_question_on_behalf_of_somebody_infers_their_role(read):
    heard = read("can my minister use WhatsApp in Jakarta")
    role = heard.one("role")
    assert (role["value"], role["how"]) == ("minister", "inferred")
    assert heard.said("country") == ["ID"]
    assert "on_behalf" in heard.said("cue")


def test_who_runs_the_office_of_somebody_is_staff(read):
    heard = read("I run the electorate office for a federal MP. Zoom on the office laptop?")

    assert heard.said("role") == ["parliamentary-staff"]


def test_the_team_of_a_minister_is_not_the_minister(read):
    assert read("who signs off on TikTok for a minister's media team").said("role") == []


def test_a_sentence_of_one_word_says_whose_the_device_is(read):
    assert read("and Grab, on my phone though. Personal.").said("device") == ["personal-phone"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("can I use it there", "there"),
        ("the first one", "first"),
        ("the last one", "last"),
        ("both", "both"),
        ("either of them", "either"),
        ("that one", "that_one"),
        ("both of the others", "others"),
        ("and the other two?", "others"),
        ("the other one", "other"),
        ("only the 2nd handset", "second"),
    ],
)
def test_words_that_point_back_are_handed_over(read, text, value):
    assert value in read(text).said("reference")


def test_what_about_me_goes_back_to_the_person_asking(read):
    heard = read("ok and what about me, I work for her")

    assert "own_case" in heard.said("cue")
    assert heard.intent == "may_i"


def test_for_me_again_goes_back_wherever_it_is_said(read):
    assert "own_case" in read("and on my work laptop, for me again?").said("cue")


def test_a_phone_that_is_enrolled_is_one_also_when_the_next_sentence_says_so(read):
    assert read("can I run Viber on my personal phone? it's enrolled").said("device") == ["byod-phone"]
    assert read("can I run Viber on my personal phone? it's not enrolled").said("device") == [
        "personal-phone"
    ]


@pytest.mark.parametrize(
    ("text", "roles", "how"),
    [
        ("I work for an MP and he wants Viber on his personal phone. May he?", ["mp"], "inferred"),
        ("I work for a minister. Can she use WhatsApp in Fiji?", ["minister"], "inferred"),
        ("I work for a senator, she told me to get WhatsApp. May I?", ["parliamentary-staff"], "exact"),
        ("i work in an electorate office, can i have whatsapp", ["parliamentary-staff"], "exact"),
        ("Army captain deploying to the Emirates. Botim on my own phone?", ["defence-member"], "exact"),
    ],
)
def test_the_role_is_of_whoever_the_question_is_for(read, text, roles, how):
    heard = read(text)
    assert heard.said("role") == roles
    assert heard.one("role")["how"] == how


@pytest.mark.parametrize(
    ("text", "devices"),
    [
        ("the one the department gave me, a mobile", ["work-phone"]),
        ("may I use LINE on the tablet the Senate issued me?", ["work-tablet"]),
    ],
)
def test_a_device_is_of_whoever_gave_it(read, text, devices):
    assert read(text).said("device") == devices


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("my husband is in the army but I'm the one with austrade. zalo?", ["trade-commissioner"]),
        ("is LINE okay in Bangkok? Posted there with DFAT.", ["dfat-official"]),
        ("is LINE ok, not DFAT just a contractor", ["contractor"]),
        ("Signal on a loan laptop? Ambassador accredited from Seoul.", ["diplomat"]),
    ],
)
def test_who_one_is_may_be_said_last(read, text, roles):
    assert read(text).said("role") == roles


def test_what_an_organisation_does_makes_nobody_its_own(read):
    assert read("I'm off to Fiji. With Defence banning WeChat, can I use it?").said("role") == []


def test_british_double_letters_are_no_slip_of_an_app(read):
    heard = read("VooV on the work laptop, I'll be dialling in from Canberra")
    assert heard.said("app") == ["voov-meeting"]


def test_an_app_that_is_a_word_may_say_what_it_is_for(read):
    assert read("Discord for the war-gaming club, on my own laptop").said("app") == ["discord"]


@pytest.mark.parametrize(
    ("text", "devices"),
    [
        ("a tablet belonging to me, is Temu ok?", ["personal-tablet"]),
        ("Waze on the mobile the regiment gave me?", ["work-phone"]),
        ("Figma on my laptop (mine, not the department's), ok?", ["personal-laptop"]),
    ],
)
def test_a_device_is_of_whom_it_is_said_to_be(read, text, devices):
    assert read(text).said("device") == devices

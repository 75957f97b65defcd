"""Apps as people speak of them: ordinary words, slips, names with a word more, names nobody catalogued."""

import pytest


@pytest.mark.parametrize(
    ("text", "apps"),
    [
        ("may i have Wire loaded on my work laptop in Nairobi", ["wire"]),
        ("would Threads be permitted on a departmental tablet", ["threads"]),
        ("we're after Teams", ["microsoft-teams"]),
        ("can I discord the crew from my own phone", ["discord"]),
        ("my Polar uploads to my work phone, is that ok", ["polar-flow"]),
        ("can i hire a Bolt with my work phone in Riga", ["bolt"]),
        ("Box to share the drafts with counsel: may we", ["box"]),
        ("any caveats on Steam for own phones", ["steam-mobile"]),
        ("Outline, I mean the VPN, on my own phone. May I?", ["outline-vpn"]),
        ("snapchatting with my kids from my work phone ok?", ["snapchat"]),
        ("our safari camp in Kenya only answers on WhatsApp. May I?", ["whatsapp"]),
        ("which caveats are attached to Discord on my work phone", ["discord"]),
        ("does Slack get the same ruling?", ["slack"]),
        ("how do I message people without WeChat on my phone", ["wechat"]),
        ("the school has an app, Line. May I have it on my work phone?", ["line"]),
        ("May we hire a Lime from the office phone when we're in Paris?", ["lime"]),
        ("grab to get around manila. own phone. consul.", ["grab"]),
        ("may I keep the seating plan in Box from my own iPad?", ["box"]),
        ("they do it all over imo, which I've never used. May I, on my work phone?", ["imo"]),
        ("LINE it is, I asked them", ["line"]),
        ("is hello talk allowed on my work phone", ["hellotalk"]),
    ],
)
def test_an_ordinary_word_is_the_app_where_it_is_spoken_of_as_one(read, text, apps):
    assert read(text).said("app") == apps


@pytest.mark.parametrize(
    "text",
    [
        "is there signal on the laptop in the secure room",
        "Can I ring the embassy from my work phone",
        "Teams with players from Japan are on tour, how do I greet them?",
        "Outline the policy to me",
        "is remote working ok on my work laptop",
        "we have an offsite with the Singaporeans",
        "am I in Canberra with ONI on my work phone",
    ],
)
def test_an_ordinary_word_is_no_app_elsewhere(read, text):
    heard = read(text)
    assert not heard.said("app") + heard.said("unknown_app")


@pytest.mark.parametrize(
    ("text", "apps"),
    [
        ("micrsoft teems on my own laptop", ["microsoft-teams"]),
        ("telegrm or twiter on my work tablet", ["telegram", "x-twitter"]),
        ("is blu sky ok in Hanoi", ["bluesky"]),
        ("FB mesenger allowed on my phone?", ["messenger"]),
        ("carousel (the second hand one) on my own phone?", ["carousell"]),
        ("nord vpnn and netflicks in Doha on my laptop", ["nordvpn", "netflix"]),
        ("Kasperskys on my own laptop?", ["kaspersky"]),
        ("can I join the class group me on my own phone", ["groupme"]),
        ("touch and go ewallet in Penang?", ["touch-n-go"]),
    ],
)
def test_a_misspelt_or_split_name_is_the_app(read, text, apps):
    assert sorted(read(text).said("app")) == sorted(apps)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("FM WhatsApp on my own phone ok", ["FM WhatsApp"]),
        ("can I run Zoom Earth on my work laptop", ["Zoom Earth"]),
        ("can i put facetune on my work phone", ["facetune"]),
        ("our school uses an app, Tiny Acorns. May I have it on my work phone?", ["Tiny Acorns"]),
        ("the parking tool, ParkWiz, ok for my work phone?", ["ParkWiz"]),
        ("Is the Kopeyka loyalty app permitted on my own phone in Minsk?", ["Kopeyka"]),
        ("TripLog to claim mileage: okay on a work phone?", ["TripLog"]),
        ("gym wants us on FitBrigade, own phone, allowed?", ["FitBrigade"]),
        ("app: Juniper. phone: mine. ok?", ["Juniper"]),
        ("Our bus runs on Hoppa Pass, it's a ticket app. Own phone ok?", ["Hoppa Pass"]),
        ("Sandpiper is what the mess uses for bookings. OK to install on my phone?", ["Sandpiper"]),
        ("zorba.ai to take minutes on my work laptop", ["zorba.ai"]),
        ("May I Blorple on my phone?", ["Blorple"]),
    ],
)
def test_an_app_nobody_catalogued_is_heard_in_the_persons_words(read, text, names):
    heard = read(text)
    assert (heard.said("unknown_app"), heard.said("app")) == (names, [])


@pytest.mark.parametrize(
    ("text", "apps"),
    [
        ("People confuse it with Skype, but it's Zoom I'd like on my work laptop. ok?", ["zoom"]),
        ("It's from the Instagram crowd, Threads. May I have it on my phone?", ["threads"]),
        ("LINE is hers, WhatsApp's mine. May I keep it on my phone?", ["whatsapp"]),
        ("Viber? No. Telegram? No. Signal, on my own phone?", ["signal"]),
        ("Our kids adore Roblox. I just read on Kindle. Okay on the work tablet?", ["kindle"]),
        ("Telegram X rather than plain Telegram on my phone, ok?", ["telegram-x"]),
        ("After our move from Skype to Teams, is Skype still fine on my laptop?", ["skype"]),
        ("Was going to ask about Zoom, then remembered I've got Webex. Okay on my laptop?", ["webex"]),
        ("WhatsApp, and I mean the Business version, on my work phone. OK?", ["whatsapp-business"]),
        ("WeChat on the travel phone, never on the work one. OK?", ["wechat"]),
        ("the facebook app no, the messenger one yes, may I? own phone", ["messenger"]),
        ("He hasn't got Zoom. May he have it on his work laptop?", ["zoom"]),
        ("How come senators are told not to use TikTok", ["tiktok"]),
        ("No, not WeChat. Pay Pal! own phone", ["paypal"]),
        ("I'm staff of a Labor senator for WA, Zoom on the office laptop?", ["zoom"]),
        ("what's the reason staff mustn't have Grindr on a work phone", ["grindr"]),
        ("anything Iranian on my phone, is it allowed?", ["vendor-country:IR"]),
    ],
)
def test_of_several_apps_the_one_of_the_question_is_heard(read, text, apps):
    assert read(text).said("app") == apps


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Headway on my work tablet, is that ok", "Headway"),
        ("is loom fine on my work laptop? I'm at DFAT", "loom"),
        ("Is GoodNotes OK on an issued iPad", "GoodNotes"),
        ("could Bankroll Buddy be used on my own phone", "Bankroll Buddy"),
        ("would quillora be tolerated on a work laptop", "quillora"),
        ("would Wave Money be a worry in Yangon for a consul", "Wave Money"),
        ("may we subscribe to Substack on the office tablet", "Substack"),
        ("we'd plan trips with Wanderlog from the office laptop, okay?", "Wanderlog"),
        ("People here pay with Big Wave. May we download it?", "Big Wave"),
        ("there's an app my kids love, Toca Boca. can I have it on my private tablet?", "Toca Boca"),
        ("could you look at Depop for me? work phone, Rome", "Depop"),
        ("InShot for the clips, on my own tablet?", "InShot"),
        ("May I hail a Zippoto from my loaner in Tunis?", "Zippoto"),
        ("is there any ban on Breezy on a work tablet?", "Breezy"),
        ("may our local staff download Lion Money?", "Lion Money"),
        ("my sleep is tracked by NapTrack and I'd try it on my own phone, any objections?", "NapTrack"),
        ("Portia app for splitting bills, own phone, Nice", "Portia"),
        ("about Kwikkart, the second-hand app: would it do, and is it ok on my own phone", "Kwikkart"),
        ("they run the works in PlanHub, is it something we can open on a work laptop", "PlanHub"),
        ("Payzibo is how everyone pays the tram here, may I have it on my own phone", "Payzibo"),
        ("Would HopHopCar on an official phone be acceptable?", "HopHopCar"),
        ("can i get vaultoro on my own laptop in Nadi, file storage app", "vaultoro"),
    ],
)
def test_an_app_nobody_catalogued_is_told_by_what_is_asked_of_it(read, text, name):
    heard = read(text)
    assert heard.said("unknown_app") == [name]
    assert heard.intent == "may_i"


@pytest.mark.parametrize(
    "text",
    [
        "Stickers on my work laptop, can I?",
        "beeper on the work phone, can you fix it?",
        "is cellophane ok on my phone",
        "is piracy ok on my work phone",
        "Would Barbara Jones be okay with that?",
        "would Premium Economy be okay in the policy for me",
        "may Annual Leave be used for travel?",
        "can I switch to French on my work phone",
        "could you check Barbara Jones for me? She is in Lisbon",
        "I talked by phone with Gupta. Can I download it?",
        "Is there an app people use, Thai or English?",
    ],
)
def test_what_is_said_of_apps_is_said_of_other_things_too(read, text):
    heard = read(text)
    assert not heard.said("app") + heard.said("unknown_app")

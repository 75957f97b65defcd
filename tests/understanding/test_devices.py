"""Devices with slips in their names, whose they are, and which of several is asked about."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "devices"),
    [
        ("is Slack ok on my wrok latop", ["work-laptop"]),
        ("Instagram on the departmntal moible", ["work-phone"]),
        ("Viber on my privte tablte", ["personal-tablet"]),
        ("telegram on my phoen", ["phone"]),
    ],
)
def test_a_near_word_beside_whose_it_is_is_a_device_and_no_app(read, text, devices):
    heard = read(text)
    assert heard.said("device") == devices
    assert heard.one("device")["how"] == "fuzzy"
    assert heard.one("device")["candidates"] == devices
    assert heard.said("unknown_app") == []


@pytest.mark.parametrize("text", ["is my work table ok for Zoom calls", "does Zoom work on the phoen"])
def test_a_near_word_alone_and_a_common_word_are_no_device(read, text):
    assert read(text).said("device") == []


def test_an_app_with_a_name_like_a_device_stays_an_app(read):
    heard = read("can I use Moblo on my own phone")
    assert heard.said("unknown_app") == ["Moblo"]
    assert heard.said("device") == ["personal-phone"]


@pytest.mark.parametrize(
    ("text", "devices"),
    [
        ("WhatsApp on a tablet from Treasury", ["work-tablet"]),
        ("The phone belongs to Home Affairs. Snapchat on it?", ["work-phone"]),
        ("The laptop isn't my own, it was issued by Services Australia. Canva?", ["work-laptop"]),
        ("Treasury gave me a tablet. Kindle on it?", ["work-tablet"]),
        ("Work gave me a tablet, I bought the phone. Kindle on both?", ["work-tablet", "personal-phone"]),
        ("may I use Teams on something the agency gave me", ["work-device"]),
        ("I pay for this tablet out of my own pocket. Kindle on it?", ["personal-tablet"]),
        ("I bought this tablet with my electorate allowance. Kindle on it?", ["tablet"]),
        ("I pay for a phone for my mum. Temu?", ["phone"]),
        ("Canva on the office machines?", ["work-device"]),
        ("Canva on Defence machines (tablets, I mean)", ["work-tablet"]),
        ("Signal on the works phone", ["work-phone"]),
        ("can I post on my phone from Parliament House", ["phone"]),
        ("My mate lent me a phone, is Uber ok on it", ["phone"]),
        ("on my phone, Defence has given approval for WhatsApp. LINE?", ["phone"]),
        ("is there something I pay for that is allowed", []),
        ("tablet (private), Netflix?", ["personal-tablet"]),
        ("I've two laptops, one private, one issued. Dropbox on both?", ["personal-laptop", "work-laptop"]),
        ("WhatsApp on my tablet and phone, both work", ["work-tablet", "work-phone"]),
        ("Mobile not tablet, private not work: Telegram", ["personal-phone"]),
    ],
)
def test_whose_a_device_is_may_be_told_around_it(read, text, devices):
    assert read(text).said("device") == devices


@pytest.mark.parametrize(
    ("text", "devices"),
    [
        ("Outlook via the Company Portal on my own phone", ["byod-phone"]),
        ("Can I have Threads on my own phone? My phone is enrolled in management.", ["byod-phone"]),
        ("Slack on my own phone, which I took out of Intune", ["personal-phone"]),
        ("I took Intune off my own phone. Temu?", ["personal-phone"]),
        ("my own phone is no longer enrolled. Is Temu alright", ["personal-phone"]),
    ],
)
def test_an_own_phone_is_managed_only_while_it_is_enrolled(read, text, devices):
    assert read(text).said("device") == devices


@pytest.mark.parametrize(
    ("text", "devices", "how"),
    [
        ("My colleague has Waze on her work iPad. May I have it on mine?", ["work-tablet"], "inferred"),
        ("Her boss runs Notion on her own laptop. May I on mine, an office one?", ["work-laptop"], "exact"),
        ("My wife has Temu on her own phone. Can I have it on mine?", ["personal-phone"], "exact"),
    ],
)
def test_mine_is_of_the_kind_of_theirs_unless_it_is_told(read, text, devices, how):
    heard = read(text)
    assert heard.said("device") == devices
    assert {e["how"] for e in heard.entities if e["value"] == devices[0] and e["stance"] == "asserted"} == {
        how
    }


@pytest.mark.parametrize(
    ("text", "devices"),
    [
        ("My own phone was stolen, can I put Grab on the work phone", ["work-phone"]),
        ("I handed back the office laptop. Zoom on my own tablet?", ["personal-tablet"]),
        ("can I move WhatsApp from my own phone to my work phone", ["work-phone"]),
        ("not on any office phone, my own laptop: Steam?", ["personal-laptop"]),
        ("Viber on an issued mobile, I know it is banned on my own phone", ["work-phone"]),
        ("Anything other than the office laptop for Steam?", []),
        ("I have Signal on my work phone. Can I put it on my own tablet too?", ["personal-tablet"]),
        (
            "I have Signal on my work phone. Is it ok? And on my own tablet?",
            ["work-phone", "personal-tablet"],
        ),
        (
            "I have Signal on my work phone. May I keep it there and on my own tablet too?",
            ["work-phone", "personal-tablet"],
        ),
        ("I've borrowed my manager's work phone. May I use Waze on it?", ["work-phone"]),
    ],
)
def test_a_device_that_is_only_told_of_is_not_asked_about(read, text, devices):
    assert read(text).said("device") == devices


def test_all_but_one_device_leaves_that_one_out(read):
    heard = read("is Grab ok on any phone except my own one")
    assert heard.said("device", "negated") == ["personal-phone"]
    assert "personal-phone" not in heard.said("device")
    assert read("I have everything but my phone is enrolled, so Slack?").said("device") == ["byod-phone"]


@pytest.mark.parametrize(
    ("text", "devices"),
    [
        ("Fine to have Signal on the handset I was supplied with?", ["work-phone"]),
        ("Teams on the tablet that was assigned to me by the squadron", ["work-tablet"]),
        ("Telegram on a laptop which you guys issued me", ["work-laptop"]),
        ("I've just been handed a new iPad by the department, is Canva ok on it?", ["work-tablet"]),
        ("Is Kindle okay for the tablet that came from the office?", ["work-tablet"]),
        ("Our staff want Grab on mobiles they own, in Jakarta", ["personal-phone"]),
        ("Zoom on an iPad that I paid for out of my own pocket", ["personal-tablet"]),
        (
            "Could the consul-general keep WeChat on a second handset she bought for herself?",
            ["personal-phone"],
        ),
        ("I bought a tablet for my nan, FaceTime on it?", ["tablet"]),
        ("may our consul have Signal on a laptop of her own", ["personal-laptop"]),
        ("Strava on a phone paid for by the taxpayer", ["work-phone"]),
        ("TikTok on the iPad we have at home", ["personal-tablet"]),
        ("Skype on the workstation in the visa section", ["work-laptop"]),
        ("Slack on the hot-desk computer", ["work-laptop"]),
        ("WhatsApp on my laptop in the office", ["laptop"]),
        ("Can I get Signal on govt issued?", ["work-device"]),
        ("Telegram on whatever they issued me?", ["work-device"]),
        ("on the one she was issued", ["work-device"]),
        ("can I use my everyday work mobile for Zoom", ["work-phone"]),
        ("WeChat on a phone that is mine though the department manages it", ["byod-phone"]),
        ("Waze on my tablet for the trip to Oslo", ["tablet"]),
    ],
)
def test_whose_a_device_is_may_be_told_by_a_clause_of_any_person(read, text, devices):
    assert read(text).said("device") == devices


@pytest.mark.parametrize(
    ("text", "devices"),
    [
        ("I use a Samsung and it's a work one, is TikTok banned", ["work-phone"]),
        ("My iPad is getting old and it's my own. Is Canva ok on it?", ["personal-tablet"]),
        ("The laptop is brand new, the department bought it. Dropbox?", ["work-laptop"]),
        ("My phone's a Nokia, private though. Temu?", ["personal-phone"]),
        ("Number: Thai. Phone: mine. Grab?", ["personal-phone"]),
        ("Tablet: departmental. Town: Suva. App: Zoom.", ["work-tablet"]),
        ("The phone I use is one I own, Signal ok?", ["personal-phone"]),
        ("Can I use Signal on my phone, it's personal stuff", ["phone"]),
        ("Zoom on my laptop? It's a private question", ["laptop"]),
    ],
)
def test_whose_a_device_is_may_be_told_in_another_clause_or_sentence(read, text, devices):
    assert read(text).said("device") == devices


@pytest.mark.parametrize(
    ("text", "devices"),
    [
        ("Sent the loan phone back on Monday. WeChat on my own phone?", ["personal-phone"]),
        ("My own phone won't charge. Is WhatsApp ok on the work mobile for a day?", ["work-phone"]),
        ("Writing this on my own iPad. Is Zoom allowed on the work phone?", ["work-phone"]),
        ("I've a work phone and my own. May I use WeChat on my own?", ["personal-phone"]),
        ("I carry two phones, mine and the office's. I mean mine. WeChat?", ["personal-phone"]),
        ("Dropbox is barred on the work laptop. How about my own one?", ["personal-laptop"]),
        ("They don't let us have TikTok on Defence phones. What about my own one?", ["personal-phone"]),
        ("Signal on the work phone? My own phone has had it for years.", ["work-phone"]),
        ("Canva on my work tablet? My private phone isn't the issue.", ["work-tablet"]),
        (
            "Anyone using TikTok on a work phone gets a warning. I've my own phone - may I?",
            ["personal-phone"],
        ),
        ("neither of my laptops, I'd use the work ipad. Zoom?", ["work-tablet"]),
        ("Is it banned on my work phone and my own phone too?", ["work-phone", "personal-phone"]),
        ("Can anyone with a work phone use Signal?", ["work-phone"]),
    ],
)
def test_what_is_said_of_one_device_leaves_the_other_to_be_asked_about(read, text, devices):
    assert read(text).said("device") == devices


@pytest.mark.parametrize(
    ("text", "devices"),
    [
        (
            "Would it be acceptable were a graduate of ours to put Notion on her home laptop?",
            ["personal-laptop"],
        ),
        ("We had an enquiry from a midshipman about Discord on her own tablet", ["personal-tablet"]),
        ("Is it okay that my husband uses TikTok on his phone?", []),
        ("My boss has WhatsApp on his work phone. Am I allowed it?", []),
    ],
)
def test_of_whom_it_is_asked_it_is_their_device(read, text, devices):
    assert read(text).said("device") == devices


@pytest.mark.parametrize(
    "text",
    [
        "what should I know about phones there",
        "any rules on phones for China?",
        "any advice on phones and laptops for Moscow",
        "I own a phone shop. Zoom ok?",
        "we spoke by ordinary telephone about Zoom",
    ],
)
def test_phones_in_general_are_no_device_of_an_enquiry(read, text):
    assert read(text).said("device") == []


@pytest.mark.parametrize(
    ("text", "device"),
    [
        ("Puis-je utiliser WhatsApp sur ma tablette personnelle ?", "personal-tablet"),
        ("Puis-je installer Signal sur mon portable pro ?", "work-phone"),
        ("我自己的手机可以用抖音吗", "personal-phone"),
        ("社用スマホでLINEは使えますか", "work-phone"),
        ("bisa pakai Telegram di hp pribadi?", "personal-phone"),
        ("هل يمكنني استخدام واتساب على هاتفي الشخصي؟", "personal-phone"),
        ("Darf ich Threema auf meinem privaten Handy benutzen?", "personal-phone"),
        ("Можно ли Телеграм на служебном ноутбуке?", "work-laptop"),
        ("Posso usar o WhatsApp no meu celular pessoal em Díli?", "personal-phone"),
    ],
)
def test_a_device_may_be_named_in_another_language_and_is_inferred(read, text, device):
    heard = read(text)
    assert heard.said("device") == [device]
    assert heard.one("device")["how"] == "inferred"


def test_a_stressed_my_is_a_guess_at_ones_own(read):
    device = read("Garmin on MY phone, Suva?").one("device")

    assert (device["value"], device["how"]) == ("personal-phone", "inferred")
    assert read("GARMIN ON MY PHONE, SUVA?").said("device") == ["phone"]


def test_who_will_buy_a_device_tells_whose_it_is(read):
    assert read("it'd be bought by the branch, not by me").said("device") == ["work-device"]


@pytest.mark.parametrize(
    "message", ["hi, dfat, hanoi, grab, work phone, cheers", "treasury, line, bangkok, my own phone, thx"]
)
def test_an_app_among_bare_details_is_one(read, message):
    assert len(read(message).said("app")) == 1


@pytest.mark.parametrize(
    ("text", "devices"),
    [
        ("is Grab fine on the ph they lent me for Hanoi", ["travel-phone"]),
        ("Grab on my own ph?", ["personal-phone"]),
        ("Line on my personal tab in Osaka", ["personal-tablet"]),
        ("may I open Gmail in my work tab", []),
        ("we measured the ph of the water", []),
        ("I only have the one phone, the one the department lent me for this visit", ["travel-phone"]),
        ("Line on the phone they lent me for work", ["work-phone"]),
        ("I have Line on the work computer at home", ["work-laptop"]),
        ("Line on the computer at home", ["personal-laptop"]),
    ],
)
def test_what_stands_around_a_device_tells_that_it_is_one_and_whose(read, text, devices):
    assert read(text).said("device") == devices


def test_his_own_is_certain_only_where_it_is_asked_for_him(read):
    asked = read("may our minister have Signal in Lima? the phone's his own").one("device")
    told = read("my boss has Signal, the phone's his own").one("device")
    assert (asked["value"], asked["how"]) == ("personal-phone", "exact")
    assert (told["value"], told["how"]) == ("personal-phone", "inferred")


def test_from_before_a_device_is_also_written_short(read):
    heard = read("skype my kids frm work laptop in Apia?")
    assert heard.said("device") == ["work-laptop"]
    assert heard.said("country") == ["WS"]


@pytest.mark.parametrize(
    ("text", "devices"),
    [
        ("Garmin on pers tablet, Darwin, RAAF cpl", ["personal-tablet"]),
        ("Managed by Intune, my own phone. Is Zoom ok?", ["byod-phone"]),
        ("Not enrolled in MDM, my own phone. Is Zoom ok?", ["personal-phone"]),
        ("The tablet I use was supplied by the department. Zoom ok?", ["work-tablet"]),
        ("The embassy gave us all new tablets and mine has no Zoom, may I install it?", ["work-tablet"]),
        ("Why is Zoom blocked on our tablets at work?", ["work-tablet"]),
        ("The phone is mine, the tablet is work's, and I just want Zoom on the tablet.", ["work-tablet"]),
        ("Own phone yes, work phone no, that's the rule. Is TikTok ok on it?", ["personal-phone"]),
        ("Signal, the personal one rather than the Pro one, on a work laptop?", ["work-laptop"]),
        ("My work phone already has Zalo, can I get it on my own phone too?", ["personal-phone"]),
        ("My work phone stayed in Canberra, may I have Signal on my own one?", ["personal-phone"]),
        ("I've a work phone and my own one. I only want Zoom on my own phone.", ["personal-phone"]),
        ("Defence pers phones: is Temu allowed", ["phone"]),
        ("Viber on works ipad", ["work-tablet"]),
        ("Signal on the handset I've been given for the Tonga summit", ["travel-phone"]),
        ("Signal on the handset I was issued for my new role", ["work-phone"]),
        ("Signal on the phone I was given for work trips", ["work-phone"]),
        ("My tablet isn't a work tablet, it's private. Is Steam ok?", ["personal-tablet"]),
        ("my phone's not a work phone. Temu ok?", ["phone"]),
        ("Two laptops at home: one private, one work. Steam on both?", ["personal-laptop", "work-laptop"]),
        ("my work laptop is a Dell, my own one is a MacBook. Zoom?", ["work-laptop", "personal-laptop"]),
        ("mine, not the embassy's", ["personal-device"]),
        ("mine, not sure which model", []),
        ("on my phone rather than the tablet? My own as well", ["personal-phone"]),
    ],
)
def test_short_ways_of_telling_whose_a_device_is(read, text, devices):
    assert read(text).said("device") == devices


def test_who_lets_them_asks_of_their_device(read):
    device = read("Does the Senate let its staff use Slack on their phones?").one("device")
    assert (device["value"], device["how"], device["stance"]) == ("phone", "inferred", "asserted")
    assert read("My sister's school lets students have Notion on their laptops. Zoom?").said("device") == []


@pytest.mark.parametrize(
    ("text", "devices"),
    [
        ("I don't want it on my own phone but on the office tablet. Zoom?", ["work-tablet"]),
        ("I don't use my own phone for work. Is LINE allowed on my work phone?", ["work-phone"]),
        ("don't bother with the tablet, I mean my work phone: LINE?", ["work-phone"]),
        ("My old work phone had Temu. May I have Temu on my own one?", ["personal-phone"]),
        ("My old work phone is what I have, and my own phone: Temu?", ["work-phone", "personal-phone"]),
        ("I had Temu on my former work phone. And on my own phone now?", ["personal-phone"]),
        ("The burner is back with IT, so is my own phone ok for WeChat?", ["personal-phone"]),
        (
            "My work phone is back from repair, may I have Signal on it or on my own phone?",
            ["work-phone", "personal-phone"],
        ),
        ("My own phone is in service. Grab on it and on my work phone?", ["personal-phone", "work-phone"]),
        ("My own phone is in for repair: Grab on my work phone?", ["work-phone"]),
        ("My new work phone hasn't come yet. May I use Signal on my own phone?", ["personal-phone"]),
        (
            "My new work phone hasn't come yet. When it does, may Signal go on it or on my own phone?",
            ["work-phone", "personal-phone"],
        ),
        ("Still waiting for my work phone - LINE on my private mobile meanwhile?", ["personal-phone"]),
        ("The loan phones aren't here. All I have is my work phone: WeChat?", ["work-phone"]),
        (
            "I've my own phone, my assistant has a work phone; please advise whether she can have Slack on"
            " the work phone.",
            ["work-phone"],
        ),
    ],
)
def test_a_device_that_is_not_wanted_not_there_or_no_longer_there_is_not_asked_about(read, text, devices):
    assert read(text).said("device") == devices


def test_a_private_tablet_is_english_where_the_message_is(read):
    assert read("Canva on my private tablet?").one("device")["how"] == "exact"
    assert read("Kann ich Signal auf meinem private Tablet nutzen?").one("device")["how"] == "inferred"

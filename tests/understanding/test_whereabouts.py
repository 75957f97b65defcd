"""Which place is meant, told by who is there, what it is for, or how long ago it was."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("Candy Crush on my own tablet for the children, posted to Suva", ["FJ"]),
        ("I call my brother, posted to Lima, on Viber. May I have it on my work phone?", []),
        ("please brief our new starter, a public servant, on Vietnam", ["VN"]),
        ("my boss had to brief the minister on China, can I use Viber?", []),
        ("Is WhatsApp alright on a work phone in Honiara or just in Suva?", ["SB", "FJ"]),
        ("I was in Apia and Suva, I only want it in Suva. WhatsApp, work phone", ["FJ"]),
        ("It is decades since I was posted to Cairo, then Rome. Viber on my work phone in Dublin?", ["IE"]),
        ("It's two years since I moved to Cairo. Viber on my work phone?", ["EG"]),
        ("Maps.me got us around Tbilisi. Now it's Yerevan: Google Maps on the work phone?", ["AM"]),
        ("It's Niger I'm going to (people always hear Nigeria). WhatsApp on the work phone.", ["NE"]),
        ("People always say Niger is dangerous, I'm off to Nigeria. WhatsApp, work phone", ["NG"]),
        ("second posting for me; the first one was Tonga", []),
        ("the first stop is Tonga. WhatsApp, work phone", ["TO"]),
        ("The ambassador I report to stays in Seoul, I'm in Tokyo. Line on my work phone?", ["JP"]),
        ("I remain in Perth but the minister I work for flies to Rome. Can he have Viber there?", ["IT"]),
        ("imagine I was a contractor in Accra, Viber on a work laptop?", ["GH"]),
        ("It may be ok. I was a contractor in Accra. Viber on a work laptop?", []),
        ("Signal during our port call in Darwin, own phone, able seaman", ["AU"]),
        ("Signal for my calls in Darwin, own phone, able seaman", []),
        ("We go to Apia next week for talks, Viber on a travel phone?", ["WS"]),
        ("We send messages to Apia, Viber on a travel phone?", []),
        ("may I set up Viber in Lima on my office laptop", ["PE"]),
        ("Sydney on our team uses Viber, may I have it", []),
        ("We have been told to fly to Riga, not Minsk. Bolt on the work phone?", ["LV"]),
        ("Can my son's game Roblox go on my work tablet in Suva?", ["FJ"]),
        ("Can my son play Roblox in Suva on my work tablet?", []),
        ("What if that was in Minsk?", ["BY"]),
        ("My partner is Fijian, our embassy is in Lima. Viber on my own phone?", ["PE"]),
        ("they pay half of it, anyhow is Viber fine in Suva", ["FJ"]),
        ("Forget Signal. Telegram, own tablet, Sofia?", ["BG"]),
        ("can I have Telegram on my own phone, Sofia?", []),
        ("They're sending me back to Apia. Viber, work phone?", ["WS"]),
        ("Our consulate in Medan shut down, so I'm off to Dili. Viber, work phone?", ["TL"]),
        ("Canberra is sending me across to Lima, WhatsApp on my work phone?", ["PE"]),
        ("I live in Suva but will be in Apia when I use it: Viber, work phone", ["WS"]),
        ("I'm in Oslo until Monday, then Riga, and Riga's where I need it. Bolt, work phone", ["LV"]),
        ("WhatsApp on my own phone in Queenstown", ["NZ"]),
        ("The hotel in Hanoi blocks it and my mum says get Viber, she's in Perth. My own phone, ok?", ["VN"]),
        ("my brother is at the hotel in Hanoi. Viber on my own phone?", []),
        ("WhatsApp on my own phone in Queenstown, South Africa", ["ZA"]),
    ],
)
def test_only_the_place_that_is_meant_counts(read, text, countries):
    assert read(text).said("country") == countries


@pytest.mark.parametrize(
    ("text", "theirs", "mine"),
    [
        ("The minister's in Rome, I'm in Perth. Can she have Viber there?", ["IT"], ["AU"]),
        ("I'm staying in Dili and the envoy I advise is off to Hanoi. May he have Zalo?", ["VN"], ["TL"]),
    ],
)
def test_where_the_one_is_for_whom_it_is_asked_counts(read, text, theirs, mine):
    heard = read(text)
    assert heard.said("country") == theirs
    assert heard.said("country", "aside") == mine


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("WeChat: our contacts in Chengdu insist. Work phone.", "CN"),
        ("My counterpart in Apia keeps sending the agenda by Viber, may I have it on my work phone?", "WS"),
        ("My contact in Hanoi will only use Zalo, may I have it on my work phone?", "VN"),
        ("Uber is everywhere in London, may I have it on my work phone?", "GB"),
        ("people in Singapore insist on Viber; my own phone", "SG"),
        ("my host parents in Kyoto have suggested LINE, tablet of my own", "JP"),
        ("Snapchat on a travel phone for the Geneva talks", "CH"),
        ("my neighbour says to install Careem for Karachi. fine on my work phone?", "PK"),
        ("A mate at the Canadian mission in Apia has Zoom on his. I'm DFAT, same town, work laptop.", "WS"),
    ],
)
def test_where_those_are_who_insist_is_a_guess(read, text, country):
    places = [e for e in read(text).entities if e["entity"] == "country" and e["stance"] == "asserted"]
    assert [(e["value"], e["how"]) for e in places] == [(country, "inferred")]


@pytest.mark.parametrize(
    "text",
    [
        "my sister says she uses LINE in Tokyo, my own phone?",
        "my Singapore colleague insists on Viber; my own phone",
        "My brother in Hanoi only uses Zalo, may I have it on my work phone?",
        "our minister comments on the China talks on Twitter, may I too?",
        "My sister in Apia has Zoom on hers. I'm DFAT, not in the same town, work laptop.",
    ],
)
def test_where_somebody_else_is_stays_theirs(read, text):
    assert read(text).said("country") == []

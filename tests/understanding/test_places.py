"""Places: which is meant, and which is where the person is or will be."""

import pytest


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("WhatsApp in KL?", ["MY"]),
        ("WeChat in the PRC", ["CN"]),
        ("posted to the Emirates", ["AE"]),
        ("I'm in PNG", ["PG"]),
        ("WhatsApp in Kinshasa", ["CD"]),
        ("WhatsApp in Brazzaville", ["CG"]),
        ("DPRK", ["KP"]),
        ("Niger, not Nigeria", ["NE"]),
        ("Georgia", ["GE"]),
        ("Atlanta, Georgia", ["US"]),
        ("Guinea-Bissau and Equatorial Guinea", ["GW", "GQ"]),
        ("Taiwan", ["TW"]),
        ("Hong Kong", ["HK"]),
        ("is WeChat ok at home", ["AU"]),
        ("I'm in Wagga Wagga", ["AU"]),
        ("Bali", ["ID"]),
        ("through Doha and Amman", ["QA", "JO"]),
        ("my Chinese posting", ["CN"]),
        ("the United States and Canada, WeChat on my work phone", ["US", "CA"]),
    ],
)
def test_a_place_is_its_country(read, text, countries):
    assert read(text).said("country") == countries


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("moscow", ["RU"]),
        ("kakaotalk seoul work phone", ["KR"]),
        ("telegram on my own tablet, xian", ["CN"]),
        ("Third secretary, Hague. Signal on my work phone?", ["NL"]),
        ("The Hague Convention was on WhatsApp", []),
        ("own phone, london, diplomat", ["GB"]),
        ("need LINE for the school group. tokyo. private phone. allowed?", ["JP"]),
        ("kl next week, is whatsapp okay on my work phone there", ["MY"]),
        ("going to rome and then berlin", ["IT", "DE"]),
    ],
)
def test_a_capital_needs_no_capital_letter_and_no_word_of_place(read, text, countries):
    assert read(text).said("country") == countries


def test_the_country_named_beside_a_shared_city_tells_which_is_meant(read):
    heard = read("I'm in san jose, costa rica, is WhatsApp okay")
    assert heard.said("country") == ["CR"]
    assert not heard.said("ambiguous_country")


def test_where_the_people_one_meets_are_is_inferred(read):
    taipei = read("zoom with a journalist in Taipei ok?").one("country")
    assert (taipei["value"], taipei["how"], taipei["stance"]) == ("TW", "inferred", "asserted")


@pytest.mark.parametrize(
    ("text", "mine", "theirs"),
    [
        ("my sister lives in Japan, I'm posted to Fiji", ["FJ"], ["JP"]),
        ("can I message contacts in China on WeChat", [], ["CN"]),
        ("I used to be posted in Russia, now I'm in Rome", ["IT"], ["RU"]),
        ("TikTok is banned in India, can I have it", [], ["IN"]),
        ("can I use LINE with my Japanese counterpart", [], ["JP"]),
        ("I've moved from Hanoi to Wellington", ["NZ"], ["VN"]),
        ("I've finished my posting in Beirut and I'm back in Adelaide now", ["AU"], ["LB"]),
        ("wife's in Cairns, kids at school, I fly to Islamabad", ["PK"], ["AU"]),
        ("off to a delegation to Taiwan", ["TW"], []),
        ("we've been in Amman since March", ["JO"], []),
        ("my phone, to film the kids at the beach in Darwin", ["AU"], []),
    ],
)
def test_a_place_where_the_person_will_not_be_is_not_the_posting(read, text, mine, theirs):
    heard = read(text)
    assert heard.said("country") == mine
    assert heard.said("country", "other") == theirs


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("moscow", ["RU"]),
        ("china, work phone, DFAT diplomat", ["CN"]),
        ("going to tokyo and then seoul. LINE on my work phone?", ["JP", "KR"]),
        ("I'm a senator, delegation to hanoi next week, Zalo on my work phone?", ["VN"]),
        ("a Chinese delegation to Canberra uses WeChat", []),
    ],
)
def test_a_place_in_small_letters_is_one_where_it_stands_as_one(read, text, countries):
    assert read(text).said("country") == countries


def test_in_a_correction_the_old_value_is_marked_replaced(read):
    heard = read("I meant WhatsApp, not WeChat")
    assert heard.intent == "correct"
    assert heard.said("app") == ["whatsapp"]
    assert heard.said("app", "replaced") == ["wechat"]


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("brief me on china", ["CN"]),
        ("brief me on turkey please", ["TR"]),
        ("brief me on Paris", ["FR"]),
        ("brief me on japan and china", ["JP", "CN"]),
        ("briefing on jordan", ["JO"]),
    ],
)
def test_what_somebody_wants_a_briefing_on_is_a_place_in_small_letters_too(read, text, countries):
    heard = read(text)
    assert heard.intent == "brief"
    assert heard.said("country") == countries


def test_a_briefing_on_something_else_is_about_no_place(read):
    assert read("brief me on the same terms as before").said("country") == []


def test_where_somebody_comes_from_is_not_where_a_call_is_made_from(read):
    heard = read("may I take a Zoom call with a counterpart from Chile? I'm in Canberra")
    assert heard.said("country") == ["AU"]
    assert read("can I call home from Chile on WhatsApp").said("country") == ["CL"]


def test_a_verb_is_an_app_where_something_is_asked_of_it(read):
    assert read("what if i took a burner to HK, would signal be ok").said("app") == ["signal"]
    assert read("will signal work in the basement").said("app") == []


def test_a_minister_who_is_due_somewhere_is_somebody_else(read):
    assert read("Minister due in Seoul next week, is KakaoTalk ok on my work phone?").said("role") == []


def test_a_possessive_elsewhere_makes_nobody_elses_place_the_askers(read):
    heard = read(
        "our daughter is at uni in Melbourne and she only answers on Snapchat, and we have just landed in "
        "Vientiane where I'm first secretary. The phone is my own. Am I breaking any rule if I keep it?"
    )
    assert heard.said("country") == ["LA"]


def test_who_is_at_the_embassy_is_where_it_is(read):
    heard = read("my husband is the defence attache in Hanoi. I'm locally engaged at the embassy.")
    assert heard.said("role") == ["locally-engaged-staff"]
    hanoi = heard.one("country")
    assert (hanoi["value"], hanoi["how"], hanoi["stance"]) == ("VN", "inferred", "asserted")


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("I'm at Robertson Barracks, is Strava okay on my own phone?", ["AU"]),
        ("HMAS Cerberus for a month, may I use Discord?", ["AU"]),
        ("Training at RAAF Base East Sale. WhatsApp?", ["AU"]),
        ("HMAS Ballarat sails on Monday, is WhatsApp okay?", []),
        ("The L.A. office wants me over. Waze?", ["US"]),
        ("la paz or bust, Waze?", ["BO"]),
        ("London, Ontario next week: WhatsApp?", ["CA"]),
        ("Paris, Texas for a course. WhatsApp?", ["US"]),
        ("Richmond, the Melbourne suburb. WhatsApp?", ["AU"]),
        ("In Polynesia, mostly Apia. WhatsApp?", ["WS"]),
        ("melborne based, is whatsapp ok", ["AU"]),
        ("off to Sri Lnka on Monday, whatsapp ok?", ["LK"]),
        ("我在上海,可以用 WhatsApp 吗?", ["CN"]),
    ],
)
def test_bases_wider_places_slips_and_scripts_tell_the_country(read, text, countries):
    assert sorted(set(read(text).said("country"))) == countries


@pytest.mark.parametrize(
    "text",
    [
        "My dog Havana is all over Instagram. May I have Instagram?",
        "Georgia, my manager, swears by WhatsApp. Is it okay?",
        "Vienna from the travel desk told me to use WhatsApp. May I?",
        "May I order brussels sprouts through Uber?",
        "Watching Casablanca on Netflix, is that okay on the work tablet?",
        "We get our lunch from the Seoul Kitchen. Is WhatsApp okay?",
        "I'm with Services Australia. Is WhatsApp okay?",
    ],
)
def test_what_is_only_named_after_a_place_is_no_posting(read, text):
    assert read(text).said("country") == []


@pytest.mark.parametrize(
    ("text", "mine"),
    [
        (
            "I'm in Rome for now (my posting to Lima starts in May). May I use WhatsApp while I'm here?",
            ["IT"],
        ),
        ("Currently I'm in Suva, the move to Oslo isn't until next year. WhatsApp for now?", ["FJ"]),
        ("I'm studying in Rome before my posting to Cairo. Is WhatsApp okay for now?", ["IT"]),
        ("After Rome I go to Lima. Is WhatsApp okay there?", ["PE"]),
        ("The visit was switched from Rome to Lima. WhatsApp?", ["PE"]),
        ("Rome finished, Lima starts next week. WhatsApp?", ["PE"]),
        ("I was first secretary in Lima, back in Canberra with Treasury. WhatsApp?", ["AU"]),
        ("In Rome till Monday, then off to Lima. While in Rome, may I use WhatsApp?", ["IT"]),
        ("Our counsellor is in Rome, I'm in Lima all week. WhatsApp?", ["PE"]),
        ("WhatsApp in Vienna, and don't read that as Vietnam", ["AT"]),
    ],
)
def test_which_of_several_places_is_meant(read, text, mine):
    assert sorted(set(read(text).said("country"))) == mine


@pytest.mark.parametrize(
    "text",
    [
        "I'm in Suva now, my trip to Beijing starts in June. May I install WeChat now?",
        "I'm in Suva until Friday, then off to Beijing. WeChat?",
        "Right now I'm in Suva. Posting to Beijing starts in May. Is WeChat okay there?",
    ],
)
def test_where_now_and_later_may_both_be_meant_it_is_asked(read, text):
    places = [e for e in read(text).entities if e["entity"] == "country" and e["stance"] == "asserted"]
    assert {e["value"] for e in places} == {"FJ", "CN"}
    assert {e["how"] for e in places} == {"inferred"}


@pytest.mark.parametrize(
    "text",
    [
        "My counterpart in Lima sends it all by WhatsApp. May I use it on the trip there?",
        "All my contacts in Lima have WhatsApp, and I'm the consul there.",
        "My predecessor in Lima had WhatsApp on the work phone. May I?",
    ],
)
def test_a_place_that_is_pointed_at_is_a_guess(read, text):
    lima = read(text).one("country")
    assert (lima["value"], lima["how"], lima["stance"]) == ("PE", "inferred", "asserted")


def test_there_may_point_at_where_somebody_else_is(read):
    assert read("My sister lives in Lima. May I use WhatsApp to ring her there?").said("country") == []


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("I'm an adviser to the Department of Health, based in Hobart. Is Miro ok?", ["AU"]),
        ("no, Ghana is where my brother lives", []),
        ("I left Oslo in April. Is Vipps ok?", []),
        ("May the Australian embassy in Lima use Zoom?", ["PE"]),
        ("I sit in the Senate for Victoria, may I use Threads?", []),
        ("Trip takes in Lagos, Accra and Lomé. Signal on the loan phone?", ["NG", "GH", "TG"]),
    ],
)
def test_a_place_that_is_not_where_the_person_is_is_none(read, text, countries):
    assert read(text).said("country") == countries


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("Perth, but the one in Scotland. WhatsApp on my travel phone?", ["GB"]),
        ("Perth, the Scottish one: Uber on my work phone?", ["GB"]),
        ("Off to Denmark, the one in WA. Strava on my work phone?", ["AU"]),
        ("army, katherine nt, snapchat on my own phone", ["AU"]),
        ("I'm in Cambridge, MA on a fellowship. Telegram on my work laptop?", ["US"]),
        ("Vancouver WA, work phone. Uber?", ["US"]),
        ("Uber in Georgia on my work phone? (Savannah, not the Caucasus.)", ["US"]),
        ("Georgia, not the American one: Uber on my work phone?", ["GE"]),
        ("Lima, SA desk officer here: Uber on my work phone?", ["PE"]),
        ("LINE on my work phone, over on the Thai side", ["TH"]),
        ("Cork next week with a travel phone. Spotify?", ["IE"]),
        ("corporal at lavarack, strava on my own phone", ["AU"]),
        ("out at kakadu on a field trip, Strava on my work phone?", ["AU"]),
        ("Uber at Heathrow, work phone?", ["GB"]),
        ("consul in a tiny place called Apia, Signal on my own phone", ["WS"]),
        ("going to Bandung not Surabaya, Gojek on my work phone?", ["ID"]),
        ("Mainland, not Taiwan: Weibo on my work laptop?", ["CN"]),
        ("Можно ли мне Телеграм в Москве?", ["RU"]),
        ("Спасибо! А Телеграм в Астане?", ["KZ"]),
    ],
)
def test_what_stands_behind_a_name_tells_which_place_is_meant(read, text, countries):
    assert sorted(set(read(text).said("country"))) == countries


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("I'm not off to North Korea, it's the South. Signal on a burner?", ["KR"]),
        ("Naver in Seoul on my own phone, so the South and not the North", ["KR"]),
        ("Signal in Pyongyang, the North that is", ["KP"]),
        ("Going to South Korea, up in the north near the DMZ. Naver?", ["KR"]),
        ("Naver in Seoul on the north side of the river", ["KR"]),
        ("Seoul, North or South of the river I forget. Naver?", ["KR"]),
    ],
)
def test_a_half_of_korea_is_told_from_a_point_of_the_compass(read, text, countries):
    assert read(text).said("country") == countries


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("Bkash for the cook's pay in Dhaka", ["BD"]),
        ("WhatsApp in the Cooks", ["CK"]),
        ("WhatsApp in St John's, Antigua", ["AG"]),
        ("not for cables. For briefs: can I open Zoom", []),
        ("briefing: are Zoom and Teams alright", []),
        ("Viber in FJI on a work phone", ["FJ"]),
        ("signal work mobile minister darwin", ["AU"]),
        ("can Senator Darwin have Signal", []),
        ("signal for senator hobart please", []),
    ],
)
def test_ordinary_words_and_surnames_are_told_from_places(read, text, countries):
    assert read(text).said("country") == countries


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("Posted to Baghdad, previously. Now Amman. Signal on a work phone?", ["JO"]),
        ("I was hoping for Rome. As it is I'm off to Dili. Signal?", ["TL"]),
        ("We'd have loved to be sent to Rome, but it's Dili. Signal?", ["TL"]),
        ("off to Mongolia, China's neighbour. WeChat?", ["MN"]),
        ("ringing home to Fiji from Hanoi on WhatsApp, ok?", ["VN"]),
        ("Flying home to Fiji from Hanoi, WhatsApp ok?", ["FJ"]),
        ("Canva is allowed, I'm leaving the ukulele at home", []),
        ("We use Notion at home, may I have it on my office computer?", []),
        ("I use my office computer at home. May I have Notion?", ["AU"]),
    ],
)
def test_only_where_it_is_to_be_used_counts(read, text, countries):
    assert read(text).said("country") == countries


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Zalo on my work phone? My counterparts in Hanoi are all on it and we land there on Friday.", "VN"),
        ("Someone in Suva asked me to get Viber on my work phone, ok?", "FJ"),
        ("Somebody installed Line on our embassy tablet in Tokyo, is that ok?", "JP"),
    ],
)
def test_the_only_place_where_somebody_tells_one_what_to_use_is_a_guess(read, text, country):
    place = read(text).one("country")
    assert (place["value"], place["how"], place["stance"]) == (country, "inferred", "asserted")


@pytest.mark.parametrize(
    "text",
    [
        "My sister in Tokyo told me to install LINE",
        "A contact in Beijing says WeChat is banned",
        "someone nicked my work phone in Jakarta, is WhatsApp ok on my own?",
        "my sister has TikTok on her work phone in Tokyo, may I too?",
    ],
)
def test_where_somebody_else_is_stays_theirs(read, text):
    assert read(text).said("country") == []

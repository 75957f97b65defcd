"""Places, devices and roles, and whose they are."""

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
    ],
)
def test_a_place_is_its_country(read, text, countries):
    assert read(text).said("country") == countries


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("moscow", ["RU"]),
        ("kakaotalk seoul work phone", ["KR"]),
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


def test_congo_alone_is_asked_about_and_korea_is_inferred(read):
    assert read("WhatsApp in the Congo").one("ambiguous_country")["candidates"] == ["CD", "CG"]
    korea = read("KakaoTalk in Korea").one("country")
    assert (korea["value"], korea["how"]) == ("KR", "inferred")


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
    ("text", "devices"),
    [
        ("the office mobile", ["work-phone"]),
        ("my own handset", ["personal-phone"]),
        ("burner", ["travel-phone"]),
        ("DFAT laptop", ["work-laptop"]),
        ("my phone but it's enrolled", ["byod-phone"]),
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
    ],
)
def test_words_that_point_back_are_handed_over(read, text, value):
    assert value in read(text).said("reference")


def test_what_about_me_goes_back_to_the_person_asking(read):
    heard = read("ok and what about me, I work for her")

    assert "own_case" in heard.said("cue")
    assert heard.intent == "may_i"


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


def test_a_phone_that_is_enrolled_is_one_also_when_the_next_sentence_says_so(read):
    assert read("can I run Viber on my personal phone? it's enrolled").said("device") == ["byod-phone"]
    assert read("can I run Viber on my personal phone? it's not enrolled").said("device") == [
        "personal-phone"
    ]


def test_where_somebody_comes_from_is_not_where_a_call_is_made_from(read):
    heard = read("may I take a Zoom call with a counterpart from Chile? I'm in Canberra")
    assert heard.said("country") == ["AU"]
    assert read("can I call home from Chile on WhatsApp").said("country") == ["CL"]


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


def test_a_verb_is_an_app_where_something_is_asked_of_it(read):
    assert read("what if i took a burner to HK, would signal be ok").said("app") == ["signal"]
    assert read("will signal work in the basement").said("app") == []


def test_a_minister_who_is_due_somewhere_is_somebody_else(read):
    assert read("Minister due in Seoul next week, is KakaoTalk ok on my work phone?").said("role") == []


@pytest.mark.parametrize(
    ("text", "devices"),
    [
        ("the one the department gave me, a mobile", ["work-phone"]),
        ("may I use LINE on the tablet the Senate issued me?", ["work-tablet"]),
    ],
)
def test_a_device_is_of_whoever_gave_it(read, text, devices):
    assert read(text).said("device") == devices


def test_a_possessive_elsewhere_makes_nobody_elses_place_the_askers(read):
    heard = read(
        "our daughter is at uni in Melbourne and she only answers on Snapchat, and we have just landed in "
        "Vientiane where I'm first secretary. The phone is my own. Am I breaking any rule if I keep it?"
    )
    assert heard.said("country") == ["LA"]


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
    ("text", "devices"),
    [
        ("a tablet belonging to me, is Temu ok?", ["personal-tablet"]),
        ("Waze on the mobile the regiment gave me?", ["work-phone"]),
        ("Figma on my laptop (mine, not the department's), ok?", ["personal-laptop"]),
    ],
)
def test_a_device_is_of_whom_it_is_said_to_be(read, text, devices):
    assert read(text).said("device") == devices

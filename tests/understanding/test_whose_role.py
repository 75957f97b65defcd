"""Whose a role is where other people, other times or second thoughts are told beside it."""

import pytest


def _cues(understood):
    return [e["value"] for e in understood.entities if e["entity"] == "cue"]


@pytest.mark.parametrize(
    ("message", "role"),
    [
        ("Ex-consul, current senator. Waze on my own phone?", "senator"),
        ("I resigned as a senator, now a contractor. May I have Waze on my own phone?", "contractor"),
        ("I quit DFAT and moved over to Austrade. Slack on my work laptop?", "trade-commissioner"),
        ("I left the Army and joined Treasury. Can I have Strava on my own phone?", "other-official"),
        ("Acting, or... no, just a plain third secretary. Zalo, Hue, own phone", "diplomat"),
        ("Captain? No, only a lowly contractor. Viber on my own phone?", "contractor"),
        ("Posted to Accra with Austrade from March", "trade-commissioner"),
        ("Next month I'm posted to Lima with DFAT", "dfat-official"),
        ("Could my staffer's boss, that is me, a senator, have Grab on a personal phone?", "senator"),
        ("My wife is a diplomat, I myself am a contractor. Is Signal okay for me?", "contractor"),
        ("I'm an APS officer and my husband is in the Navy. Signal on my own phone?", "official"),
        ("Our partner is in the Navy; I, personally, am an APS officer. Signal for me?", "official"),
        ("Can a locally engaged colleague have Zalo? I'm the consul, asking for myself.", "diplomat"),
        ("She's at Treasury, I'm at DFAT. May I have Miro?", "dfat-official"),
        ("I haven't left Defence, I'm still a Defence contractor. Strava?", "contractor"),
        ("No longer with Treasury, moved across to Austrade. Slack on my phone?", "trade-commissioner"),
        ("I'm no longer at Austrade, transferred to the ATO. Slack on my work phone?", "other-official"),
        ("Diplomat until May, since June a contractor. Signal on my work phone?", "contractor"),
        ("I'm a diplomat, correction, contractor. Signal on my work phone?", "contractor"),
        ("Everybody thinks I'm a diplomat. I'm not, I'm a contractor. Signal?", "contractor"),
        ("Public servant at the Department of Health since May. Slack on my phone?", "other-official"),
        ("I'm a civvy but at Defence, in logistics. Is Signal ok for me?", "defence-civilian"),
        (
            "I'm a corporal and so is my sister who's now at the ATO. Signal on my own phone?",
            "defence-member",
        ),
        ("I work for a former soldier who's now a senator. Signal on my work phone?", "parliamentary-staff"),
        ("I'm a retired general who's now an MP. Signal on my work phone?", "mp"),
        ("I asked for a senator, now it's me, one of her staff. Signal?", "parliamentary-staff"),
        ("It's not the MP who needs it, it's me, the media adviser. Signal?", "parliamentary-staff"),
        ("I'm no senator but I run the diary for one. Signal on my work phone?", "parliamentary-staff"),
        (
            "I'm neither, I'm the consul's accountant from Treasury. Signal on my work phone?",
            "other-official",
        ),
    ],
)
def test_it_is_the_role_somebody_has_by_now(read, message, role):
    assert read(message).said("role") == [role]


@pytest.mark.parametrize(
    "message",
    [
        "I left the Navy in 2019. Can I have Strava on my own phone?",
        "I quit the public service in June. May I have Strava on my own phone?",
        "I resigned from DFAT last month. Can I have WeChat on my own phone?",
        "Since leaving the Army I've been a barista. Strava on my own phone?",
        "I've been out of the Army two years. Strava on my own phone?",
        "I'm an ex-diplomat. Can I have Signal?",
        "My wife is no longer with Defence, moved across to Austrade. Signal on my own phone?",
        "Could I have Signal before the ambassador quizzes me on Monday?",
        "We engaged a contractor in Suva. He wants us to use Slack, may I on my work laptop?",
        "I used Strava while in the army. Can I have it on my own phone?",
        "As someone in the Navy said, Strava is safe. May I have it on my own phone?",
        "They say Strava is fine if you're army. Ok on my own phone?",
        "Should my adviser tell me before I put Signal on my own phone?",
        "Is it ok if you contact Defence about Waze on my own phone?",
        "I stopped working as a consul in May. Waze on my own phone?",
        "Posted to Accra with my wife at Austrade. Waze on my own phone?",
        "Could my staffer's boss have Grab on a personal phone?",
        "They're with Defence and love Strava. Am I allowed to have it?",
        "my sister's still in the Navy but that's not who it is for",
        "I work on trade policy in Suva at the embassy. Signal on my work phone?",
    ],
)
def test_who_left_or_is_only_told_of_gives_no_role(read, message):
    assert read(message).said("role") == []


@pytest.mark.parametrize(
    ("message", "role"),
    [
        (
            "Would Yango be fine on a locally engaged officer's work phone? I'm the consul asking for him.",
            "locally-engaged-staff",
        ),
        ("Can an LE colleague have Zalo? I'm the consul, asking on behalf of her.", "locally-engaged-staff"),
        ("The senator keeps on about Threads. For her: own phone, at home.", "senator"),
        ("My friend's at the ATO. Is Signal okay for him?", "other-official"),
        ("On behalf of the vice-admiral I assist: is Waze fine on her own phone?", "defence-member"),
        ("I work for a senator, this is for the senator herself: Signal on her own phone?", "senator"),
        ("Signal on the senator's own phone, I'm her chief of staff asking for her", "senator"),
        ("The Member for the far north I work for wants Signal on her own phone. May she?", "mp"),
        ("Could my media adviser have Signal on her own phone?", "parliamentary-staff"),
        ("Can the analyst join Google Meet from her work laptop? She's ATO.", "other-official"),
        (
            "The new analyst (he's at the ATO, I'm a diplomat) asks if he may have Trello on his work laptop",
            "other-official",
        ),
    ],
)
def test_it_is_the_role_of_whom_it_is_asked_for(read, message, role):
    understood = read(message)

    told = [e for e in understood.entities if e["entity"] == "role" and e["stance"] == "asserted"]
    assert [(e["value"], e["how"]) for e in told] == [(role, "inferred")]
    assert "on_behalf" in _cues(understood)


@pytest.mark.parametrize(
    ("message", "role"),
    [
        ("Je suis consule à Dakar, puis-je utiliser Signal ?", "diplomat"),
        ("Soy diputada, ¿puedo usar Telegram en Lima?", "mp"),
        ("Sou contratado externo. Posso usar o WhatsApp em Lisboa?", "contractor"),
        ("Darf ich Telegram in Berlin nutzen? Ich bin Soldat.", "defence-member"),
        ("Sono un funzionario, posso usare WhatsApp a Roma?", "official"),
        ("Saya atase pertahanan. Apakah saya boleh pakai WhatsApp di Jakarta?", "defence-attache"),
        ("Ich arbeite für einen Senator, darf ich TikTok haben?", "parliamentary-staff"),
        ("我是武官,可以在私人手机上用微信吗?", "defence-attache"),
        ("私は外交官です。仕事用の携帯でLINEを使えますか?", "diplomat"),
        ("저는 외교관입니다. 업무용 휴대폰에서 카카오톡을 써도 되나요?", "diplomat"),
        ("Soy funcionaria y mi ministro es senador. ¿Puedo usar Signal?", "official"),
    ],
)
def test_a_role_told_in_another_language_is_a_guess(read, message, role):
    told = [e for e in read(message).entities if e["entity"] == "role" and e["stance"] == "asserted"]

    assert [(e["value"], e["how"]) for e in told] == [(role, "inferred")]


@pytest.mark.parametrize(
    "message",
    [
        "Je ne suis pas diplomate. Puis-je utiliser WhatsApp ?",
        "No soy militar, ¿puedo usar Strava?",
        "Ich bin kein Diplomat, darf ich Telegram nutzen?",
        "Mi esposa es diplomática. ¿Puedo usar Telegram?",
    ],
)
def test_what_is_denied_or_of_others_in_another_language_is_no_certain_role(read, message):
    told = [e for e in read(message).entities if e["entity"] == "role" and e["stance"] == "asserted"]

    assert [e for e in told if e["how"] == "exact"] == []


@pytest.mark.parametrize(
    "message",
    [
        "他是外交官。我可以在工作手机上用微信吗?",
        "我是外交官的妻子。我可以在工作手机上用微信吗?",
        "我不是外交官。我可以在工作手机上用微信吗?",
        "私は外交官ではありません。仕事用の携帯でLINEを使えますか?",
        "저는 외교관이 아닙니다. 업무용 휴대폰에서 카카오톡을 써도 되나요?",
    ],
)
def test_words_that_are_not_spaced_are_read_to_their_end(read, message):
    assert read(message).said("role") == []


@pytest.mark.parametrize(
    ("message", "for_another"),
    [
        ("what if he were in Seoul... no, I'm asking for me", False),
        ("can my boss have it... never mind, this is about me", False),
        ("I'm asking for me. But can she have it as well?", True),
        ("Never mind me. Can she have Zalo?", True),
        ("I'm asking for me and my wife, can she have it too?", True),
    ],
)
def test_what_was_begun_for_somebody_else_may_be_taken_back(read, message, for_another):
    assert ("on_behalf" in _cues(read(message))) == for_another

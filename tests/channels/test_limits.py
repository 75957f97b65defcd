"""Channels know their own limits: what the deployment allows, and what the guidelines say of the channel."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from answers import channels
from answers.channels import Because, Limit, Limits, Say, Standing
from answers.desk import Desk
from cases import log
from guidelines.store.books import Books
from tests.answers.conftest import Home, book, database
from tests.answers.talking import TODAY, Talk

__all__ = ["book", "database"]

SAFE = "https://askfirst.example.org"
EVERY_CHANNEL = sorted(channels.read().channels)
NOBODY = Standing(linked=False).as_dict()


@pytest.fixture
def talk_in(database, tmp_path):
    def talk_in(limits: Limits, channel: str = "a-channel", standing: dict | None = None) -> Talk:
        desk = Desk(Home(tmp_path), database, Books(database), today=lambda: TODAY, limits=limits)
        talk = Talk(desk, channel=channel)
        hear = desk.hear
        desk.hear = lambda *args, **more: hear(*args, **more, standing=standing)
        return talk

    return talk_in


def only(**limit) -> Limits:
    return Limits({"a-channel": Limit(**limit)}, safe=SAFE)


def says_nothing(reply) -> bool:
    payload = reply.payload
    named = ("WhatsApp", "China", "phone", "Defence", "diplomat", "CN")
    return (
        payload["kind"] == "declined"
        and payload["ruling"] is None
        and payload["receipt"] is None
        and payload["question"] is None
        and set(payload["context"].values()) == {None}
        and reply.buttons == ()
        and SAFE in reply.text
        and not any(name in reply.text for name in named)
    )


def defence_wechat(talk: Talk):
    return talk("may_i", app="wechat", device="work-phone", country="CN", role="defence-member")


@pytest.mark.parametrize("channel", EVERY_CHANNEL)
def test_a_channel_that_may_say_nothing_hands_over_to_the_safe_one(talk_in, channel):
    limits = Limits({channel: Limit(Say.NOTHING, Say.NOTHING)}, safe=SAFE)

    reply = defence_wechat(talk_in(limits, channel))

    assert says_nothing(reply)
    assert reply.payload["limit"] == {
        "channel": channel,
        "says": "nothing",
        "because": "limit",
        "safe": SAFE,
    }


@pytest.mark.parametrize("channel", EVERY_CHANNEL)
def test_a_channel_for_public_guidance_says_what_is_on_the_record_and_nothing_else(talk_in, channel):
    talk = talk_in(Limits({channel: Limit(Say.PUBLIC, Say.PUBLIC)}, safe=SAFE), channel)

    on_record = defence_wechat(talk)
    of_a_department = talk("correct", role="diplomat")

    assert on_record.payload["ruling"]["effect"] == "prohibited"
    assert on_record.payload["ruling"]["provenance"] == "public-record"
    assert says_nothing(of_a_department)
    assert of_a_department.payload["limit"]["because"] == "not-public"


@pytest.mark.parametrize("channel", EVERY_CHANNEL)
def test_a_channel_that_may_say_everything_does(talk_in, channel):
    talk = talk_in(Limits({channel: Limit(Say.EVERYTHING, Say.EVERYTHING)}, safe=SAFE), channel)

    assert defence_wechat(talk).payload["ruling"]["effect"] == "prohibited"
    assert talk("correct", role="diplomat").payload["kind"] != "declined"


@pytest.mark.parametrize("channel", EVERY_CHANNEL)
def test_every_channel_that_is_an_app_is_asked_about_first(talk_in, channel):
    limits = Limits({channel: Limit(app="wechat")}, safe=SAFE)

    reply = talk_in(limits, channel)(
        "may_i", app="whatsapp", device="work-phone", country="CN", role="defence-member"
    )

    assert says_nothing(reply)
    assert reply.payload["limit"]["because"] == "no"


def test_at_the_public_level_nobody_is_asked_for_details(talk_in):
    reply = talk_in(only(say=Say.PUBLIC))("may_i", app="wechat", device="work-phone", country="CN")

    assert says_nothing(reply)


def test_at_the_public_level_what_is_unclear_is_logged_and_not_answered(talk_in, database):
    reply = talk_in(only(say=Say.PUBLIC))("may_i", app="strava", device="byod-phone", country="FJ", role="mp")

    assert says_nothing(reply) or reply.payload["receipt"]
    assert reply.payload["case"]
    with database.reading() as session:
        assert log.find(session, reply.payload["case"]).unclear == "no-guidance"


def test_at_the_public_level_no_place_is_kept_or_repeated(talk_in):
    talk = talk_in(only(say=Say.PUBLIC))
    first = defence_wechat(talk)

    later = talk("may_i", app="wechat")

    for reply in (first, later):
        assert reply.payload["ruling"]["effect"] == "prohibited"
        assert reply.payload["context"]["country"] is None
        assert "China" not in reply.text


def test_a_place_where_the_channel_may_not_be_used_closes_it_to_strangers_too(talk_in):
    """Trade commissioners may have KakaoTalk in South Korea, and nobody has allowed it elsewhere."""

    def ask(country):
        talk = talk_in(only(say=Say.PUBLIC, app="kakaotalk"), standing=NOBODY)
        return talk("may_i", app="tiktok", device="work-phone", role="trade-commissioner", country=country)

    assert ask("KR").payload["ruling"]["effect"] == "prohibited"
    assert says_nothing(ask("FJ"))


def test_smalltalk_is_public(talk_in):
    assert talk_in(only(say=Say.PUBLIC))("greet").payload["kind"] == "smalltalk"


def test_the_conditions_of_a_withheld_answer_are_withheld_too(talk_in):
    talk = talk_in(only(say=Say.PUBLIC))
    talk("may_i", app="wechat", device="personal-phone", country="CN", role="diplomat")

    for intent in ("why", "conditions", "alternatives", "approval", "brief", "list_apps"):
        assert talk(intent).payload["ruling"] is None, intent


def test_an_account_that_is_linked_gets_more_than_one_that_is_not(talk_in):
    limits = only(say=Say.EVERYTHING, unlinked=Say.NOTHING)
    person = Standing(True, "defence-member", "personal-phone").as_dict()

    assert defence_wechat(talk_in(limits, standing=person)).payload["kind"] == "ruling"
    assert says_nothing(defence_wechat(talk_in(limits, standing=NOBODY)))


def test_the_device_that_counts_is_the_one_the_channel_is_used_on(talk_in):
    """The question is about a work phone; it is asked on another one."""
    limits = only(app="wechat")
    own = Standing(True, "diplomat", "personal-phone").as_dict()
    work = Standing(True, "defence-member", "work-phone").as_dict()

    def ask(standing):
        return talk_in(limits, standing=standing)("may_i", app="whatsapp", device="work-phone", country="CN")

    assert ask(own).payload["kind"] != "declined"
    assert says_nothing(ask(work))


def test_what_the_guidelines_leave_unclear_about_the_channel_is_a_no_and_a_case(talk_in, database):
    """Nobody has ruled on Strava, so nobody is answered through it."""
    standing = Standing(True, "mp", "byod-phone").as_dict()
    talk = talk_in(only(app="strava"), standing=standing)

    reply = talk("may_i", app="wechat", device="work-phone", country="FJ")

    assert says_nothing(reply)
    assert reply.payload["limit"]["because"] == "unclear"
    with database.reading() as session:
        case = log.find(session, reply.payload["case"])
    assert case.unclear == "no-guidance"
    assert "Strava" in case.subject


def test_a_channel_that_is_an_app_nobody_catalogued_is_unclear(talk_in):
    reply = defence_wechat(talk_in(only(app="carrier-pigeon")))

    assert says_nothing(reply)
    assert reply.payload["limit"]["because"] == "unclear"


def test_where_the_answer_hangs_on_what_is_not_known_it_is_not_asked_for_in_the_channel(talk_in, book):
    because, entry = channels.ruled("wechat", channels.Enquiry(), book, TODAY)

    assert (because, entry) == (Because.OPEN, None)
    reply = talk_in(only(app="wechat"))("may_i", app="whatsapp")
    assert says_nothing(reply)
    assert reply.payload["limit"]["because"] == "open"


def test_the_place_that_is_named_counts_even_when_it_is_only_supposed_elsewhere(talk_in):
    standing = Standing(True, "diplomat", "personal-phone").as_dict()
    talk = talk_in(only(app="wechat"), standing=standing)

    allowed = talk("may_i", app="whatsapp", device="personal-phone", country="CN")

    assert allowed.payload["kind"] != "declined"


def test_a_correction_opens_the_channel_again(talk_in):
    talk = talk_in(only(app="wechat"))
    closed = talk("may_i", app="whatsapp", device="work-phone", country="CN", role="defence-member")

    opened = talk("correct", device="personal-phone", role="diplomat")

    assert says_nothing(closed)
    assert opened.payload["kind"] != "declined"


def test_a_single_enquiry_is_limited_by_its_channel_too(database, tmp_path):
    limits = Limits({"api": Limit(Say.NOTHING)}, safe=SAFE)
    desk = Desk(Home(tmp_path), database, Books(database), today=lambda: TODAY, limits=limits)

    reply = desk.rule({"app": "wechat", "device": "work-phone", "role": "defence-member"}, channel="api")

    assert says_nothing(reply)


def test_the_shipped_file_keeps_posting_details_from_accounts_that_are_nobodys():
    shipped = channels.read()

    limited = [name for name, limit in shipped.channels.items() if limit.app]
    assert limited
    for name in limited:
        assert shipped.say(name, Standing(linked=False)) is not Say.EVERYTHING


def test_a_deployments_file_goes_over_the_shipped_one(tmp_path):
    file = tmp_path / "channels.yml"
    file.write_text(yaml.safe_dump({"channels": {"web": {"say": "public"}}}))

    limits = channels.read(file, SAFE)

    assert limits.of("web") == Limit(Say.PUBLIC)
    assert limits.say("web", Standing(linked=False)) is Say.PUBLIC
    assert limits.of("api") == Limit()
    assert limits.safe == SAFE


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("channels: {web: {say: perhaps}}", "must be one of nothing, public, everything"),
        ("channels: {web: {says: public}}", "must hold app, say, unlinked only"),
        ("chanels: {}", "must hold `channels` and `other` only"),
        ("channels: [", "is not YAML"),
    ],
)
def test_a_file_that_cannot_be_used_says_what_to_mend(tmp_path: Path, content, complaint):
    file = tmp_path / "channels.yml"
    file.write_text(content)

    with pytest.raises(ValueError, match=complaint):
        channels.read(file)

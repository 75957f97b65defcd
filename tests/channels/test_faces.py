"""The limits hold at every face of the front door, and the gateway has what it needs and no more."""

from dataclasses import replace

import pytest

from askfirst.settings import load
from askfirst.supervisor import parts
from askfirst.supervisor.supervisor import the_plan
from tests.web.conftest import home, make_client, prepared, rasa, settings

__all__ = ["home", "make_client", "prepared", "rasa", "settings"]

TOKEN = "123456:test-token-of-a-bot"
WECHAT = {"role": "defence-member", "device": "work-phone", "country": "CN", "app": "wechat"}


@pytest.fixture
def limited(settings, make_client, tmp_path):
    """A demo whose API says nothing, and whose pages say what is public."""
    file = tmp_path / "channels.yml"
    file.write_text("channels: {api: {say: nothing}, web: {say: public}}")
    return make_client(replace(settings, channels=file, public_url="https://askfirst.example.org"))


def test_a_ruling_by_the_api_is_withheld_where_the_api_says_nothing(limited):
    payload = limited.post("/api/v1/rulings", json=WECHAT).json()

    assert payload["kind"] == "declined"
    assert payload["ruling"] is None
    assert payload["context"] == {"role": None, "device": None, "country": None, "app": None}
    assert payload["limit"]["safe"] == "https://askfirst.example.org"


def test_the_form_says_what_is_public_and_hands_over_the_rest(limited):
    public = limited.post("/check", data=WECHAT)
    more = limited.post("/check", data={**WECHAT, "role": "diplomat", "app": "whatsapp"})

    assert "Prohibited" in public.text
    assert "general guidance" in more.text
    assert "https://askfirst.example.org" in more.text


def gateway_settings(tmp_path, **more):
    environment = {
        "ASKFIRST_HOME": str(tmp_path),
        "ASKFIRST_TELEGRAM_TOKEN": TOKEN,
        "ASKFIRST_DATABASE_URL": "postgresql://somebody:secret@db/askfirst",
        **more,
    }
    return load(environment), environment


def test_the_gateway_and_the_front_door_share_a_token_made_at_the_start(tmp_path):
    settings, _ = gateway_settings(tmp_path)
    inner, others = parts.choose_ports(settings), parts.choose_ports(settings)

    door = parts.front_door(settings, inner).environment["ASKFIRST_GATEWAY_TOKENS"]

    assert door == parts.telegram_gateway(settings, inner).environment["ASKFIRST_GATEWAY_TOKENS"]
    assert door != parts.front_door(settings, others).environment["ASKFIRST_GATEWAY_TOKENS"]
    assert load(dict(parts.front_door(settings, inner).environment)).gateway_tokens


def test_the_gateway_starts_when_everything_else_is_up(tmp_path):
    """What people wrote while nothing ran is answered, and not apologised for."""
    settings, _ = gateway_settings(tmp_path)

    plan = the_plan(settings)

    assert [part.name for part in plan.last] == ["telegram-gateway"]
    assert {part.name for part in (*plan.at_once, *plan.prepared, *plan.trained)} == {
        "web",
        "actions",
        "rasa",
    }


def test_the_gateway_does_not_know_the_database_and_rasa_knows_no_token(tmp_path):
    settings, environment = gateway_settings(tmp_path, ASKFIRST_GATEWAY_TOKENS="telegram=of-the-gateway")
    inner = parts.choose_ports(settings)

    gateway = parts.telegram_gateway(settings, inner).environment
    understanding = parts.rasa_environment(settings, inner, environment)

    assert "secret" not in str(dict(gateway))
    assert TOKEN not in str(understanding)
    assert "of-the-gateway" not in str(understanding)
    assert TOKEN not in repr(settings)


def test_without_a_bot_there_is_no_gateway_and_no_token_for_one(tmp_path):
    settings = load({"ASKFIRST_HOME": str(tmp_path)})
    inner = parts.choose_ports(settings)

    assert inner.telegram is None
    assert "ASKFIRST_GATEWAY_TOKENS" not in parts.environment(settings, inner, {})

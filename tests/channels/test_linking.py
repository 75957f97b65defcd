"""Whose an account is: one-time codes from the signed-in page, and what gateways may ask for."""

from __future__ import annotations

import datetime as dt
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import select, update

from askfirst.bootstrap import build
from askfirst.errors import SettingError
from askfirst.settings import load
from guidelines.store.tables import AuditRow
from tests.web.conftest import home, make_client, prepared, rasa, settings
from tests.web.standin import smalltalk
from web.access import Who
from web.gateways import api
from web.linking.links import LinkCodeRow
from web.routes import EVERY_ROUTE

__all__ = ["home", "make_client", "prepared", "rasa", "settings"]

CODE = re.compile(r"[A-Z2-9]{4}-[A-Z2-9]{4}")
# The shipped guidelines let them use the channel's app on their own phone, and not on the work phone.
OWN_PHONE = {"channel": "telegram", "role": "diplomat", "device": "personal-phone"}
WORK_PHONE = {**OWN_PHONE, "device": "work-phone"}
GATEWAY = {"authorization": "Bearer the-gateway"}


@pytest.fixture
def door(settings, make_client):
    """A demo with two gateways: Telegram's and another."""
    tokens = (("telegram", "the-gateway"), ("web", "another-gateway"))
    api._tries = api.Buckets(api.TRIES)
    return make_client(replace(settings, gateway_tokens=tokens))


def sign_in(client, who="alex"):
    client.post("/sign-in", data={"persona": f"persona-{who}"})
    form = re.search(r'name="csrf" value="([^"]+)"', client.get("/linking").text)
    return form[1] if form else ""


def post(client, path, data=None, **fields):
    return client.post(path, data={"csrf": sign_in(client), **(data or {}), **fields})


def code_for(client, who="alex", data=None):
    given = {"csrf": sign_in(client, who), **(data or OWN_PHONE)}
    return CODE.search(client.post("/linking/code", data=given).text)[0]


def gateway(client, what, headers=GATEWAY, **body):
    return client.post(f"/api/v1/gateway/{what}", json=body, headers=headers)


def say(client, text="hello", account="42", message="1", **options):
    return gateway(client, "messages", account=account, message=message, text=text, **options)


def link(client, who="alex", account="42", data=None):
    response = gateway(client, "link", account=account, code=code_for(client, who, data))
    assert response.status_code == 200, response.text
    return response.json()


def audited(client):
    with client.app.state.door.database.reading() as session:
        return session.scalars(select(AuditRow.action).order_by(AuditRow.seq)).all()


def test_a_code_links_the_account_to_whoever_made_it(door):
    assert link(door) == {"linked": True, "name": "Alex Brennan"}
    assert "…42" in door.get("/linking").text
    assert {"link code made", "account linked"} <= set(audited(door))


def test_a_code_works_once(door):
    code = code_for(door)
    assert gateway(door, "link", account="42", code=code).status_code == 200

    again = gateway(door, "link", account="43", code=code)

    assert again.status_code == 422
    assert "not known" in again.json()["error"]


def test_a_code_can_be_typed_carelessly(door):
    code = code_for(door)

    assert gateway(door, "link", account="42", code=f" {code.lower().replace('-', ' ')} ").status_code == 200


def test_a_code_is_over_after_minutes(door):
    code = code_for(door)
    with door.app.state.door.database.transaction() as session:
        past = dt.datetime.now(dt.UTC) - dt.timedelta(seconds=1)
        session.execute(update(LinkCodeRow).values(expires_at=past))

    assert gateway(door, "link", account="42", code=code).status_code == 422


def test_a_new_code_takes_the_place_of_the_one_before(door):
    first = code_for(door)
    second = code_for(door)

    assert gateway(door, "link", account="42", code=first).status_code == 422
    assert gateway(door, "link", account="42", code=second).status_code == 200


def test_the_database_does_not_hold_the_code(door):
    code = code_for(door)
    with door.app.state.door.database.reading() as session:
        row = session.scalars(select(LinkCodeRow)).one()

    assert code.replace("-", "") not in f"{row.key} {row.name} {row.person}".upper()


def test_codes_cannot_be_tried_out(door):
    tried = [gateway(door, "link", account="42", code=f"AAAA-AAA{n}").status_code for n in range(2, 9)]

    assert tried == [422] * 5 + [429] * 2
    assert gateway(door, "link", account="43", code="AAAA-AAAA").status_code == 422


def test_a_code_of_one_channel_links_nothing_in_another(door):
    code = code_for(door)
    other = {"authorization": "Bearer another-gateway"}

    assert gateway(door, "link", headers=other, account="42", code=code).status_code == 422


def test_an_account_that_is_somebody_elses_stays_theirs(door):
    link(door, "alex")

    taken = gateway(door, "link", account="42", code=code_for(door, "mei"))

    assert taken.status_code == 422
    assert "somebody else" in taken.json()["error"]


def test_there_is_no_code_for_a_device_on_which_the_app_may_not_be_used(door):
    refused = post(door, "/linking/code", WORK_PHONE)

    assert refused.status_code == 403
    assert "do not let you use Telegram on that device" in refused.text
    assert not CODE.search(refused.text)


def test_a_code_needs_a_role_and_a_device(door):
    assert post(door, "/linking/code", OWN_PHONE, role="").status_code == 422
    assert post(door, "/linking/code", OWN_PHONE, device="a-toaster").status_code == 422
    assert post(door, "/linking/code", OWN_PHONE, channel="carrier-pigeon").status_code == 422


def test_a_link_is_revoked_on_the_page_at_once(door, rasa):
    link(door)
    number = re.search(r'name="link" value="(\d+)"', door.get("/linking").text)[1]

    page = post(door, "/linking/revoke", link=number)

    assert "Nothing is linked to you." in page.text
    assert say(door).json()["linked"] is False
    assert "account unlinked" in audited(door)


def test_nobody_revokes_somebody_elses_link(door):
    link(door, "alex")
    number = re.search(r'name="link" value="(\d+)"', door.get("/linking").text)[1]
    csrf = sign_in(door, "mei")

    door.post("/linking/revoke", data={"csrf": csrf, "link": number})

    assert say(door).json()["linked"] is True


def test_the_page_is_for_people_who_are_signed_in(door):
    assert door.get("/linking", follow_redirects=False).headers["location"].startswith("/sign-in?next=")
    assert door.post("/linking/code", data=OWN_PHONE).status_code == 401


def test_a_form_of_another_page_makes_no_code(door):
    sign_in(door)

    assert door.post("/linking/code", data={**OWN_PHONE, "csrf": "guessed"}).status_code == 403


def test_the_account_can_be_unlinked_from_within(door):
    link(door)

    assert gateway(door, "unlink", account="42").json() == {"unlinked": True}
    assert gateway(door, "unlink", account="42").json() == {"unlinked": False}
    assert say(door).json()["linked"] is False


def test_a_linked_person_speaks_with_their_role_and_device(door, rasa):
    link(door)
    say(door)

    (heard,) = rasa.heard
    assert heard["metadata"] == {
        "channel": "telegram",
        "standing": {"linked": True, "role": "diplomat", "device": "personal-phone"},
        "profile": {"role": "diplomat"},
    }


def test_an_account_that_is_nobodys_speaks_as_nobody(door, rasa):
    say(door)

    (heard,) = rasa.heard
    assert heard["metadata"] == {
        "channel": "telegram",
        "standing": {"linked": False, "role": None, "device": None},
    }


def test_what_an_account_said_before_belongs_to_no_one_who_links_it_later(door, rasa):
    say(door, message="1")
    link(door, "alex")
    say(door, message="2")
    gateway(door, "unlink", account="42")
    link(door, "mei")
    say(door, message="3")

    assert len({heard["sender"] for heard in rasa.heard}) == 3


def test_the_same_message_asked_again_gets_the_same_answer_and_is_heard_once(door, rasa):
    rasa.replies = [smalltalk("first")]
    first = say(door).json()
    rasa.replies = [smalltalk("second")]

    assert say(door).json() == first
    assert say(door, account="43").json()["replies"][0]["text"] == "second"
    assert len(rasa.heard) == 2


def test_other_words_under_the_same_number_are_another_message(door, rasa):
    """A service whose numbers begin anew must not be given the answer to another question."""
    say(door, "may I?", message="1")
    say(door, "and may I?", message="1")

    assert [heard["message"] for heard in rasa.heard] == ["may I?", "and may I?"]


def test_a_message_asked_again_while_it_is_at_work_is_heard_once(door, rasa):
    """A gateway that was killed asks again before the answer to its forerunner is there."""
    rasa.delays["hello"] = 0.5
    with ThreadPoolExecutor() as pool:
        first, second = pool.map(lambda _: say(door).json(), range(2))

    assert first == second
    assert len(rasa.heard) == 1


def test_which_message_was_written_or_edited_goes_along(door, rasa):
    say(door, message="1")
    say(door, message="2", written="77")
    say(door, message="3", written="77", edited=True)

    assert [heard["metadata"].get("message") for heard in rasa.heard] == [
        None, {"id": "77", "edited": False}, {"id": "77", "edited": True},
    ]  # fmt: skip


def test_an_answer_that_failed_is_not_kept(door, rasa):
    rasa.replies = []
    assert say(door).status_code == 503
    rasa.replies = [smalltalk("now")]

    assert say(door).json()["replies"][0]["text"] == "now"


GATEWAY_ROUTES = [route for route in EVERY_ROUTE if route.who is Who.GATEWAY]


@pytest.mark.parametrize("route", GATEWAY_ROUTES, ids=lambda route: route.name)
@pytest.mark.parametrize("header", [None, "Bearer wrong", "Bearer ", "the-gateway", "Bearer ü"])
def test_nobody_but_a_gateway_speaks_for_people_in_a_demo_either(door, rasa, route, header):
    headers = {b"authorization": header.encode()} if header else {}
    response = door.post(route.path, json={"account": "42", "message": "1", "text": "hi"}, headers=headers)

    assert response.status_code == 401
    assert rasa.heard == []


def test_the_token_of_the_api_does_not_speak_for_people(settings, make_client):
    changed = replace(
        settings,
        mode="deployment",
        api_tokens=("of-the-api",),
        gateway_tokens=(("telegram", "the-gateway"),),
        sign_in="off",
    )
    client = make_client(changed)

    assert say(client, headers={"authorization": "Bearer of-the-api"}).status_code == 401
    assert say(client).status_code == 200
    assert client.post("/api/v1/messages", json={}, headers=GATEWAY).status_code == 401


def test_without_gateways_no_token_opens_their_routes(settings, make_client):
    client = make_client(settings)

    assert say(client, headers={"authorization": "Bearer "}).status_code == 401
    sign_in(client)
    assert "No chat service is connected" in client.get("/linking").text


def test_a_message_of_the_api_cannot_claim_a_standing(door, rasa):
    door.post(
        "/api/v1/messages",
        json={
            "conversation": "c",
            "text": "hi",
            "standing": {"linked": True},
            "profile": {"role": "diplomat"},
        },
    )

    assert rasa.heard[0]["metadata"] == {"channel": "api"}


@pytest.mark.parametrize("body", [{}, {"account": 42}, {"account": "x" * 101, "message": "1", "text": "hi"}])
def test_a_gateways_slip_is_one_clear_line(door, body):
    assert gateway(door, "messages", **body).status_code == 422


def test_a_gateway_of_a_channel_without_a_limit_is_a_setting_to_mend(tmp_path):
    environment = {"ASKFIRST_HOME": str(tmp_path), "ASKFIRST_GATEWAY_TOKENS": "carrier-pigeon=a-token"}

    with pytest.raises(SettingError, match="ASKFIRST_CHANNELS does not say"):
        _ = build(load(environment)).desk


@pytest.mark.parametrize(
    ("environment", "complaint"),
    [
        ({"ASKFIRST_TELEGRAM_TOKEN": "nonsense"}, "BotFather"),
        ({"ASKFIRST_TELEGRAM_WEBHOOK": "http://askfirst.example.org/hook"}, "must start with https"),
        ({"ASKFIRST_GATEWAY_TOKENS": "a=same,b=same"}, "must differ"),
    ],
)
def test_settings_that_cannot_work_are_said_in_one_line_without_secrets(environment, complaint):
    with pytest.raises(SettingError, match=complaint) as raised:
        load(environment)

    assert "same" not in str(raised.value)
    assert "nonsense" not in str(raised.value)


def test_a_gateway_that_was_heard_of_is_up_in_the_health_and_a_silent_one_is_not(door):
    say(door)

    health = door.get("/api/v1/health")

    assert health.status_code == 200
    assert health.json()["parts"]["telegram"] == {"up": True}
    assert health.json()["parts"]["web"] == {"up": False}

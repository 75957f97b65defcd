"""What is around every answer: headers, ids, logs, limits and faults."""

import logging
import re
from dataclasses import replace

import pytest

from tests.web.standin import free_port
from web import envelope
from web.limits import Buckets, Pace
from web.rendering import HERE, STATIC
from web.routes import ROUTES

CANARY = "zyzzyva-4711"
PAGES = ["/", "/check", "/nowhere"]
INLINE = re.compile(r"<style|\sstyle\s*=|\son[a-z]+\s*=|javascript:|<script(?![^>]*\ssrc=)", re.IGNORECASE)


@pytest.mark.parametrize("path", [*PAGES, "/static/askfirst.css", "/api/v1/health", "/api/v1/nowhere"])
def test_every_answer_has_the_security_headers(client, path):
    headers = client.get(path, headers={"accept": "text/html"}).headers

    assert {name: headers[name] for name in envelope.SECURITY} == envelope.SECURITY


def test_the_content_security_policy_lets_nothing_inline_run():
    policy = envelope.SECURITY["content-security-policy"]

    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "http" not in policy


def test_no_template_or_script_holds_inline_script_or_style():
    files = [*(HERE / "templates").rglob("*.html"), *STATIC.iterdir()]

    assert [file.name for file in files if INLINE.search(file.read_text("utf-8"))] == []


def test_nothing_is_loaded_from_elsewhere():
    files = [*(HERE / "templates").rglob("*.html"), *STATIC.glob("*.css"), *STATIC.glob("*.js")]
    elsewhere = re.compile(r"(?:src|href)=[\"']?(?:https?:)?//|url\(|@import|from \"http")

    assert [file.name for file in files if elsewhere.search(file.read_text("utf-8"))] == []


@pytest.mark.parametrize("path", PAGES)
def test_no_page_holds_inline_script_or_style(client, path):
    assert not INLINE.search(client.get(path, headers={"accept": "text/html"}).text)


def test_every_answer_has_a_request_id(client):
    first, second = client.get("/check"), client.get("/check")

    assert first.headers["x-request-id"] != second.headers["x-request-id"]


def test_a_request_id_that_is_fit_for_a_log_is_kept(client):
    kept = client.get("/check", headers={"x-request-id": "trace-0042-abcd"})
    refused = client.get("/check", headers={"x-request-id": "a b\tc' OR 1"})

    assert kept.headers["x-request-id"] == "trace-0042-abcd"
    assert refused.headers["x-request-id"] != "a b\tc' OR 1"


def test_pages_and_answers_are_not_kept_by_browsers_but_static_files_are(client):
    address = re.search(r"/static/askfirst\.css\?v=\w+", client.get("/").text)
    assert address

    assert client.get("/").headers["cache-control"] == "no-store"
    assert "immutable" in client.get(address[0]).headers["cache-control"]
    assert client.get("/static/askfirst.css").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("name", ["../app.py", "..%2fapp.py", "nothing.css", "%00"])
def test_only_static_files_are_served_as_such(client, name):
    assert client.get(f"/static/{name}").status_code == 404


def everything_asked(client):
    """Send the canary everywhere that takes words, and into an address."""
    client.post("/api/v1/messages", json={"conversation": CANARY, "text": f"May I use {CANARY}?"})
    client.post("/api/v1/rulings", json={"app": CANARY})
    client.post("/api/v1/rulings", json={CANARY: "x"})
    client.post("/turn", json={"conversation": CANARY, "text": f"May I use {CANARY}?"})
    client.post("/", data={"conversation": CANARY, "text": f"May I use {CANARY}?"})
    client.post("/check", data={"app": CANARY})
    client.post("/forget", data={"conversation": CANARY})
    client.get(f"/{CANARY}?q={CANARY}")
    client.get(f"/check?app={CANARY}")
    client.get("/", headers={"referer": f"http://127.0.0.1/{CANARY}", "user-agent": CANARY})


def test_nothing_that_was_asked_is_logged(client, caplog):
    with caplog.at_level(logging.DEBUG, logger="askfirst"):
        everything_asked(client)

    lines = [record.getMessage() for record in caplog.records if record.name.startswith("askfirst")]
    assert any("POST /api/v1/messages 200" in line for line in lines)
    assert any("POST /check 422" in line for line in lines)
    assert [line for line in lines if CANARY in line] == []


def test_nothing_that_was_asked_is_logged_when_rasa_is_down(settings, make_client, caplog):
    client = make_client(replace(settings, rasa_port=free_port()))

    with caplog.at_level(logging.DEBUG, logger="askfirst"):
        everything_asked(client)

    lines = [record.getMessage() for record in caplog.records if record.name.startswith("askfirst")]
    assert any("no answer: unreachable" in line for line in lines)
    assert [line for line in lines if CANARY in line] == []


def test_a_fault_of_ours_is_a_friendly_page_and_a_log_line_without_what_was_asked(
    client, monkeypatch, caplog
):
    def break_down(*_args, **_options):
        raise RuntimeError(f"it broke on {CANARY}")

    monkeypatch.setattr(client.app.state.door.desk, "rule", break_down)

    page = client.post("/check", data={"app": "WeChat"}, headers={"accept": "text/html"})
    answer = client.post("/api/v1/rulings", json={"app": "wechat"})

    assert (page.status_code, answer.status_code) == (500, 500)
    assert "<h1>That did not work</h1>" in page.text
    assert "went wrong on our side" in answer.json()["error"]
    assert "Traceback" not in page.text + answer.text
    assert "RuntimeError" not in page.text + answer.text
    assert "fault RuntimeError" in caplog.text
    assert "break_down" in caplog.text
    assert CANARY not in caplog.text + page.text + answer.text


def test_an_address_that_nothing_is_at_is_a_friendly_page(client):
    response = client.get("/nowhere", headers={"accept": "text/html"})

    assert response.status_code == 404
    assert "<h1>There is no such page</h1>" in response.text
    assert 'href="/"' in response.text


def test_a_program_is_told_in_one_line(client):
    assert client.get("/api/v1/nowhere").json() == {"error": "there is nothing at this address"}


def test_every_route_has_a_name_of_its_own():
    names = [route.name for route in ROUTES]

    assert len(set(names)) == len(names)


class Clock:
    """A clock that is set by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_client_that_asks_too_fast_waits_and_others_do_not():
    clock = Clock()
    buckets = Buckets(Pace(burst=2, per_second=0.5), clock)

    assert [buckets.wait("a"), buckets.wait("a"), buckets.wait("a")] == [0, 0, 2]
    assert buckets.wait("b") == 0
    clock.now = 2
    assert buckets.wait("a") == 0


def test_a_client_that_waited_long_may_not_ask_more_than_a_burst():
    clock = Clock()
    buckets = Buckets(Pace(burst=2, per_second=1), clock)
    clock.now = 1000

    assert [buckets.wait("a") for _ in range(3)] == [0, 0, 1]


def test_the_limit_is_said_with_when_to_come_back(settings, make_client, monkeypatch):
    monkeypatch.setattr("web.app.DEMO", Pace(burst=1, per_second=0.001))
    client = make_client(settings)

    client.get("/api/v1/vocabulary")
    response = client.get("/api/v1/vocabulary")

    assert response.status_code == 429
    # A thousand seconds, less those that the two requests took.
    assert 900 < int(response.headers["retry-after"]) <= 1000
    assert response.json() == {"error": "too many requests: wait a moment"}

"""The loop closes: asked, logged, seen, drafted, submitted, approved by a second person, published, told."""

from __future__ import annotations

import re
import time

from starlette.testclient import TestClient

from answers.desk import Desk
from tests.console.conftest import Ask
from tests.console.people import sign_in, token_of

BLORPLY = {"unknown_app": "Blorply", "role": "diplomat", "device": "work-phone", "country": "CN"}


def send(client: TestClient, path: str, *, follow: bool = True, **fields: str):
    """A form of the console, sent by whoever is signed in."""
    return client.post(
        path,
        data={"csrf": token_of(client), **fields},
        headers={"accept": "text/html"},
        follow_redirects=follow,
    )


def text_of(page: str) -> str:
    """What a page says, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def a_guideline(client: TestClient) -> str:
    """A guideline that the case's rule can go into."""
    page = client.get("/console/cases/1/rule").text
    found = re.search(r'<option value="([^"]+)" selected>', page) or re.search(
        r'<option value="(dee-[^"]+)"', page
    )
    assert found
    return found[1]


def draft_a_rule(client: TestClient, effect: str = "prohibited", do: str = "save"):
    return send(
        client, "/console/cases/1/rule", guideline=a_guideline(client), id="blorply-rule", effect=effect,
        reason="Nobody has assessed Blorply.", **{"new-label": "Blorply", "new-broader": "", "do": do},
    )  # fmt: skip


def answers_from(desk: Desk, edition: int) -> None:
    """Wait until a new edition answers; it is compiled beside the answering."""
    end = time.monotonic() + 20
    while desk.books.current().edition != edition:
        assert time.monotonic() < end
        time.sleep(0.05)


def test_an_unknown_app_goes_all_the_way_round(client: TestClient, ask: Ask, desk: Desk):
    first = ask("ana", "can I use Blorply on my work phone in China?", **BLORPLY)
    assert first["payload"]["ruling"]["unclear"] == "unknown-app"
    assert first["payload"]["case"] == "C-0001"

    sign_in(client, "priya")
    assert "“Blorply”: no such app is catalogued" in text_of(client.get("/console").text)
    case = text_of(client.get("/console/cases/1").text)
    assert "can I use Blorply on my work phone in [place]?" in case
    assert "Fewer than 5 people asked" in case

    drafted = draft_a_rule(client)
    assert drafted.status_code == 200
    draft = text_of(drafted.text)
    assert "The rule is in the draft" in draft
    assert "Added rule blorply-rule" in draft
    assert "Added concept “Blorply” (app)" in draft
    assert "Blorply, work phone 1 Hold off App not known Prohibited" in draft
    assert "Questions asked fewer than 5 times show no role and no place" in draft

    submitted = text_of(send(client, "/console/draft/submit", note="Blorply is ruled out.").text)
    assert "Submitted by Priya Nair" in submitted
    assert "a second person has to approve it" in submitted
    assert send(client, "/console/draft/approve", sure="yes").status_code == 403

    sign_in(client, "mei")
    published = text_of(send(client, "/console/draft/approve", sure="yes").text)
    assert "Published." in published
    assert "approved by Mei Tan as edition 2" in published

    sign_in(client, "priya")
    case = text_of(client.get("/console/cases/1").text)
    assert "Published" in case
    assert "answered by edition 2" in case

    answers_from(desk, 2)
    told = ask("ana", "hello", "greet")
    assert "Nobody has assessed Blorply" in told["text"]
    assert told["payload"]["news"][0]["ruling"]["effect"] == "prohibited"

    again = ask(
        "ana", "can I use Blorply?", app="blorply", role="diplomat", device="work-phone", country="CN"
    )
    assert again["payload"]["ruling"]["rules"] == ["blorply-rule"]
    assert again["payload"]["edition"] == 2
    assert again["payload"]["case"] is None


def test_an_administrator_who_wrote_the_draft_cannot_approve_it(client: TestClient, ask: Ask):
    ask("ana", "can I use Blorply?", **BLORPLY)
    sign_in(client, "noor")
    draft_a_rule(client)
    send(client, "/console/draft/submit", note="Blorply is ruled out.")

    refused = send(client, "/console/draft/approve", sure="yes")

    assert refused.status_code == 422
    assert "a second person has to approve it" in text_of(refused.text)


def test_who_wrote_any_part_of_the_draft_cannot_approve_it(client: TestClient, ask: Ask):
    ask("ana", "can I use Blorply?", **BLORPLY)
    sign_in(client, "noor")
    draft_a_rule(client)
    sign_in(client, "priya")
    form = client.get("/console/guidelines/dee-starting-point/edit").text
    fields = dict(re.findall(r'<input[^>]* name="(\w+)"[^>]* value="([^"]*)"', form))
    fields |= {"sources": "A source", "notes": "", "provenance": "illustrative", "title": "Another title"}
    fields.pop("csrf")
    assert send(client, "/console/guidelines/dee-starting-point", **fields).status_code == 200
    send(client, "/console/draft/submit", note="Two people wrote this.")

    sign_in(client, "noor")
    assert send(client, "/console/draft/approve", sure="yes").status_code == 422


def test_a_draft_that_was_changed_after_it_was_submitted_has_to_be_submitted_again(
    client: TestClient, ask: Ask
):
    ask("ana", "can I use Blorply?", **BLORPLY)
    sign_in(client, "priya")
    draft_a_rule(client)
    send(client, "/console/draft/submit", note="Blorply is ruled out.")
    page = client.get("/console/rules/blorply-rule").url.path
    values = client.get(f"{page}/rules/blorply-rule").text
    seen = re.search(r'name="seen" value="([^"]+)"', values)[1]
    changed = {"effect": "allowed", "reason": "It is fine.", "include-app": "Blorply", "do": "save"}
    send(client, f"{page}/rules/blorply-rule", id="blorply-rule", seen=seen, **changed)

    sign_in(client, "mei")
    assert "has to be submitted again" in text_of(client.get("/console/draft").text)
    assert send(client, "/console/draft/approve", sure="yes").status_code == 422


def test_an_approver_sends_a_draft_back_with_words_and_its_author_reads_them(client: TestClient, ask: Ask):
    ask("ana", "can I use Blorply?", **BLORPLY)
    sign_in(client, "priya")
    draft_a_rule(client)
    send(client, "/console/draft/submit", note="Blorply is ruled out.")
    sign_in(client, "mei")

    send(client, "/console/draft/send-back", why="Name the source.")

    sign_in(client, "priya")
    assert "Mei Tan sent this draft back: Name the source." in text_of(client.get("/console/draft").text)


def test_another_name_for_an_app_closes_the_case_once_it_is_published(
    client: TestClient, ask: Ask, desk: Desk
):
    asked = {**BLORPLY, "unknown_app": "Weechatt"}
    assert ask("ana", "is Weechatt ok?", **asked)["payload"]["ruling"]["unclear"] == "unknown-app"
    sign_in(client, "priya")

    page = send(client, "/console/cases/1/alias", words="Weechatt", scheme="app", concept="WeChat")

    assert "The name is in the draft" in text_of(page.text)
    assert "“Weechatt” is another name for WeChat" in text_of(page.text)
    send(client, "/console/draft/submit", note="Another name for WeChat.")
    sign_in(client, "mei")
    send(client, "/console/draft/approve", sure="yes")
    sign_in(client, "priya")
    assert "answered by edition 2" in text_of(client.get("/console/cases/1").text)
    answers_from(desk, 2)
    assert "You asked about this on" in ask("ana", "hi", "greet")["text"]


def test_a_name_can_be_taken_back_out_of_the_draft(client: TestClient, ask: Ask):
    ask("ana", "is Weechatt ok?", **{**BLORPLY, "unknown_app": "Weechatt"})
    sign_in(client, "priya")
    send(client, "/console/cases/1/alias", words="Weechatt", scheme="app", concept="WeChat")
    assert "Changed concept “WeChat” (app)" in text_of(client.get("/console/draft").text)

    page = text_of(send(client, "/console/draft/revert-name", scheme="app", concept="wechat").text)

    assert "The name is as in the edition again" in page
    assert "Nothing is written differently" in page

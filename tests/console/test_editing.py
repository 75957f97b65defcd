"""Writing rules: what would change is seen before it is saved, and the audit log says what was written."""

from __future__ import annotations

import csv
import io
import re

from starlette.testclient import TestClient

from guidelines.store import audit, editions, submissions
from guidelines.store.database import Database
from tests.console.conftest import Ask
from tests.console.people import sign_in
from tests.console.test_loop import BLORPLY, a_guideline, draft_a_rule, send, text_of
from tests.console.test_pages import GAP, seen

RULES = "/console/guidelines/dee-starting-point/rules"


def audit_rows(client: TestClient) -> list[dict[str, str]]:
    sign_in(client, "sam")
    return list(csv.DictReader(io.StringIO(client.get("/console/audit.csv").text)))


def seen_then(client: TestClient) -> str:
    found = re.search(
        r'name="seen" value="([^"]+)"', client.get("/console/guidelines/dee-starting-point/new-rule").text
    )
    assert found
    return found[1]


def test_a_preview_shows_rulings_and_real_questions_and_saves_nothing(client: TestClient, ask: Ask):
    for n in range(5):
        ask(f"asker {n}", **GAP)
    sign_in(client, "priya")

    response = send(
        client, RULES, id="mps-may", effect="allowed", reason="It is fine.", seen=seen_then(client),
        do="preview",
        **{"include-role": "mp", "include-device": "personal phone", "include-app": "WeChat"},
    )  # fmt: skip

    page = text_of(response.text)
    assert response.status_code == 200
    assert "Which rulings this rule changes" in page
    assert re.search(
        r"[\d,]+ of [\d,]+ combinations of role, device, country and app are ruled otherwise", page
    )
    assert (
        "WeChat, Tonga, personal phone, member of parliament 5 Hold off No guideline covers this Allowed"
        in page
    )
    assert "It is fine.</textarea>" in response.text
    assert "There is no draft" in seen(client, "/console/draft")


def test_a_preview_from_a_case_shows_the_question_of_the_case(client: TestClient, ask: Ask):
    ask("ana", **BLORPLY)
    sign_in(client, "priya")

    page = text_of(draft_a_rule(client, do="preview").text)

    assert "Real questions that it answers otherwise" in page
    assert "Blorply, work phone 1 Hold off App not known Prohibited" in page
    assert "There is no draft" in seen(client, "/console/draft")


def test_the_audit_log_says_what_was_written_before_and_after(client: TestClient, ask: Ask):
    ask("ana", **BLORPLY)
    sign_in(client, "priya")
    guideline = a_guideline(client)
    draft_a_rule(client)
    path = f"/console/guidelines/{guideline}/rules/blorply-rule"
    then = re.search(r'name="seen" value="([^"]+)"', client.get(path).text)[1]
    send(
        client, path, id="blorply-rule", effect="prohibited", reason="It was assessed.", seen=then,
        **{"include-app": "Blorply"},
    )  # fmt: skip
    send(client, f"{path}/remove", sure="yes")

    rows = [row for row in audit_rows(client) if "blorply" in row["subject"]]

    said = {(row["action"], row["subject"]): row for row in rows}
    assert {row["who"] for row in rows} == {"Priya Nair"}
    added = said["rule added in the draft", "rule blorply-rule"]
    assert (added["before"], "Nobody has assessed Blorply." in added["after"]) == ("", True)
    changed = said["rule changed in the draft", "rule blorply-rule"]
    assert changed["before"] == "reason: Nobody has assessed Blorply."
    assert changed["after"] == "reason: It was assessed."
    removed = said["rule removed in the draft", "rule blorply-rule"]
    assert ("It was assessed." in removed["before"], removed["after"]) == (True, "")
    assert ("concept added in the draft", "concept blorply") in said


def test_publishing_has_to_be_confirmed(client: TestClient, ask: Ask):
    ask("ana", **BLORPLY)
    sign_in(client, "priya")
    draft_a_rule(client)
    send(client, "/console/draft/submit", note="Blorply is ruled out.")
    sign_in(client, "mei")

    refused = send(client, "/console/draft/approve")

    assert refused.status_code == 422
    assert "Tick the box to say that you have read what changes" in text_of(refused.text)
    assert send(client, "/console/draft/approve", sure="yes").status_code == 200


def test_what_was_slipped_into_a_draft_while_it_was_approved_is_not_published(
    client: TestClient, ask: Ask, database: Database, monkeypatch
):
    ask("ana", **BLORPLY)
    sign_in(client, "priya")
    draft_a_rule(client)
    send(client, "/console/draft/submit", note="Blorply is ruled out.")
    waiting = submissions.waiting

    def and_then_somebody_writes(session):
        found = waiting(session)
        with database.transaction() as other:
            corpus = editions.corpus_of(other, 1)
            editions.save_draft(other, corpus, "Somebody Else")
            audit.note(other, "Somebody Else", "test", "draft")
        return found

    monkeypatch.setattr(submissions, "waiting", and_then_somebody_writes)
    sign_in(client, "mei")
    refused = send(client, "/console/draft/approve", sure="yes")
    monkeypatch.undo()

    assert refused.status_code == 422
    assert "somebody changed the draft meanwhile" in text_of(refused.text)
    assert "edition 2" not in seen(client, "/console/editions").casefold()


def test_the_draft_marks_only_the_words_that_differ(client: TestClient, ask: Ask):
    ask("ana", "is Weechatt ok?", **{**BLORPLY, "unknown_app": "Weechatt"})
    sign_in(client, "priya")
    send(client, "/console/cases/1/alias", words="Weechatt", scheme="app", concept="WeChat")

    page = client.get("/console/draft").text

    assert re.search(r"<ins>[^<]*Weechatt</ins>", page)
    assert not re.search(r"<del>[^<]*Wechat messenger", page)


def test_a_rule_from_a_case_goes_where_the_rules_that_came_close_are(client: TestClient, ask: Ask):
    for n in range(5):
        ask(f"asker {n}", **GAP)
    sign_in(client, "priya")

    page = client.get("/console/cases/1/rule").text

    chosen = re.search(r'<option value="([^"]+)" selected>', page)[1]
    assert client.get("/console/rules/pso-messaging").url.path == f"/console/guidelines/{chosen}"

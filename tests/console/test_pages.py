"""The pages of the console: what people see on them, who may see and do what, and what is not shown."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from guidelines.rules import Corpus, Source
from guidelines.store import editions
from guidelines.store.database import Database
from tests.console.conftest import Ask
from tests.console.people import sign_in, token_of
from tests.console.test_loop import BLORPLY, draft_a_rule, send, text_of
from tests.web.conftest import locked
from web.access import Who
from web.console.routes import CONSOLE
from web.signin.people import MAY, Part, Person

READING = ["priya", "daniel", "mei", "sam", "noor"]
GAP = {"role": "mp", "device": "personal-phone", "country": "TO", "app": "wechat"}


def seen(client: TestClient, path: str, status: int = 200) -> str:
    response = client.get(path, headers={"accept": "text/html"})
    assert response.status_code == status, response.text
    return text_of(response.text)


# Who may do what


@pytest.mark.parametrize("route", [r for r in CONSOLE if "GET" in r.methods], ids=lambda r: r.name)
def test_every_page_sends_a_stranger_to_the_sign_in(client: TestClient, route):
    path = re.sub(r"\{(case|number)\}", "1", route.path)
    path = path.replace("{kind}", "csv").replace("{guideline}", "x").replace("{rule}", "y")

    response = client.get(path, follow_redirects=False)

    assert (response.status_code, response.headers["location"][:14]) == (303, "/sign-in?next=")


def test_staff_see_no_console(client: TestClient):
    sign_in(client, "alex")

    assert "The console is for policy owners" in seen(client, "/console", 403)


@pytest.mark.parametrize("persona", READING)
def test_policy_people_read_cases_and_guidelines(client: TestClient, ask: Ask, persona: str):
    ask("ana", **BLORPLY)
    sign_in(client, persona)

    assert "Blorply" in seen(client, "/console")
    assert "What was asked" in seen(client, "/console/cases/1")
    assert "Guidelines" in seen(client, "/console/guidelines")


@pytest.mark.parametrize("persona", ["mei", "sam"])
@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/console/cases/1/move", {"status": "in-review"}),
        ("/console/cases/1/assign", {"assignee": "me"}),
        ("/console/cases/1/note", {"text": "hello"}),
        ("/console/cases/1/alias", {"words": "x", "scheme": "app", "concept": "WeChat"}),
        ("/console/cases/1/rule", {}),
        ("/console/guidelines/dee-starting-point/rules", {}),
        ("/console/draft/submit", {"note": "x"}),
        ("/console/draft/discard", {"sure": "yes"}),
    ],
)
def test_approvers_and_auditors_change_no_case_and_no_draft(
    client: TestClient, ask: Ask, persona: str, path: str, fields: dict[str, str]
):
    ask("ana", **BLORPLY)
    sign_in(client, persona)

    assert send(client, path, **fields).status_code == 403
    assert "What to do You can read this case. Policy owners work on it." in seen(client, "/console/cases/1")


def test_an_auditor_reads_the_audit_log_and_an_owner_does_not(client: TestClient, ask: Ask):
    ask("ana", **BLORPLY)
    sign_in(client, "priya")
    send(client, "/console/cases/1/move", status="in-review")
    assert "Only auditors and administrators read the audit log" in seen(client, "/console/audit", 403)

    sign_in(client, "sam")
    log = seen(client, "/console/audit")
    assert "Priya Nair case moved case C-0001 state: New" in log
    rows = list(csv.reader(io.StringIO(client.get("/console/audit.csv").text)))
    assert rows[0] == ["number", "at", "who", "action", "subject", "before", "after"]
    assert "Priya Nair" in {row[2] for row in rows}


def test_an_owner_edits_only_the_guidelines_of_their_team(client: TestClient):
    sign_in(client, "daniel")

    page = seen(client, "/console/guidelines/dee-starting-point/edit", 403)

    assert "Only its own team, Digital Security Policy (illustrative), edits this guideline" in page
    response = send(
        client, "/console/new-guideline", id="mine", title="T", issuer="I", team="Another team", sources="S"
    )
    assert response.status_code == 422
    assert "You can only write guidelines that one of your teams answers for" in text_of(response.text)


def test_every_part_is_somebody_and_nobody_may_more_than_is_written():
    everybody = {part: Person("x", "X", (part,)) for part in Part}

    may = {who: {str(part) for part, person in everybody.items() if person.may(who)} for who in Who}

    assert may[Who.READER] == {"policy-owner", "approver", "auditor", "administrator"}
    assert may[Who.OWNER] == may[Who.SUBMITTER] == {"policy-owner", "administrator"}
    assert may[Who.APPROVER] == {"approver", "administrator"}
    assert may[Who.AUDITOR] == {"auditor", "administrator"}
    assert set(MAY) == set(Who) - {Who.ANYONE, Who.TOKEN, Who.GATEWAY}


# Cases


def test_a_case_can_be_taken_up_declined_and_all_of_it_undone(client: TestClient, ask: Ask):
    ask("ana", **BLORPLY)
    sign_in(client, "priya")

    assert "In review" in text_of(send(client, "/console/cases/1/move", status="in-review").text)
    assert "Assigned to Priya Nair" in seen(client, "/console/cases/1")
    refused = send(client, "/console/cases/1/move", status="declined", reason=" ")
    assert refused.status_code == 422
    assert "Say why the case is declined" in text_of(refused.text)
    declined = send(client, "/console/cases/1/move", status="declined", reason="It is a game.")
    assert "Reason: It is a game." in text_of(declined.text)
    assert seen(client, "/console").count("C-0001") == 0

    seq = re.search(r'name="seq" value="(\d+)"', declined.text)[1]
    assert "In review" in text_of(send(client, "/console/cases/1/undo", seq=seq).text)


def test_a_message_that_was_no_question_is_closed_with_one_button(client: TestClient, ask: Ask):
    for _ in range(2):
        ask("ana", "lalala", "nlu_fallback")
    sign_in(client, "priya")
    assert "This was not a question" in seen(client, "/console/cases/1")

    page = text_of(send(client, "/console/cases/1/not-a-question").text)

    assert "Declined" in page
    assert "Reason: This was not a question." in page


def test_notes_are_kept_and_only_their_author_withdraws_them(client: TestClient, ask: Ask):
    ask("ana", **BLORPLY)
    sign_in(client, "priya")
    page = send(client, "/console/cases/1/note", text="Asked the vendor <b>today</b>")
    assert "Asked the vendor &lt;b&gt;today&lt;/b&gt;" in page.text
    note = re.search(r'name="note" value="(\d+)"', page.text)[1]

    sign_in(client, "noor")
    assert send(client, "/console/cases/1/withdraw", note=note).status_code == 422
    sign_in(client, "priya")
    assert "Asked the vendor" not in text_of(send(client, "/console/cases/1/withdraw", note=note).text)


def test_few_askers_show_no_role_no_place_and_no_receipt(client: TestClient, ask: Ask):
    for n in range(4):
        ask(f"asker {n}", "as an ambassador in Tonga may I use Blorply?", **{**BLORPLY, "country": "TO"})
    sign_in(client, "priya")

    page = seen(client, "/console/cases/1")

    assert "Fewer than 5 people asked" in page
    assert "Tonga" not in page
    assert "diplomat" not in page
    assert not re.search(r"R-[A-Z2-7]{5}-", page)


def test_a_message_that_few_wrote_shows_no_role_and_no_place_wherever_it_is_listed(
    client: TestClient, ask: Ask
):
    for who, text in (("ana", "ambassador Tonga frob frob"), ("ben", "ambassador in Tonga frob frob")):
        for _ in range(2):
            ask(who, text, "nlu_fallback")
    sign_in(client, "priya")

    for path in ("/console", "/console/similar", "/console/cases/1", "/console/cases/2"):
        page = seen(client, path)
        assert "[role] in [place] frob frob" in page
        assert "Tonga" not in page
        assert "ambassador" not in page


def test_words_name_only_the_places_that_enough_askers_share(client: TestClient, ask: Ask):
    for n in range(10):
        place, text = ("TO", "Tonga") if n < 6 else ("JP", "Japan")
        if n > 8:
            place, text = "FR", "France"
        ask(f"asker {n}", f"may I use Blorply in {text}?", **{**BLORPLY, "country": place})
    sign_in(client, "priya")

    page = seen(client, "/console/cases/1")

    assert "“may I use Blorply in [place]?”" in page
    for hidden in ("Japan", "France"):
        assert hidden not in page


def test_enough_askers_show_the_groups_that_are_large_enough(client: TestClient, ask: Ask):
    for n in range(6):
        ask(f"asker {n}", **{**BLORPLY, "country": "TO" if n else "JP"})
    sign_in(client, "priya")

    page = seen(client, "/console/cases/1")

    assert "Roles Roles People diplomat 6" in page
    assert "Japan" not in page
    assert "Tonga 5" not in page, "who asked from elsewhere could be worked out by subtraction"
    assert "others, or not said 6" in page


def test_rules_that_came_close_say_why_they_did_not_decide(client: TestClient, ask: Ask):
    for n in range(5):
        assert ask(f"asker {n}", **GAP)["payload"]["ruling"]["unclear"]
    sign_in(client, "priya")

    page = seen(client, "/console/cases/1")

    assert "Rules that came close" in page
    assert re.search(r"It speaks (only partly of what was asked: )?of (role|device|country|app) ", page)


def test_cases_that_do_not_exist_are_not_found(client: TestClient):
    sign_in(client, "priya")

    for path in (
        "/console/cases/99",
        "/console/cases/x",
        "/console/cases/٣",
        "/console/editions/7",
        "/console/rules/no",
    ):
        seen(client, path, 404)


def test_what_people_wrote_is_never_taken_for_html(client: TestClient, ask: Ask):
    for _ in range(2):
        ask("ana", "<script>alert(1)</script> blorp", "nlu_fallback")
    sign_in(client, "priya")

    for path in ("/console", "/console/cases/1", "/console/similar", "/console?words=%3Cscript%3E"):
        assert "<script>alert" not in client.get(path).text


# Guidelines and the draft


def test_a_slip_in_a_rule_is_named_with_what_was_meant_and_nothing_is_lost(client: TestClient):
    sign_in(client, "priya")

    response = send(
        client, "/console/guidelines/dee-starting-point/rules", id="new", effect="", reason="Because.",
        **{"include-app": "WeChatt\nSignal"},
    )  # fmt: skip

    page = text_of(response.text)
    assert response.status_code == 422
    assert "Choose what the rule says: the effect" in page
    assert "No app is called “WeChatt”; did you mean" in page
    assert "WeChatt\nSignal</textarea>" in response.text
    assert "Because.</textarea>" in response.text


def test_lint_speaks_while_the_rule_is_written(client: TestClient):
    sign_in(client, "priya")

    found = send(
        client, "/console/lint", guideline="dee-starting-point", id="new", effect="approval-required",
        **{"include-app": "WeChat"},
    )  # fmt: skip

    assert "lacks an approver" in text_of(found.text)
    assert "<html" not in found.text


def test_two_people_who_edit_the_same_guideline_do_not_overwrite_each_other(client: TestClient):
    sign_in(client, "priya")
    form = client.get("/console/guidelines/dee-starting-point/new-rule").text
    seen_then = re.search(r'name="seen" value="([^"]+)"', form)[1]
    rule = {"effect": "allowed", "reason": "Fine.", "include-app": "Signal", "seen": seen_then}
    path = "/console/guidelines/dee-starting-point/rules"
    assert send(client, path, id="first", **rule).status_code == 200

    sign_in(client, "noor")
    late = send(client, path, id="second", **rule)

    assert late.status_code == 422
    assert "Somebody changed this guideline meanwhile" in text_of(late.text)


def test_a_draft_with_an_error_is_not_published(client: TestClient):
    sign_in(client, "priya")
    path = "/console/guidelines/dee-starting-point"
    seen_then = re.search(r'name="seen" value="([^"]+)"', client.get(f"{path}/new-rule").text)[1]
    send(client, f"{path}/rules", id="bad", effect="approval-required", reason="x", seen=seen_then)
    send(client, "/console/draft/submit", note="A rule without an approver.")
    sign_in(client, "mei")

    refused = send(client, "/console/draft/approve", sure="yes")

    assert refused.status_code == 422
    assert "lint found 1 error in the draft" in text_of(refused.text)
    assert "lacks an approver" in text_of(refused.text)


def test_throwing_the_draft_away_has_to_be_confirmed(client: TestClient, ask: Ask):
    ask("ana", **BLORPLY)
    sign_in(client, "priya")
    draft_a_rule(client)

    assert send(client, "/console/draft/discard").status_code == 422
    assert "There is no draft" in text_of(send(client, "/console/draft/discard", sure="yes").text)


def test_a_guideline_of_the_draft_can_be_taken_back_to_the_edition(client: TestClient, ask: Ask):
    ask("ana", **BLORPLY)
    sign_in(client, "priya")
    draft_a_rule(client)
    path = client.get("/console/rules/blorply-rule").url.path

    page = text_of(send(client, f"{path}/revert", sure="yes").text)

    assert "The guideline is as in the edition again" in page
    assert "blorply-rule" not in page


def test_the_history_says_what_each_edition_changed_and_who_approved_it(client: TestClient, ask: Ask):
    ask("ana", **BLORPLY)
    sign_in(client, "priya")
    draft_a_rule(client)
    send(client, "/console/draft/submit", note="Blorply is ruled out.")
    sign_in(client, "mei")
    send(client, "/console/draft/approve", sure="yes")

    assert "Blorply is ruled out. Priya Nair Mei Tan" in seen(client, "/console/editions")
    edition = seen(client, "/console/editions/2")
    assert "Added rule blorply-rule" in edition
    assert "Approved by Mei Tan" in edition


def test_every_page_keeps_the_strict_security_policy(client: TestClient):
    sign_in(client, "noor")

    for path in ("/console", "/console/coverage", "/console/reports", "/sign-in"):
        response = client.get(path)
        assert "script-src 'self'; style-src 'self'" in response.headers["content-security-policy"]
        assert not re.search(r"<[^>]+ style=|<script>|<style>| on[a-z]+=", response.text)


def test_a_database_that_is_away_is_said_in_one_line(client: TestClient, ask: Ask, home, database: Database):
    ask("ana", **BLORPLY)
    sign_in(client, "priya")
    token = token_of(client)
    with locked(home):
        response = client.post(
            "/console/cases/1/note", data={"csrf": token, "text": "x"}, headers={"accept": "text/html"}
        )

    assert response.status_code == 503
    assert "Traceback" not in response.text


def test_a_source_whose_address_is_no_web_address_is_no_link(client: TestClient, database: Database):
    def spoil(corpus: Corpus | None) -> Corpus:
        assert corpus is not None
        first, *others = corpus.guidelines
        odd = replace(first, sources=(Source("An odd source", "", "javascript:alert(1)", ""),))
        return replace(corpus, guidelines=(odd, *others))

    changed = editions.change_draft(database, spoil, "Somebody")
    sign_in(client, "priya")

    page = client.get(f"/console/guidelines/{changed.guidelines[0].id}").text

    assert "An odd source" in page
    assert "javascript:" not in page

"""Explain, receipts, coverage and reports: what people see on these pages."""

from __future__ import annotations

import csv
import io
import re

from starlette.testclient import TestClient

from tests.console.conftest import Ask
from tests.console.people import sign_in
from tests.console.test_loop import BLORPLY, draft_a_rule, send, text_of
from tests.console.test_pages import GAP, seen


def test_explain_says_of_every_rule_why_it_did_or_did_not_decide(client: TestClient):
    sign_in(client, "sam")

    page = text_of(
        send(
            client, "/console/explain", role="diplomat", device="work phone", country="China", app="WeChat"
        ).text
    )

    assert "WeChat · China · work phone · diplomat" in page
    assert re.search(r"Rules that decide \([1-9]", page)
    assert "It is displaced by" in page
    assert "It speaks of another" in page


def test_explain_says_what_would_be_asked_when_a_detail_is_missing(client: TestClient):
    sign_in(client, "sam")

    assert "so the assistant would ask for it" in text_of(send(client, "/console/explain", app="WeChat").text)


def test_a_receipt_is_opened_by_its_number_and_ruled_again(client: TestClient, ask: Ask):
    reply = ask("ana", role="defence-member", device="work-phone", country="CN", app="wechat")
    sign_in(client, "sam")

    page = seen(client, f"/console/explain?receipt={reply['payload']['receipt'].lower()}")

    assert "Ruled again Prohibited it holds" in page
    assert "Today Prohibited the same" in page
    assert "There is no receipt R-NONE" in seen(client, "/console/explain?receipt=R-NONE", 404)


def test_coverage_shows_what_people_ask_where_guidance_is_missing(client: TestClient, ask: Ask):
    for n in range(5):
        ask(f"asker {n}", **GAP)
    sign_in(client, "sam")

    page = seen(client, "/console/coverage?rows=role&columns=device")

    assert "Where people ask and guidance is missing" in page
    assert "member of parliament personal phone 5" in page
    table = client.get("/console/coverage?rows=role&columns=device").text
    assert re.findall(r'<td class="cell-partly weight-(\d)">', table) == ["3"]
    assert client.get("/console/coverage.csv?rows=role&columns=device").text.startswith("role")
    assert client.get("/console/coverage.svg").headers["content-type"].startswith("image/svg+xml")


def test_coverage_by_role_or_place_shows_no_number_that_could_say_who_asked(client: TestClient, ask: Ask):
    for n in range(4):
        ask(f"asker {n}", **GAP)
    sign_in(client, "sam")

    by_role = seen(client, "/console/coverage?rows=role&columns=device")
    by_place = seen(client, "/console/coverage?rows=country&columns=app/category")
    by_app = seen(client, "/console/coverage?rows=app/category&columns=device")

    for page in (by_role, by_place):
        assert "Nothing that people asked about lately falls into a gap of this table" in page
        assert "asked 4" not in page
    assert "asked 4" in by_app
    assert "Pacific" in by_place
    rows = csv.DictReader(io.StringIO(client.get("/console/coverage.csv?rows=role&columns=device").text))
    assert {row["asked"] for row in rows} == {"0"}


def test_the_draft_names_role_and_place_of_questions_that_enough_asked(client: TestClient, ask: Ask):
    for n in range(5):
        ask(f"asker {n}", **BLORPLY)
    ask("somebody else", **{**BLORPLY, "country": "JP"})
    sign_in(client, "priya")

    page = text_of(draft_a_rule(client).text)

    assert "Blorply, China, work phone, diplomat 5 Hold off App not known Prohibited" in page
    assert "Blorply, work phone 1 Hold off App not known" in page
    assert "Japan" not in page


def test_reports_count_questions_and_gaps(client: TestClient, ask: Ask):
    ask("ana", **BLORPLY)
    ask("ben", role="defence-member", device="work-phone", country="CN", app="wechat")
    sign_in(client, "sam")

    page = seen(client, "/console/reports?days=7")

    assert "2 rulings given 50 % answered clearly 1 gap opened 0 gaps closed" in page
    rows = list(csv.reader(io.StringIO(client.get("/console/reports.csv?days=7").text)))
    assert rows[-1][1:] == ["2", "1", "1", "0"]
    seen(client, "/console/reports?days=8", 404)


def test_every_table_of_a_report_is_there_as_csv(client: TestClient, ask: Ask):
    ask("ana", **BLORPLY)
    for n in range(2):
        ask(f"asker {n}", role="defence-member", device="work-phone", country="CN", app="wechat")
    sign_in(client, "sam")

    def table(name: str) -> list[list[str]]:
        response = client.get(f"/console/reports.csv?days=7&table={name}")
        assert f"askfirst-{name}-7-days.csv" in response.headers["content-disposition"]
        return list(csv.reader(io.StringIO(response.text)))

    assert dict(table("summary"))["share answered clearly, percent"] == "66.7"
    assert table("apps") == [["app", "rulings"], ["wechat", "2"]]
    assert table("kinds") == [["kind", "open cases"], ["unknown-app", "1"]]
    assert table("overdue")[0] == ["guideline", "title", "team", "review by", "days late"]
    seen(client, "/console/reports.csv?table=nothing", 404)


def test_charts_are_tables_as_well(client: TestClient, ask: Ask):
    ask("ana", **GAP)
    sign_in(client, "sam")

    response = client.get("/console/reports?days=7")

    page = text_of(response.text)
    assert "App Rulings WeChat 1" in page
    assert "Kind Cases No guideline covers this 1" in page
    assert 'aria-label="Rulings given each day in 7 days, and those that were clear"' in response.text

"""10,000 cases with 200,000 occurrences and as many receipts: every page of the console stays fast."""

from __future__ import annotations

import datetime as dt
import json
import random
import re
import time
from pathlib import Path

import pytest
from sqlalchemy import insert
from starlette.testclient import TestClient

from cases import clock, weight
from cases.tables import CaseRow, OccurrenceRow
from guidelines.ruling import Unclear
from guidelines.store.database import Database
from guidelines.store.tables import AuditRow, ReceiptRow
from tests.console.people import sign_in, token_of
from tests.console.test_loop import send

CASES, OCCURRENCES = 10_000, 200_000
LIMIT_MS = 300
PAGES = (
    "/console",
    "/console?order=due&unclear=unknown-app",
    "/console?words=app%20number&page=200",
    "/console?status=published&order=latest",
    "/console/similar",
    "/console/cases/1",
    "/console/cases/5000",
    "/console/guidelines",
    "/console/guidelines/dee-starting-point",
    "/console/guidelines/dee-starting-point/edit",
    "/console/guidelines/dee-starting-point/new-rule",
    "/console/guidelines/dee-starting-point/rules/dee-own-device-baseline",
    "/console/cases/1/rule",
    "/console/draft",
    "/console/editions",
    "/console/editions/1",
    "/console/coverage",
    "/console/coverage?rows=country&columns=role",
    "/console/explain",
    "/console/explain?receipt=R-0000000010",
    "/console/reports",
    "/console/reports?days=365",
    "/console/reports.csv?days=365",
    "/console/audit",
    "/console/help",
)


RULE = {"id": "quick", "effect": "allowed", "reason": "It is quick.", "include-app": "Signal"}
FORMS = (
    ("/console/explain", {"role": "diplomat", "device": "work phone", "country": "China", "app": "WeChat"}),
    ("/console/lint", {"guideline": "dee-starting-point", **RULE}),
    ("/console/guidelines/dee-starting-point/rules", {"do": "preview", **RULE}),
)


@pytest.fixture
def full(settings, client: TestClient) -> TestClient:
    """A front door whose database is full."""
    fill(Database(settings.database_url))
    return client


def fill(database: Database) -> None:
    """Fill a database with made-up cases, occurrences and receipts over a year."""
    chance = random.Random(7)
    now = dt.datetime.now(dt.UTC)
    kinds = [str(kind) for kind in Unclear]
    teams = [f"Team {n}" for n in range(12)]
    statuses = ["new"] * 5 + ["in-review"] * 2 + ["decided", "published", "declined"]
    heavy = [max(1, int(chance.paretovariate(0.9))) for _ in range(CASES)]
    scale = OCCURRENCES / sum(min(n, 3000) for n in heavy)
    occurrences, receipts, cases = [], [], []
    for number in range(1, CASES + 1):
        kind, status = chance.choice(kinds), chance.choice(statuses)
        count = max(1, round(min(heavy[number - 1], 3000) * scale))
        times = sorted(now - dt.timedelta(days=chance.random() * 365) for _ in range(count))
        heat = 0.0
        for at in times:
            heat = weight.added(heat, at, new_person=True, soon=False)
            occurrences.append(
                {
                    "case_id": number, "at": at, "channel": "web",
                    "asker": f"{chance.randrange(40_000):064x}",
                    "role": chance.choice(["diplomat", "mp", "contractor", None]),
                    "device": "work-phone",
                    "country": chance.choice(["CN", "JP", "TO", None]), "app": f"app-{number % 700}",
                    "text": f"may I use app number {number} on my work phone?", "edition": 1,
                    "receipt": None, "spooled": None,
                }
            )  # fmt: skip
        closed = status in ("published", "declined")
        cases.append(
            {
                "id": number, "key": f"{number:064x}", "unclear": kind, "team": chance.choice(teams),
                "subject": f"“app number {number} {chance.choice(['please', 'today', 'abroad'])}”: {kind}",
                "about": json.dumps({"words": f"app number {number}"}), "contact": "team@example.org",
                "status": status, "count": count, "people": count, "heat": heat, "first_at": times[0],
                "last_at": times[-1], "due_at": clock.SHIPPED.due(kind, status, times[0]),
                "closed_at": times[-1] if closed else None, "assignee": chance.choice([None, "Priya Nair"]),
            }
        )  # fmt: skip
    for number in range(1, OCCURRENCES + 1):
        unclear = None if number % 4 else "no-guidance"
        receipts.append(
            {
                "seq": number, "id": f"R-{number:010d}",
                "at": now - dt.timedelta(days=number * 365 / OCCURRENCES),
                "edition": 1, "on": "2026-01-01", "channel": "web", "previous_hash": "", "hash": "",
                "enquiry": json.dumps(
                    {
                        "app": chance.choice(["wechat", "signal", "tiktok"]), "country": "CN",
                        "device": "work-phone", "role": chance.choice(["diplomat", "mp"]),
                    }
                ),
                "outcome": json.dumps({"effect": None, "unclear": unclear}, separators=(",", ":")),
            }
        )  # fmt: skip
    audit = [
        {"at": now, "who": f"Person {n % 9}", "action": "case moved", "subject": f"case C-{n:04d}"}
        for n in range(20_000)
    ]  # fmt: skip
    with database.transaction() as session:
        for table, rows in (
            (CaseRow, cases),
            (OccurrenceRow, occurrences),
            (ReceiptRow, receipts),
            (AuditRow, audit),
        ):
            session.execute(insert(table), rows)


@pytest.mark.slow
def test_every_page_is_fast_with_200_000_occurrences(full: TestClient, tmp_path: Path):
    sign_in(full, "noor")
    path = "/console/guidelines/dee-starting-point"
    drafted = send(full, f"{path}/rules", seen=mark_of(full, path), **{**RULE, "id": "drafted"})
    assert drafted.status_code == 200
    form = {"csrf": token_of(full), "seen": mark_of(full, path)}
    slow = {}
    for page, fields in (*((page, None) for page in PAGES), *FORMS):
        took = []
        for _ in range(21):
            # Processor time, so that what else this machine does is not counted.
            began = time.process_time()
            response = full.get(page) if fields is None else full.post(page, data={**form, **fields})
            took.append((time.process_time() - began) * 1000)
            assert response.status_code == 200
        p95 = sorted(took[1:])[18]
        print(f"{page:70} {p95:6.0f} ms; the first time {took[0]:6.0f} ms")
        if p95 > LIMIT_MS:
            slow[page] = round(p95)

    assert slow == {}


def mark_of(client: TestClient, path: str) -> str:
    """What a form of the guideline says that it was made from."""
    found = re.search(r'name="seen" value="([^"]+)"', client.get(f"{path}/new-rule").text)
    assert found
    return found[1]

"""`make bench ARGS=console`: every console page with 10,000 cases and 200,000 occurrences and receipts.

Each page is asked for often, on a database as shipped and on one that is full. The table shows processor
time, so that what else the machine does is not counted, and the full one beside the shipped one.
"""

from __future__ import annotations

import datetime as dt
import json
import random
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from httpx import Response
from sqlalchemy import insert
from starlette.testclient import TestClient

from askfirst.bootstrap import ready
from askfirst.settings import load
from cases import clock, weight
from cases.tables import CaseRow, OccurrenceRow
from guidelines.ruling import Unclear
from guidelines.store.database import Database
from guidelines.store.tables import AuditRow, ReceiptRow
from web.app import create_app

CASES, OCCURRENCES = 10_000, 200_000
#: What a page may take at the 95th percentile, in milliseconds of processor time.
AIM_MS = 300
_TIMES = 20

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
GUIDELINE = "/console/guidelines/dee-starting-point"
RULE = {"id": "quick", "effect": "allowed", "reason": "It is quick.", "include-app": "Signal"}
FORMS = (
    ("/console/explain", {"role": "diplomat", "device": "work phone", "country": "China", "app": "WeChat"}),
    ("/console/lint", {"guideline": "dee-starting-point", **RULE}),
    ("/console/guidelines/dee-starting-point/rules", {"do": "preview", **RULE}),
)

Page = Callable[[], None]


def main() -> int:
    """Print the table; 1 if a page misses the aim."""
    with console(full=False) as client:
        shipped = {name: _percentiles(ask) for name, ask in pages(client)}
    with console(full=True) as client:
        found = {name: _percentiles(ask) for name, ask in pages(client)}
    print(f"{'milliseconds of processor time':70} {'p50':>6} {'p95':>6} {'beside shipped':>15}")
    for name, (p50, p95) in sorted(found.items(), key=lambda entry: -entry[1][1]):
        beside = f"{p50 / shipped[name][0]:14.1f}x" if name in shipped else ""
        print(f"{name:70} {p50:6.0f} {p95:6.0f} {beside}")
    slow = [name for name, (_, p95) in found.items() if p95 > AIM_MS]
    print(f"over {AIM_MS} ms at p95: {', '.join(slow) or 'none'}")
    return 1 if slow else 0


@contextmanager
def console(full: bool) -> Iterator[TestClient]:
    """A policy owner's browser on a demo's console, its database as shipped or full."""
    with tempfile.TemporaryDirectory() as home:
        # No page of the console asks the understanding anything; nothing listens at the port of `discard`.
        settings = replace(load({"ASKFIRST_HOME": home}), rasa_port=9, actions_port=9)
        database = ready(settings).database
        if full:
            fill(database)
        database.close()
        with TestClient(
            create_app(settings), base_url="http://127.0.0.1:8000", client=("127.0.0.1", 50000)
        ) as client:
            client.post("/sign-in", data={"persona": "persona-noor"})
            yield client


def pages(client: TestClient) -> Iterator[tuple[str, Page]]:
    """Every page that this database has, and how to ask for it, after one rule is drafted.

    Raises AssertionError if a page is not shown.
    """
    _shown(client.post(f"{GUIDELINE}/rules", data={**_form(client), **RULE, "id": "drafted"}))
    form = _form(client)
    for path in PAGES:
        if client.get(path).status_code != 404:
            yield path, lambda path=path: _shown(client.get(path))
    for path, fields in FORMS:
        yield (
            f"POST {path}",
            lambda path=path, fields=fields: _shown(client.post(path, data={**form, **fields})),
        )


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


def _form(client: TestClient) -> dict[str, str]:
    """What a form of the guideline carries: whose it is, and what it was made from."""
    page = client.get(f"{GUIDELINE}/new-rule").text
    found = {name: re.search(rf'name="{name}" value="([^"]+)"', page) for name in ("csrf", "seen")}
    return {name: value[1] for name, value in found.items() if value}


def _shown(response: Response) -> None:
    assert response.status_code == 200, f"{response.request.url}: {response.status_code}"


def _percentiles(ask: Page) -> tuple[float, float]:
    """The 50th and 95th percentile of a page's processor time in milliseconds, after a first time."""
    took = []
    for _ in range(_TIMES + 1):
        began = time.process_time()
        ask()
        took.append((time.process_time() - began) * 1000)
    took = sorted(took[1:])
    return took[_TIMES // 2], took[_TIMES * 95 // 100 - 1]

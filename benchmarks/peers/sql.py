"""SQLite and PostgreSQL: a row for each combination of included concepts, an index, then the filter."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import product
from typing import Any

from benchmarks.peers.filter import Candidate, Said, candidates, settle
from benchmarks.ruleset import Asked
from guidelines.rules import Corpus
from guidelines.vocabulary import DIMENSIONS

_TABLE = (
    "CREATE TABLE scope (app INTEGER, country INTEGER, role INTEGER, device INTEGER, "
    "starts INTEGER, ends INTEGER, rule INTEGER)"
)
_INDEX = "CREATE INDEX scope_index ON scope (app, country, role, device, starts, ends, rule)"


class _Rows:
    """What both databases share: concepts as numbers, and the rules for the filter."""

    complete = True

    def __init__(self, corpus: Corpus) -> None:
        vocabulary = corpus.vocabulary
        self.candidates = candidates(corpus)
        self._corpus = corpus
        self._ids = {d: {concept.id: i for i, concept in enumerate(vocabulary[d])} for d in DIMENSIONS}
        self._up = {
            d: {v: tuple(self._ids[d][up] for up in vocabulary[d].ancestors(v)) for v in vocabulary[d].values}
            for d in DIMENSIONS
        }
        self._bits = {d: {v: 1 << i for i, v in enumerate(vocabulary[d].values)} for d in DIMENSIONS}

    def rows(self) -> Iterator[tuple[int, ...]]:
        """The rows of the table."""
        for number, (_, rule) in enumerate(self._corpus.rules()):
            included = [
                [self._ids[d][concept] for concept in rule.scope.included(d)]
                for d in ("app", "country", "role", "device")
            ]
            candidate = self.candidates[number]
            for combination in product(*included):
                yield (*combination, candidate.start.toordinal(), candidate.end.toordinal(), number)

    def _settle(self, asked: Asked, numbers: set[int]) -> Said:
        r, d, c, a = (self._bits[name][value] for name, value in zip(DIMENSIONS, asked[:4], strict=True))
        found: list[Candidate] = [
            s
            for s in map(self.candidates.__getitem__, numbers)
            if s.role & r and s.device & d and s.country & c and s.app & a
        ]
        return settle(found, asked[4])

    def _concepts(self, asked: Asked) -> dict[str, tuple[int, ...]]:
        return {d: self._up[d][value] for d, value in zip(DIMENSIONS, asked[:4], strict=True)}


class Sqlite(_Rows):
    """The standard library's SQLite, in memory."""

    name = "SQLite, indexed, and a Python filter"

    def __init__(self, corpus: Corpus) -> None:
        super().__init__(corpus)
        self._database = sqlite3.connect(":memory:", cached_statements=512)
        self._database.execute(_TABLE)
        self._database.executemany("INSERT INTO scope VALUES (?, ?, ?, ?, ?, ?, ?)", self.rows())
        self._database.execute(_INDEX)
        self._database.execute("ANALYZE")

    def ask(self, asked: Asked) -> Said:
        """The ruling for an enquiry."""
        up = self._concepts(asked)
        wanted = {d: f"{d} IN ({','.join('?' * len(up[d]))})" for d in DIMENSIONS}
        query = (
            f"SELECT rule FROM scope WHERE {wanted['app']} AND {wanted['country']} AND {wanted['role']} AND "
            f"{wanted['device']} AND starts <= ? AND ends >= ?"
        )
        day = asked[4].toordinal()
        values = (*up["app"], *up["country"], *up["role"], *up["device"], day, day)
        return self._settle(asked, {row[0] for row in self._database.execute(query, values)})

    def close(self) -> None:
        """Let the database go."""
        self._database.close()


class Postgres(_Rows):
    """PostgreSQL over the local network, one connection with a prepared statement."""

    name = "PostgreSQL, indexed, and a Python filter"

    def __init__(self, corpus: Corpus, url: str) -> None:
        super().__init__(corpus)
        import psycopg

        self._database: Any = psycopg.connect(url, autocommit=True)
        self._database.execute(_TABLE.replace("CREATE TABLE", "CREATE TEMPORARY TABLE"))
        with self._database.cursor().copy("COPY scope FROM STDIN") as copy:
            for row in self.rows():
                copy.write_row(row)
        self._database.execute(_INDEX)
        self._database.execute("ANALYZE scope")
        self._query = (
            "SELECT rule FROM scope WHERE app = ANY(%s) AND country = ANY(%s) AND role = ANY(%s) AND "
            "device = ANY(%s) AND starts <= %s AND ends >= %s"
        )

    def ask(self, asked: Asked) -> Said:
        """The ruling for an enquiry."""
        up = self._concepts(asked)
        day = asked[4].toordinal()
        values = [*(list(up[d]) for d in ("app", "country", "role", "device")), day, day]
        rows = self._database.execute(self._query, values, prepare=True).fetchall()
        return self._settle(asked, {row[0] for row in rows})

    def close(self) -> None:
        """Let the connection go."""
        self._database.close()

"""A plain Python index: rules filed in a dictionary by each app and country they admit, then filtered."""

from __future__ import annotations

from benchmarks.peers.filter import Candidate, Said, candidates, settle
from benchmarks.ruleset import Asked
from guidelines.rules import Corpus
from guidelines.vocabulary import ROOT


class Dictionary:
    """Rules by the app concept and the country concept they name, looked up through the broader concepts."""

    name = "Python dictionary by app and country"
    complete = True

    def __init__(self, corpus: Corpus) -> None:
        vocabulary = corpus.vocabulary
        self._up = {
            d: {v: tuple(vocabulary[d].ancestors(v)) for v in vocabulary[d].values}
            for d in ("app", "country")
        }
        self._bits = {
            d: {v: 1 << i for i, v in enumerate(vocabulary[d].values)}
            for d in ("role", "device", "country", "app")
        }
        self._filed: dict[tuple[str, str], list[Candidate]] = {}
        for (_, rule), candidate in zip(corpus.rules(), candidates(corpus), strict=True):
            for app in rule.scope.include.get("app", (ROOT,)):
                for country in rule.scope.include.get("country", (ROOT,)):
                    self._filed.setdefault((app, country), []).append(candidate)

    def ask(self, asked: Asked) -> Said:
        """The ruling for an enquiry."""
        role, device, country, app, on = asked
        bits = self._bits
        r, d, c, a = bits["role"][role], bits["device"][device], bits["country"][country], bits["app"][app]
        filed = self._filed
        found: dict[int, Candidate] = {}
        for app_concept in self._up["app"][app]:
            for place in self._up["country"][country]:
                for s in filed.get((app_concept, place), ()):
                    if s.role & r and s.device & d and s.country & c and s.app & a and s.start <= on <= s.end:
                        found[id(s)] = s
        return settle(list(found.values()), on)

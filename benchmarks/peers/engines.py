"""Policy engines that people know. They find which rules apply; displacement by narrower rules is not theirs.

Both are helped: they only see the rules that can apply to the app asked about (a slice for each app, made
beforehand and not timed).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from benchmarks.ruleset import Asked
from guidelines.rules import Corpus, Rule
from guidelines.vocabulary import DIMENSIONS

_FIRST, _LAST = 0, 10**7


class _Sliced:
    complete = False

    def __init__(self, corpus: Corpus, apps: Iterable[str]) -> None:
        self._vocabulary = corpus.vocabulary
        self._admits: dict[Any, frozenset[str]] = {}
        rules = [rule for _, rule in corpus.rules()]
        self._slices = {app: self.slice([r for r in rules if app in self._apps(r)]) for app in apps}

    def _apps(self, rule: Rule) -> frozenset[str]:
        key = (rule.scope.included("app"), rule.scope.excluded("app"))
        if key not in self._admits:
            self._admits[key] = rule.scope.admitted("app", self._vocabulary)
        return self._admits[key]

    def slice(self, rules: list[Rule]) -> Any:
        """The rules in the engine's own form."""
        raise TypeError(f"{type(self).__name__} makes no slices")

    def close(self) -> None:
        """Nothing to let go."""


class Cedar(_Sliced):
    """Cedar through cedarpy, policies and entities parsed beforehand."""

    name = "Cedar (cedarpy), sliced by app"

    def __init__(self, corpus: Corpus, apps: Iterable[str]) -> None:
        import cedarpy

        self._cedar = cedarpy
        entities = [
            {
                "uid": {"type": d.title(), "id": concept.id},
                "attrs": {},
                "parents": [{"type": d.title(), "id": up} for up in corpus.vocabulary[d].broader(concept.id)],
            }
            for d in DIMENSIONS
            for concept in corpus.vocabulary[d]
        ]
        self._entities = cedarpy.Entities.from_json_str(json.dumps(entities))
        super().__init__(corpus, apps)

    def slice(self, rules: list[Rule]) -> Any:
        """A policy set, and the id of each policy's rule."""
        text = "\n".join(self._policy(rule) for rule in rules)
        return self._cedar.PolicySet.from_str(text), [rule.id for rule in rules]

    def _policy(self, rule: Rule) -> str:
        places = {
            "role": "principal", "device": "context.device", "country": "context.country", "app": "resource",
        }  # fmt: skip
        tests = [
            _any(places[d], d, concepts)
            for d, concepts in rule.scope.include.items()
            if "any" not in concepts
        ]
        tests += [f"!{_any(places[d], d, concepts)}" for d, concepts in rule.scope.exclude.items()]
        if rule.valid_from:
            tests.append(f"context.day >= {rule.valid_from.toordinal()}")
        if rule.valid_until:
            tests.append(f"context.day <= {rule.valid_until.toordinal()}")
        when = f" when {{ {' && '.join(tests)} }}" if tests else ""
        return f"permit(principal, action, resource){when};"

    def ask(self, asked: Asked) -> frozenset[str]:
        """The rules that apply."""
        role, device, country, app, on = asked
        policies, ids = self._slices[app]
        request = {
            "principal": f'Role::"{role}"',
            "action": 'Action::"use"',
            "resource": f'App::"{app}"',
            "context": {
                "device": {"__entity": {"type": "Device", "id": device}},
                "country": {"__entity": {"type": "Country", "id": country}},
                "day": on.toordinal(),
            },
        }
        said = self._cedar.is_authorized(request, policies, self._entities)
        return frozenset(ids[int(reason.removeprefix("policy"))] for reason in said.diagnostics.reasons)


def _any(place: str, dimension: str, concepts: Iterable[str]) -> str:
    named = ", ".join(f'{dimension.title()}::"{concept}"' for concept in concepts)
    return f"({place} in [{named}])"


class Rego(_Sliced):
    """Rego through regopy (rego-cpp), the rules as data."""

    name = "Rego (regopy), sliced by app"
    _MODULE = """package guidance

applicable contains r.id if {
    some r in data.rules
    r.starts <= input.day
    input.day <= r.ends
    admits(r.include.app, r.exclude.app, input.app)
    admits(r.include.country, r.exclude.country, input.country)
    admits(r.include.role, r.exclude.role, input.role)
    admits(r.include.device, r.exclude.device, input.device)
}

admits(included, excluded, up) if {
    some i in included
    i in up
    count([x | some x in excluded; x in up]) == 0
}
"""

    def slice(self, rules: list[Rule]) -> Any:
        """An interpreter that holds the rules."""
        import regopy

        rego = regopy.Interpreter()
        rego.add_module("guidance", self._MODULE)
        rego.add_data(
            {
                "rules": [
                    {
                        "id": rule.id,
                        "include": {d: list(rule.scope.included(d)) for d in DIMENSIONS},
                        "exclude": {d: list(rule.scope.excluded(d)) for d in DIMENSIONS},
                        "starts": rule.valid_from.toordinal() if rule.valid_from else _FIRST,
                        "ends": rule.valid_until.toordinal() if rule.valid_until else _LAST,
                    }
                    for rule in rules
                ]
            }
        )
        return rego

    def ask(self, asked: Asked) -> frozenset[str]:
        """The rules that apply."""
        rego = self._slices[asked[3]]
        given: dict[str, Any] = {
            d: list(self._vocabulary[d].ancestors(value))
            for d, value in zip(DIMENSIONS, asked[:4], strict=True)
        }
        rego.set_input({**given, "day": asked[4].toordinal()})
        said = json.loads(str(rego.query("x = data.guidance.applicable")))
        found = said.get("bindings", said) if isinstance(said, dict) else said[0]["bindings"]
        return frozenset(found["x"])

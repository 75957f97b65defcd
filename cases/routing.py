"""Whose a gap is: routes in data (`routing.yml`), the first that fits, and a fallback."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from cases.gap import Gap
from guidelines.rules import Owner
from guidelines.ruling import Unclear
from guidelines.vocabulary import DIMENSIONS, Vocabulary

ROUTES = Path(__file__).with_name("routing.yml")
_OF_GUIDELINE = "guideline"


class RoutingError(ValueError):
    """A routing file that cannot be used; the message says where it is wrong."""


@dataclass(frozen=True, slots=True)
class Route:
    """Who takes a gap, and which ones; `owner` None means the owner of the guideline."""

    when: Mapping[str, tuple[str, ...]]
    owner: Owner | None


@dataclass(frozen=True)
class Routing:
    """All routes, and who takes what none of them fits."""

    routes: tuple[Route, ...]
    fallback: Owner

    def owner(self, gap: Gap, vocabulary: Vocabulary, owners: Sequence[Owner] = ()) -> Owner:
        """Whose `gap` is. `owners` are those of the guidelines that decided, the most telling first."""
        for route in self.routes:
            if not _fits(route, gap, vocabulary):
                continue
            if route.owner is not None:
                return route.owner
            if owners:
                return owners[0]
        return self.fallback


def read(path: Path = ROUTES) -> Routing:
    """The routes of a file.

    Raises:
        RoutingError: the file says something that is no route, or has no fallback.
    """
    with path.open(encoding="utf-8") as file:
        data = yaml.safe_load(file)
    if not isinstance(data, dict) or "fallback" not in data:
        raise RoutingError(f"`{path.name}` needs a `fallback`: the team that takes what no route fits")
    routes = tuple(_route(item, number, path) for number, item in enumerate(data.get("routes") or (), 1))
    return Routing(routes, _owner(data["fallback"], "fallback", path))


def _route(item: Any, number: int, path: Path) -> Route:
    where = f"route {number}"
    if not isinstance(item, dict) or set(item) != {"when", "owner"}:
        raise RoutingError(f"`{path.name}` {where} needs `when` and `owner`, and nothing else")
    when = {key: tuple(values) for key, values in item["when"].items()}
    for key in when:
        if key not in ("unclear", *DIMENSIONS):
            raise RoutingError(f"`{path.name}` {where}: `{key}` is nothing that a route can look at")
    known = [str(kind) for kind in Unclear]
    for kind in when.get("unclear", ()):
        if kind not in known:
            raise RoutingError(
                f"`{path.name}` {where}: `{kind}` is no kind of unclear; use one of {', '.join(known)}"
            )
    owner = None if item["owner"] == _OF_GUIDELINE else _owner(item["owner"], where, path)
    return Route(when, owner)


def _owner(data: Any, where: str, path: Path) -> Owner:
    if not isinstance(data, dict) or not data.get("team") or not data.get("contact"):
        raise RoutingError(f"`{path.name}` {where}: an owner needs a `team` and a `contact`")
    return Owner(str(data["team"]), str(data["contact"]))


def _fits(route: Route, gap: Gap, vocabulary: Vocabulary) -> bool:
    return all(
        str(gap.unclear) in wanted if key == "unclear" else _covered(gap, key, wanted, vocabulary)
        for key, wanted in route.when.items()
    )


def _covered(gap: Gap, dimension: str, wanted: Sequence[str], vocabulary: Vocabulary) -> bool:
    scheme = vocabulary[dimension]
    named = gap.enquiry[dimension] or ()
    # A vocabulary of another deployment may lack a concept that the routes name: the route then fits nothing.
    return bool(named) and all(
        any(broad in scheme and concept in scheme and scheme.covers(broad, concept) for broad in wanted)
        for concept in named
    )

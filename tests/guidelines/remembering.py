"""The reference evaluator, remembering what it worked out, so that it can be asked very often.

Only the answers of its own functions are kept: nothing of the engine is used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from tests.guidelines import reference


@contextmanager
def remembering() -> Iterator[None]:
    """While this lasts, all questions to the reference must be about one vocabulary and one set of rules."""
    plain = {
        name: getattr(reference, name) for name in ("covers", "values", "admits", "admitted", "displaces")
    }

    def kept(function: Callable[..., Any], key: Callable[..., Any]) -> Callable[..., Any]:
        known: dict[Any, Any] = {}

        def ask(*given: Any) -> Any:
            asked = key(*given)
            if asked not in known:
                known[asked] = function(*given)
            return known[asked]

        return ask

    reference.covers = kept(plain["covers"], lambda _, *asked: asked)
    reference.values = kept(plain["values"], lambda _, dimension: dimension)
    reference.admits = kept(plain["admits"], lambda _, rule, *asked: (rule["id"], *asked))
    reference.admitted = kept(plain["admitted"], lambda _, rule, dimension: (rule["id"], dimension))
    reference.displaces = kept(plain["displaces"], lambda _, s, r: (s["id"], r["id"]))
    try:
        yield
    finally:
        for name, function in plain.items():
            setattr(reference, name, function)

"""Which of several laws displaces which (SPEC section 3, point 2), for all of them at once.

The relation does not depend on the enquiry. Scopes are compared all with all, 64 values at a time.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from guidelines.analysis.space import Law, Space
from guidelines.vocabulary import DIMENSIONS


def displacers(laws: Sequence[Law], space: Space) -> list[int]:
    """For each law, as bits over `laws`, those that displace it wherever both apply."""
    if not laws:
        return []
    rules = [law.rule for law in laws]
    # In every matrix the row is the law displaced, the column the one that displaces it.
    found = _narrower(laws, space)
    baseline = np.array([rule.baseline for rule in rules])
    binding = np.array([rule.binding for rule in rules])
    if binding.any():
        names = {law.guideline.issuer for law in laws}
        numbers = {name: number for number, name in enumerate(names)}
        issuer = np.array([numbers[law.guideline.issuer] for law in laws])
        strict = np.array([rule.effect.strictness for rule in rules])
        may = (issuer[:, None] == issuer[None, :]) | (strict[None, :] > strict[:, None])
        found &= ~binding[:, None] | may
    found &= baseline[:, None] == baseline[None, :]
    found |= baseline[:, None] & ~baseline[None, :]
    for column, rule in enumerate(rules):
        for row, law in enumerate(laws) if rule.overrides else ():
            if law.rule.id in rule.overrides or law.guideline.id in rule.overrides:
                found[row, column] = True
    np.fill_diagonal(found, False)
    return [int.from_bytes(row.tobytes(), "little") for row in np.packbits(found, axis=1, bitorder="little")]


def _narrower(laws: Sequence[Law], space: Space) -> np.ndarray:
    """Where the column's scope is strictly narrower than the row's."""
    within = np.ones((len(laws), len(laws)), bool)
    for axis in range(len(DIMENSIONS)):
        scopes, place = np.unique([law.scopes[axis] for law in laws], return_inverse=True)
        if len(scopes) == 1:
            continue
        words = space.words(axis)[scopes]
        outside = ~words
        subset = np.ones((len(scopes), len(scopes)), bool)
        for word in range(words.shape[1]):
            subset &= (words[None, :, word] & outside[:, None, word]) == 0
        within &= subset[np.ix_(place, place)]
    # Narrower both ways round is the same scope.
    return within & ~within.T

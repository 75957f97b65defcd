"""Putting together what is said in parts: "my phone", then "the work one", is the work phone.

Nothing here names a concept: parts are groups of one scheme that cross, and the kind that a pair of groups
means is the one whose name is made of their names ("work device" and "phone": "work phone").
"""

from __future__ import annotations

from collections.abc import Iterable

from guidelines.vocabulary import Scheme

# "my own one", "the work one", "mine": the noun was said before.
_ELLIPTICAL = ("one", "ones", "own", "mine", "work", "personal", "private")


def narrowed(
    scheme: Scheme, first: str, second: str, *, words: str = "", withdrawn: bool = False
) -> str | None:
    """The one concept that two concepts said of the same thing mean together; None when they do not meet.

    `words` are those in which `first` was said: when they leave out the noun ("my own one"), a value that
    does not fit is changed in just that respect. `withdrawn` says that `second` was said not to be so.
    """
    if first == second:
        return None
    if scheme.covers(first, second):
        return None if withdrawn else second
    if scheme.covers(second, first):
        return first
    if scheme.is_value(second):
        return _changed(scheme, first, second) if leaves_out_the_noun(words) else None
    return None if withdrawn else _crossing(scheme, first, second)


def remaining(scheme: Scheme, held: str, withdrawn: Iterable[str]) -> str | None:
    """The one concept that is left of `held` without what was said not to be so: "it isn't a work one" of a
    phone leaves the personal phone. None when no one concept is left.
    """
    values = scheme.values_under(held)
    gone = [w for w in withdrawn if w in scheme]
    left = values - scheme.values_under(*gone) if gone else values
    if left == values or not left:
        return None
    if len(left) == 1:
        return next(iter(left))
    groups = (c.id for c in scheme if c.id not in (held, "any") and not scheme.is_value(c.id))
    found = (_crossing(scheme, held, g) for g in groups if scheme.values_under(g) & values == left)
    return next((concept for concept in found if concept), None)


def lacking(scheme: Scheme, held: str, denied: Iterable[str]) -> str | None:
    """The one concept that is like `held` but for a quality that was denied in one of the words: the enrolled
    personal phone, not enrolled, is the personal phone. None when the words deny no such quality.
    """
    alike = [
        c.id
        for c in scheme
        if c.id != held
        and scheme.broader(c.id) == scheme.broader(held)
        and _name(scheme, c.id) < _name(scheme, held)
    ]
    if len(alike) != 1:
        return None
    qualities = _all_names(scheme, held) - _all_names(scheme, alike[0])
    return alike[0] if qualities & set(denied) else None


def _all_names(scheme: Scheme, concept: str) -> set[str]:
    return {word for label in scheme[concept].labels for word in label.casefold().split()}


def _crossing(scheme: Scheme, first: str, second: str) -> str | None:
    both = scheme.values_under(first) & scheme.values_under(second)
    if len(both) == 1:
        return next(iter(both))
    named_so = [v for v in both if _name(scheme, v) <= _name(scheme, first) | _name(scheme, second)]
    return named_so[0] if len(named_so) == 1 else None


def _changed(scheme: Scheme, group: str, value: str) -> str | None:
    """The value like `value` in every respect but that `group` covers it."""
    for parent in scheme.broader(value):
        if (
            parent != "any"
            and not scheme.covers(group, parent)
            and (found := _crossing(scheme, group, parent))
        ):
            return found
    return None


def _name(scheme: Scheme, concept: str) -> set[str]:
    return set(scheme.label(concept).casefold().split())


def leaves_out_the_noun(words: str) -> bool:
    """Whether it is only said whose or which one it is: "my own one", "mine"."""
    said = words.casefold().split()
    return bool(said) and (said[-1] in _ELLIPTICAL or "one" in said)

"""What the dialogue wants said: values without words, which the desk records and the templates put into
words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from guidelines.enquiry import Enquiry
from guidelines.ruling import Ruling, Unclear


@dataclass(frozen=True, slots=True)
class Entry:
    """A ruling that is given, and on what. Each one gets a receipt, and a case when it is unclear."""

    enquiry: Enquiry
    ruling: Ruling
    unknown_app: str | None = None
    unknown_place: str | None = None
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question put to the person: one dimension, the concepts offered, whether they cover everything."""

    dimension: str
    options: tuple[str, ...] = ()
    complete: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class Button:
    """A choice: a concept to name, or something to say.

    `says` is an intent; with `dimension` and `concept` it carries that detail, and is titled by its label
    unless `title` is given.
    """

    says: str
    title: str = ""
    dimension: str = ""
    concept: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """Something for the owners beyond an unclear ruling: a dispute, or a message that was not understood."""

    unclear: Unclear
    details: Mapping[str, Any] = field(default_factory=dict)
    rules: tuple[str, ...] = ()
    effect: str | None = None
    receipt: str | None = None


@dataclass(frozen=True)
class Plan:
    """What to reply: the kind (SPEC section 4), the template, the rulings given, the question, and what it
    needs.
    """

    kind: str
    template: str
    entries: tuple[Entry, ...] = ()
    about: Entry | None = None
    question: Asked | None = None
    buttons: tuple[Button, ...] = ()
    gap: Gap | None = None
    says: Mapping[str, Any] = field(default_factory=dict)

"""Which further detail a list of apps hangs on, with the choices that make a difference."""

from __future__ import annotations

import datetime as dt

from answers.dialogue.plan import Asked
from guidelines.completion import cover, value_classes
from guidelines.enquiry import Enquiry
from guidelines.rulebook import RuleBook
from guidelines.vocabulary import DIMENSIONS

_MOST_OPTIONS = 12


def still_open(book: RuleBook, enquiry: Enquiry, on: dt.date) -> Asked | None:
    """The first detail that is missing and that some rule in reach looks at; None when there is none.

    Where it would take too many concepts to offer them all, none is offered and the person names it.
    """
    classes = value_classes(book, enquiry, on)
    for dimension in DIMENSIONS:
        if dimension == "app" or enquiry[dimension] is not None or len(classes[dimension]) < 2:
            continue
        scheme = book.vocabulary[dimension]
        named = {concept for group in classes[dimension] for concept in cover(scheme, group.values)}
        options = tuple(concept.id for concept in scheme if concept.id in named)
        return Asked(dimension, options, complete=True) if len(options) <= _MOST_OPTIONS else Asked(dimension)
    return None

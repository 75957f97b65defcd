"""May I? A ruling, a list of rulings, the next question, or a guess to confirm."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from answers.dialogue.conversation import Answered, Conversation, Pending
from answers.dialogue.plan import Asked, Button, Entry, Plan
from answers.dialogue.rivals import in_doubt
from guidelines.completion import Answer, Outcome, Question, Table, consider
from guidelines.enquiry import Enquiry
from guidelines.rulebook import RuleBook
from guidelines.ruling import Ruling, Unclear

Step = tuple[Conversation, Plan]
_MOST_BUTTONS = 12
_A_FEW = 8


def rule(conversation: Conversation, book: RuleBook, on: dt.date) -> Step:
    """What to say to the enquiry that is held."""
    facts = conversation.facts
    strange = _strange_apps(conversation)
    if strange and not facts.get("app"):
        return given(conversation, strange)
    if not facts.get("app") and "app" not in facts.left_open:
        return _without_app(conversation, book, on)
    if facts.unknown_place is not None:
        return given(conversation, (*strange, *_strange_place(conversation, book, on)))
    outcome = consider(book, facts.enquiry(), on)
    if isinstance(outcome, Question):
        return ask(conversation, outcome, strange)
    entries = entries_of(outcome)
    if step := confirm_first(conversation, entries, book, on):
        return step
    return given(conversation, (*strange, *entries))


def entries_of(outcome: Answer | Table) -> tuple[Entry, ...]:
    """The rulings of an outcome, as entries of a reply."""
    answers = (outcome,) if isinstance(outcome, Answer) else outcome.entries
    return tuple(Entry(answer.enquiry, answer.ruling) for answer in answers)


def given(conversation: Conversation, entries: tuple[Entry, ...]) -> Step:
    """The rulings are said."""
    last = entries[0]
    answered = Answered(
        details=last.enquiry.as_dict(),
        effect=last.ruling.effect,
        unclear=last.ruling.unclear,
        rules=last.ruling.rules,
        unknown_app=last.unknown_app,
        unknown_place=last.unknown_place,
    )
    buttons = tuple(
        Button("inform", dimension="country" if entry.unknown_place else "app", concept=concept)
        for entry in entries
        for concept in entry.near[:3]
    )
    pending = _near(entries) or _guess(conversation)
    offered = conversation.offered if _chosen_from_it(conversation) else _listed(entries)
    conversation = replace(conversation, answered=answered, pending=pending, offered=offered)
    kind = "ruling" if len(entries) == 1 else "list"
    return conversation, Plan(kind, kind, entries=entries, buttons=buttons)


def _near(entries: tuple[Entry, ...]) -> Pending | None:
    """Near names are offered beside the ruling on a single name that nobody knows."""
    if len(entries) != 1 or not entries[0].near:
        return None
    return Pending("near", "country" if entries[0].unknown_place else "app", entries[0].near[:3])


def _guess(conversation: Conversation) -> Pending | None:
    """A guess that the reply says it made: a yes or a no to it is understood."""
    unsure = conversation.facts.unsure
    return Pending("confirm", unsure[0]) if unsure else None


def _chosen_from_it(conversation: Conversation) -> bool:
    """Whether what was listed last is still what "the others" are: one of it has just been chosen."""
    dimension, listed = conversation.offered
    fact = conversation.facts.known.get(dimension)
    return fact is not None and fact.how == "chosen" and set(fact.values) < set(listed)


def _listed(entries: tuple[Entry, ...]) -> tuple[str, tuple[str, ...]]:
    """What a list was about, for "the first one": the dimension on which its entries differ."""
    for dimension in ("app", "device", "country", "role"):
        named = [entry.enquiry[dimension] for entry in entries]
        if len(entries) > 1 and len(set(named)) == len(entries) and all(n and len(n) == 1 for n in named):
            return dimension, tuple(n[0] for n in named if n)
    return "", ()


def ask(conversation: Conversation, question: Question, beside: tuple[Entry, ...] = ()) -> Step:
    """The one detail that is needed is asked for, with buttons."""
    asked = Asked(question.dimension, question.options, question.complete)
    return _asking(conversation, asked, beside, says={"because": "matters"})


def ask_for(
    conversation: Conversation, dimension: str, options: tuple[str, ...] = (), because: str = ""
) -> Step:
    """A detail without which nothing can be said is asked for."""
    return _asking(conversation, Asked(dimension, options), says={"because": because or dimension})


def _asking(
    conversation: Conversation,
    asked: Asked,
    beside: tuple[Entry, ...] = (),
    says: dict[str, str] | None = None,
) -> Step:
    pending = Pending("detail", asked.dimension, asked.options, asked.complete)
    plan = Plan(
        "question", "question", entries=beside, question=asked, buttons=choices(asked), says=says or {}
    )
    return replace(conversation, pending=pending), plan


def choices(asked: Asked) -> tuple[Button, ...]:
    """A button for each option of a question."""
    return tuple(
        Button("inform", dimension=asked.dimension, concept=o) for o in asked.options[:_MOST_BUTTONS]
    )


def shared(conversation: Conversation, book: RuleBook) -> Step | None:
    """Which one is meant, when a name is shared by several; None when no name is."""
    for dimension in ("app", "country"):
        name = conversation.facts.shared.get(dimension)
        if name is None:
            continue
        options = tuple(c for c in name.candidates if c in book.vocabulary[dimension])
        asked = Asked(dimension, options, words=name.words)
        return _asking(conversation, asked, says={"because": "shared", "words": name.words})
    return None


def confirm_first(
    conversation: Conversation, entries: Iterable[Entry], book: RuleBook, on: dt.date
) -> Step | None:
    """Asks about a guess, or which of what was named is meant, before anything permissive is said on the
    strength of it; None when nothing hangs on it.
    """
    permissive = [entry for entry in entries if entry.ruling.permits]
    for dimension in conversation.facts.unsure:
        if any(_hangs_on(dimension, entry, book, on) for entry in permissive):
            return confirm(conversation, dimension)
    if doubted := in_doubt(conversation.facts, permissive, book, on):
        return _asking(conversation, Asked(*doubted), says={"because": "rivals"})
    return None


def confirm(conversation: Conversation, dimension: str) -> Step:
    """Did you mean ...? Or which one, where several were named that may not all be meant."""
    fact = conversation.facts.known[dimension]
    if len(fact.values) > 1:
        return _asking(conversation, Asked(dimension, fact.values), says={"because": "apart"})
    buttons = (Button("affirm", title="Yes"), Button("deny", title="No"))
    says = {"dimension": dimension, "guessed": fact.values, "words": fact.words, "how": fact.how}
    asked = Asked(dimension, fact.values, complete=False)
    plan = Plan("question", "confirm", question=asked, buttons=buttons, says=says)
    return replace(conversation, pending=Pending("confirm", dimension, fact.candidates)), plan


def _hangs_on(dimension: str, entry: Entry, book: RuleBook, on: dt.date) -> bool:
    if dimension == "app":
        return True
    # Whatever else was meant by it, the very same rules decide: then nothing hangs on it.
    without = consider(book, entry.enquiry.with_detail(dimension, None), on)
    return not (isinstance(without, Answer) and without.ruling == entry.ruling)


def _strange_apps(conversation: Conversation) -> tuple[Entry, ...]:
    facts = conversation.facts
    place = facts.unknown_place.words if facts.unknown_place else None
    enquiry = facts.enquiry().with_detail("app", None)
    return tuple(
        Entry(
            enquiry, Ruling(None, Unclear.UNKNOWN_APP), unknown_app=s.words, unknown_place=place, near=s.near
        )
        for s in facts.unknown_apps
    )


def _strange_place(conversation: Conversation, book: RuleBook, on: dt.date) -> tuple[Entry, ...]:
    """A place that nobody catalogued: what is ruled out everywhere is ruled out there, anything else is not
    known.
    """
    facts = conversation.facts
    assert facts.unknown_place is not None
    enquiry = facts.enquiry().with_detail("country", None)
    outcome: Outcome = consider(book, enquiry, on)
    ruling = Ruling(None, Unclear.UNKNOWN_PLACE)
    if isinstance(outcome, Answer) and _ruled_out(outcome):
        ruling = replace(outcome.ruling, unclear=Unclear.UNKNOWN_PLACE)
    place = facts.unknown_place
    return (Entry(enquiry, ruling, unknown_place=place.words, near=place.near),)


def _without_app(conversation: Conversation, book: RuleBook, on: dt.date) -> Step:
    """No app was named: answer when they are all ruled out alike, else ask for it."""
    facts = conversation.facts
    if facts.unknown_place is None and len(facts.known) >= 2:
        enquiry = facts.enquiry()
        # Looking at every app takes long; where two of them differ, it need not be done.
        apps = book.vocabulary["app"].values[:: max(1, len(book.vocabulary["app"].values) // _A_FEW)]
        if all(_ruled_out(consider(book, enquiry.with_detail("app", (app,)), on)) for app in apps):
            outcome = consider(book, enquiry, on)
            if isinstance(outcome, Answer) and _ruled_out(outcome):
                return given(conversation, entries_of(outcome))
    after, plan = ask_for(conversation, "app")
    return after, replace(plan, says={**plan.says, "places": facts.get("country")})


def _ruled_out(outcome: Outcome) -> bool:
    return isinstance(outcome, Answer) and outcome.ruling.effect is not None and not outcome.ruling.permits


def same_enquiry(conversation: Conversation) -> bool:
    """Whether what is held is what was answered last."""
    answered = conversation.answered
    if answered is None:
        return False
    facts = conversation.facts
    strangers = facts.unknown_apps[0].words if facts.unknown_apps else None
    place = facts.unknown_place.words if facts.unknown_place else None
    held = Enquiry.of({d: facts.get(d) for d in answered.details}).as_dict()
    return (
        held == dict(answered.details)
        and strangers == answered.unknown_app
        and place == answered.unknown_place
    )

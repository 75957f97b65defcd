"""What may be said in a channel: what its deployment allows, and what the guidelines say of the channel's own
app.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import product
from pathlib import Path
from typing import Any

import yaml

from answers.dialogue.conversation import Conversation
from answers.dialogue.plan import Entry, Plan
from answers.reply import deciding
from guidelines.completion import together, value_classes
from guidelines.enquiry import Enquiry
from guidelines.rulebook import RuleBook
from guidelines.ruling import Ruling
from guidelines.vocabulary import DIMENSIONS, Vocabulary

SHIPPED = Path(__file__).with_name("channels.yml")
ON_RECORD = "public-record"
_KEYS = {"say", "unlinked", "app"}
# Replies that rest on rulings, and those that say nothing of anybody's guidance.
_RULED = ("ruling", "reason", "conditions")
_GENERAL = ("smalltalk", "declined", "clarify")


class Say(StrEnum):
    """How much may be said."""

    NOTHING = "nothing"
    PUBLIC = "public"
    EVERYTHING = "everything"


class Because(StrEnum):
    """Why less than everything is said."""

    LIMIT = "limit"
    """The deployment says nothing in this channel."""
    NOT_PUBLIC = "not-public"
    """Only public guidance may be said, and the answer is more than that."""
    NO = "no"
    """The guidelines do not let this person use the channel's app there."""
    UNCLEAR = "unclear"
    """The guidelines do not say clearly whether they may."""
    OPEN = "open"
    """Whether they may depends on what is not known yet, and must not be asked here."""


@dataclass(frozen=True, slots=True)
class Limit:
    """What may be said in one channel, and which app of the vocabulary the channel is."""

    say: Say = Say.EVERYTHING
    # To accounts that nobody has linked to themselves; as much as to everybody where it is not given.
    unlinked: Say | None = None
    app: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of whoever uses a channel, beside what they say: whether their account is linked to a
    person, and that person's role and the device that they use the channel on.
    """

    linked: bool = True
    role: str | None = None
    device: str | None = None

    @classmethod
    def of(cls, given: Mapping[str, Any] | None) -> Standing:
        """From what travels with a message; without it the channel is one that knows its people."""
        if given is None:
            return cls()
        return cls(bool(given.get("linked")), given.get("role"), given.get("device"))

    def as_dict(self) -> dict[str, Any]:
        """As it travels with a message."""
        return {"linked": self.linked, "role": self.role, "device": self.device}


@dataclass(frozen=True, slots=True)
class Allowance:
    """How much may be said now, why it is not everything, and the ruling on the channel's app if there is
    one.
    """

    say: Say
    because: Because | None = None
    entry: Entry | None = None

    def covers(self, plan: Plan, book: RuleBook) -> bool:
        """Whether what is planned may be said."""
        if self.say is Say.PUBLIC:
            return is_public(plan, book)
        return self.say is Say.EVERYTHING


@dataclass(frozen=True)
class Limits:
    """The limits of all channels, and the address of the safe one."""

    channels: Mapping[str, Limit] = field(default_factory=dict)
    other: Limit = Limit()
    safe: str = ""

    def of(self, channel: str) -> Limit:
        """The limit of a channel."""
        return self.channels.get(channel, self.other)

    def say(self, channel: str, standing: Standing) -> Say:
        """What may be said at most."""
        limit = self.of(channel)
        return limit.say if standing.linked or limit.unlinked is None else limit.unlinked

    def allow(
        self,
        channel: str,
        standing: Standing,
        conversation: Conversation,
        book: RuleBook,
        on: dt.date,
        places: Sequence[str] = (),
    ) -> Allowance:
        """What may be said to somebody with this conversation: the channel's own app is ruled on first.

        Args:
            places: countries that were named and that the conversation does not hold.
        """
        limit, say = self.of(channel), self.say(channel, standing)
        if say is Say.NOTHING:
            return Allowance(say, Because.LIMIT)
        if limit.app is not None:
            enquiry = _enquiry(standing, conversation, book.vocabulary, places)
            because, entry = ruled(limit.app, enquiry, book, on)
            # What is public may be said as long as nothing speaks against it; more only on a clear yes.
            if because and not (say is Say.PUBLIC and because is Because.OPEN):
                return Allowance(Say.NOTHING, because, entry)
        return Allowance(say, Because.NOT_PUBLIC if say is Say.PUBLIC else None)

    def may_name(
        self, channel: str, standing: Standing, book: RuleBook, on: dt.date, countries: Sequence[str]
    ) -> bool:
        """Whether somebody may be told here of a posting to these countries, whatever they talk about now."""
        return self.allow(channel, standing, Conversation(), book, on, countries).say is Say.EVERYTHING


def ruled(app: str, enquiry: Enquiry, book: RuleBook, on: dt.date) -> tuple[Because | None, Entry | None]:
    """Why somebody may not use a channel that is an app, with the ruling; nothing when they clearly may.

    Everything that the enquiry can still mean counts: it is a yes only when each of it is one.
    """
    if app not in book.vocabulary["app"]:
        return Because.UNCLEAR, None
    enquiry = enquiry.with_detail("app", (app,))
    rulings = _rulings(book, enquiry, on)
    clear = {ruling.permits and ruling.unclear is None for ruling in rulings}
    if clear == {True}:
        return None, Entry(enquiry, together(rulings))
    if clear != {False}:
        return Because.OPEN, None
    if len({ruling.effect for ruling in rulings}) > 1:
        return Because.NO, None
    ruling = together(rulings)
    return (Because.UNCLEAR if ruling.unclear else Because.NO), Entry(enquiry, ruling)


def _rulings(book: RuleBook, enquiry: Enquiry, on: dt.date) -> list[Ruling]:
    classes = value_classes(book, enquiry, on)
    samples = [[group.sample for group in classes[dimension]] for dimension in DIMENSIONS]
    return [book.rule(role, device, country, app, on) for role, device, country, app in product(*samples)]


def _enquiry(
    standing: Standing, conversation: Conversation, vocabulary: Vocabulary, places: Sequence[str]
) -> Enquiry:
    """Who, on which device and where: the link knows the first two better than the message, which may be
    about another phone; of an account that is nobody's the device is not known. Where somebody really is
    counts as much as where they suppose to be.
    """
    facts, base = conversation.facts, conversation.base
    named: dict[str, tuple[str, ...]] = {
        dimension: tuple(dict.fromkeys((*(base.get(dimension) if base else ()), *facts.get(dimension))))
        for dimension in ("role", "device", "country")
    }
    named["country"] = tuple(dict.fromkeys((*named["country"], *places)))
    if not standing.linked:
        named["device"] = ()
    for dimension, known in (("role", standing.role), ("device", standing.device)):
        if known is not None and known in vocabulary[dimension]:
            named[dimension] = (known,)
    return Enquiry.of(named)


def is_public(plan: Plan, book: RuleBook) -> bool:
    """Whether a reply is general guidance that anybody may read: it asks nobody for details, and whatever it
    rules is clear and on the public record.
    """
    if plan.kind in _GENERAL:
        return plan.question is None
    if plan.template == "confirm":
        return True  # it only repeats what was said
    if plan.kind not in _RULED or plan.question is not None:
        return False
    entries = plan.entries or ((plan.about,) if plan.about else ())
    return bool(entries) and all(_on_record(entry.ruling, book) for entry in entries)


def _on_record(ruling: Ruling, book: RuleBook) -> bool:
    found = deciding(book, ruling.rules)
    return (
        ruling.unclear is None
        and bool(found)
        and all(guideline.provenance == ON_RECORD for guideline, _ in found)
    )


def read(file: Path | None = None, safe: str = "") -> Limits:
    """The limits of the shipped file, with those of a deployment's own file over them.

    Args:
        safe: the address that people are sent to for what may not be said in a channel.

    Raises:
        ValueError: a file cannot be read or used; the message says what to mend.
    """
    documents = [_document(path) for path in (SHIPPED, file) if path is not None]
    channels: dict[str, Limit] = {}
    other = Limit()
    for path, document in zip((SHIPPED, file), documents, strict=False):
        for name, given in (document.get("channels") or {}).items():
            channels[str(name)] = _limit(f"{path}: channel `{name}`", given)
        if "other" in document:
            other = _limit(f"{path}: `other`", document["other"])
    return Limits(channels, other, safe)


def _document(path: Path) -> dict[str, Any]:
    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"{path}: cannot be read: {getattr(error, 'strerror', 'not text')}") from None
    except yaml.YAMLError:
        raise ValueError(f"{path}: is not YAML") from None
    if not isinstance(document, dict) or not set(document) <= {"channels", "other"}:
        raise ValueError(f"{path}: must hold `channels` and `other` only")
    return document


def _limit(place: str, given: Any) -> Limit:
    if not isinstance(given, dict) or not set(given) <= _KEYS:
        raise ValueError(f"{place}: must hold {', '.join(sorted(_KEYS))} only")
    try:
        say = Say(given.get("say", Say.NOTHING))
        unlinked = Say(given["unlinked"]) if "unlinked" in given else None
    except ValueError:
        raise ValueError(f"{place}: must be one of {', '.join(Say)}") from None
    app = given.get("app")
    return Limit(say, unlinked, str(app) if app else None)

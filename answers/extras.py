"""What some replies need beside their plan: groups of a list, lines of a briefing, changes, owners,
subjects.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

from answers.dialogue.conversation import Conversation
from answers.dialogue.plan import Entry, Plan
from answers.reply import deciding, provenance
from answers.wording import Words, cited, day, listed, sentence
from cases.gap import Gap
from guidelines.rulebook import RuleBook
from guidelines.rules import Rule
from guidelines.ruling import Unclear
from guidelines.vocabulary import Vocabulary

_CATEGORY = "category:"
_MOST_IN_GROUP = 6
_MOST_GROUPS = 12
_FEW = 3
_MOST_LINES = 12
_MOST_EDITIONS = 3
_SAYS = {
    "prohibited": "not to be used",
    "approval-required": "only with approval",
    "conditional": "with conditions",
    "allowed": "permitted",
}


class _Books(Protocol):
    def at(self, number: int) -> RuleBook: ...


@lru_cache(maxsize=4)
def names(vocabulary: Vocabulary) -> frozenset[str]:
    """Every name that the vocabulary holds: such names are no persons'."""
    return frozenset(label for scheme in vocabulary for concept in scheme for label in concept.labels)


def subject(gap: Gap, words: Words) -> str:
    """A gap in a few words, without role and place: these differ by asker, and may say who it is."""
    held = words.understood(gap.enquiry.with_detail("role", None).with_detail("country", None))
    match gap.unclear:
        case Unclear.UNKNOWN_APP:
            return f"“{gap.words}”: no such app is catalogued"
        case Unclear.UNKNOWN_PLACE:
            return f"“{gap.words}”: no such place is known"
        case Unclear.NOT_UNDERSTOOD:
            return f"“{gap.words}” was not understood"
        case Unclear.CONFLICTING_GUIDANCE:
            return f"{held}: guidance contradicts itself"
        case Unclear.REVIEW_OVERDUE:
            return f"{held}: guidance is past its review date"
        case Unclear.DISPUTED:
            about = f"“{gap.words}”" if gap.words else held or "an answer"
            return f"{about}: somebody says the answer is wrong or did not help"
    return f"{held or 'an enquiry'}: no guidance"


def more(plan: Plan, conversation: Conversation, book: RuleBook, words: Words, on: dt.date) -> dict[str, Any]:
    """The variables of the templates that list, brief, or say why."""
    match plan.template:
        case "permitted":
            return _groups(plan.entries, book, words)
        case "briefing":
            known = conversation.facts.known
            lines = [_line(s.rule, s.illustrative, words, known) for s in plan.says["special"]][:_MOST_LINES]
            shown = _groups(plan.says["permitted"], book, words)
            shown["illustrative"] = shown["illustrative"] or any(s.illustrative for s in plan.says["special"])
            return {**shown, "lines": lines, "country": conversation.facts.get("country")}
        case "reason":
            outcomes = plan.says.get("outcomes") or ()
            sources = [
                cited(s) for e in outcomes for g, _ in deciding(book, e.ruling.rules) for s in g.sources
            ]
            return {
                "displaced": _displaced(plan.about, book, on) if plan.about else [],
                "sources": list(dict.fromkeys(sources))[:4],
            }
        case "alternatives":
            found = [*plan.says["apps"], *plan.says["elsewhere"]]
            return {"illustrative": _illustrative(found, book)}
    return {}


def payload(plan: Plan, book: RuleBook, on: dt.date) -> dict[str, Any]:
    """What some kinds of reply carry for programs beyond SPEC section 4."""
    if plan.template == "alternatives":
        return {
            "alternatives": [_instead(i) for i in plan.says["apps"]],
            "elsewhere": [_instead(i) for i in plan.says["elsewhere"]],
        }
    if plan.template == "reason" and plan.about:
        return {
            "displaced": [
                {"rule": d[0], "by": d[1], "why": d[2]} for d in _displacements(plan.about, book, on)
            ]
        }
    return {}


def _instead(found: Any) -> dict[str, Any]:
    return {
        "context": found.enquiry.as_dict(),
        "effect": str(found.ruling.effect),
        "conditions": list(found.ruling.conditions),
    }


def teams(plan: Plan, book: RuleBook) -> list[str]:
    """The owners of everything that the answer may come to."""
    found = []
    for entry in plan.says.get("outcomes") or ():
        for guideline, _ in deciding(book, entry.ruling.rules):
            if guideline.owner:
                contact = f" ({guideline.owner.contact})" if guideline.owner.contact else ""
                found.append(f"{guideline.owner.team}{contact}")
    return list(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Change:
    """What an edition changed, in words."""

    number: int
    date: str
    what: str


def changes(editions: Sequence[Any], books: _Books) -> list[Change]:
    """The last editions, the newest first, each with the guidelines it changed."""
    found = []
    for edition in reversed(editions[-_MOST_EDITIONS:]):
        now = {g.id: g for g in books.at(edition.number).corpus.guidelines}
        if edition.number == editions[0].number:
            what = f"the first edition, with {len(now)} guidelines"
        else:
            before = {g.id: g for g in books.at(edition.number - 1).corpus.guidelines}
            what = _changed(before, now)
        note = f" ({edition.note})" if edition.note else ""
        found.append(
            Change(edition.number, day(edition.published_at.date().isoformat()), sentence(what + note))
        )
    return found


def _changed(before: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    parts = []
    for verb, guidelines in (
        ("new", [g for i, g in now.items() if i not in before]),
        ("changed", [g for i, g in now.items() if i in before and g != before[i]]),
        ("withdrawn", [g for i, g in before.items() if i not in now]),
    ):
        if guidelines:
            parts.append(f"{verb}: {listed([f'“{g.title}”' for g in guidelines])}")
    return "; ".join(parts) or "names and places only, no guideline"


def _groups(entries: Sequence[Entry], book: RuleBook, words: Words) -> dict[str, Any]:
    """The apps of entries by category, those with conditions marked by a star."""
    scheme = book.vocabulary["app"]
    grouped: dict[str, dict[str, str]] = {}
    starred = False
    for entry in entries:
        star = "*" if entry.ruling.conditions else ""
        for app in entry.enquiry.app or ():
            category = next((a for a in scheme.broader(app) if a.startswith(_CATEGORY)), "")
            grouped.setdefault(category, {})[app] = star
            starred |= bool(star)
    ordered = sorted(grouped.items(), key=lambda pair: -len(pair[1]))
    titled = [
        _Group(_title(category, words), _named(category, apps, book, words)) for category, apps in ordered
    ]
    return {
        "groups": titled[:_MOST_GROUPS],
        "more_groups": max(0, len(titled) - _MOST_GROUPS),
        "with_conditions": starred,
        "illustrative": _illustrative(entries, book),
    }


@dataclass(frozen=True, slots=True)
class _Group:
    title: str
    names: str


def _title(category: str, words: Words) -> str:
    label = words.label("app", category) if category else "other apps"
    return label[:1].upper() + label[1:]


def _named(category: str, apps: Mapping[str, str], book: RuleBook, words: Words) -> str:
    """The permitted apps of a category, in few words where it is nearly all of them."""
    names = [words.label("app", app) + star for app, star in apps.items()]
    if not category or len(names) <= _MOST_IN_GROUP:
        return listed(names, most=_MOST_IN_GROUP)
    scheme = book.vocabulary["app"]
    whole = scheme.values_under(category)
    others = [words.label("app", v) for v in scheme.values if v in whole and v not in apps]
    if len(others) > _FEW:
        return listed(names, most=_MOST_IN_GROUP)
    star = "*" if any(apps.values()) else ""
    return f"all but {listed(others)}{star}" if others else f"all{star}"


def _illustrative(found: Sequence[Any], book: RuleBook) -> bool:
    return any(
        provenance(g for g, _ in deciding(book, item.ruling.rules)) == "illustrative" for item in found
    )


def _line(rule: Rule, illustrative: bool, words: Words, known: Collection[str]) -> str:
    """One rule in a line; what the person told of themselves needs no repeating."""

    def about(dimension: str) -> str:
        return "" if dimension in known and dimension != "app" else _scoped(rule, dimension, words)

    app = about("app") or "every app"
    device = f" on a {about('device')}" if about("device") else ""
    role = f", for {about('role')}" if about("role") else ""
    mark = " (illustrative)" if illustrative else ""
    return (
        f"{app[:1].upper() + app[1:]}{device}{role}: {_SAYS[str(rule.effect)]}. {sentence(rule.reason)}{mark}"
    )


def _scoped(rule: Rule, dimension: str, words: Words) -> str:
    return words.labels(dimension, rule.scope.include.get(dimension, ()), "or")


def _displacements(entry: Entry, book: RuleBook, on: dt.date) -> list[tuple[str, str, str]]:
    enquiry = entry.enquiry
    if not enquiry.is_complete(book.vocabulary):
        return []
    one = [named[0] for named in (enquiry.role, enquiry.device, enquiry.country, enquiry.app) if named]
    found = book.explain(one[0], one[1], one[2], one[3], on).displaced
    deciders = set(entry.ruling.rules)
    return [(d.rule, d.by, d.why) for d in found if d.by in deciders]


def _displaced(entry: Entry, book: RuleBook, on: dt.date) -> list[str]:
    lines: dict[str, None] = {}
    for rule, by, why in _displacements(entry, book, on):
        general, particular = book.find(rule)[0], book.find(by)[0]
        match why:
            case "baseline":
                lines[f"It replaces the general starting point of “{general.title}”."] = None
            case "override":
                lines[f"“{particular.title}” says that it takes the place of “{general.title}”."] = None
            case _:
                if general.id == particular.id:
                    lines["It is more particular to your case than a broader rule of the same guideline."] = (
                        None
                    )
                else:
                    lines[
                        f"It is more particular to your case than “{general.title}”, which it replaces here."
                    ] = None
    return list(lines)[:4]

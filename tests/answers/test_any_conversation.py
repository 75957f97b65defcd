"""What must hold whatever is said, in whatever order: random conversations against the pure dialogue."""

import json
import re
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from answers.dialogue import Conversation, turn
from answers.heard import Heard
from answers.render import Renderer
from answers.reply import KINDS, Recorded, payload_of
from guidelines.completion import Answer, Table, consider
from guidelines.rulebook import RuleBook
from tests.answers.corpus import APPS, COUNTRIES, DEVICES, ROLES, corpus
from tests.answers.talking import TODAY, cue, fuzzy, inferred, pointing, said, shared, stranger

BOOK = RuleBook(corpus(), 1)
RENDERER = Renderer(BOOK)
CONCEPTS = {"role": list(ROLES), "device": list(DEVICES), "country": list(COUNTRIES), "app": list(APPS)}
INTENTS = [
    "may_i", "inform", "correct", "what_if", "affirm", "deny", "why", "alternatives", "conditions",
    "list_apps",
    "brief", "dispute", "approval", "contact", "changes", "start_over", "greet", "thanks", "goodbye", "help",
    "out_of_scope", "manipulation", "mention", "other_language", "nlu_fallback",
]  # fmt: skip
NO_RULING = {"question", "clarify", "smalltalk", "declined", "changes"}
PERMISSIVE = re.compile(
    r"(?<!whether )\byou may (?:also )?use\b|^Yes\b|\bare permitted\b|itself may be used\b", re.MULTILINE
)


@st.composite
def entities(draw):
    dimension = draw(st.sampled_from(list(CONCEPTS)))
    concept = draw(st.sampled_from(CONCEPTS[dimension]))
    label = BOOK.vocabulary[dimension].label(concept)
    return draw(
        st.sampled_from(
            [
                said(dimension, concept),
                said(dimension, concept),
                said(dimension, concept),
                said(dimension, concept, "negated"),
                said(dimension, concept, "other"),
                said(dimension, concept, "aside"),
                said(dimension, concept, "replaced"),
                fuzzy(dimension, concept, label[:-1]),
                inferred(dimension, concept, f"something like {label}"),
                stranger("Blorply", "line"),
                stranger("Freedonia", entity="unknown_place"),
                shared("Messenger", "whatsapp", "facebook"),
                pointing(
                    draw(
                        st.sampled_from(["there", "it", "both", "either", "first", "last", "other", "others"])
                    )
                ),
                cue(draw(st.sampled_from(["follow_up", "dont_know", "any", "on_behalf", "own_case"]))),
            ]
        )
    )


@st.composite
def messages(draw):
    return Heard.from_message(
        {
            "intent": {
                "name": draw(st.sampled_from(INTENTS)),
                "confidence": draw(st.sampled_from([0.3, 0.9])),
            },
            "entities": draw(st.lists(entities(), max_size=4)),
            "text": draw(st.sampled_from(["something", "it's her one too", "I'm in Japan", "the south"])),
        }
    )


conversations = st.lists(messages(), min_size=1, max_size=8)


def replies(heard):
    """Each turn of a conversation: what was held before, the state, the plan, the text and the payload."""
    state = Conversation()
    for message in heard:
        state, plan = turn(state, message, BOOK, TODAY)
        recorded = [
            Recorded("R-1", "C-1" if e.ruling.unclear else None, "a team", "there") for e in plan.entries
        ]
        gap = Recorded(None, "C-1", "a team", "there") if plan.gap else None
        about = Recorded("R-1") if plan.about else None
        payload = payload_of(
            plan,
            state.facts.context(),
            BOOK,
            recorded,
            about=about,
            gap=gap,
            unconfirmed=state.facts.unsure,
        )
        yield message, state, plan, payload, (recorded, about, gap)


@settings(max_examples=150, deadline=None)
@given(conversations)
def test_the_state_goes_through_json_unchanged(heard):
    for _, state, *_ in replies(heard):
        assert Conversation.from_dict(json.loads(json.dumps(state.to_dict()))) == state


@settings(max_examples=200, deadline=None)
@given(conversations)
def test_every_reply_has_every_key_and_rules_only_where_its_kind_may(heard):
    for *_, plan, payload, _ in replies(heard):
        assert payload["kind"] in KINDS
        assert {"kind", "context", "ruling", "question", "edition", "receipt", "case"} <= set(payload)
        assert set(payload["context"]) >= {"role", "device", "country", "app"}
        if plan.kind in NO_RULING:
            assert payload["ruling"] is None
        if plan.kind == "ruling":
            assert payload["ruling"] is not None
        if plan.kind == "list":
            assert payload["ruling"] is None
            assert payload["rulings"] is not None
        if plan.kind == "question":
            assert payload["question"] is not None
        json.dumps(payload)


@settings(max_examples=300, deadline=None)
@given(conversations)
def test_no_permission_rests_on_a_guess(heard):
    for _, state, plan, _, _ in replies(heard):
        for entry in (*plan.entries, *([plan.about] if plan.about else [])):
            if not entry.ruling.permits or plan.kind in ("approval", "contact"):
                continue
            for dimension in state.facts.unsure:
                without = consider(BOOK, entry.enquiry.with_detail(dimension, None), TODAY)
                assert dimension != "app" or plan.kind == "list"
                assert isinstance(without, Answer)
                assert without.ruling == entry.ruling


@settings(max_examples=300, deadline=None)
@given(conversations)
def test_no_permission_would_be_stricter_had_another_value_been_meant_that_was_named(heard):
    for _, state, plan, _, _ in replies(heard):
        if plan.kind not in ("ruling", "list", "conditions"):
            continue
        for entry in (*plan.entries, *([plan.about] if plan.about else [])):
            if not entry.ruling.permits:
                continue
            for dimension, fact in state.facts.known.items():
                for rival in fact.rivals if entry.enquiry[dimension] else ():
                    other = consider(BOOK, entry.enquiry.with_detail(dimension, (rival,)), TODAY)
                    rulings = [a.ruling for a in (other.entries if isinstance(other, Table) else (other,))]
                    assert all(r.effect.strictness <= entry.ruling.effect.strictness for r in rulings)


@settings(max_examples=300, deadline=None)
@given(conversations)
def test_nothing_unclear_is_worded_as_a_permission(heard):
    for _, state, plan, _, (recorded, about, gap) in replies(heard):
        if plan.kind not in ("ruling", "reason", "conditions", "approval", "clarify", "question", "declined"):
            continue
        rulings = [e.ruling for e in plan.entries] + ([plan.about.ruling] if plan.about else [])
        outcomes = [e.ruling for e in plan.says.get("outcomes") or ()]
        if any(r.permits and r.unclear is None for r in (*rulings, *outcomes)):
            continue
        more = {"owner": _Owner(), "teams": [], "displaced": [], "sources": []}
        text = RENDERER.text(plan, state, recorded, about=about, gap=gap, more=more)
        assert not PERMISSIVE.search(text.replace("May I use", "")), text


class _Owner:
    team, contact = "a team", "there"


@settings(max_examples=200, deadline=None)
@given(conversations)
def test_the_context_holds_only_what_was_said(heard):
    named: dict[str, set[str]] = {dimension: set() for dimension in CONCEPTS}
    for message, state, plan, payload, _ in replies(heard):
        for detail in message.details:
            named[detail.dimension].add(detail.concept)
        for unknown in (*message.unknown, *message.ambiguous):
            named[unknown.dimension].update(
                getattr(unknown, "near", ()) or getattr(unknown, "candidates", ())
            )
        for dimension in CONCEPTS:
            held = payload["context"][dimension]
            for concept in [held] if isinstance(held, str) else held or []:
                scheme = BOOK.vocabulary[dimension]
                # "The work one" and "my phone" make the work phone; options are named by pointing.
                assert (
                    concept in named[dimension]
                    or any(scheme.covers(other, concept) for other in named[dimension] if other in scheme)
                    or message.references
                ), (dimension, concept)
        if plan.question:
            named[plan.question.dimension].update(plan.question.options)
        if state.offered[0]:
            named[state.offered[0]].update(state.offered[1])


@settings(max_examples=150, deadline=None)
@given(conversations)
def test_what_is_known_is_never_asked_for(heard):
    for _, state, plan, _, _ in replies(heard):
        if plan.kind == "question" and plan.question and plan.says.get("because") == "matters":
            assert not state.facts.get(plan.question.dimension)


@settings(max_examples=200, deadline=None)
@given(conversations)
def test_what_asks_nothing_gets_no_ruling_and_changes_nothing_that_is_held(heard):
    before = Conversation()
    for message, state, plan, payload, _ in replies(heard):
        if plan.template in ("mention", "declined"):
            assert payload["ruling"] is None
            assert not plan.entries
            for dimension in CONCEPTS:
                if before.facts.get(dimension):
                    assert state.facts.get(dimension) == before.facts.get(dimension), message
        before = state


@settings(max_examples=150, deadline=None)
@given(conversations)
def test_starting_over_forgets_all_but_what_is_said_with_it(heard):
    for message, state, *_ in replies(heard):
        if message.intent == "start_over":
            said_with_it = {d.dimension for d in message.details} | {u.dimension for u in message.unknown}
            assert set(state.facts.known) <= said_with_it
            assert state.base is None
            assert state.answered is None
            assert state.pending is None


@settings(max_examples=150, deadline=None)
@given(conversations)
def test_a_yes_or_a_no_alone_brings_in_nothing_that_was_not_offered(heard):
    before = Conversation()
    bare = [replace(m, details=(), unknown=(), ambiguous=(), references=()) for m in heard]
    mixed = [b if b.intent in ("affirm", "deny") else m for b, m in zip(bare, heard, strict=True)]
    for message, state, plan, _, _ in replies(mixed):
        if message.intent in ("affirm", "deny") and message.text == "something":
            offered = set(before.pending.options) if before.pending else set()
            for dimension in CONCEPTS:
                held = {*before.facts.get(dimension), *(before.base.get(dimension) if before.base else ())}
                assert set(state.facts.get(dimension)) <= held | offered, (dimension, plan)
        before = state

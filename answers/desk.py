"""The desk: every face asks here, and gets a reply whose ruling, receipt and case are written in one
transaction.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy.orm import Session

from answers import correcting, extras
from answers.briefs import Brief, Briefs
from answers.channels import Allowance, Limits, Say, Standing
from answers.dialogue import Conversation, Plan, turn
from answers.dialogue.asking import ask, entries_of, given
from answers.dialogue.plan import Entry
from answers.heard import Heard
from answers.nearest import TooMany, UnknownDetail, named
from answers.news import still, with_news
from answers.render import Renderer, told, withheld
from answers.reply import Recorded, Reply, deciding, payload_of, titles
from answers.turnstile import Turnstile
from cases import log, notices
from cases.gap import Gap
from cases.notices import Notice
from cases.privacy import load_key, pseudonym
from cases.redaction import redact
from cases.routing import Routing
from cases.routing import read as read_routing
from guidelines.completion import MOST_ENTRIES, Question, Table, consider
from guidelines.enquiry import Enquiry
from guidelines.rulebook import RuleBook
from guidelines.rules import Owner
from guidelines.ruling import Ruling, Unclear
from guidelines.store import conversations, editions, receipts
from guidelines.store.books import Books
from guidelines.store.database import Database
from guidelines.vocabulary import DIMENSIONS

_NOBODY = "nobody"


class AtHome(Protocol):
    """Settings, as far as the desk is concerned."""

    @property
    def home(self) -> Path:
        """The folder of everything that is written."""
        ...


class Desk:
    """Answers messages of conversations, and single enquiries.

    Args:
        settings: whatever knows the home folder, where the key lies under which askers are hashed.
        routing: whose the gaps are; the routes of `cases/routing.yml` unless given.
        limits: what may be said in which channel; everything everywhere unless given.
        briefs: makes whole briefings; without it a briefing is the few lines of the reply.
        today: the day of a question that names none.
    """

    def __init__(
        self,
        settings: AtHome,
        database: Database,
        books: Books,
        routing: Routing | None = None,
        today: Callable[[], dt.date] = dt.date.today,
        limits: Limits | None = None,
        briefs: Briefs | None = None,
    ) -> None:
        self.briefs = briefs
        self.limits = limits or Limits()
        self._database, self._books = database, books
        self._writing = Turnstile(database)
        self._key = load_key(settings.home)
        self.routing = routing or read_routing()
        self._today = today
        self._renderers: dict[int | None, Renderer] = {}

    def hear(
        self,
        conversation_id: str,
        heard: Heard,
        *,
        channel: str = "chat",
        profile: Mapping[str, str | Sequence[str]] | None = None,
        standing: Mapping[str, Any] | None = None,
        message: Mapping[str, Any] | None = None,
        on: dt.date | None = None,
    ) -> Reply:
        """Answer one message of a conversation, as far as its channel may carry the answer.

        Args:
            profile: what is known of a signed-in person: dimension to concept id or ids.
            standing: what the channel knows of whoever uses it (`answers.channels.Standing`).
            message: which message it is, where messages can be edited (`answers.correcting.Message`).

        Raises:
            DatabaseAway: nothing was written; the message should be spooled.
            NoEdition: nothing was ever published.
        """
        book, on = self._books.current(), on or self._today()
        asker = pseudonym(self._key, conversation_id)
        with self._writing.transaction() as session:
            state, which = conversations.load(session, asker), correcting.Message.of(message)
            before = correcting.held(state, which)
            if profile:
                before = replace(before, profile=_profile(profile))
            who = Standing.of(standing)
            # General guidance is about no place: where somebody is going is neither kept nor repeated.
            public = self.limits.say(channel, who) is Say.PUBLIC
            after, plan = turn(before, heard.without("country") if public else heard, book, on)
            places = [detail.concept for detail in heard.asserted("country")]
            allowed = self.limits.allow(channel, who, after, book, on, places)
            desk = _Turn(self, session, book, on, channel, asker, heard.text)
            if allowed.covers(plan, book):
                after, reply = desk.reply(after, plan)
            else:
                after, reply = desk.withhold(before, after, plan, allowed)
            tell = partial(self.tell, session, asker=asker, channel=channel, standing=who, on=on)
            reply = with_news(session, asker, reply, book, on, tell)
            if self.briefs and allowed.say is Say.EVERYTHING:
                may = partial(self.limits.may_name, channel, who, book, on)
                changed = self.briefs.news(session, book, on, asker=asker, may=may)
                reply = replace(reply, text="\n\n".join([*changed, reply.text]))
            conversations.save(session, asker, correcting.kept(state, which, before, after))
        return reply

    def rule(
        self,
        details: Mapping[str, str | Sequence[str] | None],
        channel: str = "api",
        on: dt.date | None = None,
    ) -> Reply:
        """Answer a single enquiry of concept ids or labels; several of a dimension may be given.

        Raises:
            UnknownDetail: one of them is in no vocabulary; it names the nearest ones.
            TooMany: they come to more rulings than can be given at once.
            DatabaseAway: nothing was written.
            NoEdition: nothing was ever published.
        """
        book, on = self._books.current(), on or self._today()
        enquiry = named(details, book.vocabulary)
        conversation = Conversation().holding(enquiry)
        outcome = consider(book, enquiry, on)
        if isinstance(outcome, Table) and not outcome.whole:
            raise TooMany(MOST_ENTRIES)
        if isinstance(outcome, Question):
            after, plan = ask(conversation, outcome)
        else:
            after, plan = given(conversation, entries_of(outcome))
        allowed = self.limits.allow(channel, Standing(), after, book, on)
        with self._writing.transaction() as session:
            desk = _Turn(self, session, book, on, channel, _NOBODY, "")
            if allowed.covers(plan, book):
                return desk.reply(after, plan)[1]
            return desk.withhold(conversation, after, plan, allowed)[1]

    def tell(
        self,
        session: Session,
        notice: Notice,
        asker: str,
        *,
        channel: str,
        standing: Standing,
        on: dt.date | None = None,
    ) -> Reply:
        """What somebody is told of a case of theirs that has an answer now, as far as the channel allows.

        Raises:
            DatabaseAway, NoEdition: as `hear` does.
        """
        book, on = self._books.current(), on or self._today()
        conversation = Conversation().holding(still(notice.enquiry, book))
        outcome = consider(book, conversation.facts.enquiry(), on)
        if isinstance(outcome, Question):
            after, plan = ask(conversation, outcome)
        else:
            after, plan = given(conversation, entries_of(outcome))
        allowed = self.limits.allow(channel, standing, after, book, on)
        desk = _Turn(self, session, book, on, channel, asker, "")
        if allowed.covers(plan, book):
            _, reply = desk.reply(after, plan)
            return replace(reply, text=told(notice, reply.text))
        _, reply = desk.withhold(conversation, after, plan, allowed)
        return replace(reply, text=told(None, reply.text))

    @property
    def books(self) -> Books:
        """The editions that are answered from."""
        return self._books

    def warm(self) -> None:
        """Do now what the first question would otherwise wait for. Raises as `hear` does."""
        book = self._books.current()
        redact("warm", extras.names(book.vocabulary))
        self.renderer(book).view(Entry(Enquiry(), Ruling(None)))

    def hush(self, conversation_id: str, hushed: bool = True) -> None:
        """Tell this conversation nothing of its cases later, and keep nothing that links them to it; or do
        so again. Raises DatabaseAway.
        """
        asker = pseudonym(self._key, conversation_id)
        with self._database.transaction() as session:
            notices.hush(session, asker) if hushed else notices.unhush(session, asker)

    def forget(self, conversation_id: str) -> None:
        """Forget what is held of a conversation; its receipts and cases stay. Raises DatabaseAway."""
        with self._database.transaction() as session:
            self.forget_in(session, conversation_id)

    def forget_in(self, session: Session, conversation_id: str) -> None:
        """As `forget`, in the caller's transaction."""
        asker = pseudonym(self._key, conversation_id)
        conversations.forget(session, asker)
        if self.briefs:
            self.briefs.forget(session, asker)

    def renderer(self, book: RuleBook) -> Renderer:
        """The renderer of an edition."""
        found = self._renderers.get(book.edition)
        if found is None or found.book is not book:
            found = self._renderers[book.edition] = Renderer(book)
        return found


class _Turn:
    """Writing down and putting into words one reply, within one transaction."""

    def __init__(
        self, desk: Desk, session: Session, book: RuleBook, on: dt.date, channel: str, asker: str, text: str
    ) -> None:
        self.desk, self.session, self.book, self.on = desk, session, book, on
        self.channel, self.asker, self.said = channel, asker, text

    def reply(self, conversation: Conversation, plan: Plan) -> tuple[Conversation, Reply]:
        """The reply, and the conversation with the receipt of what was answered."""
        recorded = [self._recorded(entry) for entry in plan.entries]
        about = self._known(conversation) if plan.about and not plan.entries else next(iter(recorded), None)
        gap = self._logged(plan)
        answered = conversation.answered
        if recorded and answered is not None and plan.kind != "question":
            answered = replace(answered, receipt=recorded[0].receipt, case=recorded[0].case)
            conversation = replace(conversation, answered=answered)
        brief = self._brief(plan, conversation)
        more = {**self._more(plan, conversation), "brief": brief}
        renderer = self.desk.renderer(self.book)
        text = renderer.text(plan, conversation, recorded, about=about, gap=gap, more=more)
        payload = payload_of(
            plan,
            conversation.facts.context(),
            self.book,
            recorded,
            about=about,
            gap=gap,
            unconfirmed=conversation.facts.unsure,
        )
        payload |= extras.payload(plan, self.book, self.on)
        if brief:
            payload |= {"receipt": brief.receipt, "link": brief.path, "cases": list(brief.cases)}
        return conversation, Reply(text, titles(plan.buttons, renderer.words), payload)

    def withhold(
        self, before: Conversation, after: Conversation, plan: Plan, allowed: Allowance
    ) -> tuple[Conversation, Reply]:
        """Say that the channel may not carry the answer, and where to ask instead: nothing that the person
        said is repeated. What is unclear is logged all the same, the ruling on the channel's own app too.
        """
        gap = self._logged(plan) if allowed.say is Say.PUBLIC else None
        if allowed.say is Say.PUBLIC:
            unclear = [self._recorded(entry) for entry in plan.entries if entry.ruling.unclear]
            gap = gap or next(iter(unclear), None)
        elif allowed.entry is not None and allowed.entry.ruling.unclear:
            desk = _Turn(self.desk, self.session, self.book, self.on, self.channel, self.asker, "")
            gap = desk._recorded(allowed.entry)
        renderer = self.desk.renderer(self.book)
        limits = self.desk.limits
        text = withheld(allowed, limits.of(self.channel), limits.safe, renderer.words)
        payload = payload_of(Plan("declined", "channel"), Enquiry().as_dict(), self.book, (), gap=gap)
        payload["limit"] = {
            "channel": self.channel,
            "says": str(allowed.say),
            "because": str(allowed.because),
            "safe": limits.safe,
        }
        # A question not put is not waited for, and a ruling not given cannot be asked about.
        return replace(after, pending=None, answered=before.answered), Reply(text, (), payload)

    def _recorded(self, entry: Entry) -> Recorded:
        """The receipt of a ruling that is given, and its case when it is unclear."""
        ruling = entry.ruling
        enquiry = entry.enquiry.as_dict()
        if entry.unknown_app:
            enquiry["unknown_app"] = self._redacted(entry.unknown_app, (entry.unknown_app,))
        if entry.unknown_place:
            enquiry["unknown_place"] = self._redacted(entry.unknown_place, (entry.unknown_place,))
        if self.book.edition is None:
            raise ValueError("a rule book that was never published gives no receipts")
        receipt = receipts.append(
            self.session,
            edition=self.book.edition,
            enquiry=enquiry,
            on=self.on,
            outcome={"effect": ruling.effect, "unclear": ruling.unclear, "rules": list(ruling.rules)},
            channel=self.channel,
        )
        if ruling.unclear is None:
            return Recorded(receipt.id)
        gap = Gap(
            ruling.unclear,
            entry.enquiry,
            words=entry.unknown_app or entry.unknown_place or "",
            rules=ruling.rules,
            guidelines=tuple(g.id for g, _ in self._deciding(ruling.rules) if g.overdue_on(self.on)),
        )
        return self._case(gap, receipt.id)

    def _logged(self, plan: Plan) -> Recorded | None:
        """The case of a dispute or of a message that was not understood."""
        if plan.gap is None:
            return None
        details = {d: plan.gap.details.get(d) for d in ("role", "device", "country", "app")}
        words = ""
        if plan.gap.unclear is Unclear.NOT_UNDERSTOOD:
            words = self._redacted(self.said)
        elif plan.gap.details.get("unknown_app"):
            words = str(plan.gap.details["unknown_app"])
        gap = Gap(plan.gap.unclear, Enquiry.of(details), words=words, rules=plan.gap.rules)
        return self._case(gap, plan.gap.receipt)

    def _case(self, gap: Gap, receipt: str | None) -> Recorded:
        # What was read as the name of an app or a place is the gap itself; a message that was not is
        # somebody's words.
        keep = () if gap.unclear is Unclear.NOT_UNDERSTOOD or not gap.words else (gap.words,)
        gap = replace(gap, words=self._redacted(gap.words, keep))
        owner = self.owner(gap)
        text = self._redacted(self.said, keep) if self.said and not self.said.startswith("/") else None
        met = log.Met(self.asker, self.channel, text, receipt, self.book.edition)
        case = log.record(
            self.session, gap, owner, extras.subject(gap, self.desk.renderer(self.book).words), met
        )
        return Recorded(receipt, case.number, case.team, case.contact)

    def owner(self, gap: Gap) -> Owner:
        """Whose a gap is."""
        owners = [g.owner for g, _ in self._deciding(gap.rules) if g.owner]
        return self.desk.routing.owner(gap, self.book.vocabulary, owners)

    def _known(self, conversation: Conversation) -> Recorded | None:
        answered = conversation.answered
        if answered is None:
            return None
        found = log.find(self.session, answered.case) if answered.case else None
        return Recorded(
            answered.receipt, answered.case, found.team if found else "", found.contact if found else ""
        )

    def _brief(self, plan: Plan, conversation: Conversation) -> Brief | None:
        """The whole briefing behind a reply that briefs."""
        if plan.template != "briefing" or self.desk.briefs is None:
            return None
        return self.desk.briefs.short(
            self.session, replace(conversation.facts.enquiry(), app=None), conversation.journey, self.book,
            self.on, channel=self.channel, asker=self.asker,
        )  # fmt: skip

    def _more(self, plan: Plan, conversation: Conversation) -> dict[str, Any]:
        """What some templates need beyond the plan."""
        words = self.desk.renderer(self.book).words
        if plan.template in ("approval", "contact"):
            enquiry = plan.about.enquiry if plan.about else conversation.facts.enquiry()
            owner = self.owner(Gap(Unclear.NO_GUIDANCE, enquiry))
            return {"owner": owner, "teams": extras.teams(plan, self.book)}
        if plan.template == "changes":
            return {"editions": extras.changes(editions.listed(self.session), self.desk.books)}
        return extras.more(plan, conversation, self.book, words, self.on)

    def _deciding(self, rules: Sequence[str]) -> list[Any]:
        return deciding(self.book, rules)

    def _redacted(self, text: str, keep: Sequence[str] = ()) -> str:
        return redact(text, extras.names(self.book.vocabulary), keep) if text else ""


def _profile(profile: Mapping[str, str | Sequence[str]]) -> dict[str, tuple[str, ...]]:
    enquiry = Enquiry.of(profile)
    return {dimension: named for dimension in DIMENSIONS if (named := enquiry[dimension])}


__all__ = ["Desk", "UnknownDetail"]

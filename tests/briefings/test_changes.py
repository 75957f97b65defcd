"""What changed since somebody was briefed, and telling them."""

import time
from dataclasses import replace

import pytest

from answers.channels import Limit, Limits
from answers.heard import Detail, Heard
from briefings import changes
from briefings.desk import NoSuchBriefing
from briefings.itinerary import Posting, Stop
from guidelines.rulebook import RuleBook
from guidelines.rules import Effect
from guidelines.store import editions
from tests.briefings.conftest import TODAY

SEOUL = Posting((Stop("KR"),), "diplomat", ("work-phone",))


def stricter(corpus, *apps):
    """The corpus with KakaoTalk, and other apps, prohibited where it was allowed."""
    guidelines = [
        replace(
            g,
            rules=tuple(
                replace(r, effect=Effect.PROHIBITED, conditions=(), scope=with_apps(r.scope, apps))
                if r.id == "dee-kakaotalk-korea-work"
                else r
                for r in g.rules
            ),
        )
        for g in corpus.guidelines
    ]
    return replace(corpus, guidelines=tuple(guidelines))


def with_apps(scope, apps):
    return replace(scope, include={**scope.include, "app": (*scope.include["app"], *apps)})


def publish(app, corpus):
    with app.database.transaction() as session:
        editions.save_draft(session, corpus, "An author")
    number = editions.publish(app.database, approved_by="An approver", note="Stricter", on=TODAY).number
    # A running process looks for a newer edition now and then, and goes on while it compiles it.
    while app.books.current().edition != number:
        time.sleep(0.05)


def test_nothing_changed_when_the_posting_is_not_touched(book):
    now = RuleBook(stricter(book.corpus), 2)

    assert changes.since(book, now, Posting((Stop("NZ"),), "diplomat", ("work-phone",)), TODAY) == ()


def test_a_changed_ruling_is_told_as_what_it_was_and_is(book):
    [change] = changes.since(book, RuleBook(stricter(book.corpus), 2), SEOUL, TODAY)

    assert change.kind == "ruling"
    assert change.text == (
        "South Korea, work phone: KakaoTalk: was allowed with conditions, is now prohibited."
    )


def test_changed_facts_and_practices_are_told_too(book):
    corpus = book.corpus
    korea = {
        "notes": "Ask the post.",
        "blocked": ("KakaoTalk",),
        "law": ("A VPN needs a licence.",),
        "needed": ("LINE",),
    }
    hosts = [replace(h, **korea) if h.country == "KR" else h for h in corpus.host_countries]
    _first, *rest = corpus.practices
    practices = [
        *rest,
        replace(next(p for p in rest if p.risk == "any"), id="new", text="Take a spare charger."),
    ]
    now = RuleBook(replace(corpus, host_countries=tuple(hosts), practices=tuple(practices)), 2)
    told = [change.text for change in changes.since(book, now, SEOUL, TODAY)]

    assert "South Korea: local life now runs on LINE too." in told
    assert "South Korea: local life is not said to run on KakaoTalk now." in told
    assert "South Korea: now reported as blocked there: KakaoTalk." in told
    assert "South Korea: local law, new or reworded: A VPN needs a licence." in told
    assert "South Korea: also on record now: Ask the post." in told
    assert "To do, new or reworded: Take a spare charger." in told


def test_another_source_for_the_same_facts_is_no_news(book):
    hosts = [
        replace(h, source=replace(h.source, date="2026-11-01")) if h.country == "KR" else h
        for h in book.corpus.host_countries
    ]
    now = RuleBook(replace(book.corpus, host_countries=tuple(hosts)), 2)

    assert changes.since(book, now, SEOUL, TODAY) == ()


def test_what_the_vocabulary_no_longer_holds_is_said(book):
    now = RuleBook(replace(book.corpus, guidelines=()), 2)
    gone = Posting((Stop("XX"),), "diplomat", ())

    assert changes.since(book, now, gone, TODAY)[0].text == "`XX` is no longer known: ask for a new briefing."


def test_a_stored_briefing_keeps_its_words_and_says_what_changed(app):
    made = app.briefer.brief(SEOUL, channel="test")
    publish(app, stricter(app.books.current().corpus))
    found = app.briefer.find(made.receipt)

    assert found.edition == 1
    assert found.places == made.places
    assert "is now prohibited" in found.changed[0]
    assert app.briefer.changes_since(made.receipt)[:2] == (1, 2)


def test_a_briefing_is_found_by_its_receipt_however_it_is_typed_and_no_other(app):
    made = app.briefer.brief(SEOUL, channel="test")
    ruled = app.desk.rule({"role": "diplomat", "device": "work-phone", "country": "KR", "app": "kakaotalk"})

    assert app.briefer.find(f" {made.receipt.lower()} ").receipt == made.receipt
    for other in ("R-AAAAA-AAAAA", ruled.payload["receipt"]):
        with pytest.raises(NoSuchBriefing):
            app.briefer.find(other)


def test_gaps_are_logged_once_and_named_with_their_case(app):
    posting = Posting((Stop("KR"),), "mp", ("personal-phone",))
    first, second = (app.briefer.brief(posting, channel="test") for _ in range(2))
    [point] = [point for point in first.unclear if point.cases]

    assert point.team
    assert [p.cases for p in second.unclear] == [p.cases for p in first.unclear]
    assert app.briefer.find(first.receipt).unclear == first.unclear


def brief_me(app, who):
    details = (Detail("country", "KR"), Detail("role", "diplomat"), Detail("device", "work-phone"))
    return app.desk.hear(who, Heard("brief", details=details))


def test_the_chat_gives_a_short_briefing_with_the_address_of_the_whole(app):
    reply = brief_me(app, "ana")

    assert reply.payload["kind"] == "briefing"
    assert "Local life runs on KakaoTalk" in reply.text
    assert reply.payload["link"] == f"/briefing/{reply.payload['receipt']}"
    assert reply.payload["link"] in reply.text
    assert app.briefer.find(reply.payload["receipt"]).posting == SEOUL


def test_the_chat_asks_where_before_it_briefs(app):
    reply = app.desk.hear("ana", Heard("brief"))

    assert reply.payload["question"]["dimension"] == "country"


def test_those_briefed_are_told_once_when_something_that_matters_to_them_changes(app):
    brief_me(app, "ana")
    publish(app, stricter(app.books.current().corpus))
    first, second = (app.desk.hear("ana", Heard("thanks")) for _ in range(2))

    assert "KakaoTalk: was allowed with conditions, is now prohibited." in first.text
    assert "is now prohibited" not in second.text


def test_a_channel_that_may_not_be_used_there_any_more_names_no_posting_there(app):
    """The channel is an app that the new edition prohibits in the place of the briefing and nowhere else."""
    app.desk.limits = Limits({"a-channel": Limit(app="signal")})
    standing = {"linked": True, "role": "diplomat", "device": "work-phone"}

    def said(intent, *details):
        heard = Heard(intent, details=details)
        return app.desk.hear("ana", heard, channel="a-channel", standing=standing).text

    me = (Detail("role", "diplomat"), Detail("device", "work-phone"))
    assert "KakaoTalk" in said("brief", Detail("country", "KR"), *me)
    publish(app, stricter(app.books.current().corpus, "signal"))
    after = said("start_over") + said("may_i", Detail("app", "line"), Detail("country", "JP"), *me)

    assert "LINE on your work phone in Japan" in after
    assert "Since you were briefed" not in after
    assert "Korea" not in after


def test_nobody_is_told_of_what_does_not_matter_to_them_or_after_they_asked_not_to_be(app):
    brief_me(app, "ana")
    brief_me(app, "ben")
    app.desk.hush("ben")
    details = (Detail("country", "NZ"), Detail("role", "diplomat"))
    app.desk.hear("eve", Heard("brief", details=details))
    publish(app, stricter(app.books.current().corpus))

    assert "is now prohibited" not in app.desk.hear("ben", Heard("thanks")).text
    assert "is now prohibited" not in app.desk.hear("eve", Heard("thanks")).text
    assert "is now prohibited" in app.desk.hear("ana", Heard("thanks")).text


def test_a_receipt_of_a_briefing_holds_until_an_edition_rules_otherwise(app):
    made = app.briefer.brief(SEOUL, channel="test")

    assert app.briefer.again(made.receipt)[1:] == (True, True)
    publish(app, stricter(app.books.current().corpus))
    assert app.briefer.again(made.receipt)[1:] == (True, False)

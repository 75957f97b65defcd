"""Briefings asked for in a conversation: itineraries and days, as people say them."""

import datetime as dt

from answers.heard import Detail, Heard

DIPLOMAT = (Detail("role", "diplomat", "diplomat"), Detail("device", "work-phone", "work phone"))


def brief_me(app, text, *countries, details=DIPLOMAT, who="ana", intent="brief"):
    """The reply to a message that names places by the given words."""
    places = tuple(Detail("country", code, words) for code, words in countries)
    return app.desk.hear(who, Heard(intent, text=text, details=(*places, *details)))


def stops(app, reply):
    """The stops of the briefing behind a reply."""
    return app.briefer.find(reply.payload["receipt"]).posting.stops


def test_the_month_that_was_named_is_when_the_posting_begins(app):
    reply = brief_me(app, "I'm being posted to Seoul in March: brief me", ("KR", "Seoul"))
    [stop] = stops(app, reply)

    assert stop.arrive.month == 3
    assert stop.arrive >= dt.date.today()
    assert f"South Korea (posting, from 1 March {stop.arrive.year}) · diplomat · work phone" in reply.text
    assert reply.payload["context"] == {
        "role": "diplomat", "device": "work-phone", "country": "KR", "app": None,
    }  # fmt: skip


def test_the_days_are_kept_while_details_are_asked_for(app):
    brief_me(app, "I'm being posted to Seoul in March: brief me", ("KR", "Seoul"), details=())
    reply = brief_me(app, "as a diplomat, with my work phone", intent="inform")
    [stop] = stops(app, reply)

    assert stop.arrive.month == 3


def test_places_on_the_way_are_stops_of_one_briefing(app):
    reply = brief_me(app, "brief me: we go via Singapore to Jakarta", ("SG", "Singapore"), ("ID", "Jakarta"))
    found = stops(app, reply)

    assert [(stop.country, stop.purpose) for stop in found] == [("SG", "transit"), ("ID", "post")]
    assert "Singapore (transit); Indonesia (posting)" in reply.text
    assert reply.payload["link"] in reply.text


def test_the_chat_tells_something_of_every_place_and_stays_short(app):
    places = (("SG", "Singapore"), ("CN", "China"), ("ID", "Jakarta"))
    reply = brief_me(app, "brief me on Singapore, China and Jakarta", *places)
    lines = [line for line in reply.text.splitlines() if line.startswith("- ")]

    assert len(lines) <= 7
    for name in ("Singapore", "China", "Indonesia"):
        assert any(name in line for line in lines)


def test_a_group_of_countries_gets_what_is_particular_there_and_no_posting(app):
    reply = brief_me(app, "brief me on East Asia", ("east-asia", "East Asia"))

    assert reply.payload["kind"] == "briefing"
    assert "link" not in reply.payload
    assert "Name a single country for a whole briefing" in reply.text


def test_days_and_a_stop_on_the_way_may_be_told_after_the_briefing(app):
    brief_me(app, "brief me on Jakarta", ("ID", "Jakarta"))
    dated = brief_me(app, "from 2 March", details=(), intent="out_of_scope")
    assert stops(app, dated)[0].arrive.month == 3

    further = brief_me(app, "and via Singapore", ("SG", "Singapore"), details=(), intent="inform")
    assert [(stop.country, stop.purpose) for stop in stops(app, further)] == [
        ("SG", "transit"), ("ID", "post"),
    ]  # fmt: skip
    assert stops(app, further)[1].arrive == stops(app, dated)[0].arrive


def test_who_names_a_journey_and_no_app_is_offered_a_briefing(app):
    text = "we go via Singapore to Jakarta"
    reply = brief_me(app, text, ("SG", "Singapore"), ("ID", "Jakarta"), details=(), intent="may_i")

    assert reply.payload["question"]["dimension"] == "app"
    assert "Or say “brief me” for what to know before you go." in reply.text

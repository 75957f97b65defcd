"""The chat page, as the server renders it."""

import html
import re
from dataclasses import replace

import pytest

from tests.web.conftest import locked
from tests.web.standin import NOTHING, free_port, smalltalk
from web.pages.words import as_said

HEADLINE = "Can I use WeChat on my work phone while posted in China?"
CONTEXT = {"role": None, "device": "work-phone", "country": "CN", "app": "wechat"}


def ruling(**changes):
    """A reply that rules, as Rasa's channel gives it."""
    said = {
        "effect": "prohibited",
        "unclear": None,
        "rules": ["r"],
        "conditions": [],
        "reason": "Because.",
        "sources": [
            {"title": "The Notice", "publisher": "Somebody", "url": "https://example.org/n", "date": "2018"}
        ],
        "provenance": "public-record",
        **changes,
    }
    payload = {**smalltalk()["custom"], "kind": "ruling", "context": CONTEXT, "ruling": said, "receipt": "R1"}
    return {
        "text": "No: do not use WeChat.\nWeChat · work phone\n\nSource: “The Notice”, Somebody, 2018.",
        "buttons": [],
        "custom": payload,
    }


def turn(client, text=HEADLINE):
    """The parts of the page that a turn gives to the script."""
    return client.post("/turn", json={"conversation": "c1", "text": text})


def replies(client, reply):
    """A reply of Rasa's as it stands on the page."""
    return lambda rasa: rasa


def words(page):
    """What a reader sees of a piece of a page."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page))).strip()


def test_the_empty_page_offers_the_headline_question(client):
    page = client.get("/").text

    assert "<h1>May I use this app?</h1>" in page
    assert HEADLINE in page
    assert "This is not an official site of any government" in page
    assert 'lang="en-AU"' in page


def test_a_deployment_shows_no_demo_banner(deployment):
    page = deployment.get("/", headers={"authorization": "Bearer a-token-of-this-deployment"}).text

    assert "illustrative content" not in page


def test_every_visit_starts_a_conversation_of_its_own(client):
    first, second = (
        re.search(r'name="conversation" value="([^"]+)"', client.get("/").text)[1] for _ in range(2)
    )

    assert first != second


def test_without_a_script_the_form_gives_the_page_with_the_turn(client, rasa):
    rasa.replies = [ruling()]

    response = client.post("/", data={"conversation": "c1", "text": HEADLINE})

    assert response.status_code == 200
    assert HEADLINE in words(response.text)
    assert "Prohibited" in words(response.text)
    assert 'name="conversation" value="c1"' in response.text
    assert rasa.heard[0]["message"] == HEADLINE
    assert rasa.heard[0]["metadata"] == {"channel": "web"}


def test_without_a_script_the_facts_can_be_changed_in_a_form(client, rasa):
    data = {"conversation": "c1", "change": "facts", "role": "diplomat", "device": "", "app": "Weixin"}

    page = client.post("/", data=data).text

    assert [heard["message"] for heard in rasa.heard] == [
        '/start_over{"role": "diplomat", "app": "wechat"}',
        '/inform{"role": "diplomat", "app": "wechat"}',
    ]
    assert "Keep only Role: diplomat, App: WeChat" in words(page)


def test_a_fact_that_is_not_known_is_said_to_be_so(client):
    response = client.post(
        "/",
        data={"conversation": "c1", "change": "facts", "app": "Wechatt"},
        headers={"accept": "text/html"},
    )

    assert response.status_code == 422
    assert "No app is called “Wechatt”. Did you mean “WeChat”" in words(response.text)


@pytest.mark.parametrize(
    ("effect", "unclear", "heading", "mark"),
    [
        ("prohibited", None, "Prohibited", ""),
        ("approval-required", None, "Approval required", ""),
        ("conditional", None, "Allowed with conditions", ""),
        ("allowed", None, "Allowed", ""),
        (None, "no-guidance", "Unclear: hold off", "No guideline covers this"),
        (None, "unknown-app", "Unclear: hold off", "App not known"),
        ("prohibited", "conflicting-guidance", "Unclear: hold off", "Guidelines disagree"),
        ("allowed", "review-overdue", "Allowed, but check first", "Guideline overdue for review"),
        ("prohibited", "review-overdue", "Prohibited", "Guideline overdue for review"),
    ],
)
def test_the_effect_heads_the_answer_in_words_and_with_an_icon(client, rasa, effect, unclear, heading, mark):
    rasa.replies = [ruling(effect=effect, unclear=unclear)]

    card = turn(client).json()["replies"]

    verdict = re.search(r'<h3 class="verdict">(.*?)</h3>', card, re.DOTALL)[1]
    assert words(verdict) == heading
    assert "<svg" in verdict
    assert mark in words(card)


def test_illustrative_guidance_is_marked(client, rasa):
    rasa.replies = [ruling(provenance="illustrative")]
    assert "Illustrative guidance" in words(turn(client).json()["replies"])

    rasa.replies = [ruling()]
    assert "Illustrative guidance" not in words(turn(client).json()["replies"])


def test_a_source_that_the_text_names_is_linked_there_and_not_listed_again(client, rasa):
    rasa.replies = [ruling()]

    card = turn(client).json()["replies"]

    assert '<a href="https://example.org/n" rel="noreferrer external">The Notice</a>' in card
    assert card.count("The Notice") == 1


def test_a_source_that_the_text_does_not_name_is_listed(client, rasa):
    rasa.replies = [{**ruling(), "text": "No."}]

    card = turn(client).json()["replies"]

    assert "The Notice , Somebody, 2018" in words(card)
    assert 'href="https://example.org/n"' in card


def test_the_address_of_a_source_is_no_link_when_it_could_run(client, rasa):
    source = {"title": "Trap", "publisher": "", "url": "javascript:alert(1)", "date": ""}
    rasa.replies = [{**ruling(sources=[source]), "text": "No: “Trap”."}]

    assert "javascript" not in turn(client).json()["replies"]


def test_what_people_and_rules_say_is_escaped(client, rasa):
    nasty = '<img src=x onerror="alert(1)">'
    rasa.replies = [{**ruling(), "text": nasty, "buttons": [{"title": nasty, "value": f'"{nasty}'}]}]

    parts = turn(client, nasty).json()
    page = client.post("/", data={"conversation": '"><script>', "text": nasty}).text

    assert "<img src=x" not in parts["replies"] + parts["facts"] + page
    assert '"><script>' not in page


def test_choices_are_buttons(client, rasa):
    rasa.replies = [{**smalltalk(), "buttons": [{"title": "Yes", "payload": "/affirm"}]}]

    assert '<button name="text" value="/affirm" class="choice">Yes</button>' in turn(client).json()["replies"]


def test_an_answer_offers_why_what_instead_and_this_is_wrong(client, rasa):
    rasa.replies = [ruling()]
    card = words(turn(client).json()["replies"])

    assert "Why? What instead? This is wrong" in card


def test_what_is_allowed_needs_nothing_instead(client, rasa):
    rasa.replies = [ruling(effect="allowed")]

    assert "What instead?" not in words(turn(client).json()["replies"])


def test_small_talk_offers_no_quick_actions(client):
    assert "This is wrong" not in words(turn(client, "hello").json()["replies"])


def test_the_edition_and_the_receipt_stand_below_the_answer(client, rasa):
    rasa.replies = [ruling()]
    assert words(turn(client).json()["replies"]).endswith("Edition 1 · Receipt R1")


def test_a_closing_line_of_the_text_is_not_said_twice(client, rasa):
    rasa.replies = [{**ruling(), "text": "No.\n\nEdition 1 · receipt R1"}]

    card = turn(client).json()["replies"]

    assert card.count("Edition 1") == 1


def test_several_rulings_are_shown_one_by_one_instead_of_the_list_in_the_text(client, rasa):
    entry = ruling()["custom"]["ruling"]
    payload = {
        **smalltalk()["custom"],
        "kind": "list",
        "rulings": [
            {"context": {**NOTHING, "app": "wechat"}, "ruling": entry},
            {"context": {**NOTHING, "unknown_app": "Blorply"}, "ruling": {**entry, "effect": None}},
        ],
    }
    rasa.replies = [
        {
            "text": "That depends on the app:\n- WeChat: no\n- “Blorply”: hold off\nBecause.",
            "buttons": [],
            "custom": payload,
        }
    ]

    card = words(turn(client).json()["replies"])

    assert "WeChat Prohibited" in card
    assert "“Blorply” Unclear: hold off" in card
    assert "WeChat: no" not in card
    assert card.index("That depends on") < card.index("Prohibited") < card.index("Because.")


def test_the_facts_are_chips_with_what_changes_and_removes_them(client, rasa):
    rasa.replies = [ruling()]

    facts = turn(client).json()["facts"]

    assert words(facts).startswith("This rests on Role not given Device work phone")
    assert "Country China" in words(facts)
    assert "App WeChat" in words(facts)
    assert 'aria-label="Remove device: work phone"' in facts
    removal = '/start_over{"country": "CN", "app": "wechat"}'
    assert f'value="{html.escape(removal).replace("&quot;", "&#34;")}"' in facts
    assert "Remove role" not in facts


def test_an_unknown_app_is_a_chip_in_the_persons_own_words(client, rasa):
    reply = ruling(effect=None, unclear="unknown-app")
    reply["custom"]["context"] = {**NOTHING, "unknown_app": "Blorply"}
    rasa.replies = [reply]

    assert "App “Blorply” (not known)" in words(turn(client).json()["facts"])


def test_the_answer_to_a_failed_turn_is_an_apology_and_the_words_stay_in_the_box(settings, make_client):
    client = make_client(replace(settings, rasa_port=free_port()))

    response = client.post("/", data={"conversation": "c1", "text": HEADLINE})

    assert response.status_code == 503
    assert "Sorry, I cannot look that up right now" in response.text
    assert re.search(rf"<textarea[^>]*>{re.escape(HEADLINE)}</textarea>", response.text)


def test_the_script_is_told_of_a_failed_turn_by_its_status(settings, make_client):
    client = make_client(replace(settings, rasa_port=free_port()))

    response = turn(client)

    assert response.status_code == 503
    assert "Sorry, I cannot look that up right now" in response.json()["replies"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('/inform{"device": "work-phone"}', "Device: work phone"),
        ('/inform{"country": ["CN", "JP"], "role": "diplomat"}', "Role: diplomat, Country: China, Japan"),
        ('/inform{"app": "any"}', "App: not given"),
        ('/start_over{"app": "wechat"}', "Keep only App: WeChat"),
        ("/start_over", "Start over"),
        ("/why", "Why?"),
        ("/dispute", "This is wrong"),
        ("/list_apps", "List apps"),
        ("/inform{broken}", "/inform{broken}"),
        ("Hello /why", "Hello /why"),
    ],
)
def test_what_a_button_sends_is_shown_in_words(client, text, said):
    assert as_said(client.app.state.door.books.current(), text) == said


def test_a_conversation_can_be_forgotten(client):
    response = client.post("/forget", data={"conversation": "c1"})

    assert response.status_code == 200
    assert "That conversation is forgotten" in response.text
    assert 'value="c1"' not in response.text


def test_what_cannot_be_forgotten_now_is_said(client, home):
    with locked(home):
        response = client.post("/forget", data={"conversation": "c1"})

    assert response.status_code == 503
    assert "could not be forgotten right now" in response.text


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ({"conversation": "c1"}, "`text` is missing"),
        ({"text": "hi"}, "`conversation` is missing"),
        ({"conversation": "c1", "text": "x" * 2001}, "at most 2,000"),
    ],
)
def test_a_form_that_lacks_something_says_so_on_a_page(client, data, line):
    response = client.post("/", data=data, headers={"accept": "text/html"})

    assert response.status_code == 422
    assert line in words(response.text)

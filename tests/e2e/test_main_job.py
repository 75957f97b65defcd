"""The main job, end to end: a person types, Rasa understands, the engine rules, the source is named."""

import json

import httpx

HEADLINE = "Can I use WeChat on my work phone while posted in China?"


def only(replies):
    """The one reply, and its payload."""
    (reply,) = replies
    return reply["text"], reply["payload"]


def test_defence_and_wechat_on_a_work_phone_is_prohibited_and_the_source_is_named(system):
    _, asked = only(system.ask("defence", HEADLINE))
    assert asked["kind"] == "question"
    assert asked["question"]["dimension"] == "role"

    text, payload = only(system.ask("defence", "I'm with Defence"))

    assert payload["kind"] == "ruling"
    assert payload["context"] == {
        "role": "defence-official",
        "device": "work-phone",
        "country": "CN",
        "app": "wechat",
    }
    assert payload["ruling"]["effect"] == "prohibited"
    assert payload["ruling"]["unclear"] is None
    assert payload["ruling"]["sources"][0]["url"].startswith("https://")
    assert payload["ruling"]["sources"][0]["title"] in text
    assert payload["receipt"] in text
    assert "llustrative" not in text


def test_the_first_line_is_the_ruling(system):
    system.ask("first-line", HEADLINE)

    text, _ = only(system.ask("first-line", "I'm with Defence"))

    assert text.splitlines()[0].startswith("No: do not use WeChat on your work phone")


def test_a_diplomat_gets_the_departments_answer_marked_illustrative(system):
    system.ask("diplomat", HEADLINE)

    text, payload = only(system.ask("diplomat", "I'm a diplomat"))

    assert payload["context"]["role"] == "diplomat"
    assert payload["ruling"]["provenance"] == "illustrative"
    assert payload["ruling"]["rules"]
    assert "Illustrative guidance" in text


def test_the_context_is_carried_and_corrected(system):
    system.ask("carried", HEADLINE)
    system.ask("carried", "I'm a diplomat")

    _, own = only(system.ask("carried", "and on my own phone?"))
    _, japan = only(system.ask("carried", "sorry, I meant Japan"))

    assert own["context"] == {
        "role": "diplomat",
        "device": "personal-phone",
        "country": "CN",
        "app": "wechat",
    }
    assert japan["context"] == {**own["context"], "country": "JP"}
    assert own["ruling"]["rules"] != japan["ruling"]["rules"]


def test_a_button_of_a_question_answers_it(system):
    (asked,) = system.ask("button", HEADLINE)
    defence = next(button for button in asked["buttons"] if "defence-official" in button["value"])

    _, payload = only(system.ask("button", defence["value"]))

    assert payload["ruling"]["effect"] == "prohibited"


def test_what_is_the_same_for_every_role_asks_nothing(system):
    _, payload = only(system.ask("same", "Can I use DeepSeek on my work phone?"))

    assert payload["kind"] == "ruling"
    assert payload["question"] is None
    assert payload["context"]["role"] is None
    assert payload["ruling"]["effect"] == "prohibited"


def test_an_unknown_app_is_permitted_nothing_and_becomes_a_case(system):
    text, payload = only(system.ask("unknown", "Can I use Blorply?"))

    assert payload["kind"] == "ruling"
    assert payload["ruling"]["unclear"] == "unknown-app"
    assert payload["ruling"]["effect"] is None
    assert payload["context"]["unknown_app"] == "Blorply"
    assert payload["case"] in text
    assert "hold off" in text
    listed = system.command("cases", "list")
    assert listed.returncode == 0
    assert "Blorply" in listed.stdout


def test_asking_about_an_unknown_app_again_counts_and_makes_no_new_case(system):
    _, first = only(system.ask("counted-1", "Can I use Zibblefrotz?"))
    _, second = only(system.ask("counted-2", "may i use zibblefrotz on my work phone"))

    assert first["case"] == second["case"]


def test_what_is_no_question_of_ours_gets_no_ruling(system):
    text, payload = only(system.ask("weather", "What's the weather?"))

    assert payload["kind"] == "declined"
    assert payload["ruling"] is None
    assert payload["case"] is None
    assert "apps" in text or "app" in text


def test_an_mp_hears_honestly_what_the_packs_say_about_their_own_phone(system):
    text, payload = only(system.ask("mp", "I'm an MP. Can I use WeChat on my own phone?"))

    assert payload["context"] == {"role": "mp", "device": "personal-phone", "country": None, "app": "wechat"}
    if payload["kind"] == "ruling" and payload["ruling"]["effect"] is None:
        assert payload["ruling"]["unclear"] == "no-guidance"
        assert payload["case"] in text
    else:
        assert payload["kind"] in ("ruling", "question", "list")


def test_every_reply_holds_every_key_of_the_payload(system):
    for text in (
        HEADLINE,
        "why?",
        "hello",
        "what's the weather?",
        "Can I use Blorply?",
        "thanks",
        "asdf qwer",
    ):
        for reply in system.ask("keys", text):
            assert {"text", "buttons", "payload"} == set(reply)
            assert {"kind", "context", "ruling", "question", "edition", "receipt", "case"} <= set(
                reply["payload"]
            )
            assert {"role", "device", "country", "app"} <= set(reply["payload"]["context"])
            assert all({"title", "value"} == set(button) for button in reply["buttons"])


def test_the_command_line_and_the_api_give_the_same_ruling(system):
    details = {"role": "defence-civilian", "device": "work-phone", "country": "CN", "app": "wechat"}
    options = [word for name, value in details.items() for word in (f"--{name}", value)]

    api = system.post("/api/v1/rulings", details).json()
    shown = system.command("check", *options, "--json")

    assert shown.returncode == 0, shown.stderr
    assert json.loads(shown.stdout)["ruling"] == api["ruling"]


def test_ask_on_the_command_line_answers_too(system):
    shown = system.command("ask", HEADLINE)

    assert shown.returncode in (0, 1), shown.stderr
    assert "WeChat" in shown.stdout
    assert "Traceback" not in shown.stdout + shown.stderr


def test_a_conversation_that_is_forgotten_starts_anew(system):
    text = "I'm a diplomat. " + HEADLINE
    page = httpx.post(f"{system.address}/turn", json={"conversation": "forgetful", "text": text}, timeout=30)
    assert page.status_code == 200

    httpx.post(f"{system.address}/forget", data={"conversation": "forgetful"}, timeout=30).raise_for_status()

    _, payload = only(system.ask("forgetful", "thanks"))
    assert set(payload["context"].values()) == {None}

"""Rasa's rules are as simple as the launcher takes them to be."""

import yaml

from askfirst.settings import CHECKOUT


def test_every_rule_is_one_intent_and_one_action():
    rules = yaml.safe_load((CHECKOUT / "data" / "rules.yml").read_text(encoding="utf-8"))["rules"]

    # `patches.end_a_turn_with_its_action`: the policy is not asked again once an action has answered.
    assert [
        rule["rule"] for rule in rules if [list(step) for step in rule["steps"]] != [["intent"], ["action"]]
    ] == []

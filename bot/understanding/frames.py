"""How sentences use the name of an app: the words after which, or before which, one stands."""

from __future__ import annotations

from functools import lru_cache

from spacy.matcher import Matcher

from .text import english

# Verbs that are said of apps, and others that are said of much else too.
STRONG = {
    "use", "using", "used", "install", "installing", "installed", "download",
    "downloading", "downloaded", "launch", "uninstall", "sideload", "reinstall",
}  # fmt: skip
USE = [
    *sorted(STRONG),
    "run", "running", "try", "trying", "open", "get", "getting", "delete", "have", "put",
    "uses", "allowed", "approved", "both", "either", "sync", "syncing",
    "keep", "add", "allow", "want", "need", "update", "access", "putting", "join", "joining",
]  # fmt: skip
AFTER = [
    "allowed",
    "ok",
    "okay",
    "banned",
    "safe",
    "permitted",
    "approved",
    "prohibited",
    "blocked",
    "fine",
    "legal",
    "secure",
    "acceptable",
    "authorised",
    "cleared",
    "alright",
    "good",
    "available",
    "forbidden",
    "encrypted",
]


@lru_cache(maxsize=1)
def frames() -> Matcher:
    """Token patterns after which, or before which, the name of an app stands."""
    matcher = Matcher(english().vocab)
    optional = {
        "LOWER": {
            "IN": [
                "the",
                "this",
                "that",
                "a",
                "an",
                "new",
                "my",
                "our",
                "something",
                "some",
                "local",
                "app",
                "thing",
                "it",
                "their",
            ]
        },
        "OP": "*",
    }
    matcher.add("use", [[{"LOWER": {"IN": USE}}, optional]])
    matcher.add(
        "called",
        [
            [
                {
                    "LOWER": {
                        "IN": [
                            "app",
                            "apps",
                            "application",
                            "thing",
                            "something",
                            "messenger",
                            "tool",
                            "game",
                            "platform",
                            "one",
                            "service",
                            "program",
                            "browser",
                            "software",
                            "vpn",
                            "it",
                            "assistant",
                            "chatbot",
                            "wallet",
                            "site",
                        ]
                    }
                },
                {"LOWER": {"IN": ["is", "'s", "that", ","]}, "OP": "*"},
                {"LOWER": {"IN": ["called", "named", "titled"]}},
            ],
            [{"LOWER": {"IN": ["called", "named"]}}],
            [{"LOWER": "by"}, {"LOWER": "the"}, {"LOWER": "name"}, {"LOWER": "of"}],
            [{"LOWER": "known"}, {"LOWER": "as"}],
        ],
    )
    matcher.add(
        "the app",
        [
            [
                {"LOWER": {"IN": ["the", "this", "an"]}},
                {"LOWER": {"IN": ["app", "application", "messenger", "game", "browser", "vpn", "chatbot"]}},
            ]
        ],
    )
    matcher.add(
        "status",
        [
            [
                {"LOWER": {"IN": ["is", "'s", "are", "was", "does"]}},
                {"LOWER": {"IN": ["the", "this", "that", "new"]}, "OP": "*"},
            ]
        ],
    )
    matcher.add(
        "about",
        [
            [{"LOWER": {"IN": ["what", "how"]}}, {"LOWER": "about"}],
            [
                {
                    "LOWER": {
                        "IN": [
                            "regarding",
                            "about",
                            "like",
                            "on",
                            "via",
                            "via",
                            "through",
                            "to",
                            "with",
                            "or",
                            "and",
                            "for",
                            "not",
                            "but",
                            "instead",
                            "over",
                            "by",
                        ]
                    }
                }
            ],
        ],
    )
    return matcher

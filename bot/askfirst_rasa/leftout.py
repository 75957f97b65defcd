"""What of stock Rasa is left out here, why, and what to use instead. Plain data: it imports nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """A part of Rasa that is left out: its name as people write it, the reason, and the way around it."""

    name: str
    why: str
    instead: str

    def sentence(self) -> str:
        """Says in one line that the part is left out, why, and what to do."""
        return f"`{self.name}` is left out of this Rasa: {self.why}. {self.instead} (see bot/README.md)."


_TENSORFLOW = "it needs TensorFlow, which is 2 GB installed and 30 s of every start"
_CHANNEL = "people reach this bot through its front door only"
_OWN_CHANNEL = "Use `askfirst_rasa.channel.AskFirstChannel`, and let a gateway call the API"
_SERVICE = "this Rasa keeps nothing and sends nothing outside its own process"
_INTERACTIVE = "this Rasa runs as a service, without a terminal"


def _component(name: str, instead: str) -> Part:
    return Part(name, _TENSORFLOW, instead)


_INTENTS = "Use `LogisticRegressionClassifier` for intents and an extractor with a word list for entities"
_RULES = "Use `RulePolicy`"
_FEATURES = "Use the sentence features that config.yml names"

#: Graph components: the module that holds each, and the component.
COMPONENTS: dict[str, Part] = {
    "rasa.nlu.classifiers.diet_classifier": _component("DIETClassifier", _INTENTS),
    "rasa.nlu.selectors.response_selector": _component("ResponseSelector", "Use an intent for each"),
    "rasa.core.policies.ted_policy": _component("TEDPolicy", _RULES),
    "rasa.core.policies.unexpected_intent_policy": _component("UnexpecTEDIntentPolicy", _RULES),
    "rasa.nlu.featurizers.dense_featurizer.convert_featurizer": _component("ConveRTFeaturizer", _FEATURES),
    "rasa.nlu.featurizers.dense_featurizer.lm_featurizer": _component("LanguageModelFeaturizer", _FEATURES),
}

#: Channels by their name in credentials.yml, and the module (of rasa.core.channels) that holds each.
CHANNELS: dict[str, Part] = {
    module: Part(name, _CHANNEL, _OWN_CHANNEL)
    for module, name in {
        "rasa.core.channels.botframework": "botframework",
        "rasa.core.channels.console": "cmdline",
        "rasa.core.channels.facebook": "facebook",
        "rasa.core.channels.hangouts": "hangouts",
        "rasa.core.channels.mattermost": "mattermost",
        "rasa.core.channels.rasa_chat": "rasa",
        "rasa.core.channels.rocketchat": "rocketchat",
        "rasa.core.channels.slack": "slack",
        "rasa.core.channels.socketio": "socketio",
        "rasa.core.channels.telegram": "telegram",
        "rasa.core.channels.twilio": "twilio",
        "rasa.core.channels.twilio_voice": "twilio_voice",
        "rasa.core.channels.webexteams": "webexteams",
    }.items()
}

_PLOTS = Part("matplotlib", "only plots need it", "Read the JSON reports, or pass --no-plot")
_STORE = "Use `askfirst_rasa.trackers.BoundedTrackerStore`"
_TERMINAL = "Use `make start` and the chat page, or `askfirst ask`"
_GRAPH = Part("rasa visualize", "only drawing stories needs networkx", "Read data/rules.yml")
_ACTIONS = Part("rasa run actions", "the action server runs outside Rasa", "Use `make start`")

#: Commands of Rasa, as the words after `rasa`.
COMMANDS: dict[tuple[str, ...], Part] = {
    ("export",): Part("rasa export", _SERVICE, "Use `askfirst cases export`"),
    ("init",): Part("rasa init", "the project is already here", "Use `make start`"),
    ("interactive",): Part("rasa interactive", _INTERACTIVE, _TERMINAL),
    ("run", "actions"): _ACTIONS,
    ("shell",): Part("rasa shell", _INTERACTIVE, _TERMINAL),
    ("visualize",): _GRAPH,
    ("x",): Part("rasa x", "it is a service of another server", _TERMINAL),
}

#: Python packages that are not installed; what is inside them is left out too.
PACKAGES: dict[str, Part] = {
    "boto3": Part("boto3 (DynamoDB, models in S3)", _SERVICE, _STORE),
    "botocore": Part("botocore (DynamoDB, models in S3)", _SERVICE, _STORE),
    "colorclass": COMMANDS[("interactive",)],
    "colorhash": _GRAPH,
    "confluent_kafka": Part("kafka", _SERVICE, "Leave `event_broker` out of endpoints.yml"),
    "matplotlib": _PLOTS,
    "networkx": _GRAPH,
    "prompt_toolkit": COMMANDS[("shell",)],
    "pymongo": Part("mongod", _SERVICE, _STORE),
    "questionary": COMMANDS[("shell",)],
    "rasa_sdk": _ACTIONS,
    "sentry_sdk": Part("sentry", _SERVICE, "Read the log"),
    "structlog_sentry": Part("sentry", _SERVICE, "Read the log"),
}

#: Modules of Rasa itself that only the parts above, or plots, need.
MODULES: dict[str, Part] = {
    "rasa.utils.plotting": _PLOTS,
    "rasa.utils.tensorflow.callback": _component("TensorFlow", _INTENTS),
    "rasa.utils.tensorflow.data_generator": _component("TensorFlow", _INTENTS),
}

#: `type` of a store or broker in endpoints.yml.
ENDPOINT_TYPES: dict[str, Part] = {
    "dynamo": Part("dynamo", _SERVICE, _STORE),
    "kafka": PACKAGES["confluent_kafka"],
    "mongod": PACKAGES["pymongo"],
    "redis": Part("redis", _SERVICE, _STORE),
}


def command(arguments: Sequence[str]) -> Part | None:
    """The left-out command that `arguments` start with, if they do."""
    return next((part for words, part in COMMANDS.items() if tuple(arguments[: len(words)]) == words), None)


def component(name: str) -> Part | None:
    """The left-out component that a configuration calls `name` (with or without its module), if it is one."""
    last = name.rpartition(".")[2]
    return next((part for part in COMPONENTS.values() if part.name == last), None)


def module(name: str) -> Part | None:
    """The left-out part that the module `name` belongs to, if any."""
    for table in (COMPONENTS, CHANNELS, MODULES):
        if name in table:
            return table[name]
    return PACKAGES.get(name.partition(".")[0])

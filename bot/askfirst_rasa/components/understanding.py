"""The understanding as a component of Rasa's graph: a thin shell around the `understanding` library."""

from __future__ import annotations

import os
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from understanding.classifier import Classifier
from understanding.reader import Reader

INTENTS, OCCUPATIONS = "intents.npz", "occupations.npz"
GAZETTEER = "ASKFIRST_GAZETTEER"


@DefaultV1Recipe.register(
    [DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR],
    is_trainable=True,
)
class Understanding(GraphComponent, IntentClassifier):
    """Sets the intent and the entities of each message.

    The names it knows are read from the file that the environment variable ASKFIRST_GAZETTEER names (or the
    `gazetteer` of the configuration), and read again when that file changes: a new app needs no training.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`gazetteer`: its path, unless the environment names one; `c`: how closely the classifier fits."""
        return {"gazetteer": None, "c": 1.0}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003 - Rasa passes it
    ) -> Understanding:
        """A component that is not trained yet."""
        return cls(config, model_storage, resource)

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        """Hold the configuration and read the gazetteer."""
        self._config, self._storage, self._resource = config, model_storage, resource
        path = os.environ.get(GAZETTEER) or config["gazetteer"]
        if not path:
            raise ValueError(f"the environment variable {GAZETTEER} must name the gazetteer file")
        self._reader = Reader(path)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003 - Rasa passes it
        **kwargs: Any,  # noqa: ARG003
    ) -> Understanding:
        """The component as it was trained."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._reader.model = Classifier.from_bytes((folder / INTENTS).read_bytes())
            component._reader.occupations = Classifier.from_bytes((folder / OCCUPATIONS).read_bytes())
        component._reader.read("warm up, so that the first person does not wait")
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Train both classifiers on the examples of `data/nlu`."""
        examples = [(m.get(TEXT), m.get(INTENT)) for m in training_data.intent_examples if m.get(TEXT)]
        self._reader.train(examples, self._config["c"])
        with self._storage.write_to(self._resource) as folder:
            (folder / INTENTS).write_bytes(self._reader.model.to_bytes())
            (folder / OCCUPATIONS).write_bytes(self._reader.occupations.to_bytes())
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set intent, ranking and entities."""
        for message in messages:
            text = message.get(TEXT)
            if not text:
                continue
            reading = self._reader.read(text)
            message.set(
                INTENT, {"name": reading.intent, "confidence": reading.confidence}, add_to_output=True
            )
            ranking = [{"name": name, "confidence": score} for name, score in reading.ranking]
            message.set("intent_ranking", ranking, add_to_output=True)
            entities = [{**entity.as_dict(), "extractor": "Understanding"} for entity in reading.entities]
            message.set(ENTITIES, entities, add_to_output=True)
        return messages

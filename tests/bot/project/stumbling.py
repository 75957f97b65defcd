"""A component that fails on some questions, quoting them in every way that Rasa's own code does."""

from __future__ import annotations

import logging
import warnings
from typing import Any

import structlog
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

logger = logging.getLogger("rasa.stumbling")
structlogger = structlog.get_logger()


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class Stumbling(GraphComponent):
    """Raises on a question that says "stumble", and quotes one that says "mutter"."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Stumbling:
        """Makes the component; Rasa gives all of this to every one."""
        del config, model_storage, resource, execution_context
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            text = message.get(TEXT) or ""
            if "mutter" in text:
                logger.warning(f"could not make sense of '{text}'")
                structlogger.warning("message.parsing.failed", user_text=text)
                warnings.warn(f"misaligned entity in '{text}'", stacklevel=1)
            if "stumble" in text:
                raise ValueError(f"cannot parse '{text}'")
        return messages

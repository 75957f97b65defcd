"""Changes to Rasa while it runs: each is one function that says what it is for."""

from __future__ import annotations

from typing import Any

from askfirst_rasa import leftout, limits, stubs, turn


def name_left_out_components() -> None:
    """A left-out component in config.yml is named plainly, before anything is trained or loaded."""
    from rasa.engine.recipes.default_recipe import DefaultV1Recipe

    original = DefaultV1Recipe._from_registry.__func__

    def from_registry(cls: Any, name: str) -> Any:
        part = leftout.component(name)
        if part is not None:
            stubs.refuse(part)
        return original(cls, name)

    DefaultV1Recipe._from_registry = classmethod(from_registry)


def name_left_out_endpoints() -> None:
    """A left-out store or broker in endpoints.yml is named plainly, before the server starts."""
    from rasa.core.utils import AvailableEndpoints

    original = AvailableEndpoints.read_endpoints.__func__

    def read_endpoints(cls: Any, endpoint_file: str | None) -> Any:
        endpoints = original(cls, endpoint_file)
        for endpoint in (endpoints.tracker_store, endpoints.lock_store, endpoints.event_broker):
            part = leftout.ENDPOINT_TYPES.get(str(getattr(endpoint, "type", "")).lower())
            if part is not None:
                stubs.refuse(part)
        return endpoints

    AvailableEndpoints.read_endpoints = classmethod(read_endpoints)


def serve_in_one_process() -> None:
    """Sanic serves in this process: no manager, no second copy of the model, no banner."""
    from sanic import Sanic

    original = Sanic.run

    def run(self: Any, *args: Any, **kwargs: Any) -> None:
        kwargs.pop("workers", None)
        original(self, *args, single_process=True, motd=False, access_log=False, **kwargs)

    Sanic.run = run


def keep_one_validator() -> None:
    """The schema of an action's answer is constant, and is checked and compiled once.

    Rasa does both again for each answer, which was 60 to 75 % of a turn.
    """
    from jsonschema import Draft7Validator
    from rasa.core.actions.action import RemoteAction

    validator = Draft7Validator(RemoteAction.action_response_format_spec())

    def validate(_: Any, result: Any) -> bool:
        validator.validate(result)
        return True

    RemoteAction._validate_action_result = validate


def limit_actions() -> None:
    """An action that takes too long fails, long before Rasa's 300 seconds, and its failure is remembered.

    Rasa logs a failed action and goes on; the channel must know, to say so. The error itself still reaches
    Rasa, so that a form whose `validate_*` action fails does not go on unvalidated.
    """
    from rasa.core.actions import action

    action.DEFAULT_REQUEST_TIMEOUT = limits.action()
    original = action.RemoteAction.run

    async def run(self: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return await original(self, *args, **kwargs)
        except action.ActionExecutionRejection:
            raise
        except Exception as error:
            current = turn.current()
            if current is not None:
                current.failures.append(f"{self.name()}: {type(error).__name__}")
            raise

    action.RemoteAction.run = run


def log_no_questions() -> None:
    """The server's log is set up by `logs.configure` in place of Rasa's own way."""
    import rasa.__main__ as command_line

    from askfirst_rasa import logs

    command_line.configure_structlog = logs.configure


def run_graphs_plainly() -> None:
    """The parts of a pipeline run one after another, in an order that is worked out once.

    Rasa has dask plan each run anew, three times a turn, to run it in this same thread.
    """
    from rasa.engine.exceptions import GraphRunError
    from rasa.engine.runner.dask import DaskGraphRunner

    def run(
        self: Any, inputs: dict[str, Any] | None = None, targets: list[str] | None = None
    ) -> dict[str, Any]:
        wanted = tuple(targets or self._graph_schema.target_names)
        plans = self.__dict__.setdefault("_plans", {})
        if wanted not in plans:
            plans[wanted] = _in_order(self._graph_schema, wanted)
        results = {name: (name, value) for name, value in (inputs or {}).items()}
        try:
            for name, needs in plans[wanted]:
                results[name] = self._instantiated_nodes[name](*(results.get(need, need) for need in needs))
        except RuntimeError as error:
            raise GraphRunError("Error running runner.") from error
        return dict(results[name] for name in wanted)

    DaskGraphRunner.run = run


def _in_order(schema: Any, targets: tuple[str, ...]) -> list[tuple[str, tuple[str, ...]]]:
    """The nodes that `targets` need, each after what it needs itself."""
    order: dict[str, tuple[str, ...]] = {}

    def visit(name: str) -> None:
        node = schema.nodes.get(name)
        if node is None or name in order:
            return  # an input, or placed already
        needs = tuple(node.needs.values())
        for need in needs:
            visit(need)
        order[name] = needs

    for target in targets:
        visit(target)
    return list(order.items())


def end_a_turn_with_its_action() -> None:
    """Once an action has answered and no form is open, the turn is over: the policy is not asked to say so.

    That would be half of its work, and each rule has one action (tests/guards).
    """
    from rasa.core.actions.action import action_for_name_or_text
    from rasa.core.policies.policy import PolicyPrediction
    from rasa.core.processor import MessageProcessor
    from rasa.shared.core.constants import ACTION_LISTEN_NAME

    original = MessageProcessor.predict_next_with_tracker_if_should

    def predict(self: Any, tracker: Any) -> Any:
        last = tracker.latest_action_name
        if last not in self.domain.user_actions or tracker.active_loop or tracker.followup_action:
            return original(self, tracker)
        listen = action_for_name_or_text(ACTION_LISTEN_NAME, self.domain, self.action_endpoint)
        return listen, PolicyPrediction.for_action_name(self.domain, ACTION_LISTEN_NAME)

    MessageProcessor.predict_next_with_tracker_if_should = predict


def compare_no_domains() -> None:
    """Whether the domain is empty is not worked out anew for each message."""
    from rasa.shared.core.domain import Domain

    original = Domain.is_empty

    def is_empty(self: Any) -> bool:
        if "_is_empty" not in self.__dict__:
            self._is_empty = original(self)
        return bool(self._is_empty)

    Domain.is_empty = is_empty


def keep_connections() -> None:
    """Actions are asked over connections that stay open for a moment, instead of a new one for each.

    They are let go sooner than servers close them, so that none is used that is about to end.
    """
    import aiohttp
    from rasa.utils.endpoints import EndpointConfig

    def session(self: Any) -> _Kept:
        if "_kept" not in self.__dict__:
            credentials = self.basic_auth and aiohttp.BasicAuth(**self.basic_auth)
            connections = aiohttp.TCPConnector(keepalive_timeout=2)
            made = aiohttp.ClientSession(
                headers=self.headers, auth=credentials or None, connector=connections
            )
            self._kept = _Kept(made)
        return self._kept

    EndpointConfig.session = session


class _Kept:
    """A session that one request does not close."""

    def __init__(self, session: Any) -> None:
        self._session = session

    async def __aenter__(self) -> Any:
        return self._session

    async def __aexit__(self, *_: Any) -> None:
        """Leaves it open."""

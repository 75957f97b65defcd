"""An import hook that answers for the modules that are left out.

Rasa imports all its channels, policies and classifiers at once, used or not. The hook gives it stand-ins:
anything may be imported from one, and using it raises one plain sentence (`leftout.Part.sentence`).
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
import types
from collections.abc import Sequence
from functools import cache
from typing import Any, NoReturn

from askfirst_rasa import leftout


@cache
def error_type() -> type[Exception]:
    """The error of a left-out part: a RasaException, which Rasa's command line prints as one line.

    Made on first use, because importing Rasa needs the hook to be installed.
    """
    from rasa.shared.exceptions import RasaException

    return type("LeftOut", (RasaException,), {"__module__": __name__})


def refuse(part: leftout.Part) -> NoReturn:
    """Raises the one line that says `part` is left out."""
    raise error_type()(part.sentence())


class StandIn(types.ModuleType):
    """A module that is left out: every name in it is a class that refuses to be used."""

    part: leftout.Part

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        stand_in = _class(self.__name__, name, self.part)
        setattr(self, name, stand_in)
        return stand_in


def _class(module: str, name: str, part: leftout.Part) -> type:
    """A class in place of `module.name`, of the kind that Rasa expects there."""

    def refusing(*_: Any, **__: Any) -> NoReturn:
        refuse(part)

    body = {"__module__": module, "__doc__": part.sentence()}
    if module.rpartition(".")[2] in ("errors", "exceptions"):
        return type(name, (Exception,), body)  # named in `except` clauses
    body["__init__"] = refusing
    if module in leftout.COMPONENTS:
        from rasa.engine.graph import GraphComponent

        return type(name, (GraphComponent,), {**body, "create": classmethod(refusing)})
    if module in leftout.CHANNELS:
        named = classmethod(lambda _: part.name)
        return type(name, (), {**body, "name": named, "from_credentials": classmethod(refusing)})
    return type(name, (), body)


class _PassThrough:
    """A log processor that changes nothing, in place of the one that reports to another server."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        pass

    def __call__(self, logger: Any, method: str, event: Any) -> Any:
        return event


def _nothing(*args: Any, **kwargs: Any) -> None:
    """Does nothing: in place of functions that Rasa calls whether or not they are wanted."""


#: Names that Rasa uses without anybody asking for the left-out part.
_USED_ANYWAY = {
    ("structlog_sentry", "SentryProcessor"): _PassThrough,
    ("rasa_sdk", "__version__"): "left out",
    ("rasa_sdk.cli.arguments", "add_endpoint_arguments"): _nothing,
    ("rasa.utils.plotting", "plot_confusion_matrix"): _nothing,
    ("rasa.utils.plotting", "plot_curve"): _nothing,
    ("rasa.utils.plotting", "plot_paired_histogram"): _nothing,
}


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds a stand-in for every module that `leftout` names."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """A spec for a left-out module; None leaves all others to Python."""
        if leftout.module(fullname) is None:
            return None
        inside_package = fullname.partition(".")[0] in leftout.PACKAGES
        return importlib.machinery.ModuleSpec(fullname, self, is_package=inside_package)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        """The stand-in itself."""
        return StandIn(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        """Tells the stand-in which part it stands for."""
        part = leftout.module(module.__name__)
        assert part is not None
        module.part = part  # type: ignore[attr-defined]
        for (name, attribute), value in _USED_ANYWAY.items():
            if name == module.__name__:
                setattr(module, attribute, value)


def install() -> None:
    """Puts the hook before Python's own finders. Call it before anything imports Rasa."""
    sys.meta_path.insert(0, Finder())

"""Accessible parts of forms and pages: the GOV.UK Frontend macros (govuk-frontend-jinja), in our own style.

Their templates count on values that are missing, so they have an environment of their own; ours stays strict.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import ChainableUndefined, Environment, PackageLoader, PrefixLoader
from markupsafe import Markup

_PACKAGE = "govuk_frontend_jinja"
_environment = Environment(
    loader=PrefixLoader({_PACKAGE: PackageLoader(_PACKAGE)}),
    autoescape=True,
    undefined=ChainableUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def component(name: str, params: dict[str, Any]) -> Markup:
    """The HTML of a component, such as `input` or `error-summary`, with the parameters of its
    documentation."""
    return Markup(_macro(name)(params))


@cache
def _macro(name: str) -> Any:
    template = _environment.get_template(f"{_PACKAGE}/components/{name}/macro.html")
    return getattr(template.module, "govuk" + "".join(word.capitalize() for word in name.split("-")))

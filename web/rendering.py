"""Pages from templates: Jinja2 with everything escaped, and addresses of our static files."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from web.prose import is_web_address

HERE = Path(__file__).parent
STATIC = HERE / "static"

environment = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@lru_cache
def asset(name: str) -> str:
    """The address of a static file, with the hash of what it holds, so that browsers may keep it for good."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"


environment.globals["asset"] = asset
environment.globals["is_web_address"] = is_web_address


def page(template: str, **context: Any) -> str:
    """The text of a page or of a part of one."""
    return environment.get_template(template).render(context)

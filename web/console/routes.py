"""The addresses of the console, and who may use them."""

from __future__ import annotations

from web.access import Guarded

CONSOLE: tuple[Guarded, ...] = ()

"""The demo's people to choose from. They sign in without a password, so they exist in the demo only."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from askfirst.errors import SettingError
from askfirst.settings import Settings
from web.access import is_loopback
from web.signin.people import Person, parts_of

PERSONAS = Path(__file__).with_name("personas.yml")


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody to choose, and what they are for."""

    person: Person
    about: str


def personas(settings: Settings) -> dict[str, Persona]:
    """The personas by id.

    Raises:
        SettingError: this is no demo on loopback. There is no way to have personas there.
    """
    if settings.mode != "demo" or not is_loopback(settings.host):
        raise SettingError(
            "ASKFIRST_SIGN_IN=`personas` lets anybody in without a password, so it works in a demo on this "
            "machine only: set ASKFIRST_SIGN_IN=oidc and ASKFIRST_OIDC_ISSUER"
        )
    return {
        one["id"]: Persona(
            Person(one["id"], one["name"], parts_of(one["parts"]), tuple(one["teams"])), one["about"]
        )
        for one in yaml.safe_load(PERSONAS.read_text(encoding="utf-8"))
    }

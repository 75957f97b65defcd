"""Whose a device is and its form make a kind of device: the table of them, from `lexicon/devices.yml`."""

from __future__ import annotations

from .lexicon import load

#: The concept by ownership ("work", "personal", "travel", "byod", "none") and form ("phone", ..., "any").
COMBINE: dict[str, dict[str, str]] = load("devices")["combine"]
#: The form of each concept that tells a form alone: "phone" of the phones of whatever owner.
FORM_OF = {id: form for form, id in COMBINE["none"].items()}
#: What an employer hands out, to keep or for a trip.
ISSUED = {id for kind in ("work", "travel") for id in COMBINE[kind].values()}
PERSONAL, WORK = set(COMBINE["personal"].values()), set(COMBINE["work"].values())
#: The names of organisations, which tell that a device is the employer's ("my Treasury laptop").
EMPLOYERS = {name for names in load("roles")["organisations"].values() for name in names}

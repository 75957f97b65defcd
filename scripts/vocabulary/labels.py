"""Labels and ids: when two spellings are the same name, and how a name becomes an id."""

import re
import unicodedata
from collections.abc import Iterable

_LEGAL_FORM = re.compile(
    r",?\s+(Inc\.?|LLC|Ltd\.?|Limited|GmbH|gGmbH|AG|AB|SAS|B\.V\.|PBC|Corp\.?|Corporation|FZ-LLC|OU)$"
)


def folded(label: str) -> str:
    """The form in which two labels are compared: case, width and spacing do not count."""
    return " ".join(unicodedata.normalize("NFKC", label).casefold().split())


def plain_ascii(text: str) -> str:
    """The text without its accents, and without what has no plain form."""
    return unicodedata.normalize("NFKD", text.replace("’", "'")).encode("ascii", "ignore").decode()


def slug(name: str) -> str:
    """The id of a named thing: lower-case words joined by hyphens. Raises ValueError when nothing is left."""
    words = re.findall(r"[a-z0-9]+", plain_ascii(name).lower())
    if not words:
        raise ValueError(f"`{name}` leaves no letters for an id: give it one under `slugs`")
    return "-".join(words)


def short_company_name(name: str) -> str:
    """A company's everyday name: without its legal form."""
    return _LEGAL_FORM.sub("", name)


def distinct(labels: Iterable[str], besides: Iterable[str] = ()) -> list[str]:
    """The labels in order, each once, without those in `besides`. Raises TypeError for what is not text."""
    seen = {folded(label) for label in besides}
    kept = []
    for label in labels:
        if not isinstance(label, str):
            raise TypeError(f"`{label!r}` is not text: put it in quotes")
        if folded(label) not in seen:
            seen.add(folded(label))
            kept.append(label)
    return kept


def concept(
    concept_id: str,
    label: str,
    alternatives: Iterable[str],
    broader: Iterable[str],
    *,
    group: bool = False,
    attributes: dict[str, object] | None = None,
) -> dict[str, object]:
    """One entry of a vocabulary file, its keys in the order in which people read them."""
    entry: dict[str, object] = {"id": concept_id, "prefLabel": label}
    if others := distinct(alternatives, besides=[label]):
        entry["altLabels"] = others
    entry["broader"] = list(dict.fromkeys(broader))
    if group:
        entry["group"] = True
    if attributes:
        entry["attributes"] = attributes
    return entry

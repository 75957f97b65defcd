"""The app vocabulary: every app of the facts, and the groups by maker, by the maker's country and by kind."""

from collections import Counter, defaultdict
from typing import Any

from scripts.vocabulary.labels import concept, distinct, folded, short_company_name, slug

Entry = dict[str, Any]

_FACTS_KEPT = (
    "vendor",
    "vendor_parent",
    "vendor_country",
    "end_to_end_encrypted",
    "ios_bundle_id",
    "android_package",
    "status",
)


def build_apps(facts: Entry, additions: Entry, countries: list[Entry]) -> list[Entry]:
    """All concepts of the app scheme: the root, the groups, then the apps in the order of the facts.

    Raises ValueError when the additions name an app or an ordinary word that is not there.
    """
    apps = facts["apps"]
    _refuse_strangers({app["id"] for app in apps}, additions)
    shared = _shared_names(facts["ambiguous_aliases"])
    vendors = _Vendors(apps, additions["vendors"])
    root = concept(
        "any", "any app", ["all apps", "every app", "any apps", "any application", "all applications"], []
    )
    return [
        root,
        *_categories(apps, additions["categories"]),
        *_vendor_countries(apps, additions["vendor_countries"], countries),
        *vendors.concepts(),
        *(_app(app, additions, shared.get(app["id"], []), vendors) for app in apps),
    ]


def _refuse_strangers(known: set[str], additions: Entry) -> None:
    for part in ("more_aliases", "ordinary_words"):
        if strangers := sorted(set(additions[part]) - known):
            raise ValueError(f"`{part}` names apps that are not in the facts: {', '.join(strangers)}")


def _shared_names(ambiguous: dict[str, list[str]]) -> dict[str, list[str]]:
    """For each app the names that it shares with others."""
    shared = defaultdict(list)
    for name, app_ids in ambiguous.items():
        for app_id in app_ids:
            shared[app_id].append(name)
    return shared


def _app(app: Entry, additions: Entry, shared: list[str], vendors: "_Vendors") -> Entry:
    others = distinct([*app["aliases"], *additions["more_aliases"].get(app["id"], []), *shared])
    attributes: Entry = {key: app[key] for key in _FACTS_KEPT}
    if shared:
        attributes["shared_names"] = shared
    if ordinary := additions["ordinary_words"].get(app["id"]):
        names = {folded(name) for name in [app["name"], *others]}
        if missing := [word for word in ordinary if folded(word) not in names]:
            raise ValueError(
                f"`ordinary_words` of `{app['id']}` are not among its names: {', '.join(missing)}"
            )
        attributes["ordinary_words"] = ordinary
    broader = [
        vendors.concept_id(app["vendor"]),
        f"category:{app['category']}",
        f"vendor-country:{app['vendor_country'] or 'unknown'}",
    ]
    return concept(app["id"], app["name"], others, broader, attributes=attributes)


def _categories(apps: list[Entry], wording: Entry) -> list[Entry]:
    return [
        concept(
            f"category:{category}",
            wording[category]["prefLabel"],
            wording[category]["altLabels"],
            ["any"],
            group=True,
            attributes={"definition": wording[category]["definition"]},
        )
        for category in sorted({app["category"] for app in apps})
    ]


def _vendor_countries(apps: list[Entry], wording: Entry, countries: list[Entry]) -> list[Entry]:
    places = {place["id"]: place for place in countries}
    concepts = []
    for code in sorted({app["vendor_country"] or "unknown" for app in apps}):
        extra = wording.get(code, {})
        label, others = extra.get("prefLabel"), extra.get("altLabels", [])
        if code in places:
            name = _with_article(places[code])
            adjective = places[code]["attributes"]["demonyms"][0]
            label = f"apps made in {name}"
            others = [
                *(f"{adjective} {noun}" for noun in ("apps", "app")),
                *(f"{adjective}-{made} {noun}" for made in ("made", "owned") for noun in ("apps", "app")),
                f"apps from {name}",
                f"app from {name}",
                f"made in {name}",
                *others,
            ]
        concepts.append(concept(f"vendor-country:{code}", label, others, ["any"], group=True))
    return concepts


def _with_article(place: Entry) -> str:
    """The place's name as a sentence needs it: `the United States`, `China`."""
    label = str(place["prefLabel"])
    plural = label.startswith("United ") or label.endswith(("Netherlands", "Philippines"))
    return f"the {label}" if plural else label


def _phrases(maker: str, *links: str) -> list[str]:
    """Ways to say whose apps are meant; none for a name with a remark in brackets, which nobody types."""
    return [] if "(" in maker else [f"apps {link} {maker}" for link in links]


class _Vendors:
    """The makers of the apps and who owns them."""

    def __init__(self, apps: list[Entry], wording: Entry) -> None:
        self._wording = wording
        self._parents: dict[str, set[str]] = defaultdict(set)
        self._names: dict[str, str] = {}
        for app in apps:
            vendor = self.concept_id(app["vendor"])
            if app["vendor_parent"]:
                self._parents[vendor].add(self.concept_id(app["vendor_parent"]))
        for child, parent in wording.get("parents", {}).items():
            self._parents[self.concept_id(child)].add(self.concept_id(parent))
        self._apps_of: Counter[str] = Counter()
        for app in apps:
            self._apps_of.update(self._ancestry(self.concept_id(app["vendor"])))
        self._taken = {folded(name) for app in apps for name in [app["name"], *app["aliases"]]}

    def concept_id(self, name: str) -> str:
        """The id of the group of a maker's apps."""
        name = self._wording.get("same_as", {}).get(name, name)
        vendor_id = f"vendor:{self._wording.get('slugs', {}).get(name) or slug(name)}"
        first = self._names.setdefault(vendor_id, name)
        if first != name:
            raise ValueError(f"`{first}` and `{name}` would both be `{vendor_id}`: say so under `same_as`")
        return vendor_id

    def concepts(self) -> list[Entry]:
        """One group for each maker, sorted by id."""
        return [self._concept(vendor_id) for vendor_id in sorted(self._names)]

    def _ancestry(self, vendor_id: str) -> set[str]:
        found = {vendor_id}
        for parent in self._parents[vendor_id] - found:
            found |= self._ancestry(parent)
        return found

    def _concept(self, vendor_id: str) -> Entry:
        name = self._names[vendor_id]
        extra = self._wording.get(vendor_id.removeprefix("vendor:"), {})
        short = extra.get("label") or short_company_name(name)
        broader = sorted(self._parents[vendor_id]) or ["any"]
        if "prefLabel" in extra:
            label, others = extra["prefLabel"], list(extra["altLabels"])
        elif self._apps_of[vendor_id] > 1:
            label = f"{short} apps"
            others = _phrases(short, "made by", "by", "from", "owned by")
        else:
            label = f"apps made by {name}"
            others = _phrases(short, "made by", "by", "from")
        for other_name in extra.get("also", []):
            others += [other_name, f"{other_name} apps"]
        others += extra.get("phrases", [])
        if extra.get("bare"):
            if folded(short) in self._taken:
                raise ValueError(
                    f"`{short}` is the name of an app: it cannot also mean all apps of that maker"
                )
            others += distinct([short, name])
        return concept(vendor_id, label, others, broader, group=True, attributes={"name": name})

"""Packs: folders of YAML (a vocabulary and one guideline a file), and single YAML, JSON files of the same
content.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from guidelines.formats.errors import FormatError
from guidelines.formats.hosting import host_country_from_dict, practice_from_dict
from guidelines.formats.places import with_lines
from guidelines.formats.plain import concept_from_dict, guideline_from_dict, vocabulary_from_dict
from guidelines.formats.reader import T, many
from guidelines.hosting import HostCountry, Practice
from guidelines.rules import Corpus, Guideline
from guidelines.vocabulary import DIMENSIONS, Concept, Vocabulary, VocabularyError

Origins = Mapping[str | tuple[str, str], tuple[Path | None, str]]

PACKS = Path(__file__).resolve().parent.parent / "packs"


@dataclass(frozen=True)
class Content:
    """What a file or folder holds: concepts by scheme and guidelines; either may be empty.

    `origins` says of guidelines (by id) and of concepts (by scheme and id) at what place they stand, and in
    which file if that has lines.
    """

    concepts: Mapping[str, tuple[Concept, ...]] = field(default_factory=dict)
    guidelines: tuple[Guideline, ...] = ()
    host_countries: tuple[HostCountry, ...] = ()
    practices: tuple[Practice, ...] = ()
    origins: Origins = field(default_factory=dict, compare=False)

    def over(self, base: Corpus | None) -> Corpus:
        """This content laid over `base`: concepts and guidelines of the same id are replaced, others are
        added.

        Raises:
            FormatError: the vocabulary that results cannot be used, or a guideline stands twice in this
            content.
        """
        schemes: dict[str, list[Concept]] = {}
        for dimension in DIMENSIONS:
            own = self.concepts.get(dimension, ())
            replaced = {concept.id for concept in own}
            kept = [c for c in base.vocabulary[dimension] if c.id not in replaced] if base else []
            schemes[dimension] = [*kept, *own]
        own_ids = [guideline.id for guideline in self.guidelines]
        twice = sorted({g for g in own_ids if own_ids.count(g) > 1})
        if twice:
            raise FormatError(f"guideline id `{guideline}` stands twice" for guideline in twice)
        kept_guidelines = [g for g in base.guidelines if g.id not in set(own_ids)] if base else []
        try:
            vocabulary = Vocabulary(schemes)
        except VocabularyError as error:
            raise FormatError(error.problems) from error
        hosts = {
            host.country: host for host in (*(base.host_countries if base else ()), *self.host_countries)
        }
        practices = {p.id: p for p in (*(base.practices if base else ()), *self.practices)}
        return Corpus(
            vocabulary, (*kept_guidelines, *self.guidelines), tuple(hosts.values()), tuple(practices.values())
        )

    def __add__(self, other: Content) -> Content:
        """Both contents; what stands in both stands twice."""
        return Content(
            {d: (*self.concepts.get(d, ()), *other.concepts.get(d, ())) for d in DIMENSIONS},
            (*self.guidelines, *other.guidelines),
            (*self.host_countries, *other.host_countries),
            (*self.practices, *other.practices),
            {**self.origins, **other.origins},
        )


def read_content(path: Path) -> Content:
    """The content of a pack folder, or of one .json, .yml, .yaml or .xlsx file.

    Raises:
        FormatError: the file is not there or cannot be read; one line for each thing that is wrong.
    """
    if path.is_dir():
        return _read_folder(path)
    if not path.exists():
        raise FormatError([f"`{path}`: there is no such file or folder"])
    if path.suffix.lower() == ".xlsx":
        from guidelines.formats.workbook import read_workbook

        return read_workbook(path)
    if path.suffix.lower() not in (".json", ".yml", ".yaml"):
        raise FormatError([f"`{path}`: unknown kind of file; use .yml, .json or .xlsx, or a pack folder"])
    given = _load(path)
    try:
        content = content_from_dict(given, path.name)
    except FormatError as error:
        raise FormatError(with_lines(error.problems, path, path.name)) from error
    alone = "guidelines" not in given
    places: dict[str | tuple[str, str], tuple[Path | None, str]] = {
        guideline.id: (path, f"{path.name}, guideline {f'`{guideline.id}`' if alone else n}")
        for n, guideline in enumerate(content.guidelines, start=1)
    }
    places |= {
        (dimension, concept.id): (path, f"{path.name}, vocabulary, {dimension} {n}")
        for dimension, listed in content.concepts.items()
        for n, concept in enumerate(listed, start=1)
    }
    return replace(content, origins=places)


def content_from_dict(given: Any, place: str) -> Content:
    """The content of a mapping with `vocabulary` and `guidelines`, or of a single guideline.

    Raises:
        FormatError: with a line for everything that is wrong.
    """
    problems: list[str] = []
    if not isinstance(given, Mapping):
        raise FormatError([f"{place}: expected `vocabulary` and `guidelines`, found `{str(given)[:60]}`"])
    if not any(key in given for key in ("guidelines", "vocabulary", "host_countries", "practices")):
        content = Content({}, (guideline_from_dict(given, place, problems),))
    else:
        vocabulary = vocabulary_from_dict(given.get("vocabulary") or {}, place, problems)
        guidelines = many(given.get("guidelines"), guideline_from_dict, f"{place}, guideline", problems)
        hosts = many(given.get("host_countries"), host_country_from_dict, f"{place}, host country", problems)
        practices = many(given.get("practices"), practice_from_dict, f"{place}, practice", problems)
        concepts = {dimension: tuple(listed) for dimension, listed in vocabulary.items()}
        content = Content(concepts, tuple(guidelines), tuple(hosts), tuple(practices))
    if problems:
        raise FormatError(problems)
    return content


def _read_folder(folder: Path) -> Content:
    if not (folder / "pack.yml").exists():
        raise FormatError([f"`{folder}`: no pack.yml in this folder; a pack folder has one"])
    problems: list[str] = []
    concepts: dict[str, tuple[Concept, ...]] = {}
    origins: dict[str | tuple[str, str], tuple[Path | None, str]] = {}
    for file in _yaml_files(folder / "vocabulary"):
        place = f"{folder.name}/vocabulary/{file.name}"
        given = _load(file)
        scheme = given.get("scheme") if isinstance(given, Mapping) else None
        if scheme not in DIMENSIONS:
            problems.append(f"{place}: `scheme` should be one of {', '.join(DIMENSIONS)}, found `{scheme}`")
            continue
        wrong: list[str] = []
        listed = many(given.get("concepts"), concept_from_dict, f"{place}, concept", wrong)
        problems += with_lines(wrong, file, place) if wrong else []
        concepts[scheme] = (*concepts.get(scheme, ()), *listed)
        origins |= {(scheme, c.id): (file, f"{place}, concept {n}") for n, c in enumerate(listed, start=1)}
    guidelines = []
    for file in _yaml_files(folder / "guidelines"):
        place, wrong = f"{folder.name}/guidelines/{file.name}", []
        guidelines.append(guideline_from_dict(_load(file), place, wrong))
        origins[guidelines[-1].id] = (file, place)
        problems += with_lines(wrong, file, place) if wrong else []
    hosts = _facts(folder, "host-countries.yml", host_country_from_dict, problems)
    practices = _facts(folder, "travel-practices.yml", practice_from_dict, problems)
    if problems:
        raise FormatError(problems)
    return Content(concepts, tuple(guidelines), tuple(hosts), tuple(practices), origins)


def _facts(folder: Path, name: str, read: Callable[[Any, str, list[str]], T], problems: list[str]) -> list[T]:
    file = folder / "facts" / name
    return many(_load(file), read, f"{folder.name}/facts/{name}, entry", problems) if file.exists() else []


def _yaml_files(folder: Path) -> Iterable[Path]:
    return sorted(folder.glob("*.yml")) if folder.is_dir() else []


def _load(path: Path) -> Any:
    """The file's data. Raises FormatError with the line where it is no proper YAML or JSON."""
    try:
        text = path.read_text("utf-8")
        if path.suffix.lower() == ".json":
            return json.loads(text)
        return yaml.load(text, Loader=yaml.CSafeLoader)
    except UnicodeDecodeError as error:
        raise FormatError([f"`{path.name}`: this is no UTF-8 text (byte {error.start})"]) from error
    except json.JSONDecodeError as error:
        raise FormatError(
            [f"`{path.name}`, line {error.lineno}: no proper JSON: {error.msg.lower()}"]
        ) from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise FormatError([f"`{path.name}`, line {line}: no proper YAML: {error.problem}"]) from error


def default_packs() -> list[Path]:
    """The shipped pack folders that a new database starts from, the core first."""
    folders = [folder for folder in sorted(PACKS.iterdir()) if (folder / "pack.yml").exists()]
    described = [(folder, _load(folder / "pack.yml")) for folder in folders]
    chosen = [folder for folder, about in described if about.get("default")]
    return sorted(chosen, key=lambda folder: (not (folder / "vocabulary").is_dir(), folder.name))

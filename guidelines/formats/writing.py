"""Writing a corpus to files: JSON, YAML (one file, or a folder as packs have it) and XLSX."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from guidelines.formats.plain import corpus_to_dict, dumps
from guidelines.rules import Corpus


class _Dumper(yaml.SafeDumper):
    """YAML that people can read: texts of several lines as blocks, nothing by reference."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    block = "\n" in text and not any(line.endswith(" ") for line in text.split("\n"))
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if block else None)


_Dumper.add_representer(str, _text)


def yaml_text(corpus: Corpus, edition: int | None = None) -> str:
    """A whole edition as one YAML text."""
    return _dump(corpus_to_dict(corpus, edition))


def _dump(plain: Any) -> str:
    return yaml.dump(plain, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)


def write(corpus: Corpus, path: Path, kind: str, edition: int | None = None) -> None:
    """Write a corpus as `json`, `yaml` or `xlsx`. YAML goes to a file that ends in .yml or .yaml, else to a
    folder in the shape of a pack.
    """
    if kind == "xlsx":
        from guidelines.formats.workbook import write_workbook

        write_workbook(corpus, path, edition)
    elif kind == "json":
        path.write_text(dumps(corpus, edition) + "\n", "utf-8")
    elif path.suffix.lower() in (".yml", ".yaml"):
        path.write_text(yaml_text(corpus, edition), "utf-8")
    else:
        _write_folder(corpus, path, edition)


def _write_folder(corpus: Corpus, folder: Path, edition: int | None) -> None:
    plain = corpus_to_dict(corpus, edition)
    title = f"Edition {edition}" if edition else "A draft"
    about = {"id": folder.name, "title": title, "description": "Exported by AskFirst.", "default": False}
    files = {"pack.yml": about}
    for scheme, concepts in plain["vocabulary"].items():
        files[f"vocabulary/{scheme}.yml"] = {"scheme": scheme, "concepts": concepts}
    for number, guideline in enumerate(plain["guidelines"], start=1):
        # Numbered, since the order of the rules is the order of the files.
        safe = re.sub(r"[^\w.-]", "-", guideline["id"])
        files[f"guidelines/{number:04}-{safe}.yml"] = guideline
    for part, name in (("host_countries", "host-countries"), ("practices", "travel-practices")):
        if part in plain:
            files[f"facts/{name}.yml"] = plain[part]
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_dump(content), "utf-8")

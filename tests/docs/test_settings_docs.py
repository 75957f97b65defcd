"""docs/settings.md and the table of settings say the same."""

import re

from askfirst.settings import CHECKOUT, TABLE, Settings

PAGE = CHECKOUT / "docs" / "settings.md"
ROW = re.compile(r"^\| `(ASKFIRST_\w+)` \| (.*?) \| (.*?) \|$", re.MULTILINE)


def test_every_setting_is_on_the_page_with_its_default_and_its_meaning():
    rows = ROW.findall(PAGE.read_text(encoding="utf-8"))

    assert [(name, default, meaning.removesuffix(".").lower()) for name, default, meaning in rows] == [
        (setting.name, setting.default, setting.meaning.lower()) for setting in TABLE
    ]


def test_every_setting_has_a_place_in_the_settings():
    assert {setting.field for setting in TABLE} == set(Settings.__dataclass_fields__)

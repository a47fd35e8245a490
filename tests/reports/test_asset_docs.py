"""docs/formats-assets.md names every column of the asset reports and of the card file."""

import re
from pathlib import Path

import pytest

from tests.builders import a_ledger
from tests.domain.assets.cards import RULES
from village_ledger.domain.assets.register import Register
from village_ledger.domain.period import Period
from village_ledger.reports import registry
from village_ledger.reports.query import Query
from village_ledger.services.asset_files import OPTIONAL, REQUIRED

PAGE = (Path(__file__).parents[2] / "docs" / "formats-assets.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^### ([\w-]+) — .*?\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL))
SAME_AS = {
    "biological-asset-register": "fixed-asset-register",
    "intangible-asset-register": "fixed-asset-register",
}
KEYS = [kind.key for kind in registry.REGISTER_KINDS if kind.register == "assets"]


@pytest.mark.parametrize("key", KEYS)
def test_every_column_is_documented_and_an_empty_register_makes_a_report(key: str):
    made = registry.builder(key)(a_ledger(), Query(Period(2025, 1), Period(2025, 1)), Register(RULES))
    documented = re.findall(r"^\| `(\w+)`( †)? \|", SECTIONS[SAME_AS.get(key, key)], re.MULTILINE)
    assert documented == [(column.key, "" if column.shown else " †") for column in made.columns]
    assert [row.kind for row in made.rows] == ["total"]


@pytest.mark.parametrize("title", [*REQUIRED, *OPTIONAL])
def test_every_column_of_the_card_file_is_documented(title: str):
    names = {name.strip() for row in re.findall(r"^\| ([^|`]+) \|", PAGE, re.MULTILINE) for name in row.split(",")}
    assert title in names

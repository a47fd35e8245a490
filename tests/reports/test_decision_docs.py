"""docs/formats-decisions.md names every column of the decision register and of its file."""

import re
from pathlib import Path

import pytest

from tests.builders import a_ledger
from village_ledger.domain.decision_register import DecisionRegister
from village_ledger.domain.period import Period
from village_ledger.reports import registry
from village_ledger.reports.query import Query
from village_ledger.services.decision_files import OPTIONAL, REQUIRED

PAGE = (Path(__file__).parents[2] / "docs" / "formats-decisions.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^### ([\w-]+) — .*?\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL))


def test_every_column_is_documented_and_an_empty_register_makes_a_report():
    made = registry.builder("decision-register")(
        a_ledger(), Query(Period(2025, 1), Period(2025, 1)), DecisionRegister()
    )
    documented = re.findall(r"^\| `(\w+)`( †)? \|", SECTIONS["decision-register"], re.MULTILINE)
    assert documented == [(column.key, "" if column.shown else " †") for column in made.columns]
    assert [row.kind for row in made.rows] == ["total"]


@pytest.mark.parametrize("title", [*REQUIRED, *OPTIONAL])
def test_every_column_of_the_register_file_is_documented(title: str):
    names = {name.strip() for row in re.findall(r"^\| ([^|`]+) \|", PAGE, re.MULTILINE) for name in row.split(",")}
    assert title in names

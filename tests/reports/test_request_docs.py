"""docs/formats-requests.md names every column of the reports on requests and exceptions."""

import re
from pathlib import Path

import pytest

from tests.builders import a_ledger
from village_ledger.domain.approval import SPEND_KINDS
from village_ledger.domain.period import Period
from village_ledger.domain.request_register import RequestRegister
from village_ledger.reports import registry
from village_ledger.reports.query import Query

PAGE = (Path(__file__).parents[2] / "docs" / "formats-requests.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^### ([\w-]+) — .*?\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL))


@pytest.mark.parametrize("key", ["approvals-pending", "exceptions"])
def test_every_column_is_documented_and_an_empty_register_makes_a_report(key):
    made = registry.builder(key)(a_ledger(), Query(Period(2025, 1), Period(2025, 1)), RequestRegister())
    documented = re.findall(r"^\| `(\w+)`( †)? \| (\S+)", SECTIONS[key], re.MULTILINE)
    assert documented == [(column.key, "" if column.shown else " †", column.title) for column in made.columns]
    assert [row.kind for row in made.rows] == ["total"]


def test_every_kind_of_spending_is_documented():
    assert all(kind in PAGE for kind in SPEND_KINDS)

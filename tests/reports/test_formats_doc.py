"""docs/formats-reports.md names every report and every column, so that programs can rely on it."""

import re
from pathlib import Path

import pytest

from tests.builders import a_chart, a_ledger, a_voucher
from tests.reports.forms import FORMS, ROLES
from village_ledger.domain.period import Period
from village_ledger.reports import registry
from village_ledger.reports.query import Query
from village_ledger.reports.registry import ReportKind

PAGE = (Path(__file__).parents[2] / "docs" / "formats-reports.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^## ([\w-]+) — .*?\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))
SAME_AS = {"bank-journal": "cash-journal"}


@pytest.mark.parametrize("kind", registry.KINDS, ids=lambda kind: kind.key)
def test_every_column_is_documented(kind: ReportKind) -> None:
    ledger = a_ledger([a_voucher(1, "2025-01-05", ("51301", 80_00), ("101", -80_00))], chart=a_chart("51301办公费"))
    query = Query(Period(2025, 1), Period(2025, 1), "513" if kind.needs_account else "")
    forms = (getattr(FORMS, kind.statement), ROLES) if kind.statement else ()
    report = registry.builder(kind.key)(ledger, query, *forms)
    documented = re.findall(r"^\| `(\w+)`( †)? \|", SECTIONS[SAME_AS.get(kind.key, kind.key)], re.MULTILINE)
    expected = [(column.key, "" if column.shown else " †") for column in report.columns if column.key != "51301"]
    assert documented == expected

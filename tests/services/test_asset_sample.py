"""The sample village's assets tie to its books at the end of every month, and the reports agree with the ledger."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from village_ledger.domain.period import Period
from village_ledger.exports.plain import to_csv, to_json
from village_ledger.exports.text import to_text
from village_ledger.reports.query import Query
from village_ledger.reports.registry import REGISTER_KINDS
from village_ledger.services import asset_cards, asset_runs, integrity, stock
from village_ledger.services.book import Book
from village_ledger.services.reports import run

YEAR = Query(Period(2025, 1), Period(2025, 12))
KINDS = [kind.key for kind in REGISTER_KINDS if kind.register == "assets"]


@pytest.fixture(scope="module")
def village(sample_village: Path) -> Iterator[Book]:
    with Book.open(sample_village, read_only=True) as book:
        yield book


def totals(book: Book, name: str, query: Query = YEAR) -> dict[str, object]:
    report = run(book, name, query)
    keys = [column.key for column in report.columns]
    return dict(zip(keys, report.rows[-1].cells, strict=True))


@pytest.mark.parametrize("month", range(1, 13))
def test_cards_and_stock_tie_to_the_ledger_at_every_month_end(village: Book, month: int):
    period = Period(2025, month)
    found = asset_cards.tie(village, period)
    assert found.tied, found.causes
    assert found.pending == ()
    assert len(found.accounts) >= 13
    assert [row.difference_fen for row in stock.stock_tie(village, period)] == [0, 0, 0]


def test_every_purchase_of_the_year_has_a_card_and_every_month_a_run(village: Book):
    assert asset_cards.additions_without_card(village) == ()
    assert [status.run.period for status in reversed(asset_runs.runs(village))] == list(
        Period(2025, 1).through(Period(2025, 12))
    )
    assert len(asset_cards.register(village).cards) >= 55
    assert integrity.verify(village).ok


def test_the_register_adds_up_to_the_balance_sheets_accounts(village: Book):
    sums = totals(village, "fixed-asset-register")
    ledger = {"151": 0, "152": 0}
    for row in village.ledger.balances(Period(2025, 1), Period(2025, 12)):
        if row.account[:3] in ledger:
            ledger[row.account[:3]] += row.closing_fen
    assert (sums["original"], sums["accumulated"]) == (ledger["151"], -ledger["152"])
    assert sums["net"] == ledger["151"] + ledger["152"]


def test_the_schedule_goes_from_opening_to_closing_by_what_was_charged(village: Book):
    sums = totals(village, "depreciation-schedule")
    assert sums["due"] == 0
    assert sums["opening"] == 1_009_160_00
    assert sums["charged"] == 147_919_00
    assert sums["closing"] == sums["opening"] + sums["charged"]


def test_next_years_schedule_is_what_the_months_will_charge(village: Book):
    ahead = Query(Period(2026, 1), Period(2026, 1))
    assert totals(village, "depreciation-schedule", ahead)["due"] == asset_runs.plan(village, Period(2026, 1)).total_fen


@pytest.mark.parametrize("key", KINDS)
def test_every_asset_report_prints_on_every_plain_form(village: Book, key: str):
    report = run(village, key, YEAR)
    assert report.rows
    assert to_text(report)
    assert to_json(report)
    assert to_csv(report)
    for row in report.rows:
        assert len(row.cells) == len(report.columns), key


@pytest.mark.parametrize("key", KINDS)
def test_the_totals_are_the_sums_of_the_lines(village: Book, key: str):
    report = run(village, key, YEAR)
    for index, column in enumerate(report.columns):
        if column.summed:
            lines = [row.cells[index] for row in report.rows if row.kind == "line" and row.level == 0]
            assert sum(cell for cell in lines if isinstance(cell, int)) == report.rows[-1].cells[index]


def test_the_register_has_the_columns_programs_rely_on(village: Book):
    keys = [column.key for column in run(village, "fixed-asset-register", YEAR).columns]
    assert {"code", "name", "class", "original", "accumulated", "net", "status"} <= set(keys)


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("fixed-asset-register", ["code", "name", "class", "original", "accumulated", "net", "status"]),
        ("contract-arrears", ["contract", "party", "due", "received", "arrears", "days"]),
        ("resource-register", ["code", "name", "class", "area_mu_x100", "contracted_x100"]),
    ],
)
def test_the_keys_promised_come_first_in_json(village: Book, name: str, first: list[str]):
    for row in json.loads(to_json(run(village, name, YEAR)))["rows"]:
        assert list(row)[: len(first)] == first

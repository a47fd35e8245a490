"""The shared data checked on its own, with plain sums: a mistake in it must not look like one of the program."""

import json
from collections import defaultdict

from .reading import ACCEPTANCE, FOLDER, fen, openings, rows, vouchers

EXPECTED = json.loads((ACCEPTANCE / "expected.json").read_text("utf-8"))


def test_every_voucher_of_the_acceptance_year_balances() -> None:
    year = vouchers(ACCEPTANCE / "vouchers.csv")
    assert len(year) == 49
    for voucher in year:
        assert sum(line.debit_fen - line.credit_fen for line in voucher.lines) == 0, voucher.label


def test_numbers_run_from_one_in_every_month() -> None:
    by_month: dict[str, list[int]] = defaultdict(list)
    for voucher in vouchers(ACCEPTANCE / "vouchers.csv"):
        by_month[str(voucher.period)].append(voucher.number)
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in by_month.values())


def test_the_file_before_closing_is_the_first_35_vouchers() -> None:
    assert vouchers(ACCEPTANCE / "vouchers_before_closing.csv") == vouchers(ACCEPTANCE / "vouchers.csv")[:35]


def test_the_openings_tie() -> None:
    assert sum(opening.balance_fen for opening in openings(ACCEPTANCE / "openings.csv")) == 0


def test_openings_and_vouchers_lead_to_the_expected_balances() -> None:
    balances: dict[tuple[str, str], int] = defaultdict(int)
    for row in rows(ACCEPTANCE / "openings.csv"):
        balances[row["科目编码"], row["辅助"]] += fen(row["借方余额"]) - fen(row["贷方余额"])
    for row in rows(ACCEPTANCE / "vouchers.csv"):
        balances[row["科目编码"], row["辅助"]] += fen(row["借方金额"]) - fen(row["贷方金额"])
    expected = {(row["account"], row["item"]): row["fen"] for row in EXPECTED["closing_balances"]}
    assert {key: value for key, value in balances.items() if value} == expected


def test_both_expected_balance_sheets_tie() -> None:
    by_line = {row["line"]: row for row in EXPECTED["balance_sheet"]}
    assert sorted(by_line) == list(range(1, 40))
    for column in ("before", "after", "year_opening"):
        assert by_line[23][column] == by_line[39][column]


def test_public_entries_balance_exactly_where_they_are_expected_to_post() -> None:
    sums: dict[str, int] = defaultdict(int)
    expected: dict[str, str] = {}
    for row in rows(FOLDER / "public_entries.csv"):
        sums[row["entry"]] += fen(row["debit"]) - fen(row["credit"])
        expected[row["entry"]] = row["expected"]
        assert row["source"]
    assert {entry: "post" if total == 0 else "refuse" for entry, total in sums.items()} == expected

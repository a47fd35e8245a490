"""The complete constructed year 2024: every closing balance, both balance sheets and the income statement, exact."""

import csv
import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from tests.reports.forms import FORMS, ROLES
from tests.reports.reading import assert_well_formed, dictionaries, find, table
from village_ledger.domain.account import Account, Auxiliary, Chart, Item
from village_ledger.domain.money import parse_fen
from village_ledger.domain.period import Period
from village_ledger.domain.view import Entity, MemoryLedger, Opening
from village_ledger.domain.voucher import Line, Voucher, VoucherKind
from village_ledger.reports import (
    balance_sheet,
    counterparty_balances,
    general_ledger,
    income_distribution,
    income_expense,
    journals,
    subsidiary_ledger,
    trial_balance,
    voucher_summary,
)
from village_ledger.reports.model import Report
from village_ledger.reports.query import Query
from village_ledger.services.catalog import chart_definition

FOLDER = Path(__file__).parents[1] / "data" / "acceptance_2024"
YEAR = Query(Period(2024, 1), Period(2024, 12))
EXPECTED: dict[str, Any] = json.loads((FOLDER / "expected.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def closed() -> MemoryLedger:
    return _ledger("vouchers.csv")


@pytest.fixture(scope="module")
def unclosed() -> MemoryLedger:
    return _ledger("vouchers_before_closing.csv")


def test_every_closing_balance_by_detail_is_exact(closed: MemoryLedger) -> None:
    found = {
        (row.account, ";".join(map(str, row.items))): row.closing_fen
        for row in closed.balances(YEAR.start, YEAR.end)
        if row.closing_fen
    }
    assert found == {(row["account"], row["item"]): row["fen"] for row in EXPECTED["closing_balances"]}


def test_trial_balance_shows_the_closing_balances_and_ties(closed: MemoryLedger) -> None:
    report = trial_balance.build(closed, YEAR)
    assert_well_formed(report)
    expected: dict[str, int] = defaultdict(int)
    for row in EXPECTED["closing_balances"]:
        expected[row["account"]] += row["fen"]
    leaves = {row["code"]: row["closing_debit"] - row["closing_credit"] for row in dictionaries(report) if row["leaf"]}
    assert {code: fen for code, fen in leaves.items() if fen} == expected
    total = dictionaries(report)[-1]
    assert total["closing_debit"] == total["closing_credit"]
    assert total["period_debit"] == total["period_credit"] == total["ytd_debit"]


@pytest.mark.parametrize(("which", "column"), [("unclosed", "before"), ("closed", "after")])
def test_both_balance_sheets_are_exact(which: str, column: str, request: pytest.FixtureRequest) -> None:
    ledger: MemoryLedger = request.getfixturevalue(which)
    report = balance_sheet.build(ledger, YEAR, FORMS.balance_sheet, ROLES)
    assert_well_formed(report)
    found = [row for row in table(report, "line", "name", "closing", "opening") if row[0]]
    assert found == [(row["line"], row["name"], row[column], row["year_opening"]) for row in EXPECTED["balance_sheet"]]


@pytest.mark.parametrize("start", [1, 12])
def test_income_and_distribution_statement_is_exact(closed: MemoryLedger, start: int) -> None:
    report = income_distribution.build(
        closed, YEAR._replace(start=Period(2024, start)), FORMS.income_distribution, ROLES
    )
    assert_well_formed(report)
    if start == 1:
        assert table(report, "line", "name", "amount", "previous") == [
            (row["line"], row["name"], row["fen"], 0) for row in EXPECTED["income_distribution"]
        ]
    else:
        assert find(report, line=20)["amount"] == 213_850_00


def test_income_statement_before_closing_has_the_same_income_and_no_distribution(unclosed: MemoryLedger) -> None:
    report = income_distribution.build(unclosed, YEAR, FORMS.income_distribution, ROLES)
    amounts = {row["line"]: row["amount"] for row in dictionaries(report)}
    assert [amounts[line] for line in range(1, 17)] == [row["fen"] for row in EXPECTED["income_distribution"][:16]]
    assert [amounts[line] for line in range(17, 21)] == [0, 0, 0, 290_500_00]


def test_income_and_expense_details_are_exact(closed: MemoryLedger) -> None:
    report = income_expense.build(closed, YEAR._replace(start=Period(2024, 9)), FORMS.income_expense, ROLES)
    assert_well_formed(report)
    assert table(report, "name", "period", "ytd")[:5] == [
        ("一、收入", None, None),
        ("经营收入", 108_000_00, 188_000_00),
        ("发包收入", 0, 80_000_00),
        ("销售收入", 58_000_00, 58_000_00),
        ("出租收入", 50_000_00, 50_000_00),
    ]
    assert find(report, name="收入合计")["ytd"] == 278_000_00
    assert find(report, name="支出合计")["ytd"] == 111_500_00
    assert find(report, line=13)["ytd"] == 166_500_00


def test_ledger_of_a_household_runs_through_the_year(closed: MemoryLedger) -> None:
    li_si = closed.item("往来户", "李四")
    report = subsidiary_ledger.build(closed, YEAR._replace(account="113", item=li_si))
    assert_well_formed(report)
    assert table(report, "voucher", "summary", "debit", "credit", "side", "balance") == [
        ("", "113 内部往来　李四", None, None, "", None),
        ("", "上年结转", None, None, "贷", 2_500_00),
        ("记-3", "征地补偿: 集体30000 农户70000", 0, 70_000_00, "贷", 72_500_00),
        ("", "本月合计", 0, 70_000_00, "贷", 72_500_00),
        ("", "本年累计", 0, 70_000_00, "贷", 72_500_00),
        ("记-1", "支付李四补偿款", 70_000_00, 0, "贷", 2_500_00),
        ("", "本月合计", 70_000_00, 0, "贷", 2_500_00),
        ("", "本年累计", 70_000_00, 70_000_00, "贷", 2_500_00),
        ("记-8", "批准: 李四赔200, 余损失", 200_00, 0, "贷", 2_300_00),
        ("", "本月合计", 200_00, 0, "贷", 2_300_00),
        ("", "本年累计", 70_200_00, 70_000_00, "贷", 2_300_00),
        ("", "结转下年", None, None, "贷", 2_300_00),
    ]


def test_cash_and_bank_journals_end_at_the_balances_counted(closed: MemoryLedger) -> None:
    for build, fen in ((journals.build_cash, 3_600_00), (journals.build_bank, 556_300_00)):
        report = build(closed, YEAR)
        assert_well_formed(report)
        assert dictionaries(report)[-1]["balance"] == fen


def test_general_ledger_settles_profit_within_the_year(closed: MemoryLedger) -> None:
    report = general_ledger.build(closed, YEAR._replace(account="321"))
    assert table(report, "summary", "debit", "credit", "side", "balance")[-2:] == [
        ("本月合计", 278_000_00, 278_000_00, "平", 0),
        ("本年累计", 278_000_00, 278_000_00, "平", 0),
    ]


def test_counterparties_split_the_two_sided_account_by_household(closed: MemoryLedger) -> None:
    report = counterparty_balances.build(closed, YEAR)
    assert_well_formed(report)
    subtotal = find(report, account="113", item="小计")
    assert (subtotal["closing_debit"], subtotal["closing_credit"]) == (10_400_00, 62_300_00)


def test_voucher_summary_names_every_run_of_numbers(closed: MemoryLedger) -> None:
    report = voucher_summary.build(closed, YEAR)
    assert_well_formed(report)
    assert dictionaries(report)[-1]["vouchers"] == 49
    assert report.notes[-1] == "2024年12月：记-1 至 记-24，共24张，附件18张"


def test_signatures_and_heads_are_those_of_the_form(closed: MemoryLedger) -> None:
    report: Report = balance_sheet.build(closed, YEAR, FORMS.balance_sheet, ROLES)
    assert (report.title, report.as_of, report.unit) == ("资产负债表", "2024年12月31日", "元")
    assert report.signatures == FORMS.balance_sheet.signatures
    assert report.rows[report.halves].cells[0] == "流动负债："


def _ledger(vouchers: str) -> MemoryLedger:
    entity = Entity("石桥村股份经济合作社", first_period=Period(2024, 1))
    return MemoryLedger(entity, _chart(), _openings(), _vouchers(vouchers))


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _chart() -> Chart:
    accounts = {account.code: account for account in chart_definition("rural-2023").accounts}
    for row in _rows("accounts.csv"):
        code = row["科目编码"]
        above = accounts[code[:3]]
        accounts[code] = Account(code, row["科目名称"], above.category, above.side)
    return Chart(account._replace(auxiliaries=_dimensions(account)) for account in accounts.values())


def _dimensions(account: Account) -> tuple[Auxiliary, ...]:
    return (Auxiliary("往来户"),) if account.code in {"112", "113", "211"} else ()


def _openings() -> Iterator[Opening]:
    for row in _rows("openings.csv"):
        yield Opening(row["科目编码"], _items(row["辅助"]), _fen(row["借方余额"]) - _fen(row["贷方余额"]))


def _vouchers(name: str) -> Iterator[Voucher]:
    heads = ("日期", "凭证字", "凭证号", "附件数")
    for identity, ((day, word, number, attachments), group) in enumerate(
        groupby(_rows(name), key=lambda row: tuple(row[head] for head in heads)), 1
    ):
        lines = tuple(
            Line(row["摘要"], row["科目编码"], _items(row["辅助"]), _fen(row["借方金额"]), _fen(row["贷方金额"]))
            for row in group
        )
        yield Voucher(
            identity,
            f"{identity:032x}",
            date.fromisoformat(day),
            word,
            int(number),
            lines,
            int(attachments),
            _kind(lines),
            "甲",
            "乙",
            "丙",
            "甲",
        )


def _kind(lines: tuple[Line, ...]) -> VoucherKind:
    tops = {line.account[:3] for line in lines}
    if tops <= {"321", "322"}:
        return "year_end"
    return "carry" if "321" in tops else "normal"


def _items(text: str) -> tuple[Item, ...]:
    pairs = (pair.split(":") for pair in text.split(";") if pair)
    return tuple(Item(category, name, name) for category, name in pairs)


def _fen(text: str) -> int:
    return parse_fen(text) if text else 0

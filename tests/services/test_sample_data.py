"""The sample village's data checked with plain sums: it is what a first-time user sees, so it must be in order."""

import csv
import re
from collections import defaultdict
from datetime import date
from itertools import groupby

import pytest

from tests.data.reading import fen, openings, vouchers
from village_ledger.domain.account import CATEGORIES, DIMENSION_CATEGORIES, Account, Chart
from village_ledger.domain.identity import credit_code_problem, region_code_problem
from village_ledger.domain.period import Period
from village_ledger.domain.statement import distribution_vouchers, evaluate_balance_sheet, evaluate_income
from village_ledger.domain.view import Entity, MemoryLedger
from village_ledger.paths import RESOURCES
from village_ledger.services.catalog import chart_definition, read_resource, statement_definition

Row = dict[str, str]


def rows(name: str) -> list[Row]:
    """A file's rows; the year's vouchers lie in two files, those posted with requests in the second."""
    if name == "vouchers.csv":
        return [*read("vouchers.csv"), *read("vouchers_q4.csv")]
    return read(name)


def read(name: str) -> list[Row]:
    with (RESOURCES / "sample" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def signed(row: Row) -> int:
    return fen(row["借方金额"]) - fen(row["贷方金额"])


def by_voucher(name: str) -> list[tuple[tuple[str, str, str], list[Row]]]:
    grouped = groupby(rows(name), lambda row: (row["日期"], row["凭证字"], row["凭证号"]))
    return [(key, list(lines)) for key, lines in grouped]


def balance_changes() -> dict[tuple[str, str], list[tuple[date, int]]]:
    """Per account and items: the opening on 1 January, then every change with its date."""
    changes: dict[tuple[str, str], list[tuple[date, int]]] = defaultdict(list)
    for row in rows("openings.csv"):
        amount = fen(row["借方余额"]) - fen(row["贷方余额"])
        changes[row["科目编码"], row["辅助"]].append((date(2025, 1, 1), amount))
    for row in rows("vouchers.csv"):
        changes[row["科目编码"], row["辅助"]].append((date.fromisoformat(row["日期"]), signed(row)))
    return changes


def chart() -> Chart:
    accounts = {account.code: account for account in chart_definition("rural-2023").accounts}
    for row in rows("accounts.csv"):
        code = row["科目编码"]
        accounts[code] = Account(code, row["科目名称"], accounts[code[:3]].category, accounts[code[:3]].side)
    return Chart(accounts.values())


def test_the_village_is_identified_by_valid_but_fictional_codes() -> None:
    village = read_resource("sample/village.toml")
    assert credit_code_problem(village["credit_code"]) == ""
    assert region_code_problem(village["region_code"]) == ""
    assert village["region_code"].startswith("99")
    assert {person["role"] for person in village["people"]} == {"会计", "出纳", "审核", "负责人", "村监会", "乡镇"}


def test_the_openings_tie() -> None:
    assert sum(fen(row["借方余额"]) - fen(row["贷方余额"]) for row in rows("openings.csv")) == 0


@pytest.mark.parametrize("name", ["vouchers.csv", "drafts_2026.csv"])
def test_every_voucher_balances_and_has_a_summary_on_every_line(name: str) -> None:
    for key, lines in by_voucher(name):
        assert sum(map(signed, lines)) == 0, key
        assert all(line["摘要"] and bool(line["借方金额"]) != bool(line["贷方金额"]) for line in lines), key
        assert len({line["附件数"] for line in lines}) == 1, key


def test_there_are_more_than_300_vouchers_and_some_in_every_month() -> None:
    months = [Period.of(date.fromisoformat(day)) for (day, _, _), _ in by_voucher("vouchers.csv")]
    assert len(months) >= 320
    assert set(months) == set(Period(2025, 1).through(Period(2025, 12)))
    assert min(months.count(month) for month in set(months)) >= 20


@pytest.mark.parametrize("name", ["vouchers.csv", "drafts_2026.csv"])
def test_vouchers_are_in_date_order_and_numbered_from_one_in_every_month(name: str) -> None:
    keys = [key for key, _ in by_voucher(name)]
    assert [day for day, _, _ in keys] == sorted(day for day, _, _ in keys)
    for _, month in groupby(keys, lambda key: key[0][:7]):
        numbers = [int(number) for _, _, number in month]
        assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("name", ["vouchers.csv", "drafts_2026.csv", "openings.csv"])
def test_only_leaf_accounts_with_the_dimensions_they_require_are_used(name: str) -> None:
    accounts = chart()
    official = Chart(chart_definition("rural-2023").accounts)
    known = {(row["类别"], row["名称"]) for row in rows("items.csv")}
    for row in rows(name):
        code = row["科目编码"]
        assert accounts.is_leaf(code), row
        pairs = {tuple(pair.split(":")) for pair in row["辅助"].split(";") if pair}
        assert pairs <= known, row
        auxiliaries = official[code[:3]].auxiliaries
        assert {a.category for a in auxiliaries if a.required} <= {category for category, _ in pairs}, row
        assert {category for category, _ in pairs} <= {a.category for a in auxiliaries}, row


def test_cash_never_runs_out_on_any_day_and_stays_a_petty_sum() -> None:
    balance, seen = 0, []
    for _, amount in balance_changes()["101", ""]:
        balance += amount
        seen.append(balance)
    assert min(seen) >= 0
    assert max(seen) < 6000_00


def test_no_bank_account_is_ever_overdrawn() -> None:
    banks = {key: changes for key, changes in balance_changes().items() if key[0] == "102"}
    assert len(banks) == 2
    for changes in banks.values():
        balance = 0
        for _, amount in changes:
            balance += amount
            assert balance >= 0


def test_finished_projects_are_settled_and_nothing_is_carried_forward_by_hand() -> None:
    changes = balance_changes()
    assert not {code for code, _ in changes} & {"321", "181"}
    ends = {key: sum(amount for _, amount in parts) for key, parts in changes.items()}
    for item in ("项目:环村路硬化", "项目:路灯亮化工程"):
        assert [ends.get((code, item), 0) for code in ("153", "231", "241")] == [0, 0, 0]
    assert ends["153", "项目:党群服务中心修缮"] > 0
    assert ends["32201", ""] > 0, "the close moves it to 未分配收益"


def test_the_reserve_is_a_tenth_of_the_years_net_profit() -> None:
    profit = -sum(signed(row) for row in rows("vouchers.csv") if row["科目编码"].startswith("5"))
    reserve = [signed(row) for row in rows("vouchers.csv") if row["科目编码"] == "31101"]
    assert profit > 0
    assert reserve == [-((profit + 5) // 10)]


def test_members_share_is_paid_by_the_shares_noted_for_each_household() -> None:
    shares = {row["名称"]: int(found[1]) for row in rows("items.csv") if (found := re.search(r"(\d+)股", row["备注"]))}
    paid = {
        row["辅助"].partition(":")[2]: -signed(row)
        for row in rows("vouchers.csv")
        if "应分收益" in row["摘要"] and row["科目编码"] == "113"
    }
    assert paid == {name: count * 15_00 for name, count in shares.items()}
    assert len(paid) >= 60


def test_one_voucher_is_cancelled_in_red_letters_and_entered_again() -> None:
    red = [lines for _, lines in by_voucher("vouchers.csv") if any(fen(li["借方金额"]) < 0 for li in lines)]
    (lines,) = red
    found = re.fullmatch(r"冲销2025年5月记-(\d+)号凭证：.*", lines[0]["摘要"])
    assert found
    wrong = next(v for (day, _, number), v in by_voucher("vouchers.csv") if (day[:7], number) == ("2025-05", found[1]))
    assert [(li["科目编码"], -signed(li)) for li in lines] == [(li["科目编码"], signed(li)) for li in wrong]
    assert any(row["摘要"].startswith(f"订正2025年5月记-{found[1]}号凭证") for row in rows("vouchers.csv"))


def test_items_are_unique_and_some_names_have_characters_outside_the_basic_plane() -> None:
    names = [(row["类别"], row["名称"]) for row in rows("items.csv")]
    assert len(set(names)) == len(names)
    assert {category for category, _ in names} <= set(DIMENSION_CATEGORIES)
    assert any(ord(character) > 0xFFFF for _, name in names for character in name)


def test_quantities_in_stock_never_go_below_nothing() -> None:
    units = {row["科目编码"]: row["单位"] for row in rows("accounts.csv") if row["单位"]}
    stock: dict[str, int] = defaultdict(int)
    for row in rows("vouchers.csv"):
        assert bool(row["数量"]) == (row["科目编码"] in units), row
        if row["数量"]:
            stock[row["科目编码"]] += int(row["数量"]) * (1 if row["借方金额"] else -1)
            assert stock[row["科目编码"]] >= 0


def test_there_are_six_to_eight_drafts_for_january_2026() -> None:
    drafts = by_voucher("drafts_2026.csv")
    assert 6 <= len(drafts) <= 8
    assert {day[:7] for (day, _, _), _ in drafts} == {"2026-01"}


def test_vouchers_are_mostly_dated_on_working_days() -> None:
    days = [date.fromisoformat(day) for (day, _, _), _ in by_voucher("vouchers.csv")]
    weekend = [day for day in days if day.weekday() >= 5]
    assert len(weekend) < len(days) // 10


def test_every_detail_stands_below_an_account_of_the_regulation() -> None:
    assert all(account.category in CATEGORIES for account in chart())


def test_the_statements_tie_in_every_month() -> None:
    definition, forms = chart_definition("rural-2023"), statement_definition("rural-2023")
    folder = RESOURCES / "sample"
    later = (one._replace(id=one.id + 1000) for one in vouchers(folder / "vouchers_q4.csv"))
    year = (*vouchers(folder / "vouchers.csv"), *later)
    ledger = MemoryLedger(Entity("石桥村"), chart(), openings(folder / "openings.csv"), year)
    january = Period(2025, 1)
    for month in january.through(Period(2025, 12)):
        rows_ = ledger.balances(january, month)
        sheet = evaluate_balance_sheet(forms.balance_sheet, rows_, ledger.chart)
        given = distribution_vouchers(ledger, january, month, definition.roles)
        income = evaluate_income(
            forms.income_distribution, rows_, ledger.chart, definition.roles, given, from_january=True
        )
        assert sheet["23"].fen == sheet["39"].fen
        assert sheet["37"].fen == income["20"].fen

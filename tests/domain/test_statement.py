"""The acceptance year's statements, line by line, and the cases it does not contain."""

import json

import pytest

from tests.builders import a_ledger, a_line, a_voucher, an_item, an_opening
from tests.data.reading import ACCEPTANCE, chart_with, openings, vouchers
from village_ledger.domain.account import Chart
from village_ledger.domain.period import Period
from village_ledger.domain.statement import (
    LineValue,
    distribution_vouchers,
    drill_codes,
    evaluate_balance_sheet,
    evaluate_income,
)
from village_ledger.domain.view import Entity, MemoryLedger, Opening
from village_ledger.domain.voucher import Voucher
from village_ledger.services.catalog import chart_definition, statement_definition

EXPECTED = json.loads((ACCEPTANCE / "expected.json").read_text("utf-8"))
DEFINITION = chart_definition("rural-2023")
FORMS = statement_definition("rural-2023")
CHART = chart_with(DEFINITION.accounts, ACCEPTANCE / "accounts.csv")
JANUARY, DECEMBER = Period(2024, 1), Period(2024, 12)


def acceptance(file: str) -> MemoryLedger:
    entity = Entity("石桥村", first_period=JANUARY)
    return MemoryLedger(entity, CHART, openings(ACCEPTANCE / "openings.csv"), vouchers(ACCEPTANCE / file))


def sheet(ledger: MemoryLedger, end: Period = DECEMBER, chart: Chart = CHART) -> dict[str, LineValue]:
    return evaluate_balance_sheet(FORMS.balance_sheet, ledger.balances(end.january, end), chart)


def distribution(ledger: MemoryLedger, start: Period = JANUARY, end: Period = DECEMBER) -> dict[str, LineValue]:
    roles = DEFINITION.roles
    return evaluate_income(
        FORMS.income_distribution,
        ledger.balances(start, end),
        ledger.chart,
        roles,
        distribution_vouchers(ledger, start, end, roles),
        from_january=start.month == 1,
    )


@pytest.mark.parametrize(
    ("file", "column"), [("vouchers_before_closing.csv", "before"), ("vouchers.csv", "after")], ids=["before", "after"]
)
def test_the_acceptance_years_balance_sheet_is_exact(file: str, column: str) -> None:
    values = sheet(acceptance(file))
    printed = [(v.line.line, v.line.title, v.fen) for v in values.values() if v.line.line and v.shown]
    assert printed == [(row["line"], row["name"], row[column]) for row in EXPECTED["balance_sheet"]]


def test_the_opening_column_is_the_balance_on_1_january() -> None:
    ledger = acceptance("vouchers.csv")
    rows = ledger.balances(JANUARY, DECEMBER)
    values = evaluate_balance_sheet(FORMS.balance_sheet, rows, CHART, "year_opening")
    assert [v.fen for v in values.values() if v.line.line] == [row["year_opening"] for row in EXPECTED["balance_sheet"]]


def test_the_acceptance_years_income_distribution_is_exact() -> None:
    values = distribution(acceptance("vouchers.csv"))
    assert [(v.line.line, v.line.title, v.fen) for v in values.values()] == [
        (row["line"], row["name"], row["fen"]) for row in EXPECTED["income_distribution"]
    ]


def test_income_is_the_same_before_and_after_it_is_carried_forward() -> None:
    before, after = (distribution(acceptance(f)) for f in ("vouchers_before_closing.csv", "vouchers.csv"))
    assert [before[str(line)].fen for line in range(1, 17)] == [after[str(line)].fen for line in range(1, 17)]


def test_the_end_of_the_distribution_is_the_balance_sheets_undistributed_profit_in_every_month() -> None:
    ledger = acceptance("vouchers.csv")
    for month in JANUARY.through(DECEMBER):
        assert distribution(ledger, JANUARY, month)["20"].fen == sheet(ledger, month)["37"].fen
        assert sheet(ledger, month)["23"].fen == sheet(ledger, month)["39"].fen


def test_an_explanation_names_accounts_and_lines_with_their_amounts() -> None:
    values = sheet(acceptance("vouchers.csv"))
    assert values["1"].explanation == "101 库存现金 3,600.00 + 102 银行存款 556,300.00"
    assert values["3"].explanation == "112 应收款 70,000.00 + 113 内部往来（借方余额明细合计） 10,400.00"
    assert values["13"].explanation == "第11行 固定资产原值 892,000.00 - 第12行 累计折旧 200,000.00"


def test_an_explanation_leaves_out_a_line_that_is_not_printed() -> None:
    text = sheet(acceptance("vouchers.csv"))["23"].explanation
    assert text == "第6行 流动资产合计 686,800.00 + 第22行 非流动资产合计 1,259,000.00"


def test_a_span_that_begins_later_starts_from_what_was_kept_then() -> None:
    ledger = acceptance("vouchers.csv")
    march, september = Period(2024, 3), Period(2024, 9)
    values = distribution(ledger, march, september)
    assert [values[key].fen for key in ("1", "7", "13", "14")] == [58_000_00, 60_000_00, 78_000_00, 204_000_00]
    assert values["20"].fen == sheet(ledger, september)["37"].fen


def test_a_book_under_the_2004_chart_has_its_own_forms() -> None:
    chart = Chart(chart_definition("rural-2004").accounts)
    forms, roles = statement_definition("rural-2004"), chart_definition("rural-2004").roles
    openings_ = [
        an_opening("101", 900),
        an_opening("132", 300),
        an_opening("202", -200, "农资店"),
        an_opening("301", -1000),
    ]
    day = a_voucher(1, "2023-05-10", ("101", 80), ("511", -100), ("541", 20))
    ledger = MemoryLedger(Entity("石桥村", first_period=Period(2023, 1)), chart, openings_, [day])
    rows = ledger.balances(Period(2023, 1), Period(2023, 12))
    values = evaluate_balance_sheet(forms.balance_sheet, rows, chart)
    assert [values[key].fen for key in ("1", "7", "16", "18", "27", "29")] == [980, 300, 1280, 200, 80, 1280]
    income = evaluate_income(forms.income_distribution, rows, chart, roles, from_january=True)
    assert [income[key].fen for key in ("2", "5", "11", "20")] == [100, 20, 80, 80]


def test_a_line_leads_to_the_accounts_behind_it() -> None:
    line = next(line for line in FORMS.balance_sheet.lines if line.name == "流动资产合计")
    codes = drill_codes(line, FORMS.balance_sheet, CHART, DEFINITION.roles)
    assert codes == ("101", "102", "111", "112", "113", "121", "401", "131")


def _standard(posted: list[Voucher], brought: tuple[Opening, ...] = ()) -> MemoryLedger:
    return a_ledger(posted, brought, Chart(DEFINITION.accounts))


def test_each_household_of_113_stands_on_its_own_side() -> None:
    vouchers_ = [a_voucher(1, "2025-01-05", ("113", 100, "甲"), ("113", -400, "乙"), ("101", 300))]
    values = sheet(_standard(vouchers_), Period(2025, 1), Chart(DEFINITION.accounts))
    assert (values["3"].fen, values["25"].fen) == (100, 400)


def test_an_open_181_shows_as_an_extra_line_and_only_then() -> None:
    ledger = _standard([a_voucher(1, "2025-01-05", ("181", 700), ("121", -700))], (an_opening("121", 700),))
    values = sheet(ledger, Period(2025, 1), Chart(DEFINITION.accounts))
    assert values["pending_loss"].shown
    assert values["23"].fen == 700
    assert not sheet(acceptance("vouchers.csv"))["pending_loss"].shown


def test_an_overspent_project_and_a_tax_credit_show_negative() -> None:
    lines = (a_line("231", 500, "项目:村道"), ("214", 200), ("102", -700))
    values = sheet(_standard([a_voucher(1, "2025-01-05", *lines)]), Period(2025, 1), Chart(DEFINITION.accounts))
    assert (values["31"].fen, values["28"].fen) == (-500, -200)


def test_distribution_is_told_apart_by_the_account_that_receives_it() -> None:
    ledger = _standard(
        [a_voucher(1, "2025-12-31", ("32201", 1000), ("311", -100), ("113", -600, "甲"), ("102", -300))],
        (an_opening("32202", -5000), an_opening("102", 5000)),
    )
    values = distribution(ledger, Period(2025, 1), Period(2025, 12))
    assert [values[key].fen for key in ("17", "18", "19", "20")] == [100, 600, 300, 4000]


def test_a_red_letter_reversal_takes_a_distribution_back() -> None:
    give = a_voucher(1, "2025-12-30", ("32201", 1000), ("113", -1000, "甲"))
    household = (an_item("甲"),)
    back = give._replace(
        id=2,
        number=2,
        lines=(
            a_line("32201", 0)._replace(debit_fen=-1000),
            a_line("113", 0)._replace(items=household, credit_fen=-1000),
        ),
    )
    values = distribution(_standard([give, back]), Period(2025, 1), Period(2025, 12))
    assert [values[key].fen for key in ("17", "18", "19", "20")] == [0, 0, 0, 0]


def test_loss_cover_from_the_reserve_is_a_transfer_in() -> None:
    ledger = _standard([a_voucher(1, "2025-12-31", ("311", 800), ("32202", -800))])
    values = distribution(ledger, Period(2025, 1), Period(2025, 12))
    assert (values["15"].fen, values["20"].fen) == (800, 800)


def test_a_voucher_that_also_does_something_else_gives_no_more_than_it_distributed() -> None:
    ledger = _standard([a_voucher(1, "2025-12-31", ("32201", 100), ("513", 50), ("113", -150, "甲"))])
    values = distribution(ledger, Period(2025, 1), Period(2025, 12))
    assert (values["18"].fen, values["19"].fen) == (100, 0)


@pytest.mark.parametrize("carried", [True, False], ids=["carried forward before", "not carried forward"])
def test_a_book_begun_in_mid_year_counts_what_it_brought_along(carried: bool) -> None:
    """July start: 900 income and 300 expense so far, the profit in 321 if carried forward, else still in 501/513."""
    brought = [an_opening("102", 1600, year=(900, 300)), an_opening("32202", -1000)]
    if carried:
        brought += [an_opening("501", 0, year=(900, 900)), an_opening("513", 0, year=(300, 300))]
        brought += [an_opening("321", -600, year=(300, 900))]
    else:
        brought += [an_opening("501", -900, year=(0, 900)), an_opening("513", 300, year=(300, 0))]
    entity = Entity("石桥村", first_period=Period(2025, 7))
    july = a_voucher(1, "2025-07-10", ("102", 50), ("501", -50))
    ledger = MemoryLedger(entity, Chart(DEFINITION.accounts), brought, [july])
    values = distribution(ledger, Period(2025, 1), Period(2025, 7))
    assert [values[key].fen for key in ("1", "5", "13", "14", "20")] == [950, 300, 650, 1000, 1650]
    rows = ledger.balances(Period(2025, 1), Period(2025, 7))
    at_january = evaluate_balance_sheet(FORMS.balance_sheet, rows, ledger.chart, "year_opening")
    assert (at_january["1"].fen, at_january["37"].fen, at_january["39"].fen) == (1000, 1000, 1000)


def test_a_statement_refuses_terms_that_belong_to_another() -> None:
    with pytest.raises(ValueError, match="balance sheet"):
        evaluate_balance_sheet(FORMS.income_distribution, (), CHART)
    with pytest.raises(ValueError, match="income statement"):
        evaluate_income(FORMS.balance_sheet, (), CHART, DEFINITION.roles, from_january=True)

"""Budgets: which item a booking belongs to, what counts as carried out, and what overspends. Figures by hand."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import a_chart, a_ledger, a_voucher, an_item, an_opening
from village_ledger.domain.budget import EXPENSE, INCOME, Adjustment, Budget, BudgetItem
from village_ledger.domain.budget_execution import (
    Execution,
    Spending,
    Unbudgeted,
    carry_out,
    covers,
    shortfalls,
    spendings,
)
from village_ledger.domain.period import Period
from village_ledger.domain.view import MemoryLedger
from village_ledger.domain.voucher import DraftLine

CHART = a_chart("51301办公费", "51302差旅费", "50101发包收入")
ROAD = an_item("村道", "项目")
OFFICE = BudgetItem("1", "办公费", EXPENSE, ("51301",), amount_fen=3_000_00)
ADMIN = BudgetItem("2", "其他管理费", EXPENSE, ("513",), amount_fen=5_000_00)
LETTING = BudgetItem("3", "发包收入", INCOME, ("501",), amount_fen=20_000_00)
WORKS = BudgetItem("4", "村道硬化", EXPENSE, project=ROAD, amount_fen=50_000_00)
BUDGET = Budget(
    2025,
    (OFFICE, ADMIN, LETTING, WORKS),
    (Adjustment("1", date(2025, 6, 1), 500_00, "石桥决〔2025〕9号", "添置打印机"),),
    "石桥决〔2025〕1号",
    date(2025, 1, 20),
)


def carried_out(ledger: MemoryLedger, budget: Budget = BUDGET, start: int = 1, end: int = 12) -> Execution:
    year = ledger.balances(Period(2025, 1), Period(2025, end))
    span = ledger.balances(Period(2025, start), Period(2025, end))
    first_year = ledger.entity.first_period.month > 1
    return carry_out(budget, ledger.chart, year, span, first_year=first_year)


def figures(done: Execution) -> dict[str, tuple[int, int, int]]:
    return {row.item.code: (row.adjusted_fen, row.period_fen, row.executed_fen) for row in done.rows}


def test_each_booking_counts_for_the_item_that_names_it_most_closely() -> None:
    ledger = a_ledger(
        [
            a_voucher(1, "2025-02-05", ("51301", 800_00), ("102", -800_00)),
            a_voucher(2, "2025-02-06", ("51302", 300_00), ("102", -300_00)),
            a_voucher(1, "2025-07-05", ("51301", 150_00), ("102", -150_00)),
            a_voucher(2, "2025-07-06", ("102", 12_000_00), ("50101", -12_000_00)),
        ],
        chart=CHART,
    )
    assert figures(carried_out(ledger, start=7)) == {
        "1": (3_500_00, 150_00, 950_00),
        "2": (5_000_00, 0, 300_00),
        "3": (20_000_00, 12_000_00, 12_000_00),
        "4": (50_000_00, 0, 0),
    }


def test_carry_forward_vouchers_and_the_transfer_to_fixed_assets_count_for_nothing() -> None:
    ledger = a_ledger(
        [
            a_voucher(1, "2025-03-05", ("153", 40_000_00, "项目:村道"), ("102", -40_000_00)),
            a_voucher(2, "2025-03-06", ("51301", 800_00), ("102", -800_00)),
            a_voucher(3, "2025-03-31", ("321", 800_00), ("51301", -800_00), kind="carry"),
            a_voucher(1, "2025-09-01", ("151", 40_000_00), ("153", -40_000_00, "项目:村道")),
            a_voucher(2, "2025-09-02", ("231", 30_000_00, "项目:村道"), ("311", -30_000_00)),
        ],
        chart=CHART,
    )
    done = figures(carried_out(ledger))
    assert done["4"] == (50_000_00, 40_000_00, 40_000_00)
    assert done["1"] == (3_500_00, 800_00, 800_00)


def test_a_red_letter_reversal_takes_spending_back() -> None:
    ledger = a_ledger(
        [
            a_voucher(1, "2025-03-05", ("153", 40_000_00, "项目:村道"), ("102", -40_000_00)),
            a_voucher(2, "2025-03-06", ("51301", 800_00), ("102", -800_00)),
        ],
        chart=CHART,
    )
    lines = ledger.vouchers(Period(2025, 3), Period(2025, 3))
    red = tuple(
        one._replace(
            id=one.id + 5,
            number=one.number + 2,
            lines=tuple(line._replace(debit_fen=-line.debit_fen, credit_fen=-line.credit_fen) for line in one.lines),
        )
        for one in lines
    )
    done = figures(carried_out(a_ledger([*lines, *red], chart=CHART)))
    assert done["4"][2] == done["1"][2] == 0


def test_a_book_begun_in_the_year_counts_what_the_openings_tell_of_it() -> None:
    ledger = a_ledger(openings=[an_opening("51301", 0, year=(700_00, 700_00))], chart=CHART)
    ledger.entity = ledger.entity._replace(first_period=Period(2025, 5))
    assert figures(carried_out(ledger, start=6))["1"] == (3_500_00, 0, 700_00)


def test_what_no_item_covers_is_told_apart() -> None:
    ledger = a_ledger([a_voucher(1, "2025-02-05", ("514", 90_00), ("101", -90_00))], chart=CHART)
    assert carried_out(ledger).unbudgeted == (Unbudgeted("514", EXPENSE, 90_00),)


def test_rate_remaining_and_overspending_of_an_item() -> None:
    ledger = a_ledger([a_voucher(1, "2025-02-05", ("51301", 3_600_00), ("101", -3_600_00))], chart=CHART)
    row = carried_out(ledger).row("1")
    assert row is not None
    assert (row.rate_bp, row.remaining_fen, row.is_overspent) == (10_285, -100_00, True)


def test_income_above_the_budget_is_not_overspent() -> None:
    ledger = a_ledger([a_voucher(1, "2025-02-05", ("102", 25_000_00), ("50101", -25_000_00))], chart=CHART)
    row = carried_out(ledger).row("3")
    assert row is not None
    assert not row.is_overspent


def spend(account: str, fen: int, *projects: str) -> Spending:
    return Spending(account, frozenset(projects), fen)


def test_a_voucher_that_overspends_an_item_is_warned_of_with_the_figures() -> None:
    ledger = a_ledger([a_voucher(1, "2025-02-05", ("51301", 3_400_00), ("101", -3_400_00))], chart=CHART)
    done = carried_out(ledger)
    assert shortfalls(done, CHART, [spend("51301", 100_00)]) == ()
    assert shortfalls(done, CHART, [spend("51301", 60_00), spend("51301", 60_00)]) == (
        "2025年预算“办公费”将超支 20.00：预算 3,500.00，已执行 3,400.00，本次 120.00",
    )
    assert shortfalls(done, CHART, [spend("514", 1_00)]) == ("科目 514 公益支出 没有列入 2025年预算",)


def test_only_an_approved_budget_with_money_left_covers_spending() -> None:
    done = carried_out(a_ledger(chart=CHART))
    assert covers(done, CHART, [spend("51301", 3_500_00), spend("51302", 5_000_00)])
    assert not covers(done, CHART, [spend("51301", 3_500_01)])
    assert not covers(done, CHART, [spend("51301", 2_000_00), spend("51301", 2_000_00)])
    assert not covers(done, CHART, [spend("514", 1_00)])
    assert covers(done, CHART, [spend("153", 50_000_00, "村道")])
    assert not covers(done, CHART, [spend("153", 1_00)])
    drafted = done._replace(budget=BUDGET._replace(approved=None))
    assert not covers(drafted, CHART, [spend("51301", 1_00)])


def test_the_spending_of_a_voucher_is_its_expenses_and_works_without_the_money_side() -> None:
    lines = (
        DraftLine("办公用品", "51301", (), debit_fen=80_00),
        DraftLine("工程款", "153", (("项目", "村道"),), debit_fen=1_000_00),
        DraftLine("退回", "51302", (), credit_fen=30_00),
        DraftLine("付款", "102", (), credit_fen=1_050_00),
    )
    found = [one for one in spendings(lines, CHART) if one.account != "102"]
    assert found == [spend("51301", 80_00), spend("153", 1_000_00, "村道"), spend("51302", -30_00)]


@given(st.lists(st.tuples(st.sampled_from(["51301", "51302", "514", "50101"]), st.integers(1, 10**6)), max_size=12))
def test_every_yuan_of_income_and_expense_counts_exactly_once(bookings: list[tuple[str, int]]) -> None:
    signs = {"5": lambda code, fen: -fen if code.startswith("50") else fen}
    vouchers = [
        a_voucher(number, "2025-04-10", (code, signs["5"](code, fen)), ("102", -signs["5"](code, fen)))
        for number, (code, fen) in enumerate(bookings, 1)
    ]
    done = carried_out(a_ledger(vouchers, chart=CHART))
    counted = sum(row.executed_fen for row in done.rows) + sum(one.fen for one in done.unbudgeted)
    assert counted == sum(fen for _code, fen in bookings)

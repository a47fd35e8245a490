"""The sheet of income and spending on any lawful ledger: its lines are what the cash and bank journals moved."""

from hypothesis import given, settings

from tests.reports.strategies import ledgers, spans
from village_ledger.domain.money_flow import flow_sums, money_flow
from village_ledger.domain.period import Period
from village_ledger.domain.view import MemoryLedger
from village_ledger.reports import journals
from village_ledger.reports.notices import funds, income_spending, large
from village_ledger.reports.notices.income_spending import Named
from village_ledger.reports.notices.model import Totals
from village_ledger.reports.query import Query

MONEY = ("101", "102")


def totals_of(ledger: MemoryLedger, start: Period, end: Period) -> Totals:
    lines = money_flow(ledger.vouchers(start, end), MONEY)
    balances = [row for row in ledger.balances(start, end) if row.account.startswith(MONEY)]
    return Totals(
        sum(row.opening_fen for row in balances),
        sum(line.amount_fen for line in lines if line.flow == "income"),
        sum(line.amount_fen for line in lines if line.flow == "spending"),
        sum(row.closing_fen for row in balances),
    )


@given(ledger=ledgers(), span=spans())
@settings(max_examples=80, deadline=None)
def test_opening_and_income_less_spending_is_closing(ledger: MemoryLedger, span: tuple[Period, Period]) -> None:
    start, end = span
    query = Query(start, end)
    lines = money_flow(ledger.vouchers(start, end), MONEY)
    totals = totals_of(ledger, start, end)
    table = income_spending.build(ledger, query, lines, totals, {}, {}, lambda _text: "")
    income, spending = (row.cells[-1] for row in table.rows if row.kind == "subtotal")
    assert (income, spending) == (totals.income_fen, totals.spending_fen)
    assert totals.opening_fen + income - spending == totals.closing_fen
    cash = funds.build(ledger, query, MONEY).rows[-1].cells
    assert (cash[1], cash[4]) == (totals.opening_fen, totals.closing_fen)


@given(ledger=ledgers(), span=spans())
@settings(max_examples=40, deadline=None)
def test_months_quarters_and_years_add_up(ledger: MemoryLedger, span: tuple[Period, Period]) -> None:
    start, end = span
    whole = totals_of(ledger, start, end)
    months = [totals_of(ledger, month, month) for month in start.through(end)]
    assert whole.income_fen == sum(one.income_fen for one in months)
    assert whole.spending_fen == sum(one.spending_fen for one in months)
    assert (whole.opening_fen, whole.closing_fen) == (months[0].opening_fen, months[-1].closing_fen)


@given(ledger=ledgers(), span=spans())
@settings(max_examples=40, deadline=None)
def test_the_change_is_that_of_the_journals(ledger: MemoryLedger, span: tuple[Period, Period]) -> None:
    query = Query(*span)
    moved = 0
    for table in (journals.build_cash(ledger, query), journals.build_bank(ledger, query)):
        keys = [column.key for column in table.columns]
        debit, credit = keys.index("debit"), keys.index("credit")
        for row in table.rows:
            if row.kind == "line":
                moved += (row.cells[debit] or 0) - (row.cells[credit] or 0)
    totals = totals_of(ledger, *span)
    assert totals.income_fen - totals.spending_fen == moved


@given(ledger=ledgers(), span=spans())
@settings(max_examples=30, deadline=None)
def test_large_matters_are_the_lines_of_large_vouchers(ledger: MemoryLedger, span: tuple[Period, Period]) -> None:
    lines = money_flow(ledger.vouchers(*span), MONEY)
    least = 5 * 10**8
    table = large.build(ledger, Query(*span), lines, least, {}, {}, lambda _text: "")
    wanted = sum(fen for fen in flow_sums(lines).values() if fen >= least)
    assert sum(row.cells[-1] for row in table.rows if row.kind == "line") == wanted
    assert large.build(ledger, Query(*span), lines, 0, {}, {}, lambda _text: "").rows == ()


def test_a_summary_names_somebody_only_when_it_names_just_one() -> None:
    named = Named(["石建国", "李记超市", "李记", "张", "清河镇", "清河镇财政所"])
    assert named.in_text("收1号门面租金（李记超市）") == "李记超市"
    assert named.in_text("归还清河镇财政所借款") == "清河镇财政所"
    assert named.in_text("石建国交来李记超市租金") == ""
    assert named.in_text("付张三") == ""

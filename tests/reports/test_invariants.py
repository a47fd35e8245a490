"""What must hold of every ledger, whatever was posted."""

from hypothesis import given, settings

from tests.reports.forms import FORMS, ROLES
from tests.reports.reading import assert_well_formed, dictionaries, find, rows_of_kind
from tests.reports.strategies import CHART, ledgers, spans
from village_ledger.domain.period import Period
from village_ledger.domain.view import MemoryLedger
from village_ledger.reports import (
    ageing,
    balance_sheet,
    counterparty_balances,
    general_ledger,
    income_distribution,
    income_expense,
    multi_column_ledger,
    registry,
    subsidiary_ledger,
    trial_balance,
    voucher_list,
    voucher_summary,
)
from village_ledger.reports.query import Query

Span = tuple[Period, Period]


@given(ledgers(), spans())
@settings(max_examples=25, deadline=None)
def test_trial_balance_debits_equal_credits_in_every_pair_of_columns(ledger: MemoryLedger, span: Span) -> None:
    report = trial_balance.build(ledger, Query(*span))
    assert_well_formed(report)
    total = dictionaries(report)[-1]
    for pair in ("opening", "period", "ytd", "closing"):
        assert total[f"{pair}_debit"] == total[f"{pair}_credit"]


@given(ledgers(), spans())
@settings(max_examples=25, deadline=None)
def test_trial_balance_closing_is_the_sum_of_opening_and_all_vouchers(ledger: MemoryLedger, span: Span) -> None:
    report = trial_balance.build(ledger, Query(*span))
    closings = {row["code"]: row["closing_debit"] - row["closing_credit"] for row in dictionaries(report)[:-1]}
    first = ledger.entity.first_period
    expected: dict[str, int] = {}
    for balance in ledger.balances(first, first):
        expected[balance.account] = expected.get(balance.account, 0) + balance.opening_fen
    for voucher in ledger.vouchers(first, span[1]):
        for line in voucher.lines:
            expected[line.account] = expected.get(line.account, 0) + line.debit_fen - line.credit_fen
    for code, fen in expected.items():
        assert closings.get(code, 0) == fen


@given(ledgers(), spans())
@settings(max_examples=25, deadline=None)
def test_balance_sheet_balances_at_any_month(ledger: MemoryLedger, span: Span) -> None:
    report = balance_sheet.build(ledger, Query(*span), FORMS.balance_sheet, ROLES)
    assert_well_formed(report)
    assets, claims = find(report, line=23), find(report, line=39)
    assert assets["closing"] == claims["closing"]
    assert assets["opening"] == claims["opening"]


@given(ledgers(), spans())
@settings(max_examples=25, deadline=None)
def test_undistributed_profit_of_both_statements_agrees(ledger: MemoryLedger, span: Span) -> None:
    query = Query(*span)
    sheet = balance_sheet.build(ledger, query, FORMS.balance_sheet, ROLES)
    income = income_distribution.build(ledger, query, FORMS.income_distribution, ROLES)
    assert_well_formed(income)
    assert find(income, line=20)["amount"] == find(sheet, line=37)["closing"]


@given(ledgers(), spans())
@settings(max_examples=25, deadline=None)
def test_net_income_of_both_income_statements_agrees(ledger: MemoryLedger, span: Span) -> None:
    query = Query(*span)
    detail = income_expense.build(ledger, query, FORMS.income_expense, ROLES)
    assert_well_formed(detail)
    income = income_distribution.build(ledger, query, FORMS.income_distribution, ROLES)
    assert find(detail, line=13)["period"] == find(income, line=13)["amount"]


@given(ledgers(), spans())
@settings(max_examples=25, deadline=None)
def test_ledgers_end_at_the_closing_of_the_trial_balance(ledger: MemoryLedger, span: Span) -> None:
    query = Query(*span)
    trial = trial_balance.build(ledger, query)
    closings = {row["code"]: row["closing_debit"] - row["closing_credit"] for row in dictionaries(trial)[:-1]}
    for build in (subsidiary_ledger.build, general_ledger.build):
        report = build(ledger, query)
        assert_well_formed(report)
        ends: dict[tuple[str, str], int] = {}
        for row in dictionaries(report):
            if row["balance"] is not None:
                sign = {"借": 1, "贷": -1, "平": 0}[row["side"]]
                ends[row["account"], row["item"]] = sign * row["balance"]
        by_account: dict[str, int] = {}
        for (code, _), fen in ends.items():
            by_account[code] = by_account.get(code, 0) + fen
        for code, fen in by_account.items():
            assert fen == closings.get(code, 0)
        shown = {
            code for code, fen in closings.items() if fen and (CHART.is_leaf(code) or build is general_ledger.build)
        }
        assert {code for code in shown if len(code) == 3 or build is subsidiary_ledger.build} <= by_account.keys()


@given(ledgers(), spans())
@settings(max_examples=25, deadline=None)
def test_cumulative_rows_of_ledgers_are_the_year_to_date_of_the_trial_balance(ledger: MemoryLedger, span: Span) -> None:
    query = Query(*span)
    trial = trial_balance.build(ledger, query)
    for row in dictionaries(trial)[:-1]:
        if row["level"] != 1:
            continue
        report = general_ledger.build(ledger, query._replace(account=row["code"]))
        last = rows_of_kind(report, "year")[-1]
        if last.cells[0].year == span[1].year:
            assert last.cells[3:5] == (row["ytd_debit"], row["ytd_credit"])


@given(ledgers(), spans())
@settings(max_examples=25, deadline=None)
def test_multi_column_analysis_adds_up_to_the_account(ledger: MemoryLedger, span: Span) -> None:
    report = multi_column_ledger.build(ledger, Query(*span, account="513"))
    assert_well_formed(report)
    children = [column.key for column in report.columns if column.group]
    for row in dictionaries(report):
        if row["debit"] is not None:
            assert sum(row[key] for key in children) == row["debit"] - row["credit"]


@given(ledgers(), spans())
@settings(max_examples=25, deadline=None)
def test_ages_add_up_to_the_balances_of_the_counterparties(ledger: MemoryLedger, span: Span) -> None:
    query = Query(*span)
    aged = ageing.build(ledger, query)
    balances = counterparty_balances.build(ledger, query)
    assert_well_formed(aged)
    assert_well_formed(balances)
    for row in dictionaries(aged):
        parts = [row[key] for key in ("months_3", "months_6", "months_12", "years_2", "years_3", "older")]
        assert min(parts) >= 0
        assert sum(parts) == row["balance"]
    total = dictionaries(balances)[-1]
    due, owed = dictionaries(aged)[-2:]
    assert (due["balance"], owed["balance"]) == (total["closing_debit"], total["closing_credit"])


@given(ledgers(), spans())
@settings(max_examples=25, deadline=None)
def test_voucher_books_add_up_to_the_period_of_the_trial_balance(ledger: MemoryLedger, span: Span) -> None:
    query = Query(*span)
    total = dictionaries(trial_balance.build(ledger, query))[-1]
    for build in (voucher_summary.build, voucher_list.build):
        report = build(ledger, query)
        assert_well_formed(report)
        last = dictionaries(report)[-1]
        assert (last["debit"], last["credit"]) == (total["period_debit"], total["period_credit"])


@given(ledgers(), spans())
@settings(max_examples=25, deadline=None)
def test_every_report_is_well_formed_whatever_was_posted(ledger: MemoryLedger, span: Span) -> None:
    for kind in registry.KINDS:
        query = Query(*span, account="513" if kind.needs_account else "")
        forms = (getattr(FORMS, kind.statement), ROLES) if kind.statement else ()
        report = registry.builder(kind.key)(ledger, query, *forms)
        assert_well_formed(report)
        assert report.key == kind.key

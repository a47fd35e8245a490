"""Each thing that can be wrong with a draft has its problem; a right one has none."""

from datetime import date

import pytest

from village_ledger.domain.account import Chart
from village_ledger.domain.checks import CheckContext, check_draft, voucher_kind
from village_ledger.domain.period import Period
from village_ledger.domain.voucher import Draft, DraftLine

from ..builders import a_chart

ZHANG = ("往来户", "张三")


def context(chart: Chart | None = None) -> CheckContext:
    return CheckContext(
        chart or a_chart("50101发包收入"),
        ("记",),
        Period(2024, 1),
        Period(2024, 2),
        date(2025, 12, 31),
        frozenset({ZHANG}),
        frozenset({("往来户", "李四")}),
    )


GOOD = Draft(
    date(2024, 2, 29),
    "记",
    (DraftLine("收租", "113", (ZHANG,), debit_fen=100), DraftLine("收租", "50101", credit_fen=100)),
)


def codes(draft: Draft) -> list[str]:
    return [problem.code for problem in check_draft(draft, context())]


def test_a_right_draft_has_no_problem() -> None:
    assert codes(GOOD) == []


def test_red_letters_are_allowed_on_both_sides() -> None:
    red = tuple(line._replace(debit_fen=-line.debit_fen, credit_fen=-line.credit_fen) for line in GOOD.lines)
    assert codes(GOOD._replace(lines=red)) == []


def first(**change: object) -> Draft:
    return GOOD._replace(lines=(GOOD.lines[0]._replace(**change), GOOD.lines[1]))


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (GOOD._replace(day=date(2023, 12, 31)), "date-before-book"),
        (GOOD._replace(day=date(2024, 1, 31)), "period-closed"),
        (GOOD._replace(day=date(2205, 1, 1)), "date-outside"),
        (GOOD._replace(word="收"), "word"),
        (GOOD._replace(attachments=-1), "attachments"),
        (GOOD._replace(lines=GOOD.lines[:1]), "too-few-lines"),
        (first(summary=" "), "summary"),
        (first(account=""), "account-missing"),
        (first(account="999"), "account-unknown"),
        (first(account="501"), "account-not-leaf"),
        (first(items=()), "item-missing"),
        (first(items=(ZHANG, ("项目", "村道"))), "item-not-allowed"),
        (first(items=(("往来户", "王五"),)), "item-unknown"),
        (first(items=(("往来户", "李四"),)), "item-disabled"),
        (first(items=(ZHANG, ZHANG)), "item-twice"),
        (first(quantity=1000), "quantity"),
        (first(credit_fen=100), "both-sides"),
        (first(debit_fen=0), "zero"),
        (first(debit_fen=10**13), "too-large"),
        (first(debit_fen=101), "unbalanced"),
    ],
)
def test_what_is_wrong_is_named(draft: Draft, code: str) -> None:
    assert code in codes(draft)


def test_a_disabled_account_is_refused() -> None:
    chart = Chart(account._replace(disabled=account.code == "113") for account in a_chart("50101发包收入"))
    assert [problem.code for problem in check_draft(GOOD, context(chart))] == ["account-disabled"]


def test_the_difference_is_said_in_yuan() -> None:
    (problem,) = check_draft(first(debit_fen=150), context())
    assert "借方多 0.50" in problem.message


@pytest.mark.parametrize(
    ("accounts", "kind"),
    [
        (("501", "321"), "carry"),
        (("321", "511", "513"), "carry"),
        (("321", "32202"), "year_end"),
        (("32202", "32201"), "year_end"),
        (("32201", "311"), "normal"),
        (("32201", "113"), "normal"),
        (("101", "501"), "normal"),
        (("101", "999"), "normal"),
    ],
)
def test_closing_vouchers_are_told_by_their_lines(accounts: tuple[str, ...], kind: str) -> None:
    draft = Draft(date(2024, 12, 31), "记", tuple(DraftLine("结转", code, debit_fen=1) for code in accounts))
    assert voucher_kind(draft, a_chart()) == kind

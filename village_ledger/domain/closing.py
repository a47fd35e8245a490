"""Month and year end: the check list, the carry-forward vouchers, the distribution of the year's result.

Order at year end (财会〔2023〕14号; 财农〔2021〕121号 art. 28): income and expense to 321 本年收益; 321 to
322-未分配收益; losses covered, 公积公益金 set aside, members' share, other; 322-各项分配 to 322-未分配收益.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from .account import Chart
from .errors import BadInput
from .money import format_fen
from .period import Period
from .roles import Roles
from .view import Balance
from .voucher import Draft, DraftLine


class CloseCheck(NamedTuple):
    """One line of the check list before closing or handing over. A failed check that does not block is a warning."""

    code: str
    title: str
    passed: bool
    detail: str = ""
    blocking: bool = True


def carry_drafts(
    balances: Iterable[Balance], chart: Chart, roles: Roles, period: Period, word: str, *, year_end: bool
) -> tuple[Draft, ...]:
    """The vouchers that carry a month's (or, at year end, the year's) result forward, in order.

    `balances` are those at the end of the month before any of these vouchers. Accounts without a balance make no
    line; a book that brought its own closing vouchers gets none.
    """
    rows = tuple(balances)
    day = period.last_day
    drafts = []
    result = 0
    income = [row for row in rows if row.closing_fen and _is_income(chart, row.account)]
    expense = [row for row in rows if row.closing_fen and _is_expense(chart, row.account)]
    for part, summary in ((income, "结转本期收入"), (expense, "结转本期支出")):
        if part:
            lines = _emptied(part, summary, roles.profit, credit_first=part is income)
            drafts.append(Draft(day, word, lines, kind="carry"))
            result -= sum(row.closing_fen for row in part)
    if not year_end:
        return tuple(drafts)
    result -= sum(row.closing_fen for row in rows if row.account.startswith(roles.profit))
    undistributed, allocations = roles.undistributed.code(chart), roles.allocations.code(chart)
    if result:
        lines = _transfer("本年收益转入未分配收益", roles.profit, undistributed, result)
        drafts.append(Draft(day, word, lines, kind="year_end"))
    if allocations != undistributed:
        allocated = [row for row in rows if row.closing_fen and row.account.startswith(allocations)]
        if allocated:
            lines = _emptied(allocated, "各项分配转入未分配收益", undistributed, credit_first=False)
            drafts.append(Draft(day, word, lines, kind="year_end"))
    return tuple(drafts)


def _is_income(chart: Chart, code: str) -> bool:
    return chart[code].is_profit_and_loss and chart[code[:3]].side == "credit"


def _is_expense(chart: Chart, code: str) -> bool:
    return chart[code].is_profit_and_loss and chart[code[:3]].side == "debit"


def _emptied(rows: list[Balance], summary: str, target: str, *, credit_first: bool) -> tuple[DraftLine, ...]:
    """Lines that bring each row to nil against one line on `target`."""
    lines = []
    for row in rows:
        items = tuple((item.category, item.name) for item in row.items)
        if credit_first:
            lines.append(DraftLine(summary, row.account, items, debit_fen=-row.closing_fen))
        else:
            lines.append(DraftLine(summary, row.account, items, credit_fen=row.closing_fen))
    total = sum(row.closing_fen for row in rows)
    if not total:
        return tuple(lines)
    if credit_first:
        return (*lines, DraftLine(summary, target, credit_fen=-total))
    return (DraftLine(summary, target, debit_fen=total), *lines)


def _transfer(summary: str, source: str, target: str, amount_fen: int) -> tuple[DraftLine, ...]:
    """Move a credit amount from one account to another (a loss, negative, goes the other way round)."""
    if amount_fen >= 0:
        return (DraftLine(summary, source, debit_fen=amount_fen), DraftLine(summary, target, credit_fen=amount_fen))
    return (DraftLine(summary, target, debit_fen=-amount_fen), DraftLine(summary, source, credit_fen=-amount_fen))


class DistributionPlan(NamedTuple):
    """A year's result and how it is to be distributed, in fen."""

    year: int
    result_fen: int
    opening_fen: int
    loss_covered_fen: int
    reserve_fen: int
    members_fen: int
    other_fen: int

    @property
    def distributable_fen(self) -> int:
        """可分配收益: the year's result and what was left from before."""
        return self.result_fen + self.opening_fen

    @property
    def left_fen(self) -> int:
        """年末未分配收益."""
        return self.distributable_fen - self.reserve_fen - self.members_fen - self.other_fen


def plan_distribution(
    year: int, result_fen: int, opening_fen: int, reserve_rate_bp: int, members_fen: int, other_fen: int = 0
) -> DistributionPlan:
    """Work out a distribution: earlier losses are covered first, then 公积公益金 by the charter's rate, then the rest.

    The rate, in hundredths of a per cent, applies to the year's result less losses covered (it is set by the 章程,
    农村集体经济组织法 art. 42). Rounded down to the fen.
    """
    if not 0 <= reserve_rate_bp <= 10_000:
        raise BadInput("公积公益金提取比例应在 0% 到 100% 之间")
    if members_fen < 0 or other_fen < 0:
        raise BadInput("分配金额不能是负数")
    loss = min(max(-opening_fen, 0), max(result_fen, 0))
    base = max(result_fen - loss, 0)
    reserve_fen = base * reserve_rate_bp // 10_000
    plan = DistributionPlan(year, result_fen, opening_fen, loss, reserve_fen, members_fen, other_fen)
    if plan.reserve_fen + members_fen + other_fen > max(plan.distributable_fen, 0):
        raise BadInput(
            f"分配超过了可分配收益：可分配 {format_fen(plan.distributable_fen)}，"
            f"提取和分配合计 {format_fen(plan.reserve_fen + members_fen + other_fen)}"
        )
    return plan


def distribution_draft(
    plan: DistributionPlan,
    chart: Chart,
    roles: Roles,
    word: str,
    members: tuple[DraftLine, ...],
    other: tuple[DraftLine, ...] = (),
) -> Draft:
    """The voucher of a distribution: 收益分配-各项分配 against 公积公益金, the members and others.

    `members` and `other` are credit lines (who gets what) that must add up to the plan's amounts.
    """
    given = sum(line.credit_fen for line in members)
    if given != plan.members_fen or sum(line.credit_fen for line in other) != plan.other_fen:
        raise BadInput(f"向成员分配的明细合计 {format_fen(given)}，与方案的 {format_fen(plan.members_fen)} 不一致")
    allocations = roles.allocations.code(chart)
    lines: list[DraftLine] = []
    if plan.reserve_fen:
        summary = f"提取{plan.year}年度公积公益金"
        lines += [
            DraftLine(summary, allocations, debit_fen=plan.reserve_fen),
            DraftLine(summary, roles.reserve, credit_fen=plan.reserve_fen),
        ]
    for part in (members, other):
        if part:
            total = sum(line.credit_fen for line in part)
            lines += [DraftLine(part[0].summary, allocations, debit_fen=total), *part]
    return Draft(date(plan.year, 12, 31), word, tuple(lines))

"""A yearly budget carried out: what was booked on its items, what no item covers, and what more would overspend.

Folded from the ledger whenever it is asked for; nothing of it is stored. Money is integer fen.
"""

from collections.abc import Iterable
from typing import NamedTuple

from .account import Account, Chart
from .budget import EXPENSE, PROJECT, Budget, BudgetItem, side_of
from .money import format_fen
from .view import Balance
from .voucher import DraftLine

WORKS_IN_PROGRESS = "在建工程"
PROJECT_FUNDS = ("一事一议资金", "专项应付款")
"""Accounts, by their names in the regulation, that spend or bring in money for projects without being expenses."""


class ItemExecution(NamedTuple):
    """An item carried out: its adjusted budget, what was booked in the span asked for and in the year so far."""

    item: BudgetItem
    adjusted_fen: int
    period_fen: int = 0
    executed_fen: int = 0

    @property
    def remaining_fen(self) -> int:
        """What is left of the adjusted budget; negative when more was booked."""
        return self.adjusted_fen - self.executed_fen

    @property
    def rate_bp(self) -> int | None:
        """Executed of the adjusted budget in basis points, rounded down; None without a budget."""
        return self.executed_fen * 10_000 // self.adjusted_fen if self.adjusted_fen > 0 else None

    @property
    def is_overspent(self) -> bool:
        """Whether more was spent than voted. Income beyond the budget is no fault."""
        return self.item.side == EXPENSE and self.executed_fen > self.adjusted_fen


class Unbudgeted(NamedTuple):
    """Income or spending of the year on an account that no item covers."""

    account: str
    side: str
    fen: int


class Execution(NamedTuple):
    """A budget carried out up to a month."""

    budget: Budget
    rows: tuple[ItemExecution, ...]
    unbudgeted: tuple[Unbudgeted, ...] = ()

    def row(self, code: str) -> ItemExecution | None:
        """The item of that code."""
        return next((one for one in self.rows if one.item.code == code), None)

    def total(self, side: str) -> ItemExecution:
        """The sum of a side, as an item without a code."""
        own = [one for one in self.rows if one.item.side == side]
        whole = BudgetItem("", f"{side}合计", side, amount_fen=sum(one.item.amount_fen for one in own))
        return ItemExecution(
            whole,
            sum(one.adjusted_fen for one in own),
            sum(one.period_fen for one in own),
            sum(one.executed_fen for one in own),
        )


class Spending(NamedTuple):
    """Money to be spent on an account, perhaps for projects (by name)."""

    account: str
    projects: frozenset[str]
    fen: int


def _is_plain(account: Account, chart: Chart) -> bool:
    """Whether an item of a project that names no account means this one too; of others it must name the account."""
    top = chart.get(account.code[:3])
    named = top is not None and top.name in {WORKS_IN_PROGRESS, *PROJECT_FUNDS}
    return named or account.is_profit_and_loss or account.category == "成本"


def match(items: Iterable[BudgetItem], account: Account, chart: Chart, projects: frozenset[str]) -> BudgetItem | None:
    """The one item that covers an account and its projects: that of the project first, then the longest prefix."""
    side = side_of(account)
    best: tuple[bool, int] | None = None
    found = None
    for item in items:
        name = item.project_name
        if item.side != side or (name and name not in projects):
            continue
        lengths = [len(prefix) for prefix in item.accounts if account.code.startswith(prefix)]
        if not lengths and (item.accounts or not _is_plain(account, chart)):
            continue
        rank = (bool(name), max(lengths, default=0))
        if best is None or rank > best:
            best, found = rank, item
    return found


def carry_out(
    budget: Budget, chart: Chart, year: Iterable[Balance], span: Iterable[Balance] = (), *, first_year: bool = False
) -> Execution:
    """Carry a budget out: `year` are the balances from January on, `span` those of the months asked for.

    Carry-forward vouchers do not count. `first_year` adds 本年累计 of a book that began within the year.
    """
    adjusted = {one.code: one.amount_fen + budget.adjustment_fen(one.code) for one in budget.items}
    executed = dict.fromkeys(adjusted, 0)
    period = dict.fromkeys(adjusted, 0)
    missed: dict[tuple[str, str], int] = {}
    for row in year:
        item, side, fen = _booked(budget, chart, row, first_year=first_year)
        if item:
            executed[item.code] += fen
        elif side and fen and chart[row.account].is_profit_and_loss:
            missed[row.account, side] = missed.get((row.account, side), 0) + fen
    for row in span:
        item, _side, fen = _booked(budget, chart, row, first_year=False)
        if item:
            period[item.code] += fen
    rows = tuple(ItemExecution(one, adjusted[one.code], period[one.code], executed[one.code]) for one in budget.items)
    left = tuple(Unbudgeted(account, side, fen) for (account, side), fen in sorted(missed.items()) if fen)
    return Execution(budget, rows, left)


def _booked(budget: Budget, chart: Chart, row: Balance, *, first_year: bool) -> tuple[BudgetItem | None, str, int]:
    account = chart.get(row.account)
    side = side_of(account) if account else ""
    if account is None or not side:
        return None, "", 0
    debit = row.debit_fen - row.carried_debit_fen
    credit = row.credit_fen - row.carried_credit_fen
    fen = _amount(account, side, debit, credit)
    if first_year:  # what stands in the openings as 本年累计
        fen += row.year_debit_fen - row.debit_fen if side == EXPENSE else row.year_credit_fen - row.credit_fen
    projects = frozenset(item.name for item in row.items if item.category == PROJECT)
    return match(budget.items, account, chart, projects), side, fen


def _amount(account: Account, side: str, debit_fen: int, credit_fen: int) -> int:
    """Both sides of an account of profit and loss; of others only the side that spends or brings in.

    153 is credited when the works become an asset, 231 debited when they are paid for: neither takes spending back.
    """
    if account.is_profit_and_loss:
        return debit_fen - credit_fen if side == EXPENSE else credit_fen - debit_fen
    return debit_fen if side == EXPENSE else credit_fen


def spendings(lines: Iterable[DraftLine], chart: Chart) -> tuple[Spending, ...]:
    """What the lines of a voucher spend, as budgets count it."""
    found = []
    for line in lines:
        account = chart.get(line.account)
        if account is None or side_of(account) != EXPENSE:
            continue
        fen = _amount(account, EXPENSE, line.debit_fen, line.credit_fen)
        if fen:
            projects = frozenset(name for category, name in line.items if category == PROJECT)
            found.append(Spending(line.account, projects, fen))
    return tuple(found)


def shortfalls(execution: Execution, chart: Chart, wanted: Iterable[Spending]) -> tuple[str, ...]:
    """What is wrong with spending so much more this year: items overspent, expenses no item covers. Only warnings."""
    budget = execution.budget
    sums: dict[str, int] = {}
    uncovered: dict[str, int] = {}
    for one in wanted:
        account = chart.get(one.account)
        item = match(budget.items, account, chart, one.projects) if account else None
        if item:
            sums[item.code] = sums.get(item.code, 0) + one.fen
        elif account and account.is_profit_and_loss:
            uncovered[one.account] = uncovered.get(one.account, 0) + one.fen
    texts = []
    for row in execution.rows:
        fen = sums.get(row.item.code, 0)
        if fen > 0 and row.executed_fen + fen > row.adjusted_fen:
            over = row.executed_fen + fen - row.adjusted_fen
            texts.append(
                f"{budget.year}年预算“{row.item.name}”将超支 {format_fen(over)}："
                f"预算 {format_fen(row.adjusted_fen)}，已执行 {format_fen(row.executed_fen)}，"
                f"本次 {format_fen(fen)}"
            )
    texts += [
        f"科目 {code} {chart[code].name} 没有列入 {budget.year}年预算" for code, fen in uncovered.items() if fen > 0
    ]
    return tuple(texts)


def covers(execution: Execution, chart: Chart, wanted: Iterable[Spending]) -> bool:
    """Whether an approved budget has an item with money left for each of these."""
    if not execution.budget.is_approved:
        return False
    sums: dict[str, int] = {}
    for one in wanted:
        account = chart.get(one.account)
        item = match(execution.budget.items, account, chart, one.projects) if account else None
        if item is None or item.side != EXPENSE:
            return False
        sums[item.code] = sums.get(item.code, 0) + one.fen
    left = {row.item.code: row.remaining_fen for row in execution.rows}
    return all(fen <= left[code] for code, fen in sums.items())

"""The yearly budget (年度预算): what was voted, how it was adjusted, and how far it has been carried out.

Approving the yearly budget is for the members' meeting (农村集体经济组织法 art. 26). Money is integer fen. An approved
budget is changed only by adjustments, each with the decision behind it.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from .account import Account, Chart, Item
from .money import LIMIT_FEN, format_fen
from .problems import Problem
from .view import Balance
from .voucher import DraftLine

INCOME, EXPENSE = "收入", "支出"
SIDES = (INCOME, EXPENSE)
PROJECT = "项目"
WORKS_IN_PROGRESS = "在建工程"
PROJECT_FUNDS = ("一事一议资金", "专项应付款")
"""Accounts, by their names in the regulation, that spend or bring in money for projects without being expenses."""


class BudgetItem(NamedTuple):
    """One item of a budget: what is booked on the accounts below `accounts` and, where given, for `project`."""

    code: str
    name: str
    side: str = EXPENSE
    accounts: tuple[str, ...] = ()
    project: Item | None = None
    amount_fen: int = 0
    note: str = ""

    @property
    def project_name(self) -> str:
        """The name of the project it is for; empty for none."""
        return self.project.name if self.project else ""


class Adjustment(NamedTuple):
    """A change of an item (追加 or 追减, signed fen) by a decision."""

    code: str
    day: date
    fen: int
    decision: str
    reason: str
    id: int = 0


class Budget(NamedTuple):
    """The budget of a year. `approved` is the day from which the decision binds; None while it is being drawn up."""

    year: int
    items: tuple[BudgetItem, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    decision: str = ""
    approved: date | None = None
    note: str = ""
    version: int = 0

    @property
    def is_approved(self) -> bool:
        """Whether it has been voted and can only be adjusted."""
        return self.approved is not None

    def item(self, code: str) -> BudgetItem | None:
        """The item of that code."""
        return next((one for one in self.items if one.code == code), None)

    def adjustment_fen(self, code: str) -> int:
        """What adjustments added to an item, or took from it."""
        return sum(one.fen for one in self.adjustments if one.code == code)


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


def side_of(account: Account) -> str:
    """What movements on an account are to a budget: income, spending, or neither (empty)."""
    if account.category == "损益":
        return INCOME if account.side == "credit" else EXPENSE
    if account.category == "负债":
        return INCOME
    return EXPENSE if account.category in {"成本", "资产"} and account.side == "debit" else ""


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


def check_budget(budget: Budget, chart: Chart) -> tuple[Problem, ...]:
    """What is wrong with a budget as drawn up; `line` is the place of the item."""
    found: list[Problem] = []
    codes: dict[str, int] = {}
    places: dict[tuple[str, str, str], BudgetItem] = {}
    if not 1900 <= budget.year <= 2199:
        found.append(Problem("year", f"预算年度“{budget.year}”不对"))
    for line, item in enumerate(budget.items):
        found += _check_item(item, line, chart)
        if item.code in codes:
            found.append(Problem("code", f"项目编号 {item.code} 和第 {codes[item.code] + 1} 项重复", line, "code"))
        codes.setdefault(item.code, line)
        for prefix in item.accounts or ("",):
            other = places.setdefault((item.side, prefix, item.project_name), item)
            if other is not item:
                what = f"科目 {prefix}" if prefix else f"项目“{item.project_name}”"
                found.append(Problem("twice", f"{what}已经列在“{other.name}”里，一笔钱只能算进一项", line, "accounts"))
    return tuple(found)


def _check_item(item: BudgetItem, line: int, chart: Chart) -> list[Problem]:
    found = []
    if not item.code.strip() or len(item.code) > 20 or any(sign in item.code for sign in " ,，;；"):
        found.append(Problem("code", "请填项目编号（20 字以内，不含空格、逗号和分号）", line, "code"))
    if not item.name.strip() or len(item.name) > 60:
        found.append(Problem("name", "请填预算项目名称（60 字以内）", line, "name"))
    if item.side not in SIDES:
        found.append(Problem("side", "收支只能是“收入”或“支出”", line, "side"))
    if not 0 <= item.amount_fen < LIMIT_FEN:
        found.append(Problem("amount", "预算金额不能是负数，也不能过大", line, "amount_fen"))
    if not item.accounts and not item.project:
        found.append(Problem("accounts", "请填这一项包括的科目（可以填几个），或选一个项目", line, "accounts"))
    for prefix in item.accounts:
        account = chart.get(prefix)
        if account is None:
            found.append(Problem("account", f"科目 {prefix} 不存在", line, "accounts"))
        elif item.side in SIDES and side_of(account) != item.side:
            found.append(Problem("account", f"科目 {prefix} {account.name} 不能列为{item.side}预算", line, "accounts"))
    if item.project and item.project.category != PROJECT:
        found.append(Problem("project", f"“{item.project.name}”不是项目", line, "project"))
    return found

"""The yearly budget (年度预算): what was voted and how it was adjusted, and what is wrong with it as drawn up.

Approving the yearly budget is for the members' meeting (农村集体经济组织法 art. 26). Money is integer fen. An approved
budget is changed only by adjustments, each with the decision behind it.
"""

from datetime import date
from typing import NamedTuple

from .account import Account, Chart, Item
from .money import LIMIT_FEN
from .problems import Problem

INCOME, EXPENSE = "收入", "支出"
SIDES = (INCOME, EXPENSE)
PROJECT = "项目"


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


def side_of(account: Account) -> str:
    """What movements on an account are to a budget: income, spending, or neither (empty)."""
    if account.category == "损益":
        return INCOME if account.side == "credit" else EXPENSE
    if account.category == "负债":
        return INCOME
    return EXPENSE if account.category in {"成本", "资产"} and account.side == "debit" else ""


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

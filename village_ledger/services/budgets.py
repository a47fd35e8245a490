"""Yearly budgets: drawing up, approving by a decision, adjusting, and how far they are carried out."""

from collections.abc import Iterable
from datetime import date

from ..domain import budget as values
from ..domain import budget_execution as carried
from ..domain.budget import Adjustment, Budget, BudgetItem
from ..domain.budget_execution import Execution, Spending
from ..domain.errors import BadInput, NotAllowed, StaleDraft
from ..domain.governance import BUDGETING
from ..domain.money import format_fen
from ..domain.period import Period
from ..domain.problems import Problem
from ..domain.voucher import DraftLine
from ..storage import budgets as rows
from ..storage.transaction import Transaction
from .book import Book
from .budget_log import log_row
from .control import require_named


def years(book: Book) -> tuple[int, ...]:
    """The years there is a budget for, newest first."""
    return rows.budget_years(book.connection)


def budget(book: Book, year: int) -> Budget | None:
    """The budget of a year; None: there is none."""
    return rows.load_budget(book.connection, year)


def check(book: Book, wanted: Budget) -> tuple[Problem, ...]:
    """What keeps a budget from being saved."""
    return values.check_budget(wanted, book.chart)


def save_budget(book: Book, wanted: Budget) -> Budget:
    """Keep a budget being drawn up, new or edited. An approved one can only be adjusted."""
    with book.write("budget") as transaction:
        return save_within(book, transaction, wanted)


def save_within(book: Book, transaction: Transaction, wanted: Budget) -> Budget:
    """`save_budget` within a transaction."""
    connection = transaction.connection
    if problems := tuple(one for one in check(book, wanted) if one.blocking):
        raise BadInput(f"{wanted.year}年预算有问题，没有保存：", problems)
    before = rows.load_budget(connection, wanted.year)
    if before is None:
        rows.insert_budget(connection, wanted)
    else:
        _require_current(before, wanted.version)
        if before.is_approved:
            raise NotAllowed(f"{wanted.year}年预算已由 {before.decision} 批准，只能用“调整”追加或追减")
        rows.update_budget(connection, wanted)
    log_row(transaction, "budget", f"{wanted.year}年预算", "budget", wanted.year)
    return _stored(rows.load_budget(connection, wanted.year))


def _stored(found: Budget | None) -> Budget:
    if found is None:
        raise BadInput("找不到这一年的预算，请刷新")
    return found


def _require_current(before: Budget, version: int) -> None:
    if before.version != version:
        raise StaleDraft("这份预算刚才在另一个窗口里改过，请重新打开；您改的内容没有保存")


def delete_budget(book: Book, year: int) -> None:
    """Remove a budget that has not been approved."""
    with book.write("budget") as transaction:
        before = _stored(rows.load_budget(transaction.connection, year))
        if before.is_approved:
            raise NotAllowed(f"{year}年预算已经批准，不能删除")
        rows.delete_budget(transaction.connection, year)
        log_row(transaction, "budget", f"删除{year}年预算", "budget", year)


def approve(book: Book, year: int, decision: str, day: date) -> Budget:
    """Note the decision that approved a budget (成员大会审议年度预算，农村集体经济组织法第二十六条)."""
    with book.write("budget") as transaction:
        return approve_within(book, transaction, year, decision, day)


def approve_within(book: Book, transaction: Transaction, year: int, decision: str, day: date) -> Budget:
    """`approve` within a transaction."""
    connection = transaction.connection
    before = _stored(rows.load_budget(connection, year))
    if before.is_approved:
        raise NotAllowed(f"{year}年预算已由 {before.decision} 批准")
    if not before.items:
        raise BadInput("预算还没有项目，不能批准")
    require_named(book, decision, BUDGETING, fen=0, on=day, what=f"批准{year}年预算")
    rows.approve_budget(connection, year, decision.strip(), day)
    log_row(transaction, "budget", f"批准{year}年预算 {decision.strip()}", "budget", year)
    return _stored(rows.load_budget(connection, year))


def adjust(book: Book, year: int, item: str, fen: int, decision: str, *, day: date, reason: str) -> Budget:
    """Add to an item, or take from it (signed fen), by a decision. What was voted first is never overwritten."""
    return adjust_all(book, year, (Adjustment(item, day, fen, decision, reason),))


def adjust_all(book: Book, year: int, wanted: Iterable[Adjustment], added: Iterable[BudgetItem] = ()) -> Budget:
    """Several adjustments in one act, as when money moves from one item to another; `added` are items not there yet."""
    with book.write("budget") as transaction:
        connection = transaction.connection
        before = _stored(rows.load_budget(connection, year))
        if not before.is_approved:
            raise NotAllowed(f"{year}年预算还没有批准，请直接修改")
        before = _with_items(book, transaction, before, tuple(added))
        for one in wanted:
            before = before._replace(adjustments=(*before.adjustments, _adjust(book, transaction, before, one)))
        rows.touch_budget(connection, year)
        return _stored(rows.load_budget(connection, year))


def _with_items(book: Book, transaction: Transaction, before: Budget, added: tuple[BudgetItem, ...]) -> Budget:
    if not added:
        return before
    made = before._replace(items=(*before.items, *(one._replace(amount_fen=0) for one in added)))
    if problems := tuple(one for one in check(book, made) if one.blocking):
        raise BadInput("新增的预算项目有问题，没有保存：", problems)
    for one in made.items[len(before.items) :]:
        rows.insert_item(transaction.connection, before.year, one)
    log_row(transaction, "budget", f"{before.year}年预算新增项目", "budget", before.year)
    return made


def _adjust(book: Book, transaction: Transaction, before: Budget, one: Adjustment) -> Adjustment:
    item = before.item(one.code)
    if item is None:
        raise BadInput(f"{before.year}年预算里没有编号为 {one.code} 的项目")
    if not one.fen or not one.reason.strip():
        raise BadInput("请填调整的金额（追减用负数）和原因")
    if before.approved and one.day < before.approved:
        raise BadInput(f"调整日期早于预算批准日期 {before.approved}")
    left = item.amount_fen + before.adjustment_fen(one.code) + one.fen
    if left < 0:
        raise BadInput(f"“{item.name}”调整以后是 {format_fen(left)}，不能小于零")
    what = f"调整{before.year}年预算“{item.name}”"
    require_named(book, one.decision, BUDGETING, fen=0, on=one.day, what=what)
    made = one._replace(decision=one.decision.strip(), reason=one.reason.strip())
    made = made._replace(id=rows.insert_adjustment(transaction.connection, before.year, made))
    log_row(transaction, "budget-adjust", f"{before.year}年 {item.name}", "budget_adjustment", made.id)
    return made


def copy_of(book: Book, year: int) -> Budget:
    """Last year's budget as a draft of this one: the same items with what they came to after adjustments."""
    last = rows.load_budget(book.connection, year - 1)
    if last is None:
        raise BadInput(f"没有 {year - 1}年的预算可以复制")
    items = tuple(one._replace(amount_fen=max(0, one.amount_fen + last.adjustment_fen(one.code))) for one in last.items)
    return Budget(year, items)


def proposed(book: Book, year: int) -> Budget:
    """A draft with an item for every detail of income and expense, and what was booked on it last year as its amount.

    Details nothing was booked on are left out, unless there was nothing at all.
    """
    chart = book.chart
    tops = [one for one in chart if one.level == 1 and one.is_profit_and_loss]
    items = []
    for side in values.SIDES:
        for top in tops:
            details = [one for one in chart.subtree(top.code) if one.level == 2 and not one.disabled] or [top]
            items += [
                BudgetItem(one.code, one.name if one is top else f"{top.name}-{one.name}", side, (one.code,))
                for one in details
                if values.side_of(one) == side
            ]
    last = carry_out(book, Budget(year - 1, tuple(items)), Period(year - 1, 12))
    booked = {row.item.code: row.executed_fen for row in last.rows if row.executed_fen > 0}
    kept = [one for one in items if not booked or one.code in booked]
    return Budget(year, tuple(one._replace(amount_fen=booked.get(one.code, 0)) for one in kept))


def execution(book: Book, year: int, through: Period, since: Period | None = None) -> Execution:
    """A year's budget carried out through a month; `period_fen` covers the months from `since` (January) on."""
    found = _stored(rows.load_budget(book.connection, year))
    return carry_out(book, found, through, since)


def carry_out(book: Book, found: Budget, through: Period, since: Period | None = None) -> Execution:
    """`execution` of a budget at hand, stored or not."""
    january = Period(found.year, 1)
    last = min(through, Period(found.year, 12))
    ledger = book.ledger
    whole = ledger.balances(january, last) if last >= january else ()
    first = since if since and since.year == found.year else january
    span = whole if first == january else ledger.balances(first, last) if first <= last else ()
    begun = ledger.entity.first_period
    first_year = begun.year == found.year and begun.month > 1 and last >= begun
    return carried.carry_out(found, ledger.chart, whole, span, first_year=first_year)


def year_execution(book: Book, year: int) -> Execution | None:
    """The whole year's execution as it is now, if there is an approved budget."""
    found = rows.load_budget(book.connection, year)
    return carry_out(book, found, Period(year, 12)) if found and found.is_approved else None


def overspent_by(book: Book, day: date, lines: Iterable[DraftLine]) -> tuple[str, ...]:
    """What lines not on a voucher yet would overspend, as those of a request, and expenses no item covers: warnings."""
    found = year_execution(book, day.year)
    if found is None:
        return ()
    return carried.shortfalls(found, book.chart, carried.spendings(lines, book.chart))


def all_in_budget(book: Book, year: int, wanted: Iterable[Spending]) -> bool:
    """Whether the year's approved budget covers all of these together."""
    found = year_execution(book, year)
    return found is not None and carried.covers(found, book.chart, tuple(wanted))

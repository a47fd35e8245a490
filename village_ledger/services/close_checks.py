"""The month-end check list: what must be in order before a month is closed."""

from ..domain.closing import CloseCheck
from ..domain.errors import NotAllowed, PeriodClosed
from ..domain.money import format_fen
from ..domain.period import Period
from ..domain.view import Balance
from ..storage import periods as rows
from . import asset_closing
from .book import Book
from .catalog import chart_definition
from .requests_register import exception_records


def close_checks(book: Book, period: Period) -> tuple[CloseCheck, ...]:
    """The month-end check list, in the order it is worked through. Carry-forward is made by closing itself."""
    _require_next(book, period)
    roles = chart_definition(book.entity.chart).roles
    balances = book.ledger.balances(period, period)
    checks = [
        _drafts_check(book, period),
        _numbers_check(book, period),
        _balance_check(balances),
        _cash_check(book, period, balances),
        _bank_check(book, balances),
    ]
    if period.is_year_end:
        pending = sum(row.closing_fen for row in balances if row.account.startswith(roles.pending_loss))
        checks.append(
            CloseCheck(
                "pending-loss",
                "待处理财产损溢年末已处理完毕",
                not roles.pending_loss or not pending,
                f"181 待处理财产损溢还有余额 {format_fen(pending)}，年末结账前要报批处理完" if pending else "",
            )
        )
    if assets := asset_closing.close_check(book, period):
        checks.append(assets)
    if excused := exceptions_check(book, period):
        checks.append(excused)
    return tuple(checks)


def _drafts_check(book: Book, period: Period) -> CloseCheck:
    counts = rows.draft_counts(book.connection)
    waiting = sum(count for (month, _state), count in counts.items() if month <= period)
    detail = f"{period.label}还有 {waiting} 张凭证没有记账，请审核、记账或删除" if waiting else ""
    return CloseCheck("all-posted", "本月凭证全部记账", not waiting, detail)


def _numbers_check(book: Book, period: Period) -> CloseCheck:
    gaps = rows.number_gaps(book.connection, period)
    detail = "、".join(f"{word}字有 {count} 张，最大号是 {last}" for word, count, last in gaps)
    return CloseCheck("numbers", "凭证号连续，没有断号重号", not gaps, detail)


def _balance_check(balances: tuple[Balance, ...]) -> CloseCheck:
    difference = sum(row.closing_fen for row in balances)
    moved = sum(row.debit_fen - row.credit_fen for row in balances)
    detail = f"期末借贷相差 {format_fen(difference)}，本期发生额相差 {format_fen(moved)}" if difference or moved else ""
    return CloseCheck("trial-balance", "试算平衡", not (difference or moved), detail)


def _cash_check(book: Book, period: Period, balances: tuple[Balance, ...]) -> CloseCheck:
    """Cash may not be negative at the end of any day (日清月结)."""
    codes = book.settings.cash_accounts
    standing: dict[str, int] = {}
    for row in balances:
        if row.account.startswith(codes):
            standing[row.account] = standing.get(row.account, 0) + row.opening_fen
    days: dict[tuple[str, str], int] = {}
    for line in book.ledger.lines(period, period, codes):
        key = (line.day.isoformat(), line.account)
        days[key] = days.get(key, 0) + line.debit_fen - line.credit_fen
    for (day, account), change in sorted(days.items()):
        standing[account] = standing.get(account, 0) + change
        if standing[account] < 0:
            name = book.chart.full_name(account)
            detail = f"{day} 日终 {account} {name} 为负数 {format_fen(standing[account])}，请检查凭证日期或漏记的提现"
            return CloseCheck("cash", "库存现金没有出现负数", False, detail)
    negative = [account for account, fen in standing.items() if fen < 0]
    detail = f"{negative[0]} {book.chart.full_name(negative[0])} 余额为负数" if negative else ""
    return CloseCheck("cash", "库存现金没有出现负数", not negative, detail)


def _bank_check(book: Book, balances: tuple[Balance, ...]) -> CloseCheck:
    codes = book.settings.bank_accounts
    low = [row for row in balances if row.account.startswith(codes) and row.closing_fen < 0]
    detail = "；".join(
        f"{row.account} {book.chart.full_name(row.account)}{''.join(f'（{i.name}）' for i in row.items)}"
        f" 余额 {format_fen(row.closing_fen)}"
        for row in low
    )
    return CloseCheck("bank", "银行存款没有透支", not low, detail, blocking=False)


def exceptions_check(book: Book, period: Period) -> CloseCheck | None:
    """Urgent exceptions still open are told, but do not keep a month from closing. None in books without control."""
    if not book.settings.control:
        return None
    found = [
        one
        for one in exception_records(book.connection)
        if one.state == "待补办" and one.day and Period.of(one.day) <= period
    ]
    labels = "、".join(one.label for one in found[:5])
    detail = f"还有 {len(found)} 项紧急例外没有补齐手续：{labels}{'等' if found[5:] else ''}" if found else ""
    return CloseCheck("exceptions", "紧急例外都已补办", not found, detail, blocking=False)


def _require_next(book: Book, period: Period) -> None:
    expected = book.open_period
    if period < expected:
        raise PeriodClosed(f"{period.label}已经结账了")
    if period > expected:
        raise NotAllowed(f"要按月顺序结账：请先结 {expected.label}，再结 {period.label}")

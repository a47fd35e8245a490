"""Closing months and the year, reopening, handing over."""

from pathlib import Path
from typing import NamedTuple

from .. import clock
from ..domain.chain import balances_content, sha256, sm3
from ..domain.closing import (
    CloseCheck,
    DistributionPlan,
    carry_drafts,
    distribution_draft,
    plan_distribution,
)
from ..domain.errors import BadInput, ExportFailed, NotAllowed, PeriodClosed, Refusal
from ..domain.money import format_fen
from ..domain.movement import expense_fen, income_fen, year_opening_fen
from ..domain.period import Period
from ..domain.view import Balance
from ..domain.voucher import Draft, DraftLine, Voucher
from ..storage import periods as rows
from ..storage.periods import PeriodRow
from ..storage.transaction import Transaction
from . import asset_closing
from .backups import back_up
from .book import Book, Progress, no_progress
from .catalog import chart_definition
from .month_names import month_names
from .openings import require_tied
from .people import role_of
from .vouchers import Poster, save_draft, voucher_words

REOPENING_ROLES = ("负责人", "乡镇")


class PeriodStatus(NamedTuple):
    """A month as the month-end page lists it."""

    period: Period
    closed: bool
    closed_at: str
    closed_by: str
    reopened: int
    handed_over: bool
    changed_after_hand_over: bool
    drafts: int
    reviewed: int
    posted: int


class CloseResult(NamedTuple):
    """What closing a month did. `head` is the log's hash to print and keep; `sm3` covers the month's balances."""

    period: Period
    carry_vouchers: tuple[Voucher, ...]
    backup: Path | None
    head: str
    sm3: str


def periods(book: Book) -> tuple[PeriodStatus, ...]:
    """Every month from the first one to the open one, and later ones that already hold vouchers."""
    kept = {row.period: row for row in rows.load_periods(book.connection)}
    posted = {Period.parse(month): count for month, count in rows.voucher_counts(book.connection).items()}
    drafts = rows.draft_counts(book.connection)
    last = max([book.open_period, *posted, *(period for period, _state in drafts)])
    return tuple(
        _status(kept.get(period, PeriodRow(period, False)), drafts, posted.get(period, 0))
        for period in book.entity.first_period.through(last)
    )


def _status(row: PeriodRow, drafts: dict[tuple[Period, str], int], posted: int) -> PeriodStatus:
    return PeriodStatus(
        row.period,
        row.closed,
        row.closed_at,
        row.closed_by,
        row.reopened,
        row.handed_over,
        row.changed_after_hand_over,
        drafts.get((row.period, "draft"), 0),
        drafts.get((row.period, "reviewed"), 0),
        posted,
    )


def close_checks(book: Book, period: Period) -> tuple[CloseCheck, ...]:
    """The month-end check list, in the order it is worked through. Carry-forward is made by closing itself."""
    _require_next(book, period)
    roles = chart_definition(book.entity.chart).roles
    balances = book.ledger.balances(period, period)
    checks = [
        _drafts_check(book, period),
        _numbers_check(book, period),
        _balance_check(balances),
        _cash_check(book, period),
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


def _cash_check(book: Book, period: Period) -> CloseCheck:
    """Cash may not be negative at the end of any day (日清月结)."""
    ledger = book.ledger
    codes = book.settings.cash_accounts
    opening = {row.account: 0 for row in ledger.balances(period, period) if row.account.startswith(codes)}
    for row in ledger.balances(period, period):
        if row.account in opening:
            opening[row.account] += row.opening_fen
    days: dict[tuple[str, str], int] = {}
    for line in ledger.lines(period, period, codes):
        key = (line.day.isoformat(), line.account)
        days[key] = days.get(key, 0) + line.debit_fen - line.credit_fen
    for (day, account), change in sorted(days.items()):
        opening[account] = opening.get(account, 0) + change
        if opening[account] < 0:
            name = book.chart.full_name(account)
            detail = f"{day} 日终 {account} {name} 为负数 {format_fen(opening[account])}，请检查凭证日期或漏记的提现"
            return CloseCheck("cash", "库存现金没有出现负数", False, detail)
    negative = [account for account, fen in opening.items() if fen < 0]
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


def carry_preview(book: Book, period: Period) -> tuple[Draft, ...]:
    """The carry-forward vouchers that closing the month will post; none in months the setting leaves open."""
    if not (period.is_year_end or book.settings.carry_forward == "month"):
        return ()
    definition = chart_definition(book.entity.chart)
    balances = book.ledger.balances(period, period)
    word = voucher_words(book)[-1]
    return carry_drafts(balances, book.chart, definition.roles, period, word, year_end=period.is_year_end)


def _require_next(book: Book, period: Period) -> None:
    expected = book.open_period
    if period < expected:
        raise PeriodClosed(f"{period.label}已经结账了")
    if period > expected:
        raise NotAllowed(f"要按月顺序结账：请先结 {expected.label}，再结 {period.label}")


def require_reached(book: Book, period: Period) -> None:
    """Refuse a month in a year that neither the calendar nor the vouchers have come to: a mistyped year."""
    newest = max(rows.voucher_counts(book.connection), default="")
    last = max(clock.today().year, Period.parse(newest).year if newest else 0)
    if period.year > last:
        raise NotAllowed(f"{period.label}还没有到，也没有凭证，不能结账。请检查年份")


def close(book: Book, period: Period, progress: Progress | None = None, *, backup: bool = True) -> CloseResult:
    """Close a month: check list, carry-forward, balances stored and hashed, then a verified backup of the book."""
    report = progress or no_progress
    report(0, 4, f"{period.label}结账检查")
    require_reached(book, period)
    with book.write() as transaction:
        failed = [check for check in close_checks(book, period) if check.blocking and not check.passed]
        if failed:
            lines = "\n".join(f"✗ {check.title}：{check.detail}" for check in failed)
            raise NotAllowed(f"{period.label}不能结账，以下检查没有通过：\n{lines}")
        require_tied(book)
        report(1, 4, f"{period.label}结转损益")
        carried = _post_carry(book, transaction, period)
        report(2, 4, f"{period.label}保存余额")
        head, digest = _store(book, transaction, period)
    saved = None
    if backup:
        report(3, 4, "备份账簿")
        try:
            saved = back_up(book, f"{period}结账")
        except Refusal as refusal:
            raise ExportFailed(
                f"{period.label}已经结账，但是{refusal.message}\n请腾出空间后再手工备份一次"
            ) from refusal
    report(4, 4, f"{period.label}已结账")
    return CloseResult(period, carried, saved, head, digest)


def _post_carry(book: Book, transaction: Transaction, period: Period) -> tuple[Voucher, ...]:
    """Post the carry-forward vouchers; the year-end ones need the balances the first ones leave behind."""
    drafts = carry_preview(book, period)
    if not drafts:
        return ()
    poster = Poster(book, transaction)
    return tuple(
        poster.post(one._replace(maker="自动结转", reviewer=book.actor, source="结账自动生成")) for one in drafts
    )


def _store(book: Book, transaction: Transaction, period: Period) -> tuple[str, str]:
    balances = book.ledger.balances(period, period)
    kept = {row.period: row for row in rows.load_periods(transaction.connection)}
    before = kept.get(period, PeriodRow(period, False))
    rows.save_period(transaction.connection, before._replace(closed=False))
    rows.drop_balances(transaction.connection, period)
    rows.store_balances(transaction.connection, period, balances)
    content = balances_content(balances)
    digest = sm3(content)
    vouchers = book.ledger.vouchers(period, period)
    names = month_names(book, vouchers, balances, transaction.seq)
    head = transaction.record(
        "close",
        str(period),
        {
            "vouchers": len(vouchers),
            "debit_fen": sum(row.debit_fen for row in balances),
            "credit_fen": sum(row.credit_fen for row in balances),
            "balances_sha256": sha256(content),
            "balances_sm3": digest,
            "names_sha256": sha256(names.content),
        },
    )
    rows.save_period(
        transaction.connection,
        before._replace(closed=True, closed_at=transaction.at, closed_by=transaction.actor, log_seq=transaction.seq),
    )
    return head, digest


def close_through(book: Book, period: Period, progress: Progress | None = None) -> tuple[CloseResult, ...]:
    """Close every open month up to and including `period`; stops at the first that fails. One backup at the end."""
    if period < book.open_period:
        raise PeriodClosed(f"{period.label}已经结账了")
    require_reached(book, period)
    months = tuple(book.open_period.through(period))
    return tuple(close(book, month, progress, backup=month == period) for month in months)


def reopen(book: Book, period: Period, reason: str) -> None:
    """Reopen the last closed month (反结账): authorised roles only, with a reason, logged and counted.

    Carry-forward vouchers stay posted; what they carried is corrected by new vouchers. A month already handed to
    the township keeps a mark that shows on every later export.
    """
    closed = rows.last_closed(book.connection)
    if closed is None or period != closed:
        last = f"只能反结账最后一个已结账的月份（{closed.label}）" if closed else "还没有结过账"
        raise NotAllowed(f"{period.label}不能反结账：{last}")
    role = role_of(book, book.actor)
    if role not in REOPENING_ROLES:
        raise NotAllowed(
            f"反结账只能由{'或'.join(REOPENING_ROLES)}办理，"
            f"现在的操作员“{book.actor}”是“{role or '未登记'}”。请切换操作员"
        )
    if not reason.strip():
        raise BadInput("请写明反结账的原因")
    with book.write() as transaction:
        before = next(row for row in rows.load_periods(transaction.connection) if row.period == period)
        transaction.record("reopen", str(period), {"reason": reason.strip(), "handed_over": before.handed_over})
        after = before._replace(
            closed=False,
            reopened=before.reopened + 1,
            changed_after_hand_over=before.changed_after_hand_over or before.handed_over,
            log_seq=transaction.seq,
        )
        rows.save_period(transaction.connection, after)
        rows.drop_balances(transaction.connection, period)


def mark_handed_over(book: Book, period: Period) -> None:
    """Note that a closed month's books were handed to the township (报送)."""
    with book.write() as transaction:
        row = next((row for row in rows.load_periods(transaction.connection) if row.period == period), None)
        if row is None or not row.closed:
            raise NotAllowed(f"{period.label}还没有结账，不能报送")
        transaction.record("hand-over", str(period), {"head": transaction.head})
        rows.save_period(transaction.connection, row._replace(handed_over=True))


def year_result(book: Book, year: int) -> tuple[int, int]:
    """The year's result so far and 年初未分配收益, in fen; right both before and after the carry-forward."""
    roles = chart_definition(book.entity.chart).roles
    chart = book.chart
    retained = (roles.profit, roles.undistributed.code(chart))
    result = opening = 0
    for row in book.ledger.balances(Period(year, 1), Period(year, 12)):
        if chart[row.account].is_profit_and_loss:
            if chart[row.account[:3]].side == "credit":
                result += income_fen(row, from_january=True)
            else:
                result -= expense_fen(row, from_january=True)
        elif row.account.startswith(retained):
            opening -= year_opening_fen(row)
    return result, opening


def distribution_plan(
    book: Book, year: int, reserve_rate_bp: int, members_fen: int, other_fen: int = 0
) -> DistributionPlan:
    """Work out the year's distribution from the book's figures. `reserve_rate_bp`: 1000 is 10 %."""
    result, opening = year_result(book, year)
    return plan_distribution(year, result, opening, reserve_rate_bp, members_fen, other_fen)


def distribute(
    book: Book, plan: DistributionPlan, members: tuple[DraftLine, ...], other: tuple[DraftLine, ...] = ()
) -> Draft:
    """Save the distribution voucher as a draft dated 31 December, to be reviewed and posted before closing the year."""
    roles = chart_definition(book.entity.chart).roles
    return save_draft(book, distribution_draft(plan, book.chart, roles, voucher_words(book)[-1], members, other))

"""Closing months, reopening them, handing over."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from .. import clock
from ..domain.chain import balances_content, sha256, sm3
from ..domain.closing import carry_drafts
from ..domain.duties import DUTIES
from ..domain.errors import BadInput, NotAllowed, PeriodClosed, Refusal
from ..domain.period import Period
from ..domain.voucher import Draft, Voucher
from ..storage import periods as rows
from ..storage.log import handed_over_since, newest_of
from ..storage.periods import PeriodRow
from ..storage.reviews import Opinion, newest_opinions
from ..storage.transaction import Transaction
from .backups import back_up
from .book import Book, Progress, no_progress
from .catalog import chart_definition
from .close_checks import close_checks as close_checks
from .month_names import month_names
from .openings import require_tied
from .people import role_of
from .vouchers import Poster, voucher_words

REOPENING_ROLES = DUTIES["period.reopen"].roles


class PeriodStatus(NamedTuple):
    """A month as the month-end page lists it. `review`: where it stands with the township, once that sends reviews."""

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
    review: str = ""

    @property
    def passed(self) -> bool:
        """Whether the township has passed it, so that it stays closed."""
        return self.review in {"已通过", "补正后通过"}


class CloseResult(NamedTuple):
    """What closing a month did. `head` is the log's hash to print and keep; `sm3` covers the month's balances.

    The month is closed even where its backup failed; then `backup_problem` says so in Chinese.
    """

    period: Period
    carry_vouchers: tuple[Voucher, ...]
    backup: Path | None
    head: str
    sm3: str
    backup_problem: str = ""


def periods(book: Book) -> tuple[PeriodStatus, ...]:
    """Every month from the first one to the open one, and later ones that already hold vouchers."""
    kept = {row.period: row for row in rows.load_periods(book.connection)}
    posted = {Period.parse(month): count for month, count in rows.voucher_counts(book.connection).items()}
    drafts = rows.draft_counts(book.connection)
    last = max([book.open_period, *posted, *(period for period, _state in drafts)])
    reviews = _review_states(book, kept.values())
    return tuple(
        _status(kept.get(period, PeriodRow(period, False)), drafts, posted.get(period, 0))._replace(
            review=reviews.get(period, "")
        )
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


_OPINIONS = {"通过": "已通过", "补正后通过": "补正后通过", "退回": "退回", "移交": "移交"}


def _review_states(book: Book, kept: Iterable[PeriodRow]) -> dict[Period, str]:
    """Where the closed months handed over stand; none in a book whose township sends no review files."""
    newest = newest_opinions(book.connection)
    return {row.period: _review_state(book, row, newest) for row in kept if newest and row.closed and row.handed_over}


def _review_state(book: Book, row: PeriodRow, newest: dict[Period, Opinion]) -> str:
    opinion = newest.get(row.period)
    if opinion and opinion.current:
        return _OPINIONS[opinion.opinion]
    if row.changed_after_hand_over and not handed_over_since(book.connection, row.period, row.log_seq):
        return "待重新报送" if opinion else ""
    return "审核中"


def carry_preview(book: Book, period: Period) -> tuple[Draft, ...]:
    """The carry-forward vouchers that closing the month will post; none in months the setting leaves open."""
    if not (period.is_year_end or book.settings.carry_forward == "month"):
        return ()
    definition = chart_definition(book.entity.chart)
    balances = book.ledger.balances(period, period)
    word = voucher_words(book)[-1]
    return carry_drafts(balances, book.chart, definition.roles, period, word, year_end=period.is_year_end)


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
    with book.write("period.close") as transaction:
        failed = [check for check in close_checks(book, period) if check.blocking and not check.passed]
        if failed:
            lines = "\n".join(f"✗ {check.title}：{check.detail}" for check in failed)
            raise NotAllowed(f"{period.label}不能结账，以下检查没有通过：\n{lines}")
        require_tied(book)
        report(1, 4, f"{period.label}结转损益")
        carried = _post_carry(book, transaction, period)
        report(2, 4, f"{period.label}保存余额")
        head, digest = _store(book, transaction, period)
    saved, problem = None, ""
    if backup:
        report(3, 4, "备份账簿")
        try:
            saved = back_up(book, f"{period}结账")
        except Refusal as refusal:
            problem = f"{period.label}已经结账，但是{refusal.message}\n请腾出空间后再手工备份一次"
    report(4, 4, f"{period.label}已结账")
    return CloseResult(period, carried, saved, head, digest, problem)


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
    key = newest_of(transaction.connection, "key")
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
            **({"key": key.detail["public"]} if key else {}),
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
    the township keeps a mark that shows on every later export; one it has passed stays closed.
    """
    with book.write("period.reopen") as transaction:
        closed = rows.last_closed(transaction.connection)
        if closed is None or period != closed:
            last = f"只能反结账最后一个已结账的月份（{closed.label}）" if closed else "还没有结过账"
            raise NotAllowed(f"{period.label}不能反结账：{last}")
        if not role_of(book, book.actor):
            raise NotAllowed(f"反结账只能由{'或'.join(REOPENING_ROLES)}办理，请切换操作员")
        opinion = newest_opinions(transaction.connection).get(period)
        if opinion and opinion.passes:
            raise NotAllowed(
                f"乡镇已审核通过{period.label}（{opinion.desk} {opinion.at[:10]} 第 {opinion.round} 轮），不能反结账；"
                "需要更正请在以后的月份用红字冲销"
            )
        if not reason.strip():
            raise BadInput("请写明反结账的原因")
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
    """Note that a closed month's books were handed to the township (报送) on paper or by other means."""
    with book.write("period.hand-over") as transaction:
        record_hand_over(transaction, period)


def record_hand_over(transaction: Transaction, period: Period, **more: str) -> None:
    """Mark a closed month as handed over, with what the log shall keep of it besides the head."""
    row = next((row for row in rows.load_periods(transaction.connection) if row.period == period), None)
    if row is None or not row.closed:
        raise NotAllowed(f"{period.label}还没有结账，不能报送")
    transaction.record("hand-over", str(period), {"head": transaction.head, **more})
    rows.save_period(transaction.connection, row._replace(handed_over=True))

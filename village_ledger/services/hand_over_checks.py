"""What is looked at before a month is handed over: what keeps it back, and what the township will ask about."""

from typing import NamedTuple

from .. import clock
from ..domain.closing import CloseCheck
from ..domain.period import Period
from .backups import all_attachments
from .book import Book, Progress
from .close_checks import exceptions_check
from .disclosures import disclosures
from .integrity import verify
from .periods import PeriodStatus, periods
from .review_answers import waiting

_STEPS = 6
"""As many as `verify` reports."""


class HandOverChoices(NamedTuple):
    """The closed months, newest first, the one that is probably meant, and what attachments would go along."""

    months: tuple[PeriodStatus, ...]
    meant: Period | None
    attachments: int
    attachment_bytes: int


def hand_over_choices(book: Book) -> HandOverChoices:
    """What can be handed over. Meant is the newest closed month that was not, or was closed anew since."""
    closed = tuple(one for one in reversed(periods(book)) if one.closed)
    due = [one.period for one in closed if not one.handed_over or one.review == "待重新报送"]
    newest = closed[0].period if closed else None
    files = all_attachments(book.connection)
    return HandOverChoices(closed, due[0] if due else newest, len(files), sum(one.size for one in files))


def hand_over_checks(book: Book, period: Period, progress: Progress) -> tuple[CloseCheck, ...]:
    """The check list. The month must be closed and the book must prove itself; the rest are reminders."""
    months = {one.period: one for one in periods(book)}
    month = months.get(period)
    closed = month is not None and month.closed
    found = [CloseCheck("closed", f"{period.label}已结账", closed, "" if closed else "先结账才能报送")]
    progress(0, _STEPS, "核验账簿")
    verified = verify(book, progress=progress)
    detail = "；".join(verified.findings[:3]) + ("……" if verified.findings[3:] else "")
    found.append(CloseCheck("verify", "账簿核验通过", verified.ok, detail))
    found.append(_earlier_check(tuple(months.values()), period))
    if month is not None and month.passed:
        found.append(
            CloseCheck("passed", "乡镇还没有审核通过", False, f"乡镇{month.review}，一般不用再报送", blocking=False)
        )
    if excused := exceptions_check(book, period):
        found.append(excused)
    found += [_comments_check(book), _notice_check(book, period)]
    return tuple(found)


def _earlier_check(months: tuple[PeriodStatus, ...], period: Period) -> CloseCheck:
    missing = [one.period.label for one in months if one.period < period and not one.handed_over]
    detail = f"{'、'.join(missing[-6:])}{'等月份' if missing[6:] else ''}还没有报送" if missing else ""
    return CloseCheck("earlier", "以前的月份都已报送", not missing, detail, blocking=False)


def _comments_check(book: Book) -> CloseCheck:
    today = clock.today()
    found = waiting(book, today)
    late = f"，其中 {found.overdue} 条已过期限" if found.overdue else ""
    detail = f"还有 {found.number} 条没有答复{late}；答复以后会随这个报送包送到乡镇" if found.number else ""
    return CloseCheck("comments", "乡镇审核意见都已答复", not found.number, detail, blocking=False)


def _notice_check(book: Book, period: Period) -> CloseCheck:
    """Whether a notice that covers the month hangs, or hung, on the wall."""
    made = [
        one
        for one in disclosures(book)
        if one.edition != "special" and one.start <= period <= one.end and one.state != "已作废"
    ]
    posted = any(one.posted for one in made)
    detail = "" if posted else f"公开榜已制作（{made[-1].state}），还没有张榜" if made else "还没有制作公开榜"
    return CloseCheck("notice", "财务公开榜已张榜", posted, detail, blocking=False)

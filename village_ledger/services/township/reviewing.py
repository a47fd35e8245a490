"""Reviewing what was handed over: comments on vouchers, contracts, decisions …, and where each month stands."""

from datetime import date
from typing import NamedTuple
from uuid import uuid4

from ...domain.desk import MonthState, Received, Village, state_shown
from ...domain.errors import BadInput, NotAllowed
from ...domain.period import Period
from ...domain.review import LAST_WORDS, Comment, Settlement, check_comment, comment_content
from ...storage.desk import doubts, received, reviews
from ...storage.desk.database import DeskTransaction
from ...storage.desk.reviews import Thread as Thread
from .desk import Desk


class Cell(NamedTuple):
    """A month of a village as the grid shows it: its state, what stands for it, and how many things are open."""

    state: MonthState
    received: Received | None = None
    open_comments: int = 0
    answered: int = 0
    overdue: int = 0
    doubts: int = 0


class Grid(NamedTuple):
    """Villages × months. `cells` by (village code, month); months before a village's first are missing."""

    villages: tuple[Village, ...]
    months: tuple[Period, ...]
    cells: dict[tuple[str, Period], Cell]


def grid(desk: Desk, start: Period, end: Period, today: date) -> Grid:
    """Where every month of every village stands on a day. As many queries for 300 villages as for one."""
    every, months = desk.villages, tuple(start.through(end))
    there = {(one.village, one.period): one for one in received.all_current(desk.store, start, end)}
    days = desk.settings.due_days
    said: dict[tuple[str, Period], list[Thread]] = {}
    for thread in reviews.threads(desk.store):
        said.setdefault((thread.village, thread.comment.period), []).append(thread)
    suspected: dict[tuple[str, Period], int] = {}
    for code, month, count in doubts.open_counts(desk.store, start, end):
        suspected[code, month] = count
    cells = {}
    for village in every:
        for month in months:
            if month < village.since:
                continue
            key = (village.code, month)
            stands = there.get(key)
            cells[key] = _cell(
                stands, state_shown(stands, month, today, days), said.get(key, []), suspected.get(key, 0), today
            )
    return Grid(every, months, cells)


def _cell(stands: Received | None, state: MonthState, said: list[Thread], suspected: int, today: date) -> Cell:
    pending = [thread for thread in said if thread.open]
    late = sum(1 for thread in pending if thread.comment.deadline and thread.comment.deadline < today)
    return Cell(state, stands, len(pending), sum(thread.state == "已答复" for thread in pending), late, suspected)


def threads(desk: Desk, village: Village, period: Period | None = None) -> tuple[Thread, ...]:
    """The comments of a village, of one month or of all, with answers and last words."""
    return reviews.threads(desk.store, village.code, period)


def begin(desk: Desk, village: Village, period: Period) -> None:
    """Begin to review a month; one under review or sent already stays as it is."""
    if standing(desk, village, period).state != "收到":
        return
    with desk.write(village.code) as transaction:
        _begin(desk, village, period, transaction)


def _begin(desk: Desk, village: Village, period: Period, transaction: DeskTransaction) -> None:
    stands = standing(desk, village, period)
    received.set_state(desk.store, village.code, period, "审核中" if stands.state == "收到" else stands.state)
    transaction.record("review-begin", f"{village.name} {period}", {"head": stands.head})


def comment(desk: Desk, village: Village, wanted: Comment) -> Comment:
    """Keep a comment on a month under review; uid, author and time are given here, and a label where it is about the
    whole month. Raises BadInput, NotAllowed.
    """
    if found := check_comment(wanted):
        raise BadInput("意见不完整，没有保存", found)
    with desk.write(village.code) as transaction:
        stands = standing(desk, village, wanted.period)
        if stands.state == "通过":
            raise NotAllowed(f"{wanted.period.label}已经审核通过，不能再加意见")
        if stands.state == "收到":
            _begin(desk, village, wanted.period, transaction)
        label = wanted.label or f"{wanted.period.label}的账"
        kept = wanted._replace(uid=uuid4().hex, label=label, author=transaction.actor, at=transaction.at)
        reviews.add_comment(desk.store, village.code, kept)
        transaction.record("comment", f"{village.name} {kept.label or kept.period}", comment_content(kept))
    return kept


def withdraw(desk: Desk, village: Village, uid: str) -> None:
    """Take back a comment that was not sent yet; one that was sent is settled instead."""
    with desk.write(village.code) as transaction:
        thread = _thread(desk, village, uid)
        if thread.sent:
            raise NotAllowed("这条意见已经发给村里，不能撤回，可以作“已排除”处理")
        reviews.withdraw(desk.store, village.code, uid)
        transaction.record("comment-withdraw", f"{village.name} {thread.comment.label}", {"uid": uid})


def settle(desk: Desk, village: Village, uid: str, state: str, text: str) -> None:
    """The last word on a comment: 已整改, 已排除, or 重新整改 (with the reason)."""
    if state not in LAST_WORDS:
        raise BadInput(f"处理结果只能是：{'、'.join(LAST_WORDS)}")
    if state != "已整改" and not text.strip():
        raise BadInput("请写明理由")
    with desk.write(village.code) as transaction:
        thread = _thread(desk, village, uid)
        said = Settlement(uid, state, text.strip(), transaction.actor, transaction.at)
        reviews.add_settlement(desk.store, village.code, said)
        transaction.record("comment-settle", f"{village.name} {thread.comment.label}", said._asdict())


def standing(desk: Desk, village: Village, period: Period) -> Received:
    """What stands for a month; refused when nothing was handed over."""
    found = received.current(desk.store, village.code, period)
    if found is None:
        raise NotAllowed(f"{village.name}还没有报送{period.label}的账")
    return found


def _thread(desk: Desk, village: Village, uid: str) -> Thread:
    every = reviews.threads(desk.store, village.code)
    found = next((one for one in every if one.comment.uid == uid and not one.withdrawn), None)
    if found is None:
        raise BadInput("没有这条意见，可能在别的窗口撤回了")
    return found

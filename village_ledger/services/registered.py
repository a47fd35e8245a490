"""What the log says the book's own tables hold: accounts, dimension members, settings, people, months.

`verify` compares it with the tables; an exported month takes its names from it, as they were when the month was closed.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from ..domain.chain import sha256
from ..domain.period import Period
from ..storage import integrity as raw
from ..storage.log import LogEntry
from ..storage.meta import load_meta
from ..storage.periods import PeriodRow, load_periods
from .book import Book

_LABELS = {
    "closed": "结账状态",
    "closed_at": "结账时间",
    "closed_by": "结账人",
    "reopened": "反结账次数",
    "handed_over": "报送标记",
    "changed_after_hand_over": "报送后反结账标记",
    "log_seq": "日志序号",
}


class Registered(NamedTuple):
    """The tables as the log tells them. Accounts by code, members by `category:code`, people as (role, active)."""

    accounts: dict[str, dict[str, Any]]
    items: dict[str, dict[str, Any]]
    meta: dict[str, str]
    people: dict[str, tuple[str, bool]]
    months: dict[Period, PeriodRow]
    openings: str


def registered(log: Iterable[LogEntry]) -> Registered:
    """Replay the log from its first record. Empty openings: none were ever entered."""
    found = Registered({}, {}, {}, {}, {}, "")
    for entry in log:
        detail = entry.detail
        match entry.action:
            case "create":
                found.accounts.update({row["code"]: row for row in detail["accounts"]})
                found.meta.update(detail["meta"])
                found.people.update({name: (role, True) for name, role in detail["people"]})
            case "account":
                found.accounts[detail["code"]] = detail
            case "account-delete":
                found.accounts.pop(detail["code"], None)
            case "item":
                found.items[f"{detail['category']}:{detail['code']}"] = detail
            case "openings":
                found = found._replace(openings=detail["content"])
            case "settings":
                found.meta.update({key: change[1] for key, change in detail.items()})
            case "person":
                found.people[entry.subject] = (detail["role"], detail["active"])
            case "close" | "reopen" | "hand-over":
                period = Period.parse(entry.subject)
                found.months[period] = _month(found.months.get(period, PeriodRow(period, closed=False)), entry)
    return found


def _month(before: PeriodRow, entry: LogEntry) -> PeriodRow:
    if entry.action == "close":
        return before._replace(closed=True, closed_at=entry.at, closed_by=entry.actor, log_seq=entry.seq)
    if entry.action == "hand-over":
        return before._replace(handed_over=True)
    return before._replace(
        closed=False,
        reopened=before.reopened + 1,
        changed_after_hand_over=before.changed_after_hand_over or before.handed_over,
        log_seq=entry.seq,
    )


def findings(book: Book, log: Iterable[LogEntry]) -> Iterator[str]:
    """Where the tables differ from the log."""
    told = registered(log)
    stored_accounts, stored_items = raw.master_data(book.connection)
    yield from compare("科目", stored_accounts, told.accounts)
    yield from compare("辅助核算", stored_items, told.items)
    stored_meta = load_meta(book.connection)
    for key in sorted(told.meta.keys() | stored_meta.keys()):
        if stored_meta.get(key) != told.meta.get(key):
            yield f"账簿设置“{key}”和日志记录的不一样：现在是“{stored_meta.get(key)}”，日志是“{told.meta.get(key)}”"
    if raw.openings_digest(book.connection) != (told.openings or sha256([])):
        yield "期初余额和录入时不一样，被改动过"
    stored_people = raw.people(book.connection)
    for name in sorted(told.people.keys() | stored_people.keys()):
        if stored_people.get(name) != told.people.get(name):
            yield f"人员“{name}”的岗位或状态和日志记录的不一样，被改动过"
    yield from _compare_months({row.period: row for row in load_periods(book.connection)}, told.months)


def compare(what: str, stored: dict[str, dict[str, Any]], logged: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Rows of one kind, by their key, that are gone, that nobody logged, or that differ from what was logged last."""
    for key in sorted(stored.keys() | logged.keys()):
        now, then = stored.get(key), logged.get(key)
        if now is None:
            yield f"{what} {key} 被删掉了（日志里有它的登记）"
        elif then is None:
            yield f"{what} {key} 在日志里没有登记，是从外部塞进来的"
        elif now != then:
            names = "、".join(f"{name}：{then.get(name)} → {now[name]}" for name in now if now[name] != then.get(name))
            yield f"{what} {key} 和登记的不一样，被改动过（{names}）"


def _compare_months(stored: dict[Period, PeriodRow], told: dict[Period, PeriodRow]) -> Iterator[str]:
    for period in sorted(stored.keys() | told.keys()):
        now = stored.get(period, PeriodRow(period, closed=False))
        then = told.get(period, PeriodRow(period, closed=False))
        if now.closed and not then.closed:
            yield f"{period} 标为已结账，但日志里没有结账记录"
        elif now != then:
            different = "、".join(
                label for field, label in _LABELS.items() if getattr(now, field) != getattr(then, field)
            )
            yield f"{period} 的{different}和日志记录的不一样，被改动过"

"""Contracts as their register tells them: which ones give land and buildings away, and how long they run."""

from collections.abc import Iterator
from datetime import date

from village_ledger.domain.contract import INCOMING

from . import cells
from .model import Case, Row

REGISTER = "contract-register"
TENANCIES = ("承包", "租赁")
OVER = frozenset({"已收回", "已终止", "已续签", "已到期", "未开始"})
"""States in which nobody holds the thing under the contract."""


def tenancies(case: Case) -> Iterator[Row]:
    """Contracts by which the village lets land or buildings, whatever their state."""
    for row in case.rows(REGISTER):
        if cells.text(row, "kind") in TENANCIES and cells.text(row, "direction") in {INCOMING, ""}:
            yield row


def running(row: Row) -> bool:
    """Whether somebody holds the thing under the contract."""
    return cells.text(row, "state") not in OVER


def signed_on(row: Row) -> date | None:
    """The day a contract was signed; its first day where that is not registered."""
    return cells.day(row, "signed") or cells.day(row, "start")


def anniversary(first: date, years: int) -> date:
    """The same day so many years on; the first of March for a 29 February that is not there."""
    try:
        return first.replace(year=first.year + years)
    except ValueError:
        return date(first.year + years, 3, 1)


def longer_than(row: Row, years: int) -> bool:
    """Whether the term is longer than so many years; both its days are included."""
    first, last = cells.day(row, "start"), cells.day(row, "end")
    if first is None or last is None or first.year + years > date.max.year:
        return False
    return last >= anniversary(first, years)


def told(row: Row) -> str:
    """合同 HT2023-01（旧村小厂房，顺达木制品厂）."""
    about = "，".join(part for part in (cells.text(row, "subject"), cells.text(row, "party")) if part)
    return f"合同 {cells.text(row, 'contract')}（{about}）" if about else f"合同 {cells.text(row, 'contract')}"


def subject_of(row: Row) -> str:
    """What a hit about a contract is about."""
    return f"合同 {cells.text(row, 'contract')}"

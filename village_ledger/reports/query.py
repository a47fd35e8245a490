"""What may be asked of a report: a span of months, and for ledgers which account or dimension member."""

from typing import NamedTuple

from village_ledger.domain.account import Item
from village_ledger.domain.period import Period


class Query(NamedTuple):
    """The span (both months included) and what to narrow the report to.

    `account` is a code at any level (empty: every account), `accounts` the book's own cash or bank accounts for the
    journals, `dimension` the category ledgers are split by (empty: not split), `level` the deepest level listed,
    `voucher` one posted voucher as `2025-06 记-5`.
    """

    start: Period
    end: Period
    account: str = ""
    item: Item | None = None
    dimension: str = "往来户"
    level: int = 6
    accounts: tuple[str, ...] = ()
    voucher: str = ""

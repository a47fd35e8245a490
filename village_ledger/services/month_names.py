"""The names a month is exported with: village, accounts, dimension members, as they were when it was closed.

Vouchers and balances hold codes only, since names may later be corrected (docs/decisions/0006). The close record holds
a digest of the names, so that nobody can rename a household in an exported month.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from ..domain.account import Item
from ..domain.view import Balance
from ..domain.voucher import Voucher
from ..storage.log import naming_records
from .book import Book
from .registered import registered


class MonthNames(NamedTuple):
    """`accounts` are `[code, name, category, side]` in code order, `items` the names by `category:code`."""

    village: str
    region_code: str
    accounts: list[list[str]]
    items: dict[str, str]

    @property
    def content(self) -> list[Any]:
        """What the digest in the close record covers."""
        return [self.village, self.region_code, self.accounts, self.items]


def month_names(book: Book, vouchers: Iterable[Voucher], balances: Iterable[Balance], last: int) -> MonthNames:
    """The names as the log's first `last` records give them; members only those the month's figures are kept by."""
    told = registered(naming_records(book.connection, last))
    used = {f"{item.category}:{item.code}" for item in _items(vouchers, balances)}
    return MonthNames(
        told.meta["name"],
        told.meta["region_code"],
        [[code, row["name"], row["category"], row["side"]] for code, row in sorted(told.accounts.items())],
        {key: told.items[key]["name"] for key in sorted(used)},
    )


def _items(vouchers: Iterable[Voucher], balances: Iterable[Balance]) -> Iterator[Item]:
    for balance in balances:
        yield from balance.items
    for voucher in vouchers:
        for line in voucher.lines:
            yield from line.items

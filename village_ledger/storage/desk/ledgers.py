"""The books of the villages: vouchers as they were digested, balances, accounts, opening balances, names.

Contents of vouchers, charts and openings are the canonical JSON of the package (docs/formats-package.md); who reads
them back into values is `package.contents`.
"""

import zlib
from collections.abc import Iterable
from typing import Any, NamedTuple

from ...domain.account import Item
from ...domain.chain import canonical_text, voucher_content
from ...domain.period import Period
from ...domain.view import Balance
from ...domain.voucher import Voucher
from .database import DeskDatabase
from .tables import BalanceRow, ChartRow, ItemRow, OpeningRow, VoucherRow


class VoucherHead(NamedTuple):
    """A voucher as a list shows it."""

    village: str
    period: Period
    word: str
    number: int
    uid: str
    day: str
    total_fen: int
    summary: str

    @property
    def label(self) -> str:
        """2025-06 记-12."""
        return f"{self.period} {self.word}-{self.number}"


class BalanceLine(NamedTuple):
    """A month's balance of one account and combination of items, as sums over villages read it."""

    village: str
    period: Period
    account: str
    items: tuple[str, ...]
    opening_fen: int
    debit_fen: int
    credit_fen: int

    @property
    def closing_fen(self) -> int:
        """Opening plus debits minus credits."""
        return self.opening_fen + self.debit_fen - self.credit_fen


def store_vouchers(store: DeskDatabase, village: str, vouchers: Iterable[Voucher]) -> None:
    """Keep the vouchers of a month."""
    store.insert(
        VoucherRow,
        (
            {
                "village": village,
                "period": str(one.period),
                "word": one.word,
                "number": one.number,
                "uid": one.uid,
                "day": one.day.isoformat(),
                "kind": one.kind,
                "total_fen": one.total_fen,
                "summary": one.lines[0].summary,
                "content": canonical_text(voucher_content(one)),
            }
            for one in vouchers
        ),
    )


def drop_vouchers(store: DeskDatabase, village: str, months: Iterable[Period]) -> None:
    """Forget the vouchers of months, before newer ones take their place."""
    texts = [str(month) for month in months]
    store.run(VoucherRow.delete().where(VoucherRow.village == village, VoucherRow.period.in_(texts)))


def store_balances(store: DeskDatabase, village: str, period: Period, balances: Iterable[Balance]) -> None:
    """Keep the balances of a month."""
    store.insert(
        BalanceRow,
        (
            {
                "village": village,
                "period": str(period),
                "account": one.account,
                "items": ";".join(f"{item.category}:{item.code}" for item in one.items),
                "opening_fen": one.opening_fen,
                "debit_fen": one.debit_fen,
                "credit_fen": one.credit_fen,
            }
            for one in balances
            if one.opening_fen or one.debit_fen or one.credit_fen
        ),
    )


def store_chart(store: DeskDatabase, village: str, year: int, content: bytes, entity: bytes) -> None:
    """Keep the accounts of a village in a year, and what it said of itself."""
    row = {"village": village, "year": year, "content": zlib.compress(content), "entity": zlib.compress(entity)}
    store.insert(ChartRow, [row], replace=True)


def drop_charts(store: DeskDatabase, village: str) -> None:
    """Forget the accounts of a village."""
    store.run(ChartRow.delete().where(ChartRow.village == village))


def load_chart(store: DeskDatabase, village: str) -> bytes:
    """The accounts of a village as last handed over; `[]` while there are none."""
    return _newest(store, village, ChartRow.content) or b"[]"


def load_entity(store: DeskDatabase, village: str) -> bytes:
    """What a village last said of itself; `{}` while it said nothing."""
    return _newest(store, village, ChartRow.entity) or b"{}"


def _newest(store: DeskDatabase, village: str, column: Any) -> bytes:
    row = store.one(ChartRow.select(column).where(ChartRow.village == village).order_by(ChartRow.year.desc()).tuples())
    return zlib.decompress(bytes(row[0])) if row else b""


def store_openings(store: DeskDatabase, village: str, period: Period, content: bytes) -> None:
    """Keep what a village's ledger begins with."""
    row = {"village": village, "period": str(period), "content": zlib.compress(content)}
    store.insert(OpeningRow, [row], replace=True)


def load_openings(store: DeskDatabase, village: str) -> bytes:
    """What the earliest year handed over begins with; empty while nothing was."""
    row = store.one(
        OpeningRow.select(OpeningRow.content).where(OpeningRow.village == village).order_by(OpeningRow.period).tuples()
    )
    return zlib.decompress(bytes(row[0])) if row else b""


def store_items(store: DeskDatabase, village: str, items: dict[str, str]) -> None:
    """Keep the names of dimension members by `category:code`; the newest name holds."""
    store.insert(ItemRow, ({"village": village, "key": key, "name": items[key]} for key in items), replace=True)


def load_items(store: DeskDatabase, village: str) -> dict[str, Item]:
    """The dimension members by `category:code`."""
    found = {}
    for key, name in store.all(ItemRow.select(ItemRow.key, ItemRow.name).where(ItemRow.village == village).tuples()):
        category, _, code = key.partition(":")
        found[key] = Item(category, code, name)
    return found


def load_vouchers(
    store: DeskDatabase, village: str, start: Period | None = None, end: Period | None = None
) -> tuple[str, ...]:
    """The contents of a village's vouchers in (month, word, number) order."""
    query = VoucherRow.select(VoucherRow.content).where(VoucherRow.village == village)
    if start:
        query = query.where(VoucherRow.period >= str(start))
    if end:
        query = query.where(VoucherRow.period <= str(end))
    order = (VoucherRow.period, VoucherRow.word, VoucherRow.number)
    return tuple(text for (text,) in store.all(query.order_by(*order).tuples()))


def voucher_heads(
    store: DeskDatabase, village: str, period: Period, text: str = "", at_least_fen: int = 0
) -> tuple[VoucherHead, ...]:
    """The vouchers of a month as a list, narrowed to a text in the content and to a least sum, red or black."""
    query = VoucherRow.select(
        *(VoucherRow.village, VoucherRow.period, VoucherRow.word, VoucherRow.number),
        *(VoucherRow.uid, VoucherRow.day, VoucherRow.total_fen, VoucherRow.summary),
    ).where(VoucherRow.village == village, VoucherRow.period == str(period))
    if at_least_fen > 0:
        query = query.where((VoucherRow.total_fen >= at_least_fen) | (VoucherRow.total_fen <= -at_least_fen))
    if text:
        query = query.where(VoucherRow.content.contains(text))
    rows = store.all(query.order_by(VoucherRow.word, VoucherRow.number).tuples())
    return tuple(VoucherHead(row[0], Period.parse(row[1]), *row[2:]) for row in rows)


def voucher_text(store: DeskDatabase, village: str, *, uid: str = "", label: str = "") -> str:
    """The content of one voucher, by uid or by label (`2025-06 记-5`); empty when there is none."""
    query = VoucherRow.select(VoucherRow.content).where(VoucherRow.village == village)
    if uid:
        query = query.where(VoucherRow.uid == uid)
    else:
        month, _, name = label.partition(" ")
        word, _, number = name.partition("-")
        if not (number.isascii() and number.isdigit() and len(number) < 10):
            return ""
        query = query.where(VoucherRow.period == month, VoucherRow.word == word, VoucherRow.number == int(number))
    row = store.one(query.tuples())
    return row[0] if row else ""


def balance_lines(
    store: DeskDatabase, period: Period, accounts: tuple[str, ...] = (), village: str = ""
) -> tuple[BalanceLine, ...]:
    """The balances of a month over all villages (or one), of accounts that begin with one of the codes."""
    query = BalanceRow.select().where(BalanceRow.period == str(period))
    if village:
        query = query.where(BalanceRow.village == village)
    rows = query.order_by(BalanceRow.village, BalanceRow.account, BalanceRow.items).tuples()
    return tuple(_line(row, period) for row in store.all(rows) if not accounts or row[2].startswith(accounts))


def counterparty_movements(
    store: DeskDatabase, village: str, accounts: tuple[str, ...], before: Period
) -> tuple[BalanceLine, ...]:
    """The balances of a village's accounts that begin with one of the codes, month after month before a month."""
    query = BalanceRow.select().where(BalanceRow.village == village, BalanceRow.period < str(before))
    months: dict[str, Period] = {}
    return tuple(
        _line(row, months.setdefault(row[1], Period.parse(row[1])))
        for row in store.all(query.order_by(BalanceRow.period, BalanceRow.account, BalanceRow.items).tuples())
        if row[2].startswith(accounts)
    )


def _line(row: tuple[Any, ...], period: Period) -> BalanceLine:
    return BalanceLine(row[0], period, row[2], tuple(row[3].split(";")) if row[3] else (), *row[4:])

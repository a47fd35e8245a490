"""What a report may ask of a ledger. A stored book answers from SQLite, a list of vouchers by folding it."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple, Protocol

from .account import Chart, Item
from .period import Period
from .voucher import Voucher, VoucherKind

ONE_PERSON = "一人岗例外：本单位一人办公，制单、审核等不相容岗位没有分开"
"""What every export of a one-person village office says."""


class Entity(NamedTuple):
    """The reporting village (编制单位)."""

    name: str
    county: str = ""
    township: str = ""
    region_code: str = ""
    credit_code: str = ""
    chart: str = "rural-2023"
    first_period: Period = Period(2025, 1)
    single_person: bool = False

    @property
    def exceptions(self) -> tuple[str, ...]:
        """The named exceptions that whatever leaves the book must say."""
        return (ONE_PERSON,) if self.single_person else ()


class Balance(NamedTuple):
    """What happened on one account and combination of items over a span of months. Signed fen, debit positive.

    `debit_fen`/`credit_fen` are the span's movements, `year_*` those from 1 January of the span's last year
    (including 本年累计 of a book started mid-year); the `carried_*` part of the span's movements came from
    carry-forward vouchers. Quantities are thousandths of the account's unit.
    """

    account: str
    items: tuple[Item, ...] = ()
    opening_fen: int = 0
    debit_fen: int = 0
    credit_fen: int = 0
    year_debit_fen: int = 0
    year_credit_fen: int = 0
    carried_debit_fen: int = 0
    carried_credit_fen: int = 0
    opening_quantity: int = 0
    in_quantity: int = 0
    out_quantity: int = 0

    @property
    def closing_fen(self) -> int:
        """Opening plus debits minus credits."""
        return self.opening_fen + self.debit_fen - self.credit_fen

    @property
    def closing_quantity(self) -> int:
        """Opening plus in minus out."""
        return self.opening_quantity + self.in_quantity - self.out_quantity


class LedgerLine(NamedTuple):
    """One posted entry line with its voucher's heading, in voucher order."""

    voucher: int
    day: date
    word: str
    number: int
    position: int
    summary: str
    account: str
    items: tuple[Item, ...]
    debit_fen: int
    credit_fen: int
    quantity: int = 0
    kind: VoucherKind = "normal"

    @property
    def label(self) -> str:
        """记-12."""
        return f"{self.word}-{self.number}"


class LedgerSource(Protocol):
    """A read-only ledger. Only posted vouchers count."""

    @property
    def entity(self) -> Entity:
        """Whose ledger it is."""

    @property
    def chart(self) -> Chart:
        """The accounts."""

    def balances(self, start: Period, end: Period) -> tuple[Balance, ...]:
        """One row per account and item combination that has an opening, a movement or a year-to-date figure."""

    def lines(
        self, start: Period, end: Period, accounts: Iterable[str] = (), item: Item | None = None
    ) -> tuple[LedgerLine, ...]:
        """Lines in (day, word, number, position) order; `accounts` are code prefixes (none: every account)."""

    def vouchers(self, start: Period, end: Period) -> tuple[Voucher, ...]:
        """Posted vouchers in (month, word, number) order."""

    def item(self, category: str, name: str) -> Item | None:
        """A dimension member by name, or None."""


class Opening(NamedTuple):
    """One opening balance. `balance_fen` is signed (debit positive); `year_*` are 本年累计 of a mid-year start."""

    account: str
    items: tuple[Item, ...] = ()
    balance_fen: int = 0
    year_debit_fen: int = 0
    year_credit_fen: int = 0
    quantity: int = 0


class MemoryLedger:
    """A ledger folded from a list of posted vouchers: the plain definition the stored one must agree with."""

    def __init__(
        self, entity: Entity, chart: Chart, openings: Iterable[Opening] = (), vouchers: Iterable[Voucher] = ()
    ) -> None:
        self.entity = entity
        self.chart = chart
        self._openings = tuple(openings)
        self._vouchers = tuple(sorted(vouchers, key=lambda v: (v.period, v.word, v.number)))

    def balances(self, start: Period, end: Period) -> tuple[Balance, ...]:
        """See `LedgerSource`."""
        rows: dict[tuple[str, tuple[Item, ...]], Balance] = {}
        started_this_year = self.entity.first_period.year == end.year
        for opening in self._openings:
            rows[opening.account, opening.items] = Balance(
                opening.account,
                opening.items,
                opening.balance_fen,
                year_debit_fen=opening.year_debit_fen if started_this_year else 0,
                year_credit_fen=opening.year_credit_fen if started_this_year else 0,
                opening_quantity=opening.quantity,
            )
        for voucher in self._vouchers:
            if voucher.period > end:
                continue
            in_span = voucher.period >= start
            in_year = voucher.period >= end.january
            for line in voucher.lines:
                key = (line.account, line.items)
                row = rows.get(key, Balance(*key))
                inward = line.quantity if line.debit_fen else 0
                outward = line.quantity if line.credit_fen else 0
                if in_span:
                    carried = voucher.kind == "carry"
                    row = row._replace(
                        debit_fen=row.debit_fen + line.debit_fen,
                        credit_fen=row.credit_fen + line.credit_fen,
                        carried_debit_fen=row.carried_debit_fen + carried * line.debit_fen,
                        carried_credit_fen=row.carried_credit_fen + carried * line.credit_fen,
                        in_quantity=row.in_quantity + inward,
                        out_quantity=row.out_quantity + outward,
                    )
                else:
                    row = row._replace(
                        opening_fen=row.opening_fen + line.debit_fen - line.credit_fen,
                        opening_quantity=row.opening_quantity + inward - outward,
                    )
                if in_year:
                    row = row._replace(
                        year_debit_fen=row.year_debit_fen + line.debit_fen,
                        year_credit_fen=row.year_credit_fen + line.credit_fen,
                    )
                rows[key] = row
        return tuple(rows[key] for key in sorted(rows) if any(rows[key][2:]))

    def lines(
        self, start: Period, end: Period, accounts: Iterable[str] = (), item: Item | None = None
    ) -> tuple[LedgerLine, ...]:
        """See `LedgerSource`."""
        prefixes = tuple(accounts)
        found = [
            LedgerLine(
                voucher.id,
                voucher.day,
                voucher.word,
                voucher.number,
                position,
                line.summary,
                line.account,
                line.items,
                line.debit_fen,
                line.credit_fen,
                line.quantity,
                voucher.kind,
            )
            for voucher in self.vouchers(start, end)
            for position, line in enumerate(voucher.lines, 1)
            if (not prefixes or line.account.startswith(prefixes)) and (item is None or item in line.items)
        ]
        return tuple(sorted(found, key=lambda line: (line.day, line.word, line.number, line.position)))

    def vouchers(self, start: Period, end: Period) -> tuple[Voucher, ...]:
        """See `LedgerSource`."""
        return tuple(voucher for voucher in self._vouchers if start <= voucher.period <= end)

    def item(self, category: str, name: str) -> Item | None:
        """See `LedgerSource`."""
        for voucher in self._vouchers:
            for line in voucher.lines:
                for member in line.items:
                    if (member.category, member.name) == (category, name):
                        return member
        for opening in self._openings:
            for member in opening.items:
                if (member.category, member.name) == (category, name):
                    return member
        return None

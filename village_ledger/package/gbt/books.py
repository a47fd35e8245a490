"""What is written: a year to date, its statements and the cards of its fixed assets, as plain values."""

from typing import NamedTuple

from village_ledger.domain.period import Period
from village_ledger.package.contents import Contents

PERSON_OF_PROGRAM = ("自动结转", "导入")
"""Names that vouchers bear and that are no person's."""


class SheetRow(NamedTuple):
    """One line of a statement: its two figures in fen, and in words how the first comes about."""

    name: str
    line: int
    first_fen: int
    second_fen: int
    explanation: str = ""


class Sheet(NamedTuple):
    """One statement. `columns` are the titles of its two figures; `number` is that of the set (报表集)."""

    number: str
    key: str
    title: str
    columns: tuple[str, str]
    rows: tuple[SheetRow, ...]


class AssetCard(NamedTuple):
    """One fixed asset as its register shows it at the end of the span. Money in fen, quantity in thousandths."""

    code: str
    name: str
    category: str
    acquired: str
    unit: str
    quantity: int
    source: str
    method: str
    status: str
    life_months: int
    charged_months: int
    original_fen: int
    accumulated_fen: int
    residual_fen: int
    monthly_fen: int
    units: int
    units_name: str
    location: str
    model: str
    custodian: str
    account: str
    accumulated_account: str


class AssetChange(NamedTuple):
    """What happened to an asset in the span's last month; a write-off has negative figures."""

    day: str
    kind: str
    code: str
    name: str
    quantity: int
    original_fen: int
    accumulated_fen: int
    reason: str


class Books(NamedTuple):
    """Everything that is written. `closed` is the last closed month of the span, None for none."""

    contents: Contents
    closed: Period | None
    program: str
    sheets: tuple[Sheet, ...] = ()
    cards: tuple[AssetCard, ...] = ()
    changes: tuple[AssetChange, ...] = ()

    @property
    def people(self) -> tuple[str, ...]:
        """Whoever signed a voucher."""
        names = {
            name
            for one in self.contents.vouchers
            for name in (one.maker, one.reviewer, one.cashier, one.poster)
            if name and name not in PERSON_OF_PROGRAM
        }
        return tuple(sorted(names))

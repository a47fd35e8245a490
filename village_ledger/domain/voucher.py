"""Vouchers: the draft that may be wrong, and the posted voucher that cannot be changed."""

from datetime import date
from typing import Literal, NamedTuple

from .account import Item
from .period import Period

VoucherKind = Literal["normal", "carry", "year_end"]
"""normal; carry = income and expense to 321 (结转损益); year_end = 321 and 322 settled (年终结转)."""

DraftState = Literal["draft", "reviewed"]
WORDS_SINGLE = ("记",)
WORDS_TYPED = ("收", "付", "转")


class DraftLine(NamedTuple):
    """One entry line as typed. `items` are (category, name) pairs; quantity is thousandths of the account's unit.

    Exactly one of debit and credit should be non-zero; either may be negative (red letters).
    """

    summary: str = ""
    account: str = ""
    items: tuple[tuple[str, str], ...] = ()
    debit_fen: int = 0
    credit_fen: int = 0
    quantity: int = 0

    @property
    def is_blank(self) -> bool:
        """Whether nothing but perhaps a summary has been typed."""
        return not (self.account or self.items or self.debit_fen or self.credit_fen or self.quantity)


class Draft(NamedTuple):
    """A voucher not yet posted. `id` 0 and `version` 0 until saved; `position` orders it within month and word."""

    day: date
    word: str
    lines: tuple[DraftLine, ...] = ()
    attachments: int = 0
    id: int = 0
    version: int = 0
    position: int = 0
    state: DraftState = "draft"
    kind: VoucherKind = "normal"
    maker: str = ""
    reviewer: str = ""
    cashier: str = ""
    reverses: int = 0
    source: str = ""

    @property
    def period(self) -> Period:
        """The month the voucher belongs to."""
        return Period.of(self.day)

    @property
    def debit_total_fen(self) -> int:
        """Sum of the debits."""
        return sum(line.debit_fen for line in self.lines)

    @property
    def credit_total_fen(self) -> int:
        """Sum of the credits."""
        return sum(line.credit_fen for line in self.lines)


class Line(NamedTuple):
    """One posted entry line; `account` is a leaf's code, `items` the dimension members it is kept by."""

    summary: str
    account: str
    items: tuple[Item, ...]
    debit_fen: int
    credit_fen: int
    quantity: int = 0


class Voucher(NamedTuple):
    """A posted voucher. `number` counts from 1 within month and word; `reverses`/`reversed_by` are voucher ids or 0."""

    id: int
    uid: str
    day: date
    word: str
    number: int
    lines: tuple[Line, ...]
    attachments: int
    kind: VoucherKind
    maker: str
    reviewer: str
    cashier: str
    poster: str
    reverses: int = 0
    reversed_by: int = 0
    source: str = ""

    @property
    def period(self) -> Period:
        """The month the voucher belongs to."""
        return Period.of(self.day)

    @property
    def label(self) -> str:
        """How a book refers to it: 记-12."""
        return f"{self.word}-{self.number}"

    @property
    def total_fen(self) -> int:
        """Sum of the debits, which equals the credits."""
        return sum(line.debit_fen for line in self.lines)


def posted_as_draft(voucher: Voucher) -> Draft:
    """The voucher's content as a fresh draft (复制凭证)."""
    lines = tuple(
        DraftLine(
            line.summary,
            line.account,
            tuple((item.category, item.name) for item in line.items),
            line.debit_fen,
            line.credit_fen,
            line.quantity,
        )
        for line in voucher.lines
    )
    return Draft(voucher.day, voucher.word, lines, voucher.attachments)


def reversal(voucher: Voucher, day: date) -> Draft:
    """The red-letter draft that cancels a posted voucher (红字冲销): same sides, negative amounts."""
    mark = f"冲销{voucher.day.year}年{voucher.day.month}月{voucher.label}号凭证"
    copy = posted_as_draft(voucher)
    lines = tuple(
        line._replace(
            summary=f"{mark}：{line.summary}",
            debit_fen=-line.debit_fen,
            credit_fen=-line.credit_fen,
            quantity=-line.quantity,
        )
        for line in copy.lines
    )
    return Draft(day, voucher.word, lines, reverses=voucher.id, kind=voucher.kind)


def cancels(draft: Draft, original: Voucher | None) -> bool:
    """Whether a draft is the red-letter twin of a posted voucher, line for line; summaries and day may differ."""
    if original is None or draft.reverses != original.id:
        return False
    turned = (
        line._replace(debit_fen=-line.debit_fen, credit_fen=-line.credit_fen)
        for line in posted_as_draft(original).lines
    )
    return sorted(map(_booked, turned)) == sorted(map(_booked, draft.lines))


def _booked(line: DraftLine) -> tuple[str, tuple[tuple[str, str], ...], int, int]:
    return line.account, tuple(sorted(line.items)), line.debit_fen, line.credit_fen

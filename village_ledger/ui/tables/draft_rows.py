"""The rows of a draft while it is typed, as immutable values: every edit makes a new tuple, kept by undo."""

from datetime import date
from enum import IntEnum
from typing import NamedTuple

from village_ledger.domain.money import MoneyError, format_fen
from village_ledger.domain.voucher import DraftLine

from .amount_text import amount_of, format_price, parse_amount, parse_price, parse_quantity, price_of, quantity_text
from .entry_context import EntryContext, Items, items_text

MIN_ROWS = 8


class Column(IntEnum):
    """The columns of the entry grid."""

    SUMMARY = 0
    ACCOUNT = 1
    ITEMS = 2
    QUANTITY = 3
    PRICE = 4
    DEBIT = 5
    CREDIT = 6


FIELDS = {
    "summary": Column.SUMMARY,
    "account": Column.ACCOUNT,
    "items": Column.ITEMS,
    "quantity": Column.QUANTITY,
    "debit": Column.DEBIT,
    "credit": Column.CREDIT,
}
"""Which column a `Problem.field` points at."""


class Row(NamedTuple):
    """One grid row: the line, the unit price as typed (ten-thousandths), and texts that could not be read."""

    line: DraftLine = DraftLine()
    price: int = 0
    wrong: tuple[tuple[Column, str, str], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all has been typed."""
        return self == Row()

    @property
    def counts(self) -> bool:
        """Whether the row belongs to the voucher (more than a copied summary)."""
        return not self.line.is_blank or bool(self.wrong)

    def wrong_text(self, column: Column) -> tuple[str, str] | None:
        """The unreadable text of a cell and why it could not be read, or None."""
        return next(((text, reason) for where, text, reason in self.wrong if where == column), None)

    def amount(self, column: Column) -> int:
        """The fen in an amount column."""
        return self.line.debit_fen if column == Column.DEBIT else self.line.credit_fen


class EntryState(NamedTuple):
    """Everything the user can change about a draft."""

    day: date
    word: str
    attachments: int
    rows: tuple[Row, ...]


def padded(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows without empty ones at the end, then at least one empty row to type into."""
    count = len(rows)
    while count and rows[count - 1].is_empty:
        count -= 1
    return (*rows[:count], *([Row()] * max(1, MIN_ROWS - count)))


def rows_of(lines: tuple[DraftLine, ...]) -> tuple[Row, ...]:
    """Grid rows for the lines of a draft."""
    return padded(tuple(Row(line) for line in lines))


def _with_wrong(row: Row, column: Column, text: str, reason: str) -> Row:
    kept = tuple(entry for entry in row.wrong if entry[0] != column)
    return row._replace(wrong=(*kept, (column, text, reason)) if text else kept)


def cell_text(row: Row, column: Column, context: EntryContext) -> str:
    """What a cell shows."""
    unreadable = row.wrong_text(column)
    if unreadable:
        return unreadable[0]
    line = row.line
    if column == Column.SUMMARY:
        return line.summary
    if column == Column.ACCOUNT:
        known = line.account in context.chart
        return f"{line.account} {context.chart.full_name(line.account)}" if known else line.account
    if column == Column.ITEMS:
        return line.items[0][1] if len(line.items) == 1 else items_text(line.items)
    if column == Column.QUANTITY:
        return quantity_text(line.quantity)
    if column == Column.PRICE:
        fen = line.debit_fen or line.credit_fen
        return format_price(row.price or price_of(fen, line.quantity))
    fen = row.amount(column)
    return format_fen(fen) if fen else ""


def edited(row: Row, column: Column, value: str | Items, context: EntryContext) -> Row:
    """The row after text (or picked items) has been put into a cell; unreadable text stays visible and is marked."""
    if not isinstance(value, str):
        return _with_wrong(row, column, "", "")._replace(line=row.line._replace(items=tuple(value)))
    row = _with_wrong(row, column, "", "")
    if column == Column.SUMMARY:
        return row._replace(line=row.line._replace(summary=value.strip()))
    if column == Column.ACCOUNT:
        return _with_account(row, value, context)
    if column == Column.ITEMS:
        pairs = context.resolve_items(row.line.account, value)
        if pairs is None:
            return _with_wrong(row, column, value, f"“{value}”看不出是哪一类辅助核算，请写成 类别:名称")
        return row._replace(line=row.line._replace(items=pairs))
    try:
        return _with_number(row, column, value)
    except MoneyError as error:
        return _with_wrong(row, column, value, str(error))


def _with_account(row: Row, text: str, context: EntryContext) -> Row:
    code = context.resolve_account(text)
    if text.strip() and not code:
        return _with_wrong(row, Column.ACCOUNT, text.strip(), f"没有叫“{text.strip()}”的科目，请重新选择")
    categories = context.categories(code)
    account = context.account(code)
    kept = tuple(pair for pair in row.line.items if pair[0] in categories)
    quantity = row.line.quantity if account and account.unit else 0
    return row._replace(
        line=row.line._replace(account=code, items=kept, quantity=quantity), price=row.price if quantity else 0
    )


def _with_number(row: Row, column: Column, text: str) -> Row:
    line = row.line
    if column == Column.QUANTITY:
        quantity = parse_quantity(text)
        priced = row._replace(line=line._replace(quantity=quantity))
        return with_amount(priced, _side(line), amount_of(quantity, row.price)) if row.price and quantity else priced
    if column == Column.PRICE:
        price = parse_price(text)
        if not (price and line.quantity):
            return row._replace(price=price)
        return with_amount(row, _side(line), amount_of(line.quantity, price))._replace(price=price)
    return with_amount(row, column, parse_amount(text))._replace(price=0)


def _side(line: DraftLine) -> Column:
    return Column.CREDIT if line.credit_fen and not line.debit_fen else Column.DEBIT


def with_amount(row: Row, column: Column, fen: int) -> Row:
    """The row with an amount on one side; a non-zero amount empties the other side."""
    line = row.line
    if column == Column.DEBIT:
        line = line._replace(debit_fen=fen, credit_fen=0 if fen else line.credit_fen)
    else:
        line = line._replace(credit_fen=fen, debit_fen=0 if fen else line.debit_fen)
    row = row._replace(line=line)
    if fen:
        other = Column.CREDIT if column == Column.DEBIT else Column.DEBIT
        row = _with_wrong(_with_wrong(row, column, "", ""), other, "", "")
    return row


def flipped(row: Row) -> Row:
    """The row with debit and credit exchanged (空格键)."""
    swap = {Column.DEBIT: Column.CREDIT, Column.CREDIT: Column.DEBIT}
    line = row.line._replace(debit_fen=row.line.credit_fen, credit_fen=row.line.debit_fen)
    return row._replace(line=line, wrong=tuple((swap.get(entry[0], entry[0]), *entry[1:]) for entry in row.wrong))


def reddened(row: Row) -> Row:
    """The row with its amount's sign turned (红字)."""
    line = row.line._replace(debit_fen=-row.line.debit_fen, credit_fen=-row.line.credit_fen)
    return row._replace(line=line)


def balanced(rows: tuple[Row, ...], index: int, column: Column) -> Row:
    """The row given the amount that balances the voucher (等号键).

    It goes on the side asked for; if that would make it negative it goes on the other side instead,
    except in a red-letter voucher, whose amounts are negative anyway.
    """
    others = [row.line for place, row in enumerate(rows) if place != index]
    debit = sum(line.debit_fen for line in others)
    credit = sum(line.credit_fen for line in others)
    missing = credit - debit if column == Column.DEBIT else debit - credit
    if missing < 0 and debit + credit > 0:
        column = Column.CREDIT if column == Column.DEBIT else Column.DEBIT
        missing = -missing
    cleared = rows[index]._replace(line=rows[index].line._replace(debit_fen=0, credit_fen=0), price=0)
    return with_amount(cleared, column, missing)

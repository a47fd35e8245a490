"""What a report is, before anybody prints it. Screen, xlsx, PDF, CSV and JSON all show this same value."""

from datetime import date
from typing import Literal, NamedTuple

Value = str | int | bool | date | None
ColumnKind = Literal["text", "code", "date", "money", "quantity", "integer", "flag"]
RowKind = Literal["line", "section", "opening", "day", "month", "year", "subtotal", "total"]


class Column(NamedTuple):
    """One column. `width` is in characters of body text (a Chinese character counts two).

    `money` stands for integer hundredths of the report's unit: fen, or hundredths of a mu in a register of land.

    Neighbouring columns with the same `group` share a spanning header. `shown=False` columns exist in
    JSON and CSV only. `summed` columns take part in a row's formula. `carried` columns appear on the
    过次页/承前页 line of a book. `adds` are the keys of the columns of the same row that this one adds up.
    """

    key: str
    title: str
    kind: ColumnKind = "text"
    width: int = 12
    group: str = ""
    shown: bool = True
    summed: bool = False
    carried: bool = False
    adds: tuple[str, ...] = ()


class Span(NamedTuple):
    """A run of rows (indexes into `Report.rows`, both included) that a total adds, or subtracts with sign -1."""

    first: int
    last: int
    sign: int = 1


class Target(NamedTuple):
    """Where a row leads when opened: the accounts behind a statement line, an account's ledger, or a voucher."""

    kind: Literal["accounts", "ledger", "voucher"]
    codes: tuple[str, ...] = ()
    item: str = ""
    voucher: int = 0


class Row(NamedTuple):
    """One row: a value for each column, in their order. Money is integer fen, quantities thousandths of a unit.

    `formula` says which rows this one sums (in `summed` columns), so that a spreadsheet can hold it live.
    `carry` holds the values for the carried columns if a printed page of a book ends after this row.
    `explanation` says in words how a statement line is computed.
    """

    cells: tuple[Value, ...]
    kind: RowKind = "line"
    level: int = 0
    formula: tuple[Span, ...] = ()
    target: Target | None = None
    carry: tuple[Value, ...] = ()
    explanation: str = ""


class Picture(NamedTuple):
    """A chart of a report: some of its money columns over the rows `first` to `last`, named by the `labels` column."""

    kind: Literal["bars", "columns", "line"]
    title: str
    labels: str
    columns: tuple[str, ...]
    first: int
    last: int


class Report(NamedTuple):
    """A book or statement, complete.

    `entity` is the reporting village (编制单位), `as_of` the date or span printed under the title.
    `halves` splits a two-sided statement: the row index where the right-hand side starts (0: one-sided).
    `first` are the keys that come first in JSON, where they are not the first columns of the printed form.
    `paging="book"` prints 承前页/过次页 and starts each section on a new page. `charts` are printed behind the table.
    """

    key: str
    title: str
    entity: str
    start: str
    end: str
    as_of: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    form: str = ""
    unit: str = "元"
    signatures: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    landscape: bool = False
    halves: int = 0
    paging: Literal["table", "book"] = "table"
    blank_zero: bool = True
    footer: str = ""
    first: tuple[str, ...] = ()
    charts: tuple[Picture, ...] = ()

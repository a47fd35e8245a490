"""How a report's value becomes columns, header cells and cell texts. Shared by paper, sheet and screen text; imports
nothing heavy.
"""

from datetime import date
from itertools import groupby
from typing import NamedTuple

from village_ledger.domain.money import format_fen
from village_ledger.domain.quantity import format_quantity
from village_ledger.reports.model import Column, Report, Row, Value

SIDES = ("资产", "负债和所有者权益")
"""What the two halves of a two-sided statement call their 项目 column (财会〔2023〕14号 appendix)."""

RIGHT_ALIGNED = ("money", "quantity", "integer")
NARROW = 6
"""Text columns up to this width (方向, 计量单位) are centred."""

_UNPRINTABLE = dict.fromkeys([*range(32), *range(0x7F, 0xA0), 0xFFFE, 0xFFFF], " ")


class Head(NamedTuple):
    """One header cell: columns `first` to `last` and header lines `top` to `bottom`, all counted from 0."""

    text: str
    first: int
    last: int
    top: int
    bottom: int


class Side(NamedTuple):
    """A table as it is printed. A two-sided statement has two, beside each other.

    `indexes` are the cells of a `Row` that the columns show; `rows` may hold None where one side is padded;
    `first` is the report row this side starts with and `places[i]` where report row `first + i` stands in `rows`.
    """

    columns: tuple[Column, ...]
    indexes: tuple[int, ...]
    rows: tuple[Row | None, ...]
    first: int
    places: range | tuple[int, ...]


def side_by_side(report: Report) -> tuple[Side, ...]:
    """The report's table, or both halves of a two-sided one padded to the same height with their totals level."""
    indexes = tuple(index for index, column in enumerate(report.columns) if column.shown)
    columns = tuple(report.columns[index] for index in indexes)
    if not report.halves:
        return (Side(columns, indexes, report.rows, 0, range(len(report.rows))),)
    left, right = report.rows[: report.halves], report.rows[report.halves :]
    height = max(len(left), len(right))
    sides = []
    for name, first, half in ((SIDES[0], 0, left), (SIDES[1], report.halves, right)):
        ends_in_total = bool(half) and half[-1].kind == "total"
        upper = len(half) - 1 if ends_in_total else len(half)
        filler = (None,) * (height - len(half))
        places = (*range(upper), height - 1) if ends_in_total else tuple(range(upper))
        titled = tuple(c._replace(title=name) if c.key == "name" else c for c in columns)
        sides.append(Side(titled, indexes, (*half[:upper], *filler, *half[upper:]), first, places))
    return tuple(sides)


def header(columns: tuple[Column, ...]) -> tuple[Head, ...]:
    """The header cells; two lines where neighbouring columns share a group, else one."""
    if not any(column.group for column in columns):
        return tuple(Head(column.title, i, i, 0, 0) for i, column in enumerate(columns))
    heads: list[Head] = []
    place = 0
    for name, run in groupby(columns, key=lambda column: column.group):
        members = tuple(run)
        if name:
            heads.append(Head(name, place, place + len(members) - 1, 0, 0))
        top = 1 if name else 0
        heads.extend(Head(column.title, place + i, place + i, top, 1) for i, column in enumerate(members))
        place += len(members)
    return tuple(heads)


def full_title(column: Column) -> str:
    """The column's title with its group in front: 期初余额借方."""
    return column.group + column.title


def clean(text: str) -> str:
    """The text on one line, control characters turned into spaces."""
    return text.translate(_UNPRINTABLE) if not text.isprintable() else text


def quantity_places(report: Report) -> tuple[int, ...]:
    """For each column how many decimals its quantities need (0 to 3), so that their points stand in line."""
    return tuple(
        max((_places(row.cells[index]) for row in report.rows), default=0) if column.kind == "quantity" else 0
        for index, column in enumerate(report.columns)
    )


def _places(value: Value) -> int:
    if not isinstance(value, int) or value % 1000 == 0:
        return 0
    return 1 if value % 100 == 0 else 2 if value % 10 == 0 else 3


def display(value: Value, column: Column, places: int = 3, *, blank_zero: bool = False) -> str:
    """The cell as read by people: money in yuan, dates ISO, 是 for a set flag."""
    if value is None or value == "":
        return ""
    if column.kind == "money" and isinstance(value, int):
        return "" if blank_zero and not value else format_fen(value)
    if column.kind == "quantity" and isinstance(value, int):
        return "" if blank_zero and not value else format_quantity(value, places)
    if isinstance(value, bool):
        return "是" if value else ""
    if isinstance(value, date):
        return value.isoformat()
    return clean(value) if isinstance(value, str) else str(value)


def heading(row: Row, side: Side) -> str:
    """The text of a section row."""
    return "　".join(
        text
        for index, column in zip(side.indexes, side.columns, strict=True)
        if (text := display(row.cells[index], column))
    )


def signature_labels(report: Report) -> tuple[str, ...]:
    """Who signs, each with a colon to sign after."""
    return tuple(name if "：" in name else f"{name}：" for name in report.signatures)

"""How cells of a workbook look: fonts, borders, alignments and number formats, as style numbers of that workbook."""

from typing import Any, Literal, NamedTuple

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from village_ledger.reports.model import Column, RowKind

from .layout import NARROW

FONT = "宋体"
_LINE = Side(style="thin", color="FF595959")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_CLOSED = Border(left=_LINE, right=_LINE, top=_LINE, bottom=Side(style="double", color="FF595959"))
_TINT = PatternFill("solid", fgColor="FFF1F3F6")
_HEAVY: frozenset[RowKind] = frozenset({"section", "day", "month", "year", "subtotal", "total"})
_MONEY = "#,##0.00_ ;[Red]-#,##0.00_ "

Part = Literal["title", "info_left", "info_centre", "info_right", "head", "note"]
PARTS: tuple[Part, ...] = ("title", "info_left", "info_centre", "info_right", "head", "note")


class _Look(NamedTuple):
    """What tells one body style from another."""

    format: str
    align: str
    heavy: bool
    tinted: bool
    closed: bool
    indent: int


class Looks:
    """Style numbers for the parts of a sheet; each distinct look is registered once with the workbook."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        self._known: dict[_Look | Part, int] = {}

    def part(self, part: Part) -> int:
        """The style number of a title, an info line cell, a header cell or a note."""
        if part not in self._known:
            cell = Cell(self._sheet, 1, 1)
            if part == "title":
                cell.font = Font(name=FONT, size=16, bold=True)
                cell.alignment = Alignment(horizontal="center", vertical="center")
            elif part == "head":
                cell.font = Font(name=FONT, size=10, bold=True)
                cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
                cell.border = _BOX
                cell.fill = _TINT
            else:
                side = {"info_centre": "center", "info_right": "right"}.get(part, "left")
                cell.font = Font(name=FONT, size=10)
                cell.alignment = Alignment(horizontal=side, vertical="center")
            self._known[part] = cell.style_id
        return self._known[part]

    def body(self, column: Column, kind: RowKind, *, indent: int = 0, places: int = 0, blank_zero: bool = True) -> int:
        """The style number of a body cell."""
        look = _Look(
            number_format(column, places, blank_zero=blank_zero),
            "right"
            if column.kind in {"money", "quantity"}
            else "left"
            if column.kind in {"text", "code"}
            else "center",
            kind in _HEAVY,
            kind == "section",
            kind == "year",
            indent,
        )
        if look not in self._known:
            cell = Cell(self._sheet, 1, 1)
            cell.font = Font(name=FONT, size=10, bold=look.heavy)
            cell.alignment = Alignment(
                horizontal=look.align, vertical="center", indent=indent, wrap_text=look.align == "left"
            )
            cell.border = _CLOSED if look.closed else _BOX
            cell.number_format = look.format
            if look.tinted:
                cell.fill = _TINT
            self._known[look] = cell.style_id
        return self._known[look]


def _alignment(column: Column) -> str:
    if column.kind in {"money", "quantity"}:
        return "right"
    return "left" if column.kind == "code" or (column.kind == "text" and column.width > NARROW) else "center"


def number_format(column: Column, places: int, *, blank_zero: bool) -> str:
    """The Excel number format of a column: grouped, two decimals, negatives red; text stays text when edited."""
    tail = ";" if blank_zero else ""
    if column.kind == "money":
        return _MONEY + tail
    if column.kind == "quantity":
        decimals = "#,##0" + ("." + "0" * places if places else "")
        return f"{decimals}_ ;[Red]-{decimals}_ {tail}"
    return {"date": "yyyy-mm-dd", "integer": "0"}.get(column.kind, "@")

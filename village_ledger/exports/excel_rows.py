"""The rows of a sheet as XML, streamed: real numbers, and formulas together with the value they come to."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby, zip_longest
from typing import NamedTuple

from openpyxl.utils import get_column_letter

from village_ledger.domain.money import format_fen
from village_ledger.domain.quantity import format_quantity
from village_ledger.reports.model import Column, Report, Row, RowKind, Span, Value

from .excel_looks import PARTS, Looks, Part
from .layout import (
    Side,
    clean,
    display,
    header,
    heading,
    quantity_places,
    side_by_side,
    signature_labels,
)
from .text import text_width

_EPOCH = date(1899, 12, 30)
_ESCAPES = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}
_FORMULA_LIMIT = 8000
_ARGUMENT_LIMIT = 200
_LINE_HEIGHT = 15
_MAX_COLUMN_WIDTH = 60


class Place(NamedTuple):
    """One body column: which cell of a row it shows and where. `letter` is the sheet's column letter."""

    letter: str
    cell: int
    column: Column
    width: int
    places: int
    leads: bool


class SheetRows:
    """Where everything of a report stands on its sheet (row numbers count from 1), and its rows as XML."""

    def __init__(self, report: Report, looks: Looks) -> None:
        self._report = report
        self._sides = side_by_side(report)
        self._places = self._place_columns()
        self._parts = {part: looks.part(part) for part in PARTS}
        self._styles = dict(self._register(looks))
        heads = header(self._sides[0].columns)
        self.info_row = 3 if report.form else 2
        self.head_row = self.info_row + 1
        self.first_row = self.head_row + max(head.bottom for head in heads) + 1
        self.last_row = self.first_row + len(self._sides[0].rows) - 1
        self.merges: list[str] = []
        self.breaks: list[int] = []
        self._thirds = self._split_in_three()
        self._foot = [f"注：{note}" for note in report.notes]
        self.end_row = self.last_row + len(self._foot) + (2 if report.signatures else 0)
        self._plan_merges()

    @property
    def column_count(self) -> int:
        """How many columns the sheet has."""
        return sum(len(side) for side in self._places)

    @property
    def row_count(self) -> int:
        """How many body rows there are."""
        return len(self._sides[0].rows)

    def widths(self) -> Iterator[tuple[str, int]]:
        """Letter and width in characters of every column."""
        for side in self._places:
            for place in side:
                yield place.letter, place.width

    def letter(self, key: str) -> str:
        """The sheet's letter of a column, by its key."""
        return next(place.letter for place in self._places[0] if place.column.key == key)

    def xml(self) -> Iterator[str]:
        """Every row of the sheet, top to bottom."""
        yield from self._top()
        number = self.first_row
        for rows in zip_longest(*(side.rows for side in self._sides)):
            cells = [self._body(number, places, row) for places, row in zip(self._places, rows, strict=True)]
            height = max(lines for _, lines in cells)
            size = f' ht="{height * _LINE_HEIGHT}" customHeight="1"' if height > 1 else ""
            yield f'<row r="{number}"{size}>{"".join(text for text, _ in cells)}</row>'
            number += 1
        yield from self._bottom()

    def _place_columns(self) -> list[list[Place]]:
        decimals = quantity_places(self._report)
        found: list[list[Place]] = []
        number = 1
        for side in self._sides:
            places = []
            lead = next((column.key for column in side.columns if column.kind == "text"), "")
            for index, column in zip(side.indexes, side.columns, strict=True):
                width = min(column.width, _MAX_COLUMN_WIDTH) + 1
                if column.kind in {"money", "quantity"}:
                    width = max(width, self._widest(side, index, column, decimals[index]) + 2)
                letter = get_column_letter(number)
                places.append(Place(letter, index, column, width, decimals[index], column.key == lead))
                number += 1
            found.append(places)
        return found

    def _widest(self, side: Side, index: int, column: Column, places: int) -> int:
        values = [value for row in side.rows if row and isinstance(value := row.cells[index], int)]
        ends = (min(values), max(values)) if values else ()
        return max((len(display(value, column, places)) for value in ends), default=0)

    def _split_in_three(self) -> list[tuple[int, int]]:
        """Column spans (from 1) for the left, middle and right text of the info line."""
        count = self.column_count
        if count < 3:
            return [(1, count)]
        widths = [width for _, width in self.widths()]
        total = sum(widths)
        first = next(i for i in range(1, count - 1) if sum(widths[:i]) >= total * 0.36 or i == count - 2)
        last = next(i for i in range(first + 1, count) if sum(widths[:i]) >= total * 0.7 or i == count - 1)
        return [(1, first), (first + 1, last), (last + 1, count)]

    def _plan_merges(self) -> None:
        count = self.column_count
        self._merge(1, 1, 1, count)
        if self._report.form:
            self._merge(2, 1, 2, count)
        for first, last in self._thirds:
            self._merge(self.info_row, first, self.info_row, last)
        start = 1
        for side in self._sides:
            for head in header(side.columns):
                self._merge(
                    self.head_row + head.top, start + head.first, self.head_row + head.bottom, start + head.last
                )
            start += len(side.columns)
        if self._report.paging == "book":
            sections = [i for i, row in enumerate(self._report.rows) if row.kind == "section"]
            for index in sections:
                self._merge(self.first_row + index, 1, self.first_row + index, count)
            self.breaks = [self.first_row + index - 1 for index in sections[1:]]
        for row in range(self.last_row + 1, self.last_row + len(self._foot) + 1):
            self._merge(row, 1, row, count)

    def _merge(self, top: int, left: int, bottom: int, right: int) -> None:
        if (top, left) != (bottom, right):
            self.merges.append(f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}")

    def _top(self) -> Iterator[str]:
        report = self._report
        yield self._single(1, report.title, "title", 30)
        if report.form:
            yield self._single(2, report.form, "info_right")
        texts = [f"编制单位：{report.entity}", report.as_of, f"单位：{report.unit}"]
        parts: tuple[Part, ...] = ("info_left", "info_centre", "info_right")
        if len(self._thirds) == 1:
            texts = ["　".join(texts)]
        cells = [
            _text(f"{get_column_letter(first)}{self.info_row}", self._parts[part], text)
            for (first, _), part, text in zip(self._thirds, parts, texts, strict=False)
        ]
        yield f'<row r="{self.info_row}" ht="18" customHeight="1">{"".join(cells)}</row>'
        for depth in range(self.first_row - self.head_row):
            yield self._head(depth)

    def _head(self, depth: int) -> str:
        style = self._parts["head"]
        number = self.head_row + depth
        cells: list[str] = []
        start = 1
        for side in self._sides:
            titles = {head.first: head.text for head in header(side.columns) if head.top == depth}
            cells.extend(
                _text(f"{get_column_letter(start + offset)}{number}", style, titles.get(offset, ""))
                for offset in range(len(side.columns))
            )
            start += len(side.columns)
        return f'<row r="{number}" ht="20" customHeight="1">{"".join(cells)}</row>'

    def _bottom(self) -> Iterator[str]:
        number = self.last_row
        for note in self._foot:
            number += 1
            yield self._single(number, note, "note")
        if self._report.signatures:
            yield self._signatures(number + 2)

    def _signatures(self, number: int) -> str:
        """The signers spread over the width; each has the empty cells to the right to sign in."""
        labels = signature_labels(self._report)
        widths = list(self.widths())
        total = sum(width for _, width in widths)
        cells: list[str] = []
        start = 0
        for letter, width in widths:
            if len(cells) < len(labels) and start >= total * len(cells) / len(labels):
                cells.append(_text(f"{letter}{number}", self._parts["note"], labels[len(cells)]))
            start += width
        if len(cells) < len(labels):
            cells = [_text(f"A{number}", self._parts["note"], (" " * 12).join(labels))]
        return f'<row r="{number}" ht="24" customHeight="1">{"".join(cells)}</row>'

    def _single(self, number: int, text: str, part: Part, height: int = 18) -> str:
        cell = _text(f"A{number}", self._parts[part], clean(text))
        return f'<row r="{number}" ht="{height}" customHeight="1">{cell}</row>'

    def _body(self, number: int, places: list[Place], row: Row | None) -> tuple[str, int]:
        """One side's cells of a body row, and how many lines of text the row needs."""
        if row is None:
            return "".join(f'<c r="{p.letter}{number}" s="{self._styles[p.letter, "line", 0]}"/>' for p in places), 1
        if row.kind == "section" and self._report.paging == "book":
            return self._section(number, places, row), 1
        out = []
        lines = 1
        for place in places:
            indent = row.level if place.leads else 0
            style = self._styles[place.letter, row.kind, indent]
            at = f"{place.letter}{number}"
            value = row.cells[place.cell]
            if value is None or value == "":
                out.append(f'<c r="{at}" s="{style}"/>')
            elif formula := self._live(row, place, places, number):
                out.append(f'<c r="{at}" s="{style}"><f>{formula}</f><v>{_number(value, place.column)}</v></c>')
            elif isinstance(value, str) or place.column.kind == "flag":
                text = display(value, place.column)
                if len(text) * 2 + indent * 2 > place.width:
                    lines = max(lines, -(-text_width(text) // max(place.width - 1 - indent * 2, 4)))
                out.append(_text(at, style, text))
            else:
                out.append(f'<c r="{at}" s="{style}"><v>{_number(value, place.column)}</v></c>')
        return "".join(out), lines

    def _section(self, number: int, places: list[Place], row: Row) -> str:
        text = heading(row, self._sides[0])
        style = self._styles["", "section", 0]
        return "".join(
            _text(f"{place.letter}{number}", style, text if position == 0 else "")
            for position, place in enumerate(places)
        )

    def _register(self, looks: Looks) -> Iterator[tuple[tuple[str, RowKind, int], int]]:
        """The style number for each column, kind of row and indent there is, before any row is written."""
        yield ("", "section", 0), looks.body(Column("", ""), "section")
        met: set[tuple[RowKind, int]] = {("line", 0), *((row.kind, row.level) for row in self._report.rows)}
        for side in self._places:
            for place in side:
                for kind, level in sorted(met):
                    indent = level if place.leads else 0
                    yield (
                        (place.letter, kind, indent),
                        looks.body(
                            place.column,
                            kind,
                            indent=indent,
                            places=place.places,
                            blank_zero=self._report.blank_zero,
                        ),
                    )

    def _live(self, row: Row, place: Place, places: list[Place], number: int) -> str:
        """The formula of a cell: down the rows it adds, or across the columns; empty for a plain value."""
        if place.column.summed and row.formula:
            return self._formula(row.formula, place)
        return _across(place.column.adds, places, number) if place.column.adds else ""

    def _formula(self, spans: tuple[Span, ...], place: Place) -> str:
        """The sum over the spans in this place's column; empty if it would be too long for Excel."""
        sums: list[str] = []
        for sign in (1, -1):
            ranges = [text for span in spans if span.sign == sign for text in self._ranges(span, place)]
            for start in range(0, len(ranges), _ARGUMENT_LIMIT):
                joined = ",".join(ranges[start : start + _ARGUMENT_LIMIT])
                sums.append(f"{'-' if sign < 0 else '+'}SUM({joined})")
        text = "".join(sums).removeprefix("+")
        return text if len(text) <= _FORMULA_LIMIT else ""

    def _ranges(self, span: Span, place: Place) -> Iterator[str]:
        for side, places in zip(self._sides, self._places, strict=True):
            first = max(span.first - side.first, 0)
            last = min(span.last - side.first, len(side.places) - 1)
            if first > last:
                continue
            letter = next(p.letter for p in places if p.cell == place.cell)
            top, bottom = self.first_row + side.places[first], self.first_row + side.places[last]
            yield f"{letter}{top}" if top == bottom else f"{letter}{top}:{letter}{bottom}"


def _across(keys: tuple[str, ...], places: list[Place], number: int) -> str:
    """The sum of a row's cells in the columns of these keys, neighbours as one range."""
    wanted = frozenset(keys)
    ranges: list[str] = []
    for added, run in groupby(places, key=lambda place: place.column.key in wanted):
        if added:
            letters = [place.letter for place in run]
            ends = (letters[0],) if len(letters) == 1 else (letters[0], letters[-1])
            ranges.append(":".join(f"{letter}{number}" for letter in ends))
    return f"SUM({','.join(ranges)})" if 0 < len(ranges) <= _ARGUMENT_LIMIT else ""


def _text(at: str, style: int, text: str) -> str:
    if not text:
        return f'<c r="{at}" s="{style}"/>'
    space = ' xml:space="preserve"' if text != text.strip() else ""
    return f'<c r="{at}" s="{style}" t="inlineStr"><is><t{space}>{text.translate(_ESCAPES)}</t></is></c>'


def _number(value: Value, column: Column) -> str:
    """The value as a number in a cell: yuan, whole units or an Excel day number, written without rounding."""
    if isinstance(value, date):
        return str((value - _EPOCH).days)
    if column.kind == "money" and isinstance(value, int):
        return format_fen(value, grouped=False)
    if column.kind == "quantity" and isinstance(value, int):
        return format_quantity(value, 3, grouped=False)
    return str(value)

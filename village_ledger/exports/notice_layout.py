"""How a disclosure notice is laid out: its tables over sheets of A3, in points.

There is one layout, for A3 landscape with body text of 14 points; A4 and A2 are the same sheets made smaller and larger
(decision 0010). Text is wrapped, never shrunk or cut; amounts always stand on one line. Tables that need no more than
half the width follow one another in two columns, as in a newspaper, the others go right across.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from village_ledger.reports.notices.model import Notice

from .layout import clean
from .notice_table import (
    FULL,
    GUTTER,
    HALF,
    HEIGHT,
    MARGIN,
    NOTE_LEADING,
    ROW,
    Line,
    Table,
    carry,
    measure,
    renamed,
    widened,
)

TITLE_BLOCK = 104.0
RUNNING_HEAD = 34.0
FOOT = 26.0
GAP = 20.0
_KEPT_TOGETHER = 3
_TOP = HEIGHT - MARGIN - RUNNING_HEAD
_FLOOR = MARGIN + FOOT
_KEPT_WHOLE = 0.55 * (_TOP - _FLOOR)
"""A table no higher than this is not broken, but begins on the next column or page."""
_STEP = 12.0
_LEAST_COLUMN = 200.0
"""What is shorter than this is not parted into two columns."""
_NUMBERS = "一二三四五六七八九十"
_PAGE_ENDS, _COLUMN_ENDS = ("过次页", "承前页"), ("过次栏", "承前栏")


class Piece(NamedTuple):
    """A run of a table's rows; `left` and `top` are the corner it begins at. `begins`: with caption and explanation.

    `brought` and `carried` are the sums so far at its upper and lower edge, where it continues from or to elsewhere.
    """

    table: Table
    first: int
    last: int
    left: float
    top: float
    begins: bool
    brought: Line | None = None
    carried: Line | None = None


class Page(NamedTuple):
    """One sheet of paper. `charts` is the room for them (bottom, top) where they stand here; `tail` the height below
    which signatures, seal and code stand, on the last page.
    """

    pieces: tuple[Piece, ...]
    charts: tuple[float, float] | None = None
    tail: float = 0.0


class _State(NamedTuple):
    """How far the tables have come: the next table, its next row, and the sums brought forward to it."""

    table: int = 0
    row: int = 0
    brought: Line | None = None


class _Frame(NamedTuple):
    """A column of paper to be filled; `ends` names the sums carried from it and to the next."""

    left: float
    top: float
    floor: float
    ends: tuple[str, str]
    fresh: bool = False


class _Filled(NamedTuple):
    """What a frame took, how far that came, and the height left off at."""

    pieces: tuple[Piece, ...]
    state: _State
    y: float


@lru_cache(maxsize=2)
def lay_out(notice: Notice, tail_height: float) -> tuple[Page, ...]:
    """The notice over its pages; `tail_height` is what signatures, seal and code need on the last one."""
    setter = _Setter()
    measured = [(sheet, measure(sheet, f"{_ordinal(place)}、")) for place, sheet in enumerate(notice.full, 1)]
    for _, run in groupby(measured, key=lambda one: one[1].width):
        found = tuple(run)
        if len(found) == 1 and found[0][1].height <= _KEPT_WHOLE:
            setter.add((widened(*found[0]),))
        else:
            setter.add(tuple(table for _, table in found))
    return setter.finished(tail_height, charts=bool(notice.charts))


def absent_text(notice: Notice) -> str:
    """The line that says what there was none of."""
    return f"本期没有：{clean('、'.join(notice.absent))}。" if notice.absent else ""


def _ordinal(number: int) -> str:
    tens, ones = divmod(number, 10)
    if not tens:
        return _NUMBERS[ones - 1]
    return f"{'' if tens == 1 else _NUMBERS[tens - 1]}十{_NUMBERS[ones - 1] if ones else ''}"


class _Setter:
    """Fills page after page from the top."""

    def __init__(self) -> None:
        self._done: list[Page] = []
        self._pieces: list[Piece] = []
        self._y = HEIGHT - MARGIN - TITLE_BLOCK

    def add(self, tables: tuple[Table, ...]) -> None:
        """Tables of one width, after those before."""
        state = _State()
        while state.table < len(tables):
            top = self._y - (GAP if self._pieces else 0)
            found = (_across if tables[0].width == FULL else _two_columns)(tables, state, top, fresh=not self._pieces)
            self._pieces += found.pieces
            self._y = found.y
            state = found.state
            if state.table < len(tables):
                self._turn()

    def finished(self, tail_height: float, *, charts: bool) -> tuple[Page, ...]:
        """Every page: the charts on the last one, the tail below the tables or else below the charts."""
        fits = self._y - tail_height >= _FLOOR
        if not charts:
            if not fits:
                self._turn()
            return (*self._done, Page(tuple(self._pieces), None, self._y))
        last = Page(tuple(self._pieces), None, self._y if fits else 0.0)
        room = (_FLOOR if fits else _FLOOR + tail_height, _TOP)
        return (*self._done, last, Page((), room, 0.0 if fits else _FLOOR + tail_height))

    def _turn(self) -> None:
        self._done.append(Page(tuple(self._pieces)))
        self._pieces = []
        self._y = _TOP


def _across(tables: Sequence[Table], state: _State, top: float, *, fresh: bool) -> _Filled:
    return _fill(tables, state, _Frame(MARGIN, top, _FLOOR, _PAGE_ENDS, fresh))


def _two_columns(tables: Sequence[Table], state: _State, top: float, *, fresh: bool) -> _Filled:
    """Both columns down to the foot of the page; where the rest fits, down to where both are about equally long."""
    full = _columns_to(tables, state, top, _FLOOR, fresh=fresh)
    if full.state.table < len(tables):
        return full
    floor = top - _LEAST_COLUMN
    while floor > _FLOOR:
        found = _columns_to(tables, state, top, floor, fresh=fresh)
        if found.state.table == len(tables) and found.y >= floor:
            return found
        floor -= _STEP
    return full


def _columns_to(tables: Sequence[Table], state: _State, top: float, floor: float, *, fresh: bool) -> _Filled:
    left = _fill(tables, state, _Frame(MARGIN, top, floor, _COLUMN_ENDS, fresh))
    if not left.pieces or left.state.table == len(tables):
        return left
    right = _fill(tables, left.state, _Frame(MARGIN + HALF + GUTTER, top, floor, _PAGE_ENDS))
    return _Filled(left.pieces + right.pieces, right.state, min(left.y, right.y))


def _fill(tables: Sequence[Table], state: _State, frame: _Frame) -> _Filled:
    """Fill one frame. A fresh one takes at least a row; what has begun is continued at the top of any."""
    y = frame.top
    pieces: list[Piece] = []
    while state.table < len(tables):
        table = tables[state.table]
        begins = state.row == 0
        at = y - (GAP if pieces else 0)
        if begins and (pieces or not frame.fresh) and not _worth_beginning(table, at - frame.floor):
            break
        lead = (table.lead_height if begins else table.head_height) + (state.brought.height if state.brought else 0)
        heights = _heights(table)
        last = _fitting(heights, state.row, at - lead - frame.floor)
        carried = None
        if last < len(heights):
            room = at - lead - frame.floor - ROW
            last = _without_orphans(table.lines, state.row, _fitting(heights, state.row, room))
            carried = carry(table, last, frame.ends[0])
        pieces.append(Piece(table, state.row, last, frame.left, at, begins, state.brought, carried))
        y = at - lead - sum(heights[state.row : last]) - (carried.height if carried else 0)
        if last < len(heights):
            brought = renamed(carried, *frame.ends) if carried else None
            return _Filled(tuple(pieces), _State(state.table, last, brought), y)
        state = _State(state.table + 1)
    return _Filled(tuple(pieces), state, y)


def _worth_beginning(table: Table, room: float) -> bool:
    """Whether a table is begun in the room: some rows fit, and one that is short fits whole."""
    if table.height <= room:
        return True
    least = table.lead_height + sum(_heights(table)[:_KEPT_TOGETHER]) + ROW
    return table.height > _KEPT_WHOLE and least <= room


def _heights(table: Table) -> list[float]:
    """The height of each row; the notes go with the last."""
    heights = [line.height for line in table.lines]
    if heights:
        heights[-1] += len(table.notes) * NOTE_LEADING
    return heights


def _fitting(heights: Sequence[float], first: int, room: float) -> int:
    """The row after the last that fits; at least one is taken."""
    last = first
    while last < len(heights) and (room >= heights[last] or last == first):
        room -= heights[last]
        last += 1
    return last


def _without_orphans(lines: Sequence[Line], first: int, last: int) -> int:
    """Move the break up, so that no heading ends a page and no sum or single row begins one alone."""
    while last - first > _KEPT_TOGETHER and (
        lines[last - 1].kind == "section" or lines[last].kind in {"subtotal", "total"} or last == len(lines) - 1
    ):
        last -= 1
    return last

"""Recognising tables that other bookkeeping programs export: where the header stands and what each column means.

Says nothing of whether the rows are right; what it found is shown to the person, who may change it.
"""

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from ..domain.errors import BadInput
from .catalog import read_resource
from .tabular import Grid, GridRow

KINDS = {"vouchers": "凭证", "balances": "期初余额（科目余额表）", "accounts": "科目"}
_LETTER = {"vouchers": "v", "balances": "b", "accounts": "a"}
_HEADER_ROWS = 20
"""How far down a header may begin, below titles and the name of the unit."""
_FEW = 2
"""Columns that may bear a known name by chance."""
_UPPER = ("期初", "年初", "期末", "余额", "本年累计", "累计", "本期", "发生")
_DROPPED = str.maketrans("", "", " 　\t\r\n()（）[]【】:：/／,，.．-－—_元￥¥")


class Field(NamedTuple):
    """What a column may mean: its key, how it is called here, in which files it stands, and what others call it."""

    key: str
    title: str
    kinds: str
    names: tuple[str, ...]


class Layout(NamedTuple):
    """How a file is read: what it is, the row where its data begin, and the key of each column ("" for unused)."""

    kind: str
    first: int
    columns: tuple[str, ...]

    def place(self, key: str) -> int:
        """The column of a field, or -1."""
        return self.columns.index(key) if key in self.columns else -1


@cache
def fields() -> tuple[Field, ...]:
    """Every field that is known, in the order of resources/imports/columns.toml."""
    rows = read_resource("imports/columns.toml")["field"]
    return tuple(Field(row["key"], row["title"], row["kinds"], tuple(row["names"])) for row in rows)


def fields_of(kind: str) -> tuple[Field, ...]:
    """The fields a file of that kind may have."""
    return tuple(field for field in fields() if _LETTER[kind] in field.kinds)


def recognise(grid: Grid) -> Layout:
    """What a file seems to be, incomplete where a column bears a name nobody knows.

    Refused when no row looks like a header, saying what was looked for.
    """
    fixed = read_resource("imports/columns.toml")["fixed"]
    if grid.rows and grid.rows[0].cells and grid.rows[0].cells[0].startswith(fixed["begins"]):
        return Layout("vouchers", 1, tuple(fixed["columns"]))
    best: tuple[int, Layout] | None = None
    for place in range(min(_HEADER_ROWS, len(grid.rows))):
        for names, height in _headers(grid.rows, place):
            for kind in KINDS:
                columns = assign(kind, names)
                score = _score(kind, columns)
                if score and (best is None or score > best[0]):
                    best = score, Layout(kind, place + height, columns)
    if best is None:
        raise BadInput(
            f"文件“{grid.name}”里没有找到认得的表头。凭证要有日期、凭证号、摘要、科目和借贷金额，"
            "余额表要有科目编码和余额，科目表要有科目编码和名称；请检查是不是选错了文件"
        )
    return best[1]


def assign(kind: str, names: Iterable[str]) -> tuple[str, ...]:
    """The field each column of a header means; a field goes to the column that bears its most telling name."""
    plain = [_plain(name) for name in names]
    found = [""] * len(plain)
    for field in fields_of(kind):
        for name in field.names:
            places = [place for place, text in enumerate(plain) if text == _plain(name) and not found[place]]
            if places:
                found[places[0]] = field.key
                break
    return tuple(found)


def as_kind(grid: Grid, layout: Layout, kind: str) -> Layout:
    """The same file read as another kind, its columns assigned anew from the header above the data."""
    best = ("",) * len(layout.columns)
    for height in (1, 2):
        place = layout.first - height
        if place >= 0:
            for names, taken in _headers(grid.rows, place):
                columns = assign(kind, names)
                if taken == height and sum(map(bool, columns)) > sum(map(bool, best)):
                    best = columns
    return Layout(kind, layout.first, best)


def missing(layout: Layout) -> str:
    """What a layout still lacks, in words; empty when the file can be read."""
    have = set(layout.columns)
    lacks = []
    if not have & {"code", "name"} or (layout.kind != "vouchers" and "code" not in have):
        lacks.append("科目编码")
    if layout.kind == "vouchers":
        if "day" not in have and not {"month", "day_of_month"} <= have:
            lacks.append("日期")
        if not have & {"label", "number"}:
            lacks.append("凭证号（或凭证字号）")
        if not {"debit", "credit"} <= have and not {"side", "amount"} <= have:
            lacks.append("借方金额和贷方金额（或方向和金额）")
    elif layout.kind == "balances" and not balance_bases(layout):
        lacks.append("期末（或期初）的借方余额和贷方余额（或方向和余额）")
    elif layout.kind == "accounts" and "name" not in have:
        lacks.append("科目名称")
    return "、".join(lacks)


def balance_bases(layout: Layout) -> tuple[str, ...]:
    """Which balances a table has: closing, opening, or both; what may become the new book's opening balances."""
    have = set(layout.columns)
    return tuple(
        basis
        for basis in ("closing", "opening")
        if {f"{basis}_debit", f"{basis}_credit"} <= have or {f"{basis}_side", basis} <= have
    )


def _plain(text: str) -> str:
    return text.translate(_DROPPED).casefold()


def _headers(rows: tuple[GridRow, ...], place: int) -> Iterable[tuple[tuple[str, ...], int]]:
    """A row as a header of its own, and together with the row below it, as balance tables are printed."""
    upper = rows[place].cells
    yield upper, 1
    if place + 1 < len(rows) and any(word in text for text in upper for word in _UPPER):
        lower = rows[place + 1].cells
        width = max(len(upper), len(lower))
        above = ""
        joined = []
        for column in range(width):
            top = upper[column] if column < len(upper) else ""
            below = lower[column] if column < len(lower) else ""
            above = top or (above if below else "")
            joined.append(f"{above}{below}")
        yield tuple(joined), 2


def _score(kind: str, columns: tuple[str, ...]) -> int:
    layout = Layout(kind, 0, columns)
    found = sum(1 for key in columns if key)
    if missing(layout):
        return found - _FEW if found > _FEW else 0
    if kind == "accounts":
        return found + 10
    return found + 20 + (10 if kind == "vouchers" and layout.place("summary") >= 0 else 0)

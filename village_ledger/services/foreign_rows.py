"""The rows of another program's export by meaning: totals left out, merged cells filled in, labels taken apart."""

import re
from itertools import pairwise
from typing import NamedTuple

from .foreign_columns import Layout
from .tabular import Grid

_TOTALS = (
    "合计",
    "小计",
    "总计",
    "累计",
    "本页",
    "过次页",
    "承前页",
    "本月",
    "本期",
    "本年",
    "制表",
    "制单",
    "打印",
    "核算单位",
)
_LABEL = re.compile(r"^\s*([^\d\s\-－—_]*?)(?:字)?[\s\-－—_]*(?:第)?[\s]*0*(\d+)\s*号?\s*$")
_CODE_AND_NAME = re.compile(r"^([0-9][0-9.\-]*)[\s/_\-:：]*(\D.*)?$")
_PATH_SIGNS = re.compile(r"[/\\_|>＞／]+")
_DAY = ("day", "year", "month", "day_of_month")
_HEADING = (*_DAY, "word", "number")


class ForeignRow(NamedTuple):
    """One row: its number as a spreadsheet shows it and its texts by field key."""

    number: int
    cells: dict[str, str]

    def get(self, key: str) -> str:
        """A text, or empty."""
        return self.cells.get(key, "")


class ForeignAccount(NamedTuple):
    """An account as the other program knows it: its code without signs, and its names from the top down."""

    code: str
    path: tuple[str, ...]

    @property
    def name(self) -> str:
        """Its own name."""
        return self.path[-1] if self.path else ""


def read_rows(grid: Grid, layout: Layout) -> tuple[tuple[ForeignRow, ...], int]:
    """The rows that mean something, and how many totals and the like were left out."""
    found: list[ForeignRow] = []
    left_out = 0
    heading: dict[str, str] = {}
    for row in grid.rows[layout.first :]:
        cells = {
            key: row.cells[place]
            for place, key in enumerate(layout.columns)
            if key and place < len(row.cells) and row.cells[place]
        }
        _take_apart(cells)
        if not cells.get("code") and not (layout.kind == "vouchers" and cells.get("name")):
            left_out += 1
            continue
        if not cells.get("code") and _is_total(cells):
            left_out += 1
            continue
        if layout.kind == "vouchers":
            heading = _continued(heading, {key: cells[key] for key in _HEADING if key in cells})
            cells = heading | cells
        found.append(ForeignRow(row.number, cells))
    return tuple(found), left_out


def _continued(before: dict[str, str], given: dict[str, str]) -> dict[str, str]:
    """A row's day and number; what it leaves empty (merged cells, printed once) is as in the row above."""
    if "number" in given:
        return {key: text for key, text in before.items() if key in _DAY and not set(_DAY) & set(given)} | given
    return before | given


def _take_apart(cells: dict[str, str]) -> None:
    """Split 记-0012 into word and number, and `10201 农行` in the column of codes into code and name."""
    label = cells.pop("label", "")
    match = _LABEL.match(label or cells.get("number", ""))
    if match:
        cells["number"] = match[2]
        if match[1]:
            cells["word"] = match[1]
    elif label:
        cells["number"] = label
    code = cells.get("code", "")
    split = _CODE_AND_NAME.match(code)
    if split:
        cells["code"] = split[1].replace(".", "").replace("-", "")
        if split[2]:
            cells.setdefault("name", split[2].strip())
    elif code:  # 会计科目 held a name only, or a total
        cells.pop("code")
        cells.setdefault("name", code)


def _is_total(cells: dict[str, str]) -> bool:
    texts = [cells.get(key, "") for key in ("name", "summary", "day")]
    return any("".join(text.split()).startswith(_TOTALS) for text in texts if text)


def foreign_accounts(rows: tuple[ForeignRow, ...]) -> dict[str, ForeignAccount]:
    """The accounts a file speaks of by code (by name where it gives no codes), each with the names above it."""
    names: dict[str, str] = {}
    for row in rows:
        key = account_key(row)
        if row.get("name") and key not in names:
            names[key] = row.get("name")
    return {key: ForeignAccount(key, _path(key, names)) for key in dict.fromkeys(map(account_key, rows))}


def account_key(row: ForeignRow) -> str:
    """What a row's account is known by: the code, or the name where there is none."""
    return row.get("code") or row.get("name")


def with_names(accounts: dict[str, ForeignAccount], known: dict[str, str]) -> dict[str, ForeignAccount]:
    """The accounts with names learnt from files read before (by code), so that details find what they stand under."""
    names = known | {key: "/".join(account.path) for key, account in accounts.items() if account.path}
    return {key: ForeignAccount(key, _path(key, names)) for key in accounts}


def _path(key: str, names: dict[str, str]) -> tuple[str, ...]:
    own = _segments(names.get(key, ""))
    if len(own) > 1 or not key.isdigit():
        return own
    above = [code for code in names if code != key and key.startswith(code) and code.isdigit() and len(code) >= 3]
    segments: list[str] = []
    for code in sorted(above, key=len):
        segments += [text for text in _segments(names[code])[-1:] if text not in segments[-1:]]
    return (*segments, *own)


def _segments(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in _PATH_SIGNS.split(text) if part.strip())


def parents(accounts: dict[str, ForeignAccount]) -> frozenset[str]:
    """Codes that others are details of: a balance table lists both."""
    codes = sorted(code for code in accounts if code.isdigit())
    return frozenset(above for above, below in pairwise(codes) if below.startswith(above))  # the first detail is next

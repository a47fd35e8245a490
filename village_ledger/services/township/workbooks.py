"""A bare workbook of statements (`2025-06 报表.xlsx`, as a village exports it) read back into figures.

Nothing is signed, so nothing is proved but that it agrees with itself (`workbook_ties`). Sheets are known by their
names and headings, lines by their titles and numbers.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import BadZipFile, ZipFile

from ...domain.account import Account, Chart, is_code, parent_code
from ...domain.desk import Figures
from ...domain.errors import BadInput
from ...domain.money import MoneyError, parse_fen
from ...domain.period import Period
from ...domain.statement import Statement
from ...domain.view import Balance
from ...reports import balance_sheet, income_expense, trial_balance
from ...reports.frame import day_label, span_label
from ...reports.model import Column, Report, Row, Value
from ...reports.township.topics import BALANCE_SHEET, INCOME_DISTRIBUTION, INCOME_EXPENSE, MONTH, OPENING
from ..catalog import CHARTS, chart_definition, statement_definition
from ..foreign_workbook import Rows, read_sheets

MAX_BYTES = 50_000_000
TRIAL = "trial-balance"
_WORKBOOK = "xl/workbook.xml"
_ENTITY = "编制单位："
_HALF = 4
"""Where the right side of a two-sided statement begins."""
_SIDED = "balance_sheet"
SIDES = ("资产", "负债和所有者权益")
_MONTH = re.compile(r"(\d{4})年(\d{1,2})月")
_DISTRIBUTION = (
    *balance_sheet.COLUMNS[:2],
    Column("amount", "本年金额", "money", 18, summed=True),
    Column("previous", "上年同期金额", "money", 18, summed=True),
)
_KNOWN = "请用本程序“导出本月账表”做出的“报表.xlsx”，或者请村里做报送包（.vlp）"


class Figure(NamedTuple):
    """The amounts of one line or account, and the row it stands in."""

    row: int
    fen: tuple[int, ...]


class Told(NamedTuple):
    """What a workbook tells of a month: accounts with their figures (`trial-balance` order), lines by statement."""

    village: str
    period: Period
    chart_key: str
    chart: Chart
    accounts: dict[str, Figure]
    total: Figure
    lines: dict[str, dict[str, Figure]]
    reports: tuple[Report, ...]

    @property
    def balances(self) -> tuple[Balance, ...]:
        """The month's balances of the lowest accounts that are listed."""
        above = {parent_code(code) for code in self.accounts}
        return tuple(
            Balance(code, (), one.fen[0] - one.fen[1], *one.fen[2:6])
            for code, one in sorted(self.accounts.items())
            if code not in above
        )

    @property
    def topics(self) -> dict[str, Figures]:
        """The figures of the statements by line key, as `topics.statement_figures` has them."""
        suffixes = {BALANCE_SHEET: ("", OPENING), INCOME_DISTRIBUTION: ("",), INCOME_EXPENSE: (MONTH, "")}
        return {
            topic: {
                f"{key}{suffix}": fen
                for key, one in self.lines[topic].items()
                for suffix, fen in zip(suffixes[topic], one.fen, strict=False)
            }
            for topic in suffixes
        }


def is_workbook(path: Path) -> bool:
    """Whether a file is, or is called, an Excel workbook."""
    if path.suffix.lower() == ".xlsx":
        return True
    try:
        with ZipFile(path) as packed:
            return _WORKBOOK in packed.namelist()
    except (BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def read_workbook(path: Path) -> Told:
    """Read a workbook. BadInput for one that is not recognised; IntegrityFailure for a trap."""
    if path.stat().st_size > MAX_BYTES:
        raise BadInput(f"文件太大，不像是一个月的报表：{path.name}")
    content = path.read_bytes()
    if not content.startswith(b"PK"):
        raise BadInput(f"这不是 Excel 工作簿（.xlsx），可能没有复制完整：{path.name}")
    sheets = read_sheets(content, values=True)
    trial = _Sheet(sheets, "科目余额表")
    village, period = trial.head()
    problem = ""
    for key in CHARTS:
        try:
            return _read(sheets, trial, village, period, key)
        except _UnknownLine as unknown:
            problem = problem or unknown.message
    raise BadInput(f"{problem}。{_KNOWN}")


class _UnknownLine(BadInput):
    """A line or account that a regulation's forms do not have; those of another may."""


class _Sheet:
    """A sheet by its name, below its title."""

    def __init__(self, sheets: dict[str, Rows], title: str) -> None:
        if title not in sheets:
            raise BadInput(f"不认识这个 Excel 文件：没有“{title}”工作表。{_KNOWN}")
        self.title, self.rows = title, sheets[title]

    def head(self) -> tuple[str, Period]:
        """Village and month, from the line under the title."""
        cells = [text for row in self.rows[:3] for value in row for text in str(value or "").split("　")]
        named = [text.removeprefix(_ENTITY).strip() for text in cells if text.startswith(_ENTITY)]
        months = [found for text in cells if (found := _MONTH.match(text.strip()))]
        if not (named and named[0] and months) or "单位：元" not in cells:
            raise BadInput(f"“{self.title}”的表头里没有编制单位、月份或“单位：元”。{_KNOWN}")
        if any("—" in text and _MONTH.match(text) for text in cells):
            raise BadInput(f"“{self.title}”不是一个月的，只收单月的报表")
        try:
            return named[0], Period.parse(f"{months[0][1]}-{int(months[0][2]):02d}")
        except ValueError as error:
            raise BadInput(f"“{self.title}”的月份不对：{months[0][0]}") from error

    def body(self, *headings: str) -> Iterator[tuple[int, tuple[Any, ...]]]:
        """The rows below the headings, with their numbers as Excel shows them, each at least as wide as they are."""
        for number, row in enumerate(self.rows[:8], 1):
            found = tuple(str(value) for value in row if value is not None)
            if found == headings:
                for below, cells in enumerate(self.rows[number:], number + 1):
                    yield below, cells + (None,) * (len(headings) + 8 - len(cells))
                return
        raise BadInput(f"不认识“{self.title}”的列，应是：{'、'.join(headings)}。{_KNOWN}")

    def place(self, number: int, column: int) -> str:
        """A cell as people name it: “资产负债表”C7."""
        return f"“{self.title}”{chr(ord('A') + column)}{number}"

    def fen(self, number: int, column: int, value: Any) -> int:
        """An amount in yuan."""
        try:
            if isinstance(value, bool):
                raise MoneyError("不是金额")
            return (
                0 if value is None else parse_fen(f"{value:.15g}" if not isinstance(value, str | int) else str(value))
            )
        except MoneyError as error:
            raise BadInput(f"{self.place(number, column)} 不是金额：{str(value)[:40]}") from error


def _read(sheets: dict[str, Rows], trial: _Sheet, village: str, period: Period, key: str) -> Told:
    accounts, total, chart, first = _accounts(trial, key)
    forms = statement_definition(key)
    lines: dict[str, dict[str, Figure]] = {}
    reports = [_report(TRIAL, trial.title, village, (period, period), trial_balance.COLUMNS, first)]
    for topic, form, headings, columns, since in (
        (BALANCE_SHEET, forms.balance_sheet, ("期末余额", "年初余额"), balance_sheet.COLUMNS, period),
        (INCOME_DISTRIBUTION, forms.income_distribution, ("本年金额", "上年同期金额"), _DISTRIBUTION, period.january),
        (INCOME_EXPENSE, forms.income_expense, ("本期金额", "本年累计金额"), income_expense.COLUMNS, period),
    ):
        sheet = _Sheet(sheets, form.title)
        _same_head(sheet, village, day_label(period) if topic == BALANCE_SHEET else span_label(since, period))
        lines[topic], rows = _lines(sheet, form, headings)
        cells = [(*row, "") if topic == INCOME_EXPENSE else row for row in rows]
        reports.append(_report(topic, form.title, village, (since, period), columns, [Row(row) for row in cells]))
    return Told(village, period, key, chart, accounts, total, lines, tuple(reports))


def _same_head(sheet: _Sheet, village: str, when: str) -> None:
    cells = {text.strip() for row in sheet.rows[:3] for value in row for text in str(value or "").split("　")}
    if not {f"{_ENTITY}{village}", when} <= cells:
        raise BadInput(f"“{sheet.title}”不是{village}“{when}”的，和“科目余额表”对不上")


def _accounts(sheet: _Sheet, key: str) -> tuple[dict[str, Figure], Figure, Chart, list[Row]]:
    """The accounts of 科目余额表 with their figures, its total, the chart they make, and the rows of the report."""
    known = {one.code: one for one in chart_definition(key).accounts}
    found: dict[str, Figure] = {}
    total: Figure | None = None
    names: dict[str, str] = {}
    body = sheet.body("科目编码", "科目名称", "期初余额", "本期发生额", "本年累计", "期末余额")
    next(body, None)  # 借方, 贷方
    for number, cells in body:
        code, name = str(cells[0] or "").strip(), str(cells[1] or "").strip()
        if code or name == "合计":
            fen = tuple(sheet.fen(number, column, cells[column]) for column in range(2, 10))
        if name == "合计" and not code:
            total = Figure(number, fen)
            break
        if not code:
            continue
        above = known.get(parent_code(code)) if is_code(code) else None
        if code in found or not name or (code not in known and above is None):
            raise _UnknownLine(f"{sheet.place(number, 0)} 的科目编码“{code}”重复，或不在科目表里")
        known.setdefault(code, Account(code, name, above.category, above.side) if above else known[code])
        found[code], names[code] = Figure(number, fen), name
    if total is None:
        raise BadInput(f"“{sheet.title}”没有合计行，可能不完整")
    chart = Chart(known.values())
    rows = [
        Row((code, names[code], chart[code].level, chart.is_leaf(code), *one.fen), level=chart[code].level - 1)
        for code, one in sorted(found.items())
    ]
    return found, total, chart, [*rows, Row(("", "合计", 0, False, *total.fen), "total")]


def _lines(
    sheet: _Sheet, form: Statement, headings: tuple[str, str]
) -> tuple[dict[str, Figure], list[tuple[Value, ...]]]:
    """The lines of a statement by key, and all its rows; a two-sided one has two lines in a row."""
    keys = {(line.title, line.line): line for line in form.lines}
    sided = form.key == _SIDED
    starts = (0, _HALF) if sided else (0,)
    last = {line.side if sided else "": line.key for line in form.lines}
    titles = SIDES if sided else ("项目",)
    found: dict[str, Figure] = {}
    rows: dict[int, list[tuple[Value, ...]]] = {start: [] for start in starts}
    for number, cells in sheet.body(*(text for title in titles for text in (title, "行次", *headings))):
        for start in starts:
            name, told = str(cells[start] or "").strip(), cells[start + 1]
            if not name:
                continue
            line = keys.get((name, told if isinstance(told, int) else 0))
            if line is None and (told is not None or not any(one.expand for one in form.lines)):
                raise _UnknownLine(f"{sheet.place(number, start)} 的“{name}”不是{form.title}的项目")
            if line and line.key in found:
                raise BadInput(f"{sheet.place(number, start)} 的“{name}”重复了")
            if line and line.kind == "heading":
                continue
            fen = tuple(sheet.fen(number, start + at, cells[start + at]) for at in (2, 3))
            if line:
                found[line.key] = Figure(number, fen)
            rows[start].append((name, line.line or None if line else None, *fen))
        if all(key in found for key in last.values()):
            break
    missing = [line.title for line in form.lines if line.line and line.key not in found]
    if missing:
        raise _UnknownLine(f"“{sheet.title}”缺少项目：{'、'.join(missing[:5])}")
    return found, [row for part in rows.values() for row in part]


def _report(
    key: str, title: str, village: str, span: tuple[Period, Period], columns: tuple[Column, ...], rows: list[Row]
) -> Report:
    start, end = span
    return Report(key, title, village, str(start), str(end), span_label(start, end), columns, tuple(rows))

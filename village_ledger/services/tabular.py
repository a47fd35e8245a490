"""Reading a table somebody hands in: CSV in UTF-8 or GB18030, or an xlsx sheet, as rows of plain text.

Says what a file is and where its rows stand; does not know what the columns mean.
"""

import csv
import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from importlib import import_module
from io import BytesIO, StringIO
from typing import Any, NamedTuple
from warnings import catch_warnings, simplefilter

from ..domain.errors import BadInput, system_reason

MAX_BYTES = 200_000_000
_ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_MARKUP = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta")
_MARKUP_SIGNS = 64
_DELIMITER_LINES = 20
_SIGNIFICANT = 15
"""Digits a spreadsheet itself holds to be the value of a cell; what lies behind them is binary noise."""

_SHORTENED = re.compile(r"-?[0-9](?:\.[0-9]+)?[eE]\+[0-9]{2,}$")
"""What spreadsheets make of a long number in a cell that is not text."""


class TableRow(NamedTuple):
    """One row: its number as a spreadsheet shows it (the header is row 1) and its texts by column name."""

    number: int
    cells: Mapping[str, str]


class Table(NamedTuple):
    """A table with its header understood. `digest` is the SHA-256 of the file."""

    name: str
    digest: str
    rows: tuple[TableRow, ...]
    notes: tuple[str, ...]
    problems: tuple[str, ...]


class GridRow(NamedTuple):
    """One row of a file as it stands: its number as a spreadsheet shows it, and its texts."""

    number: int
    cells: tuple[str, ...]


class Grid(NamedTuple):
    """A file whose header is not understood yet: every row that holds something. `digest` is its SHA-256."""

    name: str
    digest: str
    rows: tuple[GridRow, ...]


def read_grid(path: str | os.PathLike[str]) -> Grid:
    """Read a file row by row, whatever its columns are called."""
    name = os.path.basename(path)
    content = _read(path, name)
    records = _xlsx_records(content, name) if content.startswith(_ZIP) else _csv_records(content, name)
    rows = tuple(GridRow(number, record) for number, record in records if any(record))
    if not rows:
        raise BadInput(f"文件“{name}”是空的，没有可以导入的内容")
    return Grid(name, hashlib.sha256(content).hexdigest(), rows)


def read_table(path: str | os.PathLike[str], required: tuple[str, ...], optional: tuple[str, ...]) -> Table:
    """Read a file whose header holds the required columns, in any order; refuses what is no such table."""
    name = os.path.basename(path)
    content = _read(path, name)
    records = _xlsx_records(content, name) if content.startswith(_ZIP) else _csv_records(content, name)
    header: tuple[str, ...] = ()
    width = 0
    rows: list[TableRow] = []
    problems: list[str] = []
    for number, record in records:
        if not any(record):
            continue
        if not header:
            header = _header(record, name, required, optional)
            width = len(record)
            continue
        if len(record) > width or any(record[len(header) :]):
            problems.append(f"第 {number} 行：比表头多出几列，金额里的千位逗号请去掉，或给整个金额加上引号")
        padding = ("",) * (len(header) - len(record))
        cells = dict(zip(header, record + padding, strict=False))
        problems.extend(
            f"第 {number} 行：“{title}”是“{cells[title]}”，表格软件已经丢了后面的位数，请把这一列设成“文本”，重新填写"
            for title in header
            if title in required + optional and _SHORTENED.match(cells[title])
        )
        rows.append(TableRow(number, cells))
    if not header:
        raise BadInput(f"文件“{name}”是空的，没有可以导入的内容")
    if not rows:
        raise BadInput(f"文件“{name}”只有表头，没有数据行")
    extra = [title for title in header if title and title not in required + optional]
    notes = (f"没有用到的列：{'、'.join(extra)}",) if extra else ()
    return Table(name, hashlib.sha256(content).hexdigest(), tuple(rows), notes, tuple(problems))


def _read(path: str | os.PathLike[str], name: str) -> bytes:
    try:
        with open(path, "rb") as file:
            content = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise BadInput(f"找不到要导入的文件：{os.fspath(path)}") from None
    except IsADirectoryError:
        raise BadInput(f"这是一个文件夹，不是可以导入的文件：{os.fspath(path)}") from None
    except OSError as error:
        raise BadInput(f"读不出文件“{name}”：{system_reason(error)}") from error
    if not content:
        raise BadInput(f"文件“{name}”是空的，没有可以导入的内容")
    if len(content) > MAX_BYTES:
        raise BadInput(f"文件“{name}”太大（超过 {MAX_BYTES // 1_000_000} MB），请分成几个文件导入")
    if content.startswith(_OLD_EXCEL):
        raise BadInput(f"文件“{name}”是旧版 Excel 格式（.xls），请用 Excel 或 WPS 另存为 .xlsx 或 CSV 再导入")
    if content[:_MARKUP_SIGNS].lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(_MARKUP):
        raise BadInput(
            f"文件“{name}”其实是网页格式（有的软件导出时起名 .xls），请用 Excel 或 WPS 打开，另存为 .xlsx 再导入"
        )
    if name.lower().endswith(".xlsx") and not content.startswith(_ZIP):
        raise BadInput(f"文件“{name}”不是 Excel 工作簿（.xlsx），可能没有复制完整，请重新保存后再导入")
    return content


def _header(
    record: tuple[str, ...], name: str, required: tuple[str, ...], optional: tuple[str, ...]
) -> tuple[str, ...]:
    titles = tuple(_title("".join(title.split()), (*required, *optional)) for title in record)
    while titles and not titles[-1]:
        titles = titles[:-1]
    missing = [title for title in required if title not in titles]
    if missing:
        raise BadInput(
            f"文件“{name}”的列不对，缺少：{'、'.join(missing)}。"
            f"第一行应是列名：{'、'.join(required)}（还可以有：{'、'.join(optional)}）"
        )
    twice = sorted({title for title in titles if title and titles.count(title) > 1})
    if twice:
        raise BadInput(f"文件“{name}”里有重复的列名：{'、'.join(twice)}")
    return titles


def _title(text: str, known: tuple[str, ...]) -> str:
    """A column name; the unit townships put behind it in brackets, as in 面积（亩）, is left out."""
    plain = text.replace("(", "（").partition("（")[0]
    return plain if text not in known and plain in known else text


def _csv_records(content: bytes, name: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    text = _decode(content, name)
    if "\0" in text:
        raise BadInput(f"文件“{name}”不是 CSV 或 Excel 文件，不能导入")
    first = next((line for line in text.split("\n", _DELIMITER_LINES) if any(map(line.count, ",\t;"))), text)
    delimiter = max(",", "\t", ";", key=first.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, record in enumerate(reader, 1):  # number is used by the except clause
            yield number, tuple([cell.strip() for cell in record])
    except csv.Error:
        raise BadInput(f"文件“{name}”第 {number + 1} 行的引号不成对或格式不对，请检查这一行") from None


def _decode(content: bytes, name: str) -> str:
    """UTF-8 with or without mark, else GB18030 (which Excel writes on Chinese Windows), else UTF-16 by its mark."""
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadInput(f"文件“{name}”的文字编码认不出来，请另存为“CSV UTF-8”或 .xlsx 再导入")


def _xlsx_records(content: bytes, name: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The first sheet that has anything on it."""
    openpyxl: Any = import_module("openpyxl")  # takes 150 ms: only for a file that needs it
    try:
        with catch_warnings():
            simplefilter("ignore")  # about styles and validations, which do not matter here
            book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True)
            sheets = (_sheet_rows(sheet) for sheet in book.worksheets)
            found = next((rows for rows in sheets if any(map(any, rows))), [])
            book.close()
    except Exception as error:  # openpyxl lets through whatever zip and XML parsing raise
        raise BadInput(
            f"文件“{name}”不是完整的 Excel 工作簿（.xlsx），可能没有复制完或已损坏，请重新保存后再导入"
        ) from error
    return enumerate(found, 1)


def _sheet_rows(sheet: Any) -> list[tuple[str, ...]]:
    sheet.reset_dimensions()  # some programs write a wrong extent
    return [tuple(_text(value) for value in row) for row in sheet.iter_rows(values_only=True)]


def _text(value: object) -> str:
    """A cell as the text a person would have typed."""
    if value is None:
        return ""
    if isinstance(value, float) or (isinstance(value, int) and _is_rounded(value)):
        text = f"{value:.{_SIGNIFICANT}g}"
        return f"{int(text)}" if text.lstrip("-").isdigit() else text
    if isinstance(value, datetime):
        return value.date().isoformat() if not (value.hour or value.minute or value.second) else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()


def _is_rounded(value: int) -> bool:
    """Whether a number has more digits than a spreadsheet keeps, and ends in the zeros it puts there instead."""
    beyond = len(str(abs(value))) - _SIGNIFICANT
    return beyond > 0 and value % 10**beyond == 0

"""Reading a workbook that somebody hands in without trusting it: what it unpacks to, what its XML asks for."""

import re
import zlib
from collections.abc import Iterator
from importlib import import_module
from io import BytesIO
from typing import Any
from warnings import catch_warnings, simplefilter
from zipfile import BadZipFile, ZipFile

from ..domain.errors import IntegrityFailure

MAX_UNPACKED = 200_000_000
"""Bytes of all parts once unpacked."""
MAX_PARTS = 2_000
MAX_ROWS = 300_000
"""Rows of one sheet."""
MAX_CELLS = 5_000_000
"""Cells of all sheets, empty ones before the last of a row included."""
MAX_TEXT = 32_767
"""Signs of one cell, as Excel has it."""
_RATIO = 200
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<", b"\x00\x00")
"""How a part begins whose signs are two or four bytes wide, so that a search would pass over what it declares."""
_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*encoding\s*=\s*["']([^"']*)""")
Rows = list[tuple[Any, ...]]


def read_sheets(content: bytes, *, values: bool) -> dict[str, Rows]:
    """The cells of every sheet by its name, trailing empty ones left out: values people see, or formulas.

    Raises IntegrityFailure for a trap and for what is no workbook.
    """
    _refuse_traps(content)
    try:
        with catch_warnings():
            simplefilter("ignore")  # about styles and validations, which do not matter here
            book = import_module("openpyxl").load_workbook(
                BytesIO(content), read_only=True, data_only=values, keep_links=False
            )
            budget = _Budget()
            return {sheet.title: list(_rows(sheet, budget)) for sheet in book.worksheets}
    except IntegrityFailure:
        raise
    except Exception as error:  # whatever a foreign workbook does to the reader
        raise IntegrityFailure(f"Excel 文件读不出来，被改动过或已损坏（{type(error).__name__}）") from error


class _Budget:
    """How many cells may still come."""

    def __init__(self) -> None:
        self._left = MAX_CELLS

    def spend(self, cells: int) -> None:
        self._left -= cells
        if self._left < 0:
            raise IntegrityFailure("Excel 文件的单元格多得不正常，不予读取")


def _rows(sheet: Any, budget: _Budget) -> Iterator[tuple[Any, ...]]:
    sheet.reset_dimensions()  # a wrong extent would have every row padded to it
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        if number > MAX_ROWS:
            raise IntegrityFailure(f"Excel 文件的工作表“{sheet.title}”超过 {MAX_ROWS} 行，不予读取")
        budget.spend(len(row))
        width = len(row)
        while width and row[width - 1] is None:
            width -= 1
        if any(isinstance(value, str) and len(value) > MAX_TEXT for value in row[:width]):
            raise IntegrityFailure(f"Excel 文件的工作表“{sheet.title}”第 {number} 行有大得不正常的单元格，不予读取")
        yield tuple(row[:width])


def _refuse_traps(content: bytes) -> None:
    """Refuse a workbook that unpacks to far more than it should, or whose XML declares entities."""
    try:
        with ZipFile(BytesIO(content)) as packed:
            parts = packed.infolist()
            if (
                len(parts) > MAX_PARTS
                or sum(part.file_size for part in parts) > MAX_UNPACKED
                or any(part.file_size > _RATIO * max(part.compress_size, 1000) for part in parts)
            ):
                raise IntegrityFailure("Excel 文件解压后大得不正常（可能是压缩炸弹），不予读取")
            for part in parts:
                _refuse_entities(packed.read(part))
    except (BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, EOFError, RuntimeError) as error:
        raise IntegrityFailure("Excel 文件读不出来，被改动过或已损坏") from error


def _refuse_entities(part: bytes) -> None:
    """Our own workbooks have no document type; what declares one wants something of the parser."""
    told = _ENCODING.match(part[:500])
    strange = told is not None and told[1].lower() not in {b"utf-8", b"us-ascii"}
    if strange or part.startswith(_WIDE) or b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise IntegrityFailure("Excel 文件里有 XML 文档类型、实体声明或少见的编码（可能是攻击），不予读取")

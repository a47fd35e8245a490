"""Checking a package whole: what `package.read` proves, and every figure of its workbooks made again from vouchers."""

import zlib
from collections.abc import Iterable, Iterator
from importlib import import_module
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import BadZipFile, ZipFile

from .. import __version__
from ..domain.errors import IntegrityFailure
from ..package.read import Package, read_package
from ..reports.model import Report
from . import gbt, publishing
from .package_reports import maker

MAX_WORKBOOK = 400_000_000
"""Bytes of all parts of a workbook once unpacked."""
_RATIO = 200
Rows = list[tuple[Any, ...]]


def check_package(path: Path, key: str = "") -> Package:
    """Read a package, refused unless everything in it agrees. BadInput: no package; IntegrityFailure: not sound."""
    package = read_package(path, key)
    month = package.manifest.period
    make = maker(package.contents)
    with TemporaryDirectory() as folder:
        for name, made in (
            ("报表", publishing.month_statements(month, make, "")),
            ("账簿", publishing.month_books(month, make, "")),
        ):
            place = f"账表/{month} {name}.xlsx"
            if place not in package.files:
                raise IntegrityFailure(f"报送包里缺少文件：{place}")
            again = Path(folder) / f"{name}.xlsx"
            publishing.workbook(made, again)
            for problem in _differences(package.files[place], again.read_bytes(), made, package.manifest.program):
                raise IntegrityFailure(f"{place}：{problem}")
    for problem in _gbt_problems(package):
        raise IntegrityFailure(problem)
    return package


def _gbt_problems(package: Package) -> Iterator[str]:
    """Where the files of the audit data interface are not those that the contents and registers make."""
    there = {
        name.removeprefix(gbt.FOLDER): content for name, content in package.files.items() if name.startswith(gbt.FOLDER)
    }
    same = package.manifest.program == __version__
    if not there and not same:
        return  # made before packages had any
    try:
        made = gbt.package_files(package.contents, package.files, package.manifest.program)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        yield f"国标数据不能由登记簿重新生成：{str(error)[:100]}"
        return
    if not same:
        yield from gbt.told_differences(there, made)
        return
    for name in sorted(made.keys() | there.keys()):
        if made.get(name) != there.get(name) and not gbt.same_list(name, made.get(name), there.get(name)):
            yield f"国标数据（{gbt.FOLDER}{name}）和账目、登记簿重新生成的不一样"


def _differences(found: bytes, wanted: bytes, made: Iterable[Report], program: str) -> Iterator[str]:
    """What a workbook says otherwise than its figures made again: values people see, and formulas Excel computes."""
    # another version may lay a sheet out otherwise; its figures must stand in the same order
    told = _cells if program == __version__ else _figures
    titles = [report.title for report in made]
    for values in (True, False):
        ours = _read(wanted, values=values)
        theirs = _read(found, values=values)
        if list(theirs) != list(ours):
            yield f"工作表和应有的（{'、'.join(titles)}）不一样"
            return
        for sheet, rows in ours.items():
            for number, (there, here) in enumerate(_paired(told(theirs[sheet]), told(rows)), 1):
                if there != here:
                    yield f"“{sheet}”第 {number} 行和凭证重算的不一样：这里是 {_shown(there)}，应为 {_shown(here)}"
                    return


def _paired(theirs: Rows, ours: Rows) -> Iterator[tuple[tuple[Any, ...], tuple[Any, ...]]]:
    for place in range(max(len(theirs), len(ours))):
        yield (theirs[place] if place < len(theirs) else ()), (ours[place] if place < len(ours) else ())


def _cells(rows: Rows) -> Rows:
    return [tuple(value for value in row if value is not None) for row in rows]


def _figures(rows: Rows) -> Rows:
    found = (tuple(value for value in row if isinstance(value, int) or hasattr(value, "is_integer")) for row in rows)
    return [row for row in found if row]


def _shown(row: tuple[Any, ...]) -> str:
    return "、".join(str(value)[:40] for value in row[:8]) or "空行"


def _read(content: bytes, *, values: bool) -> dict[str, Rows]:
    """The cells of every sheet, after its parts were found harmless to unpack and to parse."""
    _refuse_traps(content)
    try:
        book = import_module("openpyxl").load_workbook(
            BytesIO(content), read_only=True, data_only=values, keep_links=False
        )
        return {sheet.title: [tuple(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets}
    except Exception as error:  # whatever a foreign workbook does to the reader
        raise IntegrityFailure(f"Excel 文件读不出来，被改动过或已损坏（{type(error).__name__}）") from error


def _refuse_traps(content: bytes) -> None:
    """Refuse a workbook that unpacks to far more than it should, or whose XML declares entities."""
    try:
        with ZipFile(BytesIO(content)) as packed:
            parts = packed.infolist()
            if sum(part.file_size for part in parts) > MAX_WORKBOOK or any(
                part.file_size > _RATIO * max(part.compress_size, 1000) for part in parts
            ):
                raise IntegrityFailure("Excel 文件解压后大得不正常（可能是压缩炸弹），不予读取")
            for part in parts:
                _refuse_entities(packed.read(part))
    except (BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, EOFError, RuntimeError) as error:
        raise IntegrityFailure("Excel 文件读不出来，被改动过或已损坏") from error


def _refuse_entities(part: bytes) -> None:
    """Our own workbooks have no document type; what declares one wants something of the parser."""
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part or part.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise IntegrityFailure("Excel 文件里有 XML 文档类型或实体声明（可能是攻击），不予读取")

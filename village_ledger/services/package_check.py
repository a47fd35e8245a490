"""Checking a package whole: what `package.read` proves, and every figure of its workbooks made again from vouchers."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from .. import __version__
from ..domain.errors import IntegrityFailure
from ..package.read import Package, read_package
from ..reports.model import Report
from . import gbt, publishing
from .foreign_workbook import Rows, read_sheets
from .package_reports import maker


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
        ours = read_sheets(wanted, values=values)
        theirs = read_sheets(found, values=values)
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

"""The audit data interface (国标数据接口) of a book or a package: both sets of files, with list and self-check."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from .. import __version__
from ..domain.errors import BadInput, BookUnusable, NotAllowed, Refusal, system_reason
from ..domain.period import Period
from ..package.contents import Contents
from ..package.gbt.assets import read_cards, read_changes
from ..package.gbt.books import Books, Sheet, SheetRow
from ..package.gbt.case import Case
from ..package.gbt.form import Form, Forms, text_forms, xml_form
from ..package.gbt.listing import LIST, without_sm3
from ..package.gbt.self_check import Result, report_text, self_check
from ..package.gbt.text_file import FORMAT_FILE, MAX_FILE, file_name
from ..package.gbt.write import TEXT_FOLDER, XML_FOLDER, write_sets
from ..package.gbt.xml_writer import Encoding
from ..reports.model import Report
from ..reports.query import Query
from ..storage.periods import last_closed
from . import publishing, reports
from .book import Book
from .catalog import CHARTS, read_resource
from .closing_sheet import month_proof
from .package_contents import month_contents
from .package_reports import maker

FOLDER = "国标/"
"""Where a package keeps them."""
CHECKED = "自检.txt"
REGISTERS = ("fixed-asset-register", "depreciation-schedule", "asset-changes")
"""The registers that 固定资产.xml is made from."""
_SHEETS = (
    ("balance-sheet", "closing", "opening"),
    ("income-distribution", "amount", "previous"),
    ("income-expense", "period", "ytd"),
)


class Written(NamedTuple):
    """What was written to a folder: the files' names, and what the self-check found."""

    folder: Path
    period: Period
    files: tuple[str, ...]
    results: tuple[Result, ...]

    @property
    def ok(self) -> bool:
        """Whether every check passed."""
        return all(one.ok for one in self.results)


@cache
def forms() -> Forms:
    """What the standards prescribe, from resources/gbt24589."""
    shared, ledger, assets = (_form(name) for name in ("shared", "ledger", "assets"))
    try:
        texts = text_forms(read_resource("gbt24589/text-2004.toml"))
    except (KeyError, ValueError) as error:
        raise BadInput(f"程序文件 resources/gbt24589/text-2004.toml 有误：{error}") from None
    return Forms(shared, ledger, assets, texts)


def _form(name: str) -> Form:
    try:
        return xml_form(read_resource(f"gbt24589/{name}.toml"))
    except (KeyError, ValueError) as error:
        raise BadInput(f"程序文件 resources/gbt24589/{name}.toml 有误：{error}") from None


def sheets(contents: Contents) -> tuple[Sheet, ...]:
    """The statements of a year to date; none for a chart that the program has no forms for."""
    if contents.entity.chart not in CHARTS:
        return ()
    make, period = maker(contents), contents.period
    found = []
    for number, (key, first, second) in enumerate(_SHEETS, 1):
        start = period.january if key == "income-distribution" else period
        found.append(_sheet(f"{number:02d}", make(key, Query(start, period)), first, second))
    return tuple(found)


def _sheet(number: str, report: Report, first: str, second: str) -> Sheet:
    place = {column.key: index for index, column in enumerate(report.columns)}
    titles = (report.columns[place[first]].title, report.columns[place[second]].title)
    rows = []
    for row in report.rows:
        name, line, one, other = (row.cells[place[key]] for key in ("name", "line", first, second))
        if isinstance(one, int) and isinstance(other, int):
            rows.append(SheetRow(str(name), line if isinstance(line, int) else 0, one, other, row.explanation))
    return Sheet(number, report.key, report.title, titles, tuple(rows))


def books_of(contents: Contents, closed: Period | None, registers: Mapping[str, Any], program: str) -> Books:
    """What is written of a year to date; `registers` are the JSON values of `REGISTERS`."""
    fixed, schedule, changes = (registers[key] for key in REGISTERS)
    return Books(contents, closed, program, sheets(contents), read_cards(fixed, schedule), read_changes(changes))


def package_files(contents: Contents, files: Mapping[str, bytes], program: str) -> dict[str, bytes]:
    """The files of a package's month below `FOLDER`, from its own contents and registers."""
    registers = {key: json.loads(files[f"registers/{key}.json"]) for key in REGISTERS}
    return finished(books_of(contents, contents.period, registers, program))


def finished(books: Books, encoding: Encoding = "gb18030") -> dict[str, bytes]:
    """Both sets with their list and the outcome of the self-check, by name."""
    files = write_sets(books, forms(), encoding)
    return {**files, CHECKED: outcome(files).encode()}


_checked: dict[bytes, str] = {}
"""The outcome for the files that were checked last, by their list, which has their digests."""


def outcome(files: dict[str, bytes]) -> str:
    """自检.txt of files just made; handing over asks twice for the same ones."""
    key = files[LIST]
    if key not in _checked:
        results = self_check(files, forms(), sheets)
        _checked.clear()
        _checked[key] = report_text(results)
    return _checked[key]


def books_of_book(book: Book, period: Period) -> Books:
    """What is written of a book's year through a month: names as they were when the month was closed."""
    if period < book.entity.first_period:
        raise BadInput(f"{period.label}早于建账月份 {book.entity.first_period.label}，没有账可以导出")
    contents = month_contents(book, period, month_proof(book, period))
    closed = last_closed(book.connection)
    registers = {
        key: json.loads(publishing.plain_text(reports.run(book, key, Query(period, period)), "json"))
        for key in REGISTERS
    }
    return books_of(contents, min(closed, period) if closed else None, registers, __version__)


def same_list(name: str, one: bytes | None, other: bytes | None) -> bool:
    """Whether two lists differ in nothing but SM3, which not every computer can make."""
    if name != LIST or one is None or other is None:
        return False
    try:
        return bool(without_sm3(one) == without_sm3(other))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return False


def told_differences(there: dict[str, bytes], made: dict[str, bytes]) -> Iterator[str]:
    """Where files of another program version tell of other books than those made again."""
    try:
        found, wanted = (Case(files, forms(), sheets) for files in (there, made))
    except Refusal as refusal:
        yield refusal.message
        return
    for title, one, other in (
        ("XML", found.told, wanted.told),
        ("TXT", found.told_by_texts, wanted.told_by_texts),
    ):
        if isinstance(one, str) or isinstance(other, str):
            yield f"国标 {title} 数据读不出来：{one if isinstance(one, str) else other}"
        elif (one.name, one.year, one.figures, one.vouchers) != (other.name, other.year, other.figures, other.vouchers):
            yield f"国标 {title} 数据和凭证重算的不一样"


def year_end(book: Book, year: int) -> Period:
    """The last closed month of a year."""
    closed = last_closed(book.connection)
    last = Period(year, 12)
    if closed is None or closed.year < year:
        raise NotAllowed(f"{year} 年还没有结账的月份。没有结账也要导出的，请用 --through 写明到哪个月")
    return min(closed, last)


def export(book: Book, period: Period, folder: Path, encoding: Encoding = "gb18030") -> Written:
    """Write both sets of the year through a month into a folder, whole or not at all, and log it."""
    books = books_of_book(book, period)
    files = write_sets(books, forms(), encoding)
    results = self_check(files, forms(), sheets)
    files[CHECKED] = report_text(results).encode()
    with publishing.Workplace(folder) as work:
        for name, content in files.items():
            place = work.folder / name
            place.parent.mkdir(exist_ok=True)
            place.write_bytes(content)
        if book.read_only:
            work.deliver()
        else:
            with book.write("export") as transaction:
                transaction.record(
                    "export",
                    f"国标数据 {books.contents.start} 至 {period}",
                    {"period": str(period), "files": len(files), "passed": all(one.ok for one in results)},
                )
                work.deliver()
    return Written(folder, period, tuple(files), results)


def check_folder(folder: Path) -> tuple[Result, ...]:
    """The self-check of the files in a folder."""
    return self_check(read_folder(folder), forms(), sheets)


def read_folder(folder: Path) -> dict[str, bytes]:
    """The files of both sets that lie in a folder, in their own folders below it or side by side."""
    if not folder.is_dir():
        raise BadInput(f"文件夹不存在：{folder}")
    root = folder / FOLDER if (folder / FOLDER).is_dir() else folder
    wanted = {form.file.lower(): f"{XML_FOLDER}{form.file}" for form in forms().xml}
    names = [FORMAT_FILE + ".TXT", *(file_name(form) for form in forms().texts)]
    wanted.update((name.lower(), f"{TEXT_FOLDER}{name}") for name in names)
    wanted[LIST.lower()] = LIST
    found: dict[str, bytes] = {}
    try:
        for place in (root, root / XML_FOLDER, root / TEXT_FOLDER):
            for path in sorted(place.iterdir()) if place.is_dir() else ():
                if (name := wanted.get(path.name.lower())) and path.is_file():
                    if path.stat().st_size > 2 * MAX_FILE:
                        raise BadInput(f"{path.name} 太大，不予读取")
                    found[name] = path.read_bytes()
    except OSError as error:
        raise BookUnusable(f"读不出文件夹：{folder}\n{system_reason(error)}") from error
    if not found.keys() - {LIST}:
        raise BadInput(f"这里没有国标数据接口的文件（公共档案.xml、总账.xml 或 GSSM.TXT 等）：{folder}")
    return found

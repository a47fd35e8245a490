"""Reports as an xlsx workbook, one sheet each.

openpyxl makes everything but the rows; those are streamed into the finished sheets, so that 200,000 of them need no
memory and a formula carries its value for readers that do not calculate.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.writer.excel import ExcelWriter

from village_ledger.domain.errors import ExportFailed
from village_ledger.reports.model import Report

from .atomic import atomic_write
from .excel_charts import add_charts
from .excel_looks import Looks
from .excel_rows import SheetRows
from .layout import clean

Progress = Callable[[int, int, str], None]

ROW_LIMIT = 1_048_576
"""How many rows a sheet can have."""

_A4 = 9
_FOOTER_SIZE = 6
"""Points: a log head of 64 digits ends before the number of the page in the middle."""
_BREAK_LIMIT = 1000
_CHUNK = 500
_NAME_LIMIT = 31
_FOOTER_SIZE = 7
_EMPTY_ROWS = re.compile(rb"<sheetData ?/>|<sheetData></sheetData>")
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


def write_xlsx(reports: Iterable[Report], path: Path, progress: Progress | None = None, *, subject: str = "") -> None:
    """Write the reports to `path`, all or nothing. The same reports give the same bytes.

    `progress(done, total, what)` counts rows and may raise Cancelled. `subject` goes into the file's properties.
    Raises ExportFailed if the disk refuses.
    """
    shown = tuple(reports)
    book = Workbook()
    book.remove(book.active)
    bodies: dict[str, tuple[Report, SheetRows]] = {}
    names: set[str] = set()
    for report in shown:
        sheet = book.create_sheet(sheet_name(report.title, names))
        rows = SheetRows(report, Looks(sheet))
        if rows.end_row > ROW_LIMIT:
            raise ExportFailed(
                f"“{report.title}”有{len(report.rows)}行，超过 Excel 的上限，请缩短期间，或改导出 CSV、PDF"
            )
        _set_up(sheet, report, rows)
        if report.charts:
            last = add_charts(sheet, report, rows)
            sheet.print_area = f"A1:{list(rows.widths())[-1][0]}{last}"
        bodies[f"xl/worksheets/sheet{len(bodies) + 1}.xml"] = (report, rows)
    _describe(book, shown)
    book.properties.subject = subject or None
    with atomic_write(path) as file, ZipFile(file, "w", ZIP_DEFLATED) as packed:
        ExcelWriter(book, _Archive(packed, _counted(bodies, progress))).save()


def sheet_name(title: str, taken: set[str]) -> str:
    """A valid sheet name not yet taken, made from the title; it is added to `taken`."""
    base = _FORBIDDEN.sub(" ", clean(title)).strip(" '")[:_NAME_LIMIT] or "报表"
    name = base
    number = 1
    while name.lower() in taken or name.lower() == "history":
        number += 1
        tail = f"({number})"
        name = base[: _NAME_LIMIT - len(tail)] + tail
    taken.add(name.lower())
    return name


def _set_up(sheet: Any, report: Report, rows: SheetRows) -> None:
    for letter, width in rows.widths():
        sheet.column_dimensions[letter].width = width
    for merge in rows.merges:
        sheet.merged_cells.add(merge)
    last = list(rows.widths())[-1][0]
    sheet.freeze_panes = f"A{rows.first_row}"
    sheet.sheet_view.showGridLines = False
    sheet.print_title_rows = f"1:{rows.first_row - 1}"
    sheet.print_area = f"A1:{last}{max(rows.end_row, rows.first_row)}"
    sheet.sheet_format.defaultRowHeight = 18
    sheet.sheet_format.customHeight = True
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.orientation = "landscape" if report.landscape or report.halves else "portrait"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left, margins.right, margins.top, margins.bottom = 0.6, 0.4, 0.6, 0.7
    margins.header = margins.footer = 0.35
    sheet.oddFooter.left.text = report.footer.replace("&", "&&")[:80]
    sheet.oddFooter.right.text = f"{report.title.replace('&', '&&')[:40]}　第 &P 页　共 &N 页"
    sheet.oddFooter.left.size = sheet.oddFooter.right.size = _FOOTER_SIZE  # the head of the log's chain is long
    for row in rows.breaks[:_BREAK_LIMIT]:
        sheet.row_breaks.append(Break(id=row))


def _describe(book: Any, reports: tuple[Report, ...]) -> None:
    when = _moment(reports[0].end if reports else "")
    book.properties.creator = "村级三资账本"
    book.properties.lastModifiedBy = "村级三资账本"
    book.properties.title = "、".join(dict.fromkeys(report.title for report in reports))[:250]
    book.properties.created = book.properties.modified = when


def _moment(end: str) -> datetime:
    """A fixed moment for the file's properties, so that equal reports give equal files."""
    try:
        return datetime.fromisoformat(end if len(end) > 7 else f"{end}-01")
    except ValueError:
        return datetime(2000, 1, 1)


def _counted(bodies: dict[str, tuple[Report, SheetRows]], progress: Progress | None) -> "_Bodies":
    total = sum(rows.row_count for _, rows in bodies.values())
    before = 0
    made: _Bodies = {}
    for name, (report, rows) in bodies.items():
        made[name] = (rows, _chunks(rows, report.title, before, total, progress))
        before += rows.row_count
    return made


def _chunks(rows: SheetRows, title: str, before: int, total: int, progress: Progress | None) -> Iterator[bytes]:
    pending: list[str] = []
    done = before
    for text in rows.xml():
        pending.append(text)
        if len(pending) == _CHUNK:
            yield "".join(pending).encode("utf-8")
            pending.clear()
            done = min(done + _CHUNK, total)
            if progress:
                progress(done, total, f"正在写入{title}")
    yield "".join(pending).encode("utf-8")
    if progress:
        progress(before + rows.row_count, total, f"正在写入{title}")


_Bodies = dict[str, tuple[SheetRows, Iterator[bytes]]]


class _Archive:
    """What openpyxl's writer takes for a zip file: fixed times, and the rows put into the empty sheets it hands over.

    Sheets are written last, when openpyxl has removed its temporary files and cannot leave any behind.
    """

    def __init__(self, packed: ZipFile, bodies: _Bodies) -> None:
        self._zip = packed
        self._bodies = bodies
        self._sheets: dict[str, bytes] = {}

    def writestr(self, name: str, data: str | bytes) -> None:
        """Store one part."""
        self._zip.writestr(_entry(name), data)

    def write(self, source: str, name: str) -> None:
        """Take one sheet, as yet without rows."""
        self._sheets[name.lstrip("/")] = Path(source).read_bytes()

    def namelist(self) -> list[str]:
        """The names of the parts so far."""
        return [*self._zip.namelist(), *self._sheets]

    def close(self) -> None:
        """Stream the sheets; whoever opened the zip file closes it."""
        for name, shell in self._sheets.items():
            rows, chunks = self._bodies[name]
            last = list(rows.widths())[-1][0]
            head, tail = _EMPTY_ROWS.split(shell, maxsplit=1)
            size = f'<dimension ref="A1:{last}{max(rows.end_row, 1)}"'.encode()
            # Never zip64: its header differs from one Python to the next, and a full sheet has far less than 2 GB.
            with self._zip.open(_entry(name), "w") as part:
                part.write(head.replace(b'<dimension ref="A1:A1"', size) + b"<sheetData>")
                for chunk in chunks:
                    part.write(chunk)
                part.write(b"</sheetData>" + tail)


def _entry(name: str) -> ZipInfo:
    info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.compress_type = ZIP_DEFLATED
    info.create_system = 3
    info.external_attr = 0o644 << 16
    return info

"""Writing reports, vouchers and whole months to files; each whole or not at all.

openpyxl and reportlab are loaded here, when a file needs them: they take longer than any report.
"""

import shutil
from collections.abc import Callable, Iterable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, NamedTuple

from .. import clock
from ..domain.account import Chart
from ..domain.contract_reminder import Reminder
from ..domain.errors import BadInput, BookUnusable, ExportFailed, system_reason
from ..domain.file_name import file_safe
from ..domain.period import Period
from ..domain.trail import Trail
from ..domain.view import Entity
from ..domain.voucher import Voucher
from ..exports.atomic import atomic_write
from ..placing import put_in_place
from ..reports.model import Report
from ..reports.query import Query
from ..storage.people import Person
from .book import Book, Progress, is_writable, no_progress
from .closing_sheet import MonthProof, closing_sheet, month_proof
from .journal import record_export
from .month_data import write_month_data
from .passwords import Secrets
from .reports import run

STATEMENTS = (
    "trial-balance",
    "balance-sheet",
    "income-distribution",
    "income-expense",
    "counterparty-balances",
    "voucher-summary",
)
BOOKS = ("general-ledger", "subsidiary-ledger", "cash-journal", "bank-journal")
_FROM_JANUARY = frozenset({"income-distribution"})
_STEPS = 9
Make = Callable[[str, Query], Report]
"""Builds a report of a book by its name and span."""


def write_report(report: Report, path: Path | str, kind: str, progress: Progress | None = None) -> None:
    """Write a report as text, json, csv, xlsx or pdf."""
    path = Path(path)
    if kind == "xlsx":
        _exports("excel").write_xlsx((report,), path, progress)
    elif kind == "pdf":
        _exports("pdf").write_pdf((report,), path, progress)
    elif kind in {"text", "json", "csv"}:
        text = _exports("text").to_text(report) if kind == "text" else _plain(report, kind)
        with atomic_write(path) as file:
            file.write(text.encode())
    else:
        raise BadInput(f"不能输出“{kind}”格式")


def record_report(path: Path | str, report: Report, kind: str, actor: str) -> None:
    """Log in the report's book that it was written to a file; a book that cannot be written just now is left alone."""
    path = Path(path)
    if not is_writable(path):
        return
    with suppress(BookUnusable), Book.open(path, actor=actor) as book:  # another window may be saving
        record_export(book, f"{report.title} {report.as_of}", {"report": report.key, "kind": kind})


def _plain(report: Report, kind: str) -> str:
    plain = _exports("plain")
    return str(plain.to_json(report) if kind == "json" else plain.to_csv(report))


def _exports(module: str) -> Any:
    return import_module(f"village_ledger.exports.{module}")


def print_vouchers(
    book: Book,
    vouchers: Iterable[Voucher],
    path: Path | str,
    paper: str = "a4-two",
    progress: Progress | None = None,
) -> None:
    """Print vouchers to a PDF: two to an A4 page, on 240×140 mm voucher paper, or on A5."""
    _exports("vouchers").write_vouchers_pdf(tuple(vouchers), book.chart, book.entity, Path(path), paper, progress)


def print_reminders(book: Book, slips: Iterable[Reminder], path: Path | str) -> None:
    """Print reminder slips (催缴通知单) to a PDF, one contract to an A5 sheet, and log it."""
    printed = tuple(slips)
    if not printed:
        raise BadInput("选中的合同都没有欠款，不用催缴")
    _exports("reminders").write_reminders_pdf(printed, book.entity, Path(path))
    record_export(book, "催缴通知单", {"contracts": [slip.contract.code for slip in printed]})


def print_recovery_sheet(village: str, people: Iterable[Person], secrets: Secrets, path: Path | str) -> None:
    """Print the recovery code to be sealed (恢复码封存单), with the initial passwords that are handed out, if any."""
    sheet = _exports("recovery_sheet")
    known = dict(secrets.passwords)
    strips = [sheet.Strip(one.name, one.role, known[one.name]) for one in people if one.name in known]
    sheet.write_recovery_sheet(village, secrets.code, clock.today(), strips, Path(path))


def print_trail(book: Book, trail: Trail, path: Path | str) -> None:
    """Print the one-page sheet (溯源单) of a payment to a PDF, and log it."""
    footer = "　".join((*book.entity.exceptions, month_proof(book, trail.voucher.period).footer))
    _exports("trail").write_trail_pdf(trail, Path(path), footer)
    record_export(book, f"溯源单 {trail.label}", {"voucher": trail.voucher.uid, "fen": trail.fen})


def export_month(book: Book, period: Period, folder: Path, progress: Progress | None = None) -> tuple[Path, ...]:
    """Export a month into a folder named after village and month within `folder`; returns what was written."""
    name = file_safe(book.entity.name)
    return export_month_into(book, period, Path(folder) / f"{name} {period}", progress)


def export_month_into(book: Book, period: Period, target: Path, progress: Progress | None = None) -> tuple[Path, ...]:
    """Export everything of a month into a folder: books, statements, vouchers, closing sheet and checkable data.

    Everything is made in a hidden folder first and moved when complete. An earlier export of the month is replaced.
    """
    report = progress or no_progress
    if period < book.entity.first_period:
        raise BadInput(f"{period.label}早于建账月份 {book.entity.first_period.label}，没有账可以导出")
    with Workplace(target) as work:
        proof = month_proof(book, period)
        _make(book, period, work.folder, proof, report)
        report(_STEPS, _STEPS, "保存")
        detail = {"period": str(period), "head": proof.head}
        if book.read_only:
            return work.deliver()
        with book.write("export") as transaction:
            transaction.record("export", f"{period} 账表", detail)
            return work.deliver()


def _make(book: Book, period: Period, folder: Path, proof: MonthProof, report: Progress) -> None:
    def make(key: str, query: Query) -> Report:
        return run(book, key, query)

    vouchers = book.ledger.vouchers(period, period)
    papers = Papers(book.chart, book.entity, vouchers, closing_sheet(book, period, vouchers, proof))
    write_papers(papers, period, make, proof.footer, folder, report)
    report(8, _STEPS, "可核验的数据")
    data = folder / f"{period} 数据"
    data.mkdir()
    write_month_data(book, period, vouchers, proof, data)


class Papers(NamedTuple):
    """What is printed of a month besides books and statements: its vouchers, and the closing sheet."""

    chart: Chart
    entity: Entity
    vouchers: tuple[Voucher, ...]
    sheet: Report


def month_statements(period: Period, make: Make, footer: str) -> tuple[Report, ...]:
    """The statements of a month, as they stand in its workbook."""
    return tuple(
        make(key, Query(period.january if key in _FROM_JANUARY else period, period))._replace(footer=footer)
        for key in STATEMENTS
    )


def month_books(period: Period, make: Make, footer: str) -> tuple[Report, ...]:
    """The books of a month, as they stand in its workbook."""
    return tuple(make(key, Query(period, period))._replace(footer=footer) for key in BOOKS)


def write_papers(
    papers: Papers,
    period: Period,
    make: Make,
    footer: str,
    folder: Path,
    report: Progress = no_progress,
) -> None:
    """Write statements, books, vouchers and closing sheet of a month; `make(key, query)` builds a report."""

    def step(number: int, what: str) -> Progress:
        report(number, _STEPS, what)
        return lambda _done, _total, detail: report(number, _STEPS, detail)

    listening = step(0, "汇总报表")
    statements = month_statements(period, make, footer)
    _exports("excel").write_xlsx(statements, folder / f"{period} 报表.xlsx", listening)
    _exports("pdf").write_pdf(statements, folder / f"{period} 报表.pdf", step(2, "排版报表"))
    listening = step(3, "登记账簿")
    books = month_books(period, make, footer)
    _exports("excel").write_xlsx(books, folder / f"{period} 账簿.xlsx", listening)
    _exports("pdf").write_pdf(books, folder / f"{period} 账簿.pdf", step(5, "排版账簿"))
    path = folder / f"{period} 凭证.pdf"
    _exports("vouchers").write_vouchers_pdf(
        papers.vouchers, papers.chart, papers.entity, path, "a4-two", step(6, "排版凭证")
    )
    _exports("pdf").write_pdf([papers.sheet], folder / f"{period} 结账单.pdf", step(7, "结账单"))


def write_reports(reports: Iterable[Report], stem: Path) -> None:
    """Write reports together as one workbook and one PDF beside each other."""
    shown = tuple(reports)
    _exports("excel").write_xlsx(shown, stem.with_name(f"{stem.name}.xlsx"))
    _exports("pdf").write_pdf(shown, stem.with_name(f"{stem.name}.pdf"))


def write_sums(
    sheets: tuple[Report, ...], paper: tuple[Report, ...], stem: Path, progress: Progress | None = None
) -> tuple[Path, ...]:
    """Write a township's sums with their charts: the sheets as a workbook, the same for paper as a PDF."""
    written = (stem.with_name(f"{stem.name}.xlsx"), stem.with_name(f"{stem.name}.pdf"))
    try:
        stem.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportFailed(f"不能在这里导出：{stem.parent}\n{system_reason(error)}") from error
    _exports("excel").write_xlsx(sheets, written[0], progress)
    _exports("pdf").write_pdf(paper, written[1], progress)
    return written


def workbook(reports: Iterable[Report], path: Path) -> None:
    """Write reports as one workbook."""
    _exports("excel").write_xlsx(tuple(reports), path)


def plain_text(report: Report, kind: str) -> str:
    """A report as json or csv."""
    return _plain(report, kind)


class Workplace:
    """A hidden folder beside the result. What was not delivered disappears with it."""

    def __init__(self, target: Path) -> None:
        self._target = target
        self._made = not target.exists()

    def __enter__(self) -> "Workplace":
        try:
            self._target.mkdir(parents=True, exist_ok=True)
            self.folder = Path(mkdtemp(prefix=".export-", dir=self._target))
        except OSError as error:
            raise ExportFailed(
                f"不能在这里导出（没有写入权限、磁盘已满或U盘已拔出）：{self._target}\n{system_reason(error)}"
            ) from error
        return self

    def deliver(self) -> tuple[Path, ...]:
        """Move everything into place, files before folders."""
        made = sorted(self.folder.iterdir(), key=lambda path: (path.is_dir(), path.name))
        try:
            for path in made:
                place = self._target / path.name
                if place.is_dir():
                    shutil.rmtree(place)
                put_in_place(path, place)
        except OSError as error:
            raise ExportFailed(
                f"“{path.name}”没有导出成功（文件正被其他程序打开，或没有写入权限），请关闭后再导出一次\n"
                f"{system_reason(error)}"
            ) from error
        return tuple(self._target / path.name for path in made)

    def __exit__(self, kind: type[BaseException] | None, *_details: object) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        if kind is not None and self._made:
            with suppress(OSError):  # somebody else put a file there meanwhile
                self._target.rmdir()

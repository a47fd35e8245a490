"""Handing a closed month over to the township: the package (报送包) made, proved, written, and noted in the log."""

import hashlib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from .. import __version__
from ..domain.errors import BookUnusable, NotAllowed
from ..domain.file_name import file_safe
from ..domain.masking import contact_masked, without_numbers
from ..domain.period import Period
from ..exports.atomic import atomic_write
from ..package.chain import AFTER, BEFORE, MONTH, record_lines
from ..package.contents import Contents, write_contents
from ..package.journal import write_journal
from ..package.manifest import ATTACHMENTS, Manifest, closing_digest, opening_digest
from ..package.national import national_files
from ..package.read import MONTH_MANIFEST, month_manifest
from ..package.review import ANSWERS, write_answers
from ..package.signing import public_half, sign
from ..package.write import Source, write_package
from ..reports import registry
from ..reports.model import Report
from ..reports.query import Query
from ..storage.connection import SCHEMA_VERSION
from ..storage.periods import load_periods
from . import gbt, notice_files, notices, periods, publishing, reports
from .attachment_folder import attachment_place, attachment_state
from .backups import all_attachments
from .book import Book, Progress, no_progress
from .closing_sheet import MonthProof, closing_sheet, month_proof
from .disclosures import latest
from .month_data import write_month_data
from .package_check import check_package
from .package_contents import log_slices, month_contents
from .package_guide import GUIDE
from .package_reports import maker
from .review_answers import answers_to_send
from .village_key import national_key, village_key

SUFFIX = ".vlp"
_STEPS = 12
_UNPRINTED = frozenset({"payment-trail", "benefit-register"})
"""Registers that go along as data only: what programs read of each payment, and what single people got."""

_CONTACT = "contact"
_WRITTEN = frozenset({"contact", "note", "issuer", "account_name"})
"""Keys of the columns in which people write numbers of others."""


class HandedOver(NamedTuple):
    """A package that was written: where, how large, the key that signed it, and attachments that could not be found."""

    path: Path
    size: int
    sha256: str
    key: str
    lost: tuple[str, ...] = ()


def file_name(book: Book, period: Period) -> str:
    """What a month's package is called: 石桥村 2025-06 报送包.vlp."""
    name = file_safe(book.entity.name)
    return f"{name} {period} 报送包{SUFFIX}"


def hand_over(
    book: Book,
    period: Period,
    path: Path,
    progress: Progress | None = None,
    *,
    attachments: bool = False,
    national: bool = False,
) -> HandedOver:
    """Write the signed package of a closed month, and mark the month as handed over; `national`: signed by SM2 too.

    The package is read back and proved like the township will; a book that does not prove itself hands nothing over.
    """
    report = progress or no_progress
    book.authorise("period.hand-over")
    if book.read_only:
        raise BookUnusable("账簿以只读方式打开，不能报送（报送要登记到操作日志）。请复制到电脑硬盘上再打开")
    proof = month_proof(book, period)
    if not proof.row.closed:
        raise NotAllowed(f"{period.label}还没有结账，不能报送")
    report(0, _STEPS, "准备签名")
    private = village_key(book)
    with TemporaryDirectory() as folder:
        made = _files(book, period, proof, Path(folder), report)
        lost = _add_attachments(book, made.files) if attachments else ()
        report(_STEPS - 2, _STEPS, "签名")
        manifest = made.manifest._replace(key=public_half(private))
        made.files[MONTH_MANIFEST] = month_manifest(manifest, _in_memory(made.files, "month/"))
        if national:
            sealed = {name: content for name, content in made.files.items() if not name.startswith(ATTACHMENTS)}
            made.files.update(national_files(_in_memory(sealed, ""), national_key(book)))
        finished = Path(folder) / "finished"
        with finished.open("wb") as file:
            write_package(file, manifest, made.files, lambda message: sign(private, message))
        report(_STEPS - 1, _STEPS, "检查报送包")
        check_package(finished, manifest.key)
        digest = _digest(finished)
        with book.write("period.hand-over") as transaction:
            if month_proof(book, period).head != manifest.head:
                raise NotAllowed(f"{period.label}刚才在别的窗口反结账了，请重新报送")
            periods.record_hand_over(transaction, period, package=digest, key=manifest.key, file=path.name)
            with atomic_write(path) as target, finished.open("rb") as source:
                while block := source.read(1 << 20):
                    target.write(block)
                    report(_STEPS - 1, _STEPS, f"写到 {path.parent}")
                report(_STEPS, _STEPS, "完成")  # the last moment to cancel: neither file nor mark stays then
        return HandedOver(path, finished.stat().st_size, digest, manifest.key, lost)


class _Made(NamedTuple):
    """Everything of a package but key and signature."""

    manifest: Manifest
    files: dict[str, Source]


def _files(book: Book, period: Period, proof: MonthProof, folder: Path, report: Progress) -> _Made:
    contents = month_contents(book, period, proof)
    entity = contents.entity
    handed = proof._replace(row=proof.row._replace(handed_over=True))
    papers = publishing.Papers(
        contents.chart, entity, contents.of_month, closing_sheet(book, period, contents.of_month, handed)
    )
    places = {name: folder / name for name in ("账表", "登记簿", "公开榜", "month")}
    for place in places.values():
        place.mkdir()
    publishing.write_papers(papers, period, maker(contents), proof.footer, places["账表"], _counted(report))
    registers = _registers(book, period, proof)
    report(8, _STEPS, "登记簿")
    publishing.write_reports(
        (one for one in registers if one.key not in _UNPRINTED), places["登记簿"] / f"{period} 登记簿"
    )
    report(9, _STEPS, "公开榜")
    _write_notice(book, period, places["公开榜"])
    write_month_data(book, period, book.ledger.vouchers(period, period), proof, places["month"])
    slices = log_slices(book, contents, proof)
    files: dict[str, Source] = {
        **write_contents(contents),
        **write_journal(contents),
        "说明.txt": GUIDE.encode(),
        BEFORE: record_lines(slices.before),
        MONTH: record_lines(slices.month),
        AFTER: record_lines(slices.after),
        ANSWERS: write_answers(answers_to_send(book)),
    }
    for one in registers:
        for kind in ("csv", "json"):
            files[f"registers/{one.key}.{kind}"] = publishing.plain_text(one, kind).encode()
    report(9, _STEPS, "国标数据")
    made = gbt.package_files(contents, _in_memory(files, "registers/"), __version__)
    files.update((f"{gbt.FOLDER}{name}", content) for name, content in made.items())
    for name, place in places.items():
        for path in place.iterdir():
            files.setdefault(f"{name}/{path.name}", path)
    return _Made(_manifest(book, contents, proof), files)


def _manifest(book: Book, contents: Contents, proof: MonthProof) -> Manifest:
    period, entity = contents.period, contents.entity
    before = {row.period: row for row in load_periods(book.connection)}.get(period.previous)
    balances = contents.ledger.balances(period, period)
    return Manifest(
        entity.name,
        entity.region_code,
        entity.credit_code,
        period,
        proof.mark,
        entity.exceptions,
        SCHEMA_VERSION,
        __version__,
        len(contents.of_month),
        proof.head,
        month_proof(book, period.previous).head if before and before.closed else "",
        opening_digest(balances),
        closing_digest(balances),
        "",
        {},
    )


def _registers(book: Book, period: Period, proof: MonthProof) -> tuple[Report, ...]:
    """Every register as it stood at the end of the month, numbers of people in contacts and remarks masked."""
    return tuple(
        _numbers_masked(
            reports.run(book, kind.key, Query(period.january if kind.key in registry.YEAR_TO_DATE else period, period))
        )._replace(footer=proof.footer)
        for kind in registry.REGISTER_KINDS
    )


def _numbers_masked(register: Report) -> Report:
    """A register as it leaves the office: whom to call is for the village alone."""
    places = [place for place, column in enumerate(register.columns) if column.key in _WRITTEN]
    if not places:
        return register
    rows = []
    for row in register.rows:
        cells = list(row.cells)
        for place in places:
            text = cells[place]
            if isinstance(text, str):
                cells[place] = _without_numbers(register.columns[place].key, text)
        rows.append(row._replace(cells=tuple(cells)))
    return register._replace(rows=tuple(rows))


def _without_numbers(key: str, text: str) -> str:
    return contact_masked(text) if key == _CONTACT else without_numbers(text)


def _write_notice(book: Book, period: Period, folder: Path) -> None:
    """The month's disclosure notice: the version that was made last, or as it would be made now."""
    made = latest(book, "month", period, period)
    notice = notices.build(book, "month", period, period, made.version if made else 1)
    for kind in ("pdf", "xlsx"):
        notice_files.write(notice, folder, kind)


def _add_attachments(book: Book, files: dict[str, Source]) -> tuple[str, ...]:
    """Add every attachment under its digest; returns the names of those that are not where they should be."""
    lost = []
    for one in all_attachments(book.connection):
        if attachment_state(book.path, one) == "完好":
            place = attachment_place(book.path, one)
            files[f"{ATTACHMENTS}{place.name}"] = place
        else:
            lost.append(one.name)
    return tuple(lost)


def _in_memory(files: dict[str, Source], folder: str) -> dict[str, bytes]:
    return {
        name: source if isinstance(source, bytes) else source.read_bytes()
        for name, source in files.items()
        if name.startswith(folder)
    }


def _counted(report: Progress) -> Progress:
    return lambda done, _total, what: report(done, _STEPS, what)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

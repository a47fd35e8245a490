"""Notices as files, and proving that a copy on the wall or on a phone is what the book says."""

import re
import zipfile
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from ..domain.errors import BadInput, Refusal
from ..domain.money import format_fen
from ..domain.period import Period
from ..reports.notices.model import EDITIONS, Edition, Notice, Totals
from .book import Book
from .notices import build

FORMATS = ("pdf", "xlsx", "png", "html")
SIZES = ("A3", "A4", "A2")
_CODE = re.compile(r"VLN1\|[^<>\"\r\n()\\]*?\|[0-9a-f]{64}")
_NAMES = ("期初资金", "收入", "支出", "期末资金")
_LARGEST = 200_000_000


class Code(NamedTuple):
    """What the QR code of a notice says."""

    region_code: str
    edition: Edition
    start: Period
    end: Period
    version: int
    draft: bool
    totals: Totals
    digest: str


def write(notice: Notice, folder: Path, kind: str = "pdf", size: str = "A3") -> tuple[Path, ...]:
    """Write a notice into a folder as pdf (A4, A3 or A2 on A4 sheets), xlsx, png or html; returns the files."""
    if kind not in FORMATS:
        raise BadInput(f"不能输出“{kind}”格式，可选：{'、'.join(FORMATS)}")
    if size not in SIZES:
        raise BadInput(f"没有“{size}”这种纸，可选：{'、'.join(SIZES)}")
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    name = "".join("_" if sign in '\\/:*?"<>|' else sign for sign in file_name(notice))
    if kind == "png":
        made: tuple[Path, ...] = _exports("notice_png").write_notice_png(notice, folder, name)
        return made
    path = folder / f"{name}.{kind}" if kind != "pdf" else folder / f"{name} {size}.pdf"
    if kind == "pdf":
        _exports("notice_pdf").write_notice(notice, path, size)
    elif kind == "html":
        _exports("notice_html").write_notice_html(notice, path)
    else:
        tables = [sheet.table for sheet in notice.sheets]
        _exports("excel").write_xlsx(tables, path, subject=notice.code)
    return (path,)


def pictures(notice: Notice, dots: int = 72) -> tuple[bytes, ...]:
    """The pages as pictures (PNG bytes) for the screen."""
    found: tuple[bytes, ...] = _exports("notice_png").page_pictures(notice, dots)
    return found


def file_name(notice: Notice) -> str:
    """What its files are called: 石桥村 2025-06 财务公开榜（草稿）."""
    span = str(notice.start) if notice.start == notice.end else f"{notice.start}至{notice.end}"
    version = f"更正{notice.version - 1}" if notice.version > 1 else ""
    return f"{notice.entity} {span} 财务公开榜{version}{'（草稿）' if notice.draft else ''}"


def _exports(module: str) -> Any:
    return import_module(f"village_ledger.exports.{module}")


def parse_code(text: str) -> Code:
    """Read the text of a QR code. Raises BadInput."""
    parts = text.strip().split("|")
    try:
        mark, region, edition, span, version, draft, amounts, digest = parts
        start, _, end = span.partition("~")
        totals = Totals(*(int(fen) for fen in amounts.split(",")))
        if mark != "VLN1" or edition not in EDITIONS or draft not in {"D", "F"}:
            raise ValueError(text)
        first = Period.parse(start)
        last = Period.parse(end) if end else first
        return Code(region, edition, first, last, int(version), draft == "D", totals, digest)
    except (ValueError, TypeError) as error:
        raise BadInput("这不是财务公开榜的核对码，请完整复制扫码得到的文字（以 VLN1 开头）") from error


def read_code(path: Path) -> Code:
    """The code a notice's file bears: in the properties of a PDF or workbook, in the head of a page or picture."""
    try:
        if path.stat().st_size > _LARGEST:
            raise BadInput(f"文件太大，不像是公开榜：{path}")
        content = path.read_bytes()
    except OSError as error:
        raise BadInput(f"打不开这个文件：{path}") from error
    if content.startswith(b"PK"):
        content = _workbook_properties(path)
    elif content.startswith(b"%PDF"):
        found = _exports("notice_reading").pdf_subject(content)
        return parse_code(found)
    match = _CODE.search(content.decode("utf-8", "replace"))
    if match is None:
        raise BadInput(f"文件里没有公开榜的核对码，它不是本程序导出的公开榜，或核对码被去掉了：{path.name}")
    return parse_code(match[0])


def _workbook_properties(path: Path) -> bytes:
    try:
        with zipfile.ZipFile(path) as packed:
            if packed.getinfo("docProps/core.xml").file_size > 100_000:
                raise BadInput(f"这个 Excel 文件不像是公开榜：{path.name}")
            return packed.read("docProps/core.xml")
    except (zipfile.BadZipFile, KeyError, OSError) as error:
        raise BadInput(f"这个 Excel 文件已损坏，或不是本程序导出的公开榜：{path.name}") from error


class NoticeCheck(NamedTuple):
    """What checking a notice against the book found; no findings: the copy says what the book says."""

    code: Code
    findings: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


def verify(book: Book, wanted: str | Path) -> NoticeCheck:
    """Check a notice against the book: the text of its QR code, or a file this program wrote.

    A file is made again from the book and compared byte by byte, so that a doctored table or picture is found too.
    """
    text = str(wanted)
    if text.strip().startswith("VLN1|"):
        code = parse_code(text)
        return NoticeCheck(code, tuple(_differences(book, code)[1]))
    path = Path(wanted)
    code = read_code(path)
    notice, findings = _differences(book, code)
    if notice is not None and not findings and not _same_file(notice, path):
        findings.append(
            "核对码和账簿一致，但文件的内容和程序按账簿重新生成的不一样：文件被改动过，或者是另一个版本的程序导出的。"
            "请重新导出后再张贴"
        )
    return NoticeCheck(code, tuple(findings))


def _differences(book: Book, code: Code) -> tuple[Notice | None, list[str]]:
    if code.region_code != book.entity.region_code:
        return None, [f"这是另一个村的公开榜（行政区划代码 {code.region_code}），不是 {book.entity.name} 的"]
    try:
        notice = build(book, code.edition, code.start, code.end, code.version)
    except Refusal as refusal:
        return None, [refusal.message]
    findings = [
        f"{name}不一致：公开榜上是 {format_fen(said)} 元，账簿里是 {format_fen(booked)} 元"
        for name, said, booked in zip(_NAMES, code.totals, notice.totals, strict=True)
        if said != booked
    ]
    if code.draft and not notice.draft:
        findings.append("这是结账前的草稿，现在已经结账，请张贴正式的公开榜")
    elif notice.digest != code.digest and not findings:
        findings.append("四项合计一致，但明细和账簿不一致：公开榜印出以后账或资料有变动，或者核对码被改过")
    return notice, findings


def _same_file(notice: Notice, path: Path) -> bool:
    """Whether the program would write the same bytes today."""
    content = path.read_bytes()
    with TemporaryDirectory() as folder:
        kinds = {b"%P": "pdf", b"PK": "xlsx", b"\x89P": "png", b"<!": "html"}
        kind = kinds.get(content[:2], "html")
        sizes = SIZES if kind == "pdf" else ("A3",)
        return any(made.read_bytes() == content for size in sizes for made in write(notice, Path(folder), kind, size))

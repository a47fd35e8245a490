"""Notices as files, and reading the code they bear."""

import re
import zipfile
from base64 import b32decode
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from ..domain.errors import BadInput
from ..domain.file_name import file_safe
from ..domain.period import Period
from ..reports.notices.model import EDITION_LETTERS, Edition, Notice, Totals

FORMATS = ("pdf", "xlsx", "png", "html")
SIZES = ("A3", "A4", "A2")
_CODE = re.compile(r"VLN1\*[0-9A-Z*/-]{20,400}")
_DIGEST_LENGTH = 52
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
    name = file_safe(file_name(notice))
    if kind == "png":
        made: tuple[Path, ...] = _exports("notice_png").write_notice_png(notice, folder, name)
        return made
    path = folder / f"{name}.{kind}" if kind != "pdf" else folder / f"{name} {size}.pdf"
    if kind == "pdf":
        _exports("notice_pdf").write_notice(notice, path, size)
    elif kind == "html":
        _exports("notice_html").write_notice_html(notice, path)
    else:
        tables = [sheet.table for sheet in notice.full] or [sheet.table for sheet in notice.sheets]
        _exports("excel").write_xlsx(tables, path, subject=notice.code)
    return (path,)


def pictures(notice: Notice, dots: int = 72) -> tuple[bytes, ...]:
    """The pages as pictures (PNG bytes) for the screen."""
    found: tuple[bytes, ...] = _exports("notice_png").page_pictures(notice, dots)
    return found


def file_name(notice: Notice) -> str:
    """What its files are called: 石桥村 2025-06 财务公开榜（草稿）."""
    if notice.edition == "special":
        return f"{notice.title} {notice.start}{'' if notice.version == 1 else f'（{notice.version}）'}"
    span = str(notice.start) if notice.start == notice.end else f"{notice.start}至{notice.end}"
    version = f"更正{notice.version - 1}" if notice.version > 1 else ""
    return f"{notice.entity} {span} 财务公开榜{version}{'（草稿）' if notice.draft else ''}"


def _exports(module: str) -> Any:
    return import_module(f"village_ledger.exports.{module}")


def is_code(text: str) -> bool:
    """Whether a text is meant as the text of a QR code, rather than a file's name."""
    return "".join(text.split()).upper().startswith("VLN1*")


def parse_code(text: str) -> Code:
    """Read the text of a QR code; blanks and line breaks in it, and small letters, do no harm. Raises BadInput."""
    parts = "".join(text.split()).upper().split("*")
    try:
        mark, region, letter, span, version, draft, amounts, proof = parts
        start, _, end = span.partition("/")
        totals = Totals(*(int(fen) for fen in amounts.split("/")))
        if mark != "VLN1" or draft not in {"D", "F"} or len(proof) != _DIGEST_LENGTH:
            raise ValueError(text)
        digest = b32decode(f"{proof}====").hex()
        first = Period.parse(start)
        last = Period.parse(end) if end else first
        return Code(region, EDITION_LETTERS[letter], first, last, int(version), draft == "D", totals, digest)
    except (ValueError, TypeError, KeyError) as error:
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
    match = _CODE.search(content.decode("latin-1"))
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

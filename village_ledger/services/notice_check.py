"""Proving that a copy of a notice, on the wall, on paper or on a phone, says what the book says, or said at the time.

A file is made again, from the book or from what the book kept of the notice, and compared byte by byte: a doctored
table or picture is found whatever code it bears (decision 0010).
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from ..domain.disclosure import Disclosure
from ..domain.errors import Refusal
from ..domain.money import format_fen
from ..reports.notices.model import Notice
from .book import Book
from .disclosures import as_made, disclosures
from .disclosures_register import unlogged
from .notice_files import SIZES, Code, is_code, parse_code, read_code, write
from .notices import build, with_acts

_NAMES = ("期初资金", "收入", "支出", "期末资金")
_KINDS = {b"%P": "pdf", b"PK": "xlsx", b"\x89P": "png", b"<!": "html"}
_DOCTORED = (
    "核对码和账簿一致，但文件的内容和程序重新生成的不一样：文件被改动过，或者是另一个版本的程序导出的。"
    "请重新导出后再张贴"
)


class NoticeCheck(NamedTuple):
    """What checking a notice found; no findings: the copy is true. `notes` say what else is worth knowing."""

    code: Code
    findings: tuple[str, ...]
    notes: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


def verify(book: Book, wanted: str | Path) -> NoticeCheck:
    """Check the text of a QR code, or a file this program wrote. Raises BadInput for what is neither."""
    if isinstance(wanted, str) and is_code(wanted):
        return _Copy(book, parse_code(wanted)).checked(None)
    return _Copy(book, read_code(Path(wanted))).checked(Path(wanted))


class _Copy:
    """One copy against one book: the notice as it would be made now, and as it was made if the book kept it."""

    def __init__(self, book: Book, code: Code) -> None:
        self._book, self._code = book, code
        self._made = [one for one in disclosures(book) if _same_span(one, code)]
        self._kept = next((one for one in self._made if one.digest == code.digest), None)

    def checked(self, path: Path | None) -> NoticeCheck:
        """Compare the code, and the file if there is one."""
        code, village = self._code, self._book.entity
        if code.region_code != village.region_code:
            other = f"这是另一个村的公开榜（行政区划代码 {code.region_code}），不是 {village.name} 的"
            return NoticeCheck(code, (other,))
        now = self._now()
        kept = as_made(self._book, self._kept) if self._kept else None
        true = [one for one in (now, kept) if isinstance(one, Notice) and _says(one, code)]
        findings = [] if true else self._differences(now)
        findings += self._void()
        if not findings and path is not None and not self._same_file(true, path):
            findings.append(_DOCTORED)
        return NoticeCheck(code, tuple(findings), tuple(self._notes(now)) if not findings else ())

    def _now(self) -> Notice | str:
        """The notice as it would be made now, or why there is none."""
        code = self._code
        if code.edition == "special":
            return "账簿里没有制作过这份专项公开榜，或者核对码被改过"
        try:
            return build(self._book, code.edition, code.start, code.end, code.version)
        except Refusal as refusal:
            return refusal.message

    def _differences(self, now: Notice | str) -> list[str]:
        if isinstance(now, str):
            return [now]
        found = [
            f"{name}不一致：公开榜上是 {format_fen(said)} 元，账簿里是 {format_fen(booked)} 元"
            for name, said, booked in zip(_NAMES, self._code.totals, now.totals, strict=True)
            if said != booked
        ]
        if self._code.draft and not now.draft:
            return [*found, "这是结账前的草稿，现在已经结账，请张贴正式的公开榜"]
        return found or ["四项合计一致，但明细和账簿不一致：公开榜印出以后账或资料有变动，或者核对码被改过"]

    def _void(self) -> list[str]:
        if self._kept is None:
            return []
        found = [f"这一版公开榜已在 {act.day} 作废：{act.note}" for act in self._kept.acts if act.kind == "作废"]
        if unlogged(self._book, self._kept):
            found.append("账簿里这张公开榜的记录和日志不一致，被改动过；请先核验账簿")
        return found

    def _notes(self, now: Notice | str) -> Iterator[str]:
        kept = self._kept
        if self._code.draft:
            yield "这是草稿，不能张榜"
        if kept is None:
            return
        if isinstance(now, Notice) and not _says(now, self._code):
            yield f"与 {kept.made_on} 制作的公开榜一致；此后资料有变动，按现在的账簿制作会不一样"
        else:
            yield f"与 {kept.made_on} 制作的公开榜一致"
        later = [one for one in self._made if one.version > kept.version and one.state != "已作废"]
        if later and kept.edition != "special":
            yield f"这一期后来在 {later[-1].made_on} 制作了更正的公开榜，请看更正后的"

    def _same_file(self, true: Sequence[Notice], path: Path) -> bool:
        """Whether the program writes the same bytes for the notice as it stood after any of its acts."""
        content = path.read_bytes()
        kind = _KINDS.get(content[:2], "html")
        sizes = SIZES if kind == "pdf" else SIZES[:1]
        with TemporaryDirectory() as folder:
            return any(
                made.read_bytes() == content
                for notice in self._printed(true)
                for size in sizes
                for made in write(notice, Path(folder), kind, size)
            )

    def _printed(self, true: Sequence[Notice]) -> Iterator[Notice]:
        """The notice as it could have been printed: newest first, before and after each signature and the posting."""
        seen: set[Notice] = set()
        acts = self._kept.acts if self._kept else ()
        for notice in true:
            for count in range(len(acts), -1, -1):
                printed = with_acts(notice, acts[:count])
                if printed not in seen:
                    seen.add(printed)
                    yield printed


def _says(notice: Notice, code: Code) -> bool:
    return (notice.digest, notice.totals, notice.draft) == (code.digest, code.totals, code.draft)


def _same_span(made: Disclosure, code: Code) -> bool:
    return (made.edition, made.start, made.end, made.version) == (code.edition, code.start, code.end, code.version)

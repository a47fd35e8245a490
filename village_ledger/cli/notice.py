"""`notice`: the disclosure notice of a month, quarter or year; `verify-notice`: is a copy what the book says?"""

import sys
from pathlib import Path

from village_ledger.domain.errors import BadInput
from village_ledger.domain.period import Period
from village_ledger.reports.notices.model import EDITIONS, Edition, Notice
from village_ledger.services.book import Book, is_writable
from village_ledger.services.disclosures import current, disclosures, notice_of
from village_ledger.services.journal import record_export
from village_ledger.services.notice_check import verify
from village_ledger.services.notice_files import write

from . import ACTOR
from .arguments import Arguments

_MONTHS: dict[str, int] = {"month": 1, "quarter": 3, "year": 12}


def run(arguments: Arguments) -> int:
    """Write the notice and list the files, or check one."""
    if arguments.command.name == "verify-notice":
        return _verify(arguments)
    period, folder = arguments.period("--period"), Path(arguments.required("--out"))
    edition = arguments.get("--edition", "month")
    if edition not in EDITIONS:
        raise BadInput(f"--edition 只能是 {'、'.join(EDITIONS)}（{'、'.join(EDITIONS.values())}）")
    kind, size = arguments.get("--format", "pdf"), arguments.get("--size", "A3").upper()
    path = Path(arguments.required("BOOK"))
    with Book.open(path, read_only=path.exists() and not is_writable(path), actor=ACTOR) as book:
        found = _specials(book, period) if edition == "special" else (_regular(book, edition, period),)
        made = [path for notice in found for path in write(notice, folder, kind, size)]
        for notice in found:
            record_export(book, f"{notice.title}（{kind}）", {"period": str(period), "digest": notice.digest})
    if any(notice.draft for notice in found):
        print("还没有结账，导出的是草稿，不能张榜", file=sys.stderr)
    for one in made:
        print(one)
    return 0


def _regular(book: Book, edition: str, period: Period) -> Notice:
    start, end = _span(edition, period)
    chosen: Edition = edition  # type: ignore[assignment]  # one of those, see above
    return current(book, chosen, max(start, book.entity.first_period), end)


def _specials(book: Book, period: Period) -> tuple[Notice, ...]:
    """The special notices made of a month; they are made in the window, where their subject is chosen."""
    made = [one for one in disclosures(book) if one.edition == "special" and one.start <= period <= one.end]
    found = tuple(notice_of(book, one) for one in made if one.state != "已作废")
    if not found:
        raise BadInput(f"{period.label}没有制作过专项公开榜，请先在“公开榜”页制作")
    return found


def _span(edition: str, period: Period) -> tuple[Period, Period]:
    """The months of the edition a month belongs to."""
    length = _MONTHS[edition]
    start = period.plus(-((period.month - 1) % length))
    return start, start.plus(length - 1)


def _verify(arguments: Arguments) -> int:
    path = Path(arguments.required("BOOK"))
    with Book.open(path, read_only=True) as book:
        found = verify(book, arguments.required("NOTICE"))
    if found.ok:
        print(f"核对通过：与账簿一致（{found.code.start} 至 {found.code.end}，核对码 {found.code.digest[:16]}）")
        for note in found.notes:
            print(note)
        return 0
    print("核对没有通过：", file=sys.stderr)
    for finding in found.findings:
        print(f"✗ {finding}", file=sys.stderr)
    return 3

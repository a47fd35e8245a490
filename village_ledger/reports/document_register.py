"""票据登记簿: the source documents of the vouchers of a span, and of its days those that are with no voucher.

Columns: voucher, direction, kind, code, number, issuer (of a receipt of the village's own: who paid), day, amount,
account_name, account_tag (tells equal account numbers apart from others, see `domain.masking.tag`), void, note.
Documents struck as registered by mistake are left out; the notes name numbers missing among the village's own receipts.
"""

from collections.abc import Sequence

from village_ledger.domain.masking import tag, without_numbers
from village_ledger.domain.source_document import DocumentRecord, gaps
from village_ledger.domain.view import LedgerSource

from .frame import SIGNATURES, report
from .model import Column, Report, Row, Target, Value
from .query import Query

COLUMNS = (
    Column("voucher", "凭证", "text", 14),
    Column("direction", "收付", "text", 5),
    Column("kind", "票据种类", "text", 13),
    Column("code", "代码", "text", 13),
    Column("number", "号码", "text", 21),
    Column("issuer", "开具单位", "text", 22),
    Column("day", "日期", "date", 11),
    Column("amount", "金额", "money", 14),
    Column("account_name", "收款户名", "text", 18),
    Column("account_tag", "收款账号标记", "code", 10, shown=False),
    Column("void", "作废", "flag", 5),
    Column("note", "备注", "text", 18),
)
_TOLD = 10


def build(source: LedgerSource, query: Query, register: tuple[DocumentRecord, ...]) -> Report:
    """Documents in the order of their vouchers, then those without one by day; sums of both directions."""
    kept = [one for one in register if not one.document.struck]
    found = [one for one in kept if query.start <= one.period <= query.end]
    found.sort(key=lambda one: (not one.label, one.month, one.voucher, one.document.day, one.document.id))
    rows = [Row(_cells(one), target=Target("voucher", voucher=one.voucher) if one.voucher else None) for one in found]
    for direction in ("收", "付"):
        counted = [one.document for one in found if one.document.direction == direction and not one.document.void]
        rows.append(_total(direction, len(counted), sum(one.amount_fen for one in counted)))
    made = report("document-register", "票据登记簿", source, query, columns=COLUMNS, rows=rows)
    return made._replace(landscape=True, signatures=SIGNATURES, blank_zero=False, notes=_notes(found, kept, query))


def _cells(one: DocumentRecord) -> tuple[Value, ...]:
    document = one.document
    note = "；".join(part for part in (document.note, f"作废：{document.void}" if document.void else "") if part)
    return (
        one.label,
        document.direction,
        document.kind,
        document.code,
        document.number,
        without_numbers(document.issuer),
        document.day,
        document.amount_fen,
        without_numbers(document.account_name),
        tag(document.account),
        bool(document.void),
        without_numbers(note),
    )


def _total(direction: str, count: int, fen: int) -> Row:
    label = f"{direction}款票据 {count} 张"
    return Row((label, direction, "", "", "", "", None, fen, "", "", None, ""), "total")


def _notes(found: Sequence[DocumentRecord], kept: Sequence[DocumentRecord], query: Query) -> tuple[str, ...]:
    notes = []
    missing = gaps(one.document for one in kept if one.document.day <= query.end.last_day)
    if missing:
        more = f" 等 {len(missing)} 处" if len(missing) > _TOLD else ""
        notes.append(f"统一收据存根缺号：{'、'.join(str(gap) for gap in missing[:_TOLD])}{more}")
    loose = sum(1 for one in found if not one.label and not one.document.void)
    if loose:
        notes.append(f"还没有附到已记账凭证上的票据 {loose} 张")
    return tuple(notes)

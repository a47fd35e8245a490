"""An invoice is paid once (会计法: 原始凭证真实). Looked for: one number on two documents, or one issuer's documents
of one day and amount under different numbers.
"""

from collections import defaultdict
from collections.abc import Iterator

from village_ledger.domain.source_document import NUMBERED

from . import cells
from .model import Case, Hit, Row, Rule, Values
from .payments import paid_documents
from .wording import yuan


def check(case: Case, values: Values) -> Iterator[Hit]:
    """One hit a number, one a group of like documents; refunds (below zero) are none."""
    numbers: defaultdict[tuple[str, str, str], list[Row]] = defaultdict(list)
    likes: defaultdict[tuple[str, str, int], list[Row]] = defaultdict(list)
    for row in paid_documents(case):
        if cells.text(row, "kind") not in NUMBERED or cells.fen(row, "amount") <= 0:
            continue
        numbers[cells.text(row, "kind"), cells.text(row, "code"), cells.text(row, "number")].append(row)
        if cells.fen(row, "amount") > values["least"] and cells.name(row, "issuer"):
            likes[cells.name(row, "issuer"), cells.text(row, "day"), cells.fen(row, "amount")].append(row)
    for (kind, code, number), rows in numbers.items():
        if number and len(rows) > 1:
            papers = f"{kind} {code} {number}".replace("  ", " ")
            yield _hit(papers, f"{papers} 登记了 {len(rows)} 次，像是重复报销", rows)
    for (issuer, day, fen), rows in likes.items():
        if len({(cells.text(row, "code"), cells.text(row, "number")) for row in rows}) > 1:
            subject = f"{issuer} {day} {yuan(fen)}"
            yield _hit(subject, f"{issuer} {day} 开出 {len(rows)} 张金额都是 {yuan(fen)}的票据，像是重复报销", rows)


def _hit(subject: str, text: str, rows: list[Row]) -> Hit:
    return Hit(
        subject,
        text,
        tuple((f"凭证 {cells.text(row, 'voucher')}", _told(row)) for row in rows),
        sum(cells.fen(row, "amount") for row in rows[1:]),
        cells.labels(rows),
    )


def _told(row: Row) -> str:
    number, amount = cells.text(row, "number"), yuan(cells.fen(row, "amount"))
    return f"{cells.text(row, 'day')} {cells.text(row, 'issuer')} 号码 {number} {amount}"


RULE = Rule(
    "duplicate-invoices",
    10,
    "重复发票",
    "同一张发票只能报销一次。",
    "会计法（原始凭证真实、合法）；审计疑点清单第10条",
    "高",
    check,
    ("least",),
    ("document-register",),
)

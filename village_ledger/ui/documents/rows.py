"""How a source document is shown in a list."""

from village_ledger.domain.masking import masked
from village_ledger.domain.money import format_fen
from village_ledger.domain.source_document import DocumentRecord
from village_ledger.ui.tables.text_rows import Cells

HEADERS = ("日期", "收付", "票据种类", "代码", "号码", "开具单位（交款人）", "金额", "凭证", "收款账号", "状态")
WIDTHS = (112, 50, 92, 126, 204, 150, 104, 124, 92, 84)
_SHOWN = 8
AMOUNT, ISSUER = 6, 5


def state_of(one: DocumentRecord) -> str:
    """Struck, void, or nothing to say."""
    document = one.document
    if document.struck:
        return f"已划去：{document.struck}"
    return f"作废：{document.void}" if document.void else ""


def document_row(one: DocumentRecord) -> Cells:
    """A document with the voucher it is with; struck and void ones are pale."""
    document = one.document
    texts = (
        document.day.isoformat(),
        document.direction,
        document.kind.removeprefix("农村集体经济组织"),
        document.code,
        document.number,
        document.issuer,
        format_fen(document.amount_fen),
        one.label or (f"草稿{one.draft}" if one.draft else ""),
        masked(document.account)[-_SHOWN:],
        state_of(one),
    )
    return Cells(texts, "muted" if document.struck or document.void else "", one)


def matches(one: DocumentRecord, text: str) -> bool:
    """Whether a document is what somebody types: part of its number, issuer, kind, account name, voucher or amount."""
    document = one.document
    shown = (document.code, document.number, document.issuer, document.kind, document.account_name, one.label)
    wanted = text.strip().upper()
    return any(wanted in part.upper() for part in shown) or wanted.replace(",", "") == format_fen(
        document.amount_fen
    ).replace(",", "")

"""Requests, their chains of signatures and exceptions as rows of texts."""

from village_ledger.domain.approval import HANDLER
from village_ledger.domain.approval_check import Link
from village_ledger.domain.money import format_fen
from village_ledger.domain.request import Request, RequestLine
from village_ledger.domain.request_register import ExceptionRecord, RequestRecord
from village_ledger.services.people import Person
from village_ledger.ui.tables.text_rows import Cells

MINE = "待我签"
FILTERS = (MINE, "全部", "填写", "签批中", "已批准", "已付款", "退回", "已作废")
RECORD_HEADERS = ("编号", "日期", "用途", "类别", "收款人", "金额", "状态", "待签", "凭证")
RECORD_WIDTHS = (112, 104, 180, 112, 132, 104, 72, 164, 136)
CHAIN_HEADERS = ("", "签字", "姓名", "日期", "方式", "意见")
CHAIN_WIDTHS = (32, 170, 110, 104, 56, 114)
LINE_HEADERS = ("摘要", "科目", "辅助核算", "金额")
LINE_WIDTHS = (180, 200, 140, 110)
FILE_HEADERS = ("文件名", "说明", "状态")
EXCEPTION_FILTERS = ("待补办", "已补办", "未使用", "全部")
EXCEPTION_HEADERS = ("凭证", "日期", "金额", "缺少的手续", "紧急原因", "批准人", "状态")
EXCEPTION_WIDTHS = (116, 104, 108, 360, 180, 76, 72)
_COLOURS = {"签批中": "accent", "已批准": "success", "退回": "danger", "已作废": "faint", "填写": "muted"}


def waits_for(record: RequestRecord, me: Person | None) -> bool:
    """Whether the next signature is one that this person may give."""
    link, request = record.next, record.request
    if link is None or me is None:
        return False
    if not link.role:
        return me.name == (request.handler if link.duty == HANDLER else request.witness)
    mine = {each.signature.name for each in record.links if each.signature}
    own = me.name in {request.payee, request.handler, request.witness}
    return me.role == link.role and not own and (link.again or me.name not in mine)


def state_of(record: RequestRecord) -> str:
    """The state as the list shows it: an approved request whose voucher is posted is paid."""
    paid = record.used and "草稿" not in record.used
    return "已付款" if record.request.state == "已批准" and paid else record.request.state


def record_row(record: RequestRecord, me: Person | None) -> Cells:
    """A request in the list; one that waits for who is at the keyboard stands out."""
    request, link = record.request, record.next
    texts = (
        request.number,
        request.day.isoformat(),
        request.title,
        request.kind,
        request.payee,
        format_fen(request.amount_fen),
        state_of(record),
        link.label if link else "",
        record.used,
    )
    colour = "accent" if waits_for(record, me) else _COLOURS.get(request.state, "")
    return Cells(texts, colour, record, () if colour == "faint" else (6, 7))


def matches(record: RequestRecord, text: str, wanted: str, me: Person | None) -> bool:
    """Whether a request belongs under a filter and holds the text searched for."""
    state = state_of(record)
    kept = waits_for(record, me) if wanted == MINE else wanted in ("全部", state)
    request = record.request
    fields = (request.number, request.title, request.payee, request.handler, request.decision, request.contract)
    fields += (request.project, request.kind, record.used)
    typed = text.strip().lower()
    return kept and (not typed or any(typed in field.lower() for field in fields))


def chain_row(place: int, link: Link, request: Request, *, is_next: bool) -> Cells:
    """One place in the chain: signed, next, or later."""
    one = link.signature
    if one:
        texts = ("✓", link.label, one.name, one.day.isoformat(), one.method, one.opinion)
        return Cells(texts, "success", link, (0,))
    named = request.handler if link.duty == HANDLER else request.witness
    who = f"（{link.role or named}）"
    texts = ("→" if is_next else str(place + 1), link.label, who, "", "", "轮到签字" if is_next else "")
    return Cells(texts, "accent" if is_next else "faint", link)


def line_row(line: RequestLine, account: str) -> Cells:
    """One thing to be paid."""
    items = "、".join(f"{category}：{name}" for category, name in line.items)
    return Cells((line.summary, f"{line.account} {account}".strip(), items, format_fen(line.fen)))


def exception_row(one: ExceptionRecord) -> Cells:
    """An exception in the list."""
    exception = one.exception
    texts = (
        one.label or f"草稿{exception.draft}",
        one.day.isoformat() if one.day else "",
        format_fen(exception.amount_fen),
        "；".join(exception.missing),
        exception.reason,
        exception.granted_by,
        one.state,
    )
    colour = {"待补办": "danger", "已补办": "success"}.get(one.state, "muted")
    return Cells(texts, colour, one, (6,))

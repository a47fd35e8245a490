"""待批用款表: the requests for payment that wait for a signature, the longest waiting first.

Columns: number, day, title, kind, payee, amount, next (whose signature), role, signed (who has), since, days (waited up
to the last day of the span), handler, witness, decision, contract, project.
"""

from village_ledger.domain.request_register import RequestRecord, RequestRegister
from village_ledger.domain.view import LedgerSource

from .frame import SIGNATURES, day_label, report
from .model import Column, Report, Row, Span, Value
from .query import Query

COLUMNS = (
    Column("number", "申请编号", "text", 12),
    Column("day", "申请日期", "date", 11),
    Column("title", "用途", "text", 26),
    Column("kind", "开支类别", "text", 11),
    Column("payee", "收款人", "text", 16),
    Column("amount", "金额", "money", 14, summed=True),
    Column("next", "待签", "text", 20),
    Column("role", "岗位", "text", 8),
    Column("signed", "已签", "text", 24),
    Column("since", "等待起", "date", 11, shown=False),
    Column("days", "等待天数", "integer", 9),
    Column("handler", "经手人", "text", 8),
    Column("witness", "证明人", "text", 8, shown=False),
    Column("decision", "决议文号", "text", 16),
    Column("contract", "合同", "text", 10, shown=False),
    Column("project", "工程项目", "text", 10, shown=False),
)


def build(source: LedgerSource, query: Query, register: RequestRegister) -> Report:
    """Requests handed in by the last day of `query.end` that are waiting now."""
    last = query.end.last_day
    waiting = [one for one in register.requests if one.request.day <= last and one.next]
    waiting.sort(key=lambda one: (one.since, one.request.number))
    rows = [Row(_cells(one, max(0, (last - one.since).days))) for one in waiting]
    total = sum(one.request.amount_fen for one in waiting)
    formula = (Span(0, len(rows) - 1),) if rows else ()
    blank = ("", "", "", None, None, "", "", "", "", "")
    rows.append(Row((f"合计 {len(rows)} 份", None, "", "", "", total, *blank), "total", formula=formula))
    made = report("approvals-pending", "待批用款表", source, query, columns=COLUMNS, rows=rows)
    return made._replace(as_of=day_label(query.end), landscape=True, signatures=SIGNATURES)


def _cells(one: RequestRecord, days: int) -> tuple[Value, ...]:
    request, link = one.request, one.next
    signed = "、".join(f"{link.duty} {link.signature.name}" for link in one.links if link.signature)
    return (
        request.number,
        request.day,
        request.title,
        request.kind,
        request.payee,
        request.amount_fen,
        link.label if link else "",
        (link.role or link.duty) if link else "",
        signed,
        one.since,
        days,
        request.handler,
        request.witness,
        request.decision,
        request.contract,
        request.project,
    )

"""用款申请台账: every request for payment dated in the span, whatever became of it, with who signed when.

Columns: number, day, title, kind, payee, handler, witness, amount, state, decision, contract, project, budget_item,
money_account, documents, signatures (`负责人 石建国 2025-06-01；…`), signed (day of the last signature), voucher (the
posted one it paid for), paid (that voucher's day), submitter. Money is fen.
"""

from village_ledger.domain.masking import without_numbers
from village_ledger.domain.request_register import RequestRecord, RequestRegister
from village_ledger.domain.view import LedgerSource

from .frame import SIGNATURES, report
from .model import Column, Report, Row, Span, Value
from .query import Query

COLUMNS = (
    Column("number", "申请编号", "text", 12),
    Column("day", "申请日期", "date", 11),
    Column("title", "用途", "text", 22),
    Column("kind", "开支类别", "text", 11),
    Column("payee", "收款人", "text", 16),
    Column("handler", "经手人", "text", 8),
    Column("witness", "证明人", "text", 8),
    Column("amount", "金额", "money", 14, summed=True),
    Column("state", "状态", "text", 8),
    Column("decision", "决议文号", "text", 18),
    Column("contract", "合同", "text", 11, shown=False),
    Column("project", "工程项目", "text", 11, shown=False),
    Column("budget_item", "预算项目", "text", 10, shown=False),
    Column("money_account", "付款科目", "code", 9, shown=False),
    Column("documents", "单据", "text", 14, shown=False),
    Column("signatures", "签批", "text", 34),
    Column("signed", "签批日期", "date", 11, shown=False),
    Column("voucher", "凭证", "text", 17),
    Column("paid", "付款日期", "date", 11),
    Column("submitter", "提交人", "text", 8, shown=False),
)


def build(source: LedgerSource, query: Query, register: RequestRegister) -> Report:
    """The requests by number, and their sum."""
    first, last = query.start.first_day, query.end.last_day
    found = [one for one in register.requests if first <= one.request.day <= last]
    rows = [Row(_cells(one)) for one in found]
    total = sum(one.request.amount_fen for one in found)
    formula = (Span(0, len(rows) - 1),) if rows else ()
    label: tuple[Value, ...] = (f"合计 {len(rows)} 份", None, "", "", "", "", "", total)
    rows.append(Row((*label, *("",) * 8, None, "", None, ""), "total", formula=formula))
    made = report("request-register", "用款申请台账", source, query, columns=COLUMNS, rows=rows)
    return made._replace(landscape=True, signatures=SIGNATURES)


def _cells(one: RequestRecord) -> tuple[Value, ...]:
    request = one.request
    given = [link.signature for link in one.links if link.signature]
    return (
        request.number,
        request.day,
        without_numbers(request.title),
        request.kind,
        without_numbers(request.payee),
        request.handler,
        request.witness,
        request.amount_fen,
        request.state,
        request.decision,
        request.contract,
        request.project,
        request.budget_item,
        request.money_account,
        "；".join(request.documents),
        "；".join(f"{signature.duty} {signature.name} {signature.day}" for signature in given),
        max((signature.day for signature in given), default=None),
        one.voucher,
        one.paid,
        request.submitter,
    )

"""例外事项表: vouchers posted by urgent exception: those of the span, and earlier ones that are still open.

Columns: voucher, day, amount, missing, reason, granted_by, granted, state, settled (the day it was made good; empty:
open), settled_by, settlement.
"""

from village_ledger.domain.request_register import ExceptionRecord, RequestRegister
from village_ledger.domain.view import LedgerSource

from .frame import SIGNATURES, report
from .model import Column, Report, Row, Span, Target, Value
from .query import Query

COLUMNS = (
    Column("voucher", "凭证", "text", 14),
    Column("day", "日期", "date", 11),
    Column("amount", "金额", "money", 14, summed=True),
    Column("missing", "缺少的手续", "text", 44),
    Column("reason", "紧急原因", "text", 26),
    Column("granted_by", "批准人", "text", 8),
    Column("granted", "批准日期", "date", 11),
    Column("state", "状态", "text", 7),
    Column("settled", "补办日期", "date", 11),
    Column("settled_by", "经办人", "text", 8, shown=False),
    Column("settlement", "怎样了结", "text", 18),
)
FIRST = ("voucher", "amount", "missing", "reason", "settled")


def build(source: LedgerSource, query: Query, register: RequestRegister) -> Report:
    """Exceptions in the order of their vouchers."""
    first, last = query.start.first_day, query.end.last_day
    found = [
        one
        for one in register.exceptions
        if one.day and one.day <= last and (one.day >= first or one.state == "待补办")
    ]
    found.sort(key=lambda one: (one.day or last, one.exception.id))
    rows = [Row(_cells(one), target=Target("voucher", voucher=one.voucher)) for one in found]
    total = sum(one.exception.amount_fen for one in found)
    formula = (Span(0, len(rows) - 1),) if rows else ()
    open_ones = sum(one.state == "待补办" for one in found)
    label = f"待补办 {open_ones} 项" if found else "没有例外事项"
    rows.append(
        Row((f"合计 {len(rows)} 项", None, total, label, "", "", None, "", None, "", ""), "total", formula=formula)
    )
    made = report("exceptions", "例外事项表", source, query, columns=COLUMNS, rows=rows)
    return made._replace(landscape=True, first=FIRST, signatures=SIGNATURES)


def _cells(one: ExceptionRecord) -> tuple[Value, ...]:
    exception = one.exception
    return (
        one.label,
        one.day,
        exception.amount_fen,
        "；".join(exception.missing),
        exception.reason,
        exception.granted_by,
        exception.granted,
        one.state,
        exception.settled,
        exception.settled_by,
        exception.settlement,
    )

"""紧急例外公开表: payments made before their papers were complete, and whether they have been made good.

Columns: voucher, day, amount, missing, reason, settled (the day, as known on the span's last day; empty: still open).
"""

from village_ledger.domain.request_register import RequestRegister
from village_ledger.domain.view import LedgerSource
from village_ledger.reports.frame import report
from village_ledger.reports.model import Column, Report, Row, Target
from village_ledger.reports.query import Query

COLUMNS = (
    Column("voucher", "凭证", "code", 15),
    Column("when", "日期", "date", 11),
    Column("amount", "金额", "money", 15, summed=True),
    Column("missing", "当时缺什么手续", "text", 40),
    Column("reason", "为什么急", "text", 28),
    Column("settled", "补办情况", "text", 18),
)


def build(source: LedgerSource, query: Query, register: RequestRegister) -> Report:
    """Exceptions of the span, and earlier ones that were still open when it began."""
    first, last = query.start.first_day, query.end.last_day
    rows = []
    for one in sorted(register.exceptions, key=lambda one: (one.day or last, one.exception.id)):
        made = one.exception
        settled = made.settled if made.settled and made.settled <= last else None
        if one.day is None or one.day > last or (one.day < first and made.settled and made.settled < first):
            continue
        state = f"{settled} 已补办" if settled else "还没有补办"
        cells = (one.label, one.day, made.amount_fen, "；".join(made.missing), made.reason, state)
        rows.append(Row(cells, target=Target("voucher", voucher=one.voucher)))
    return report("notice-exceptions", "紧急例外公开表", source, query, columns=COLUMNS, rows=rows)

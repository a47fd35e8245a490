"""凭证序时簿: every line of the span's posted vouchers in voucher order, with who made, reviewed and posted it.

Columns: date, voucher, attachments, summary, account, account_name, items, quantity, debit, credit, maker, reviewer,
poster, and hidden uid. `attachments` stands on a voucher's first line only. `query.account` and `query.item` keep the
lines that match.
"""

from village_ledger.domain.view import LedgerSource

from .frame import report
from .model import Column, Report, Row, Span, Target
from .query import Query

COLUMNS = (
    Column("date", "日期", "date", 11),
    Column("voucher", "凭证号", "text", 9),
    Column("attachments", "附件", "integer", 5),
    Column("summary", "摘要", "text", 30),
    Column("account", "科目编码", "code", 14),
    Column("account_name", "科目名称", "text", 28),
    Column("items", "辅助核算", "text", 20),
    Column("quantity", "数量", "quantity", 10),
    Column("debit", "借方金额", "money", 15, summed=True),
    Column("credit", "贷方金额", "money", 15, summed=True),
    Column("maker", "制单", "text", 8),
    Column("reviewer", "审核", "text", 8),
    Column("poster", "记账", "text", 8),
    Column("uid", "凭证标识", "text", 32, shown=False),
)


def build(source: LedgerSource, query: Query) -> Report:
    """One row per line, and the total."""
    names: dict[str, str] = {}
    rows: list[Row] = []
    total_debit = total_credit = 0
    for voucher in source.vouchers(query.start, query.end):
        head = (voucher.day, voucher.label)
        people = (voucher.maker, voucher.reviewer, voucher.poster, voucher.uid)
        target = Target("voucher", (), "", voucher.id)
        attachments: int | None = voucher.attachments
        for line in voucher.lines:
            code = line.account
            if not code.startswith(query.account) or (query.item and query.item not in line.items):
                continue
            if code not in names:
                names[code] = source.chart.full_name(code)
            items = "；".join([item.name for item in line.items])
            figures = (line.quantity or None, line.debit_fen, line.credit_fen)
            cells = (*head, attachments, line.summary, code, names[code], items, *figures, *people)
            rows.append(Row(cells, "line", 0, (), target))
            attachments = None
            total_debit += line.debit_fen
            total_credit += line.credit_fen
    spans = (Span(0, len(rows) - 1),) if rows else ()
    last = (None, "", None, "合计", "", "", "", None, total_debit, total_credit, "", "", "", "")
    rows.append(Row(last, "total", formula=spans))
    made = report("vouchers", "凭证序时簿", source, query, columns=COLUMNS, rows=rows)
    return made._replace(landscape=True)

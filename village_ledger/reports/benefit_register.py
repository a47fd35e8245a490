"""补贴补偿发放台账: who got which subsidy or compensation by the lists dated in the span.

Columns: batch (the list's title), kind, day, document, voucher, team, name, amount, people, area_mu_x100, standard, id
(masked), id_tag, card_tag and phone_tag (tell equal numbers apart from others, see `domain.masking.tag`). Lists that
were struck are left out. For programs and the township; what hangs on the wall is the notice.
"""

from village_ledger.domain.benefit import BenefitBatch, BenefitRow
from village_ledger.domain.masking import masked, tag
from village_ledger.domain.view import LedgerSource

from .frame import SIGNATURES, report
from .model import Column, Report, Row, Span, Value
from .query import Query

COLUMNS = (
    Column("batch", "名单", "text", 28),
    Column("kind", "补贴类别", "text", 10),
    Column("day", "发放日期", "date", 11),
    Column("document", "依据文件", "text", 18),
    Column("voucher", "凭证", "text", 14),
    Column("team", "组别", "text", 8),
    Column("name", "姓名", "text", 10),
    Column("amount", "金额", "money", 13, summed=True),
    Column("people", "人口", "integer", 6),
    Column("area_mu_x100", "面积（亩）", "money", 10),
    Column("standard", "标准", "text", 14),
    Column("id", "身份证号", "text", 20),
    Column("id_tag", "身份证号标记", "code", 10, shown=False),
    Column("card_tag", "卡号标记", "code", 10, shown=False),
    Column("phone_tag", "电话标记", "code", 10, shown=False),
)


def build(source: LedgerSource, query: Query, register: tuple[BenefitBatch, ...]) -> Report:
    """The rows of every list by its day, and what they got together."""
    first, last = query.start.first_day, query.end.last_day
    batches = [one for one in register if not one.struck and first <= one.day <= last]
    rows = [Row(_cells(batch, row)) for batch in batches for row in batch.rows]
    total = sum(batch.total_fen for batch in batches)
    formula = (Span(0, len(rows) - 1),) if rows else ()
    label: tuple[Value, ...] = (f"合计 {len(rows)} 人（户）", "", None, "", "", "", "", total)
    rows.append(Row((*label, None, None, "", "", "", "", ""), "total", formula=formula))
    made = report("benefit-register", "补贴补偿发放台账", source, query, columns=COLUMNS, rows=rows)
    return made._replace(landscape=True, signatures=SIGNATURES)


def _cells(batch: BenefitBatch, row: BenefitRow) -> tuple[Value, ...]:
    return (
        batch.title,
        batch.kind,
        batch.day,
        batch.document,
        batch.voucher,
        row.team,
        row.name,
        row.amount_fen,
        row.people,
        row.area_x100,
        row.standard,
        masked(row.id_number),
        tag(row.id_number),
        tag(row.card),
        tag(row.phone),
    )

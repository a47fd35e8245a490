"""补贴补偿公开表: who got what from which list in the span. Identity, phone and card numbers are masked here, for good.

Columns: no, name, team, id_number (last four), people, area_mu_x100, standard, amount.
"""

from collections.abc import Iterable

from village_ledger.domain.benefit import BenefitBatch
from village_ledger.domain.masking import masked, without_numbers
from village_ledger.domain.view import LedgerSource
from village_ledger.reports.frame import report
from village_ledger.reports.model import Column, Report, Row, Span, Value
from village_ledger.reports.query import Query

COLUMNS = (
    Column("no", "序号", "integer", 6),
    Column("name", "户主姓名", "text", 14),
    Column("team", "组别", "text", 12),
    Column("id_number", "身份证号", "text", 20),
    Column("people", "人口", "integer", 7),
    Column("area_mu_x100", "面积（亩）", "money", 12),
    Column("standard", "标准", "text", 20),
    Column("amount", "金额", "money", 15, summed=True),
)


def build(source: LedgerSource, query: Query, batches: Iterable[BenefitBatch]) -> Report:
    """The lists of the span, each with its sum."""
    rows: list[Row] = []
    for batch in batches:
        if batch.struck or not query.start.first_day <= batch.day <= query.end.last_day:
            continue
        document = f"（{batch.document}）" if batch.document else ""
        title = without_numbers(f"{batch.kind}　{batch.title}　{batch.day}{document}")
        rows.append(_text(title, "section"))
        first = len(rows)
        for number, one in enumerate(batch.rows, 1):
            cells: tuple[Value, ...] = (
                number,
                one.name,
                one.team,
                masked(one.id_number),
                one.people or None,
                one.area_x100 or None,
                without_numbers(one.standard),
                one.amount_fen,
            )
            rows.append(Row(cells))
        total = _text(f"小计 {len(batch.rows)} 户（人）", "subtotal", batch.total_fen)
        rows.append(total._replace(formula=(Span(first, len(rows) - 1),)))
    return report("notice-benefits", "补贴补偿公开表", source, query, columns=COLUMNS, rows=rows)


def _text(text: str, kind: str, fen: int | None = None) -> Row:
    return Row((None, text, "", "", None, None, "", fen), kind)  # type: ignore[arg-type]  # kinds are literals here

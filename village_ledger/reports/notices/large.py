"""重大收支公开表: the receipts and payments of the span that are large enough to be disclosed by themselves.

Columns are those of the income and spending sheet. What counts is what one voucher brought in or paid out.
"""

from collections.abc import Callable, Mapping, Sequence

from village_ledger.domain.money_flow import FlowLine, flow_sums
from village_ledger.domain.view import LedgerSource
from village_ledger.reports.frame import report
from village_ledger.reports.model import Report, Row, Span
from village_ledger.reports.query import Query

from .income_spending import COLUMNS, Basis, line_row, text_row


def build(
    source: LedgerSource,
    query: Query,
    lines: Sequence[FlowLine],
    least_fen: int,
    words: Mapping[str, str],
    bases: Mapping[str, Basis],
    named: Callable[[str], str],
) -> Report:
    """Every line of the vouchers that brought in or paid out `least_fen` or more; none for 0."""
    sums = flow_sums(lines)
    rows: list[Row] = []
    number = 0
    for flow, title, total in (("income", "一、收入", "收入合计"), ("spending", "二、支出", "支出合计")):
        found = [line for line in lines if line.flow == flow and 0 < least_fen <= sums[line.voucher.uid, line.flow]]
        if not found:
            continue
        rows.append(text_row(title, "section"))
        first = len(rows)
        for line in found:
            number += 1
            basis = bases.get(line.voucher.uid, Basis())
            rows.append(line_row(source, number, line, words, basis, named))
        amount = text_row(total, "subtotal", sum(line.amount_fen for line in found))
        rows.append(amount._replace(formula=(Span(first, len(rows) - 1),)))
    made = report("notice-large", "重大收支公开表", source, query, columns=COLUMNS, rows=rows)
    return made._replace(landscape=True, blank_zero=False)

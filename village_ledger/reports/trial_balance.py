"""科目余额表: opening, period, year-to-date and closing of every account, the ancestors' as the net of what is below.

Columns: code, name, level, leaf, opening_debit, opening_credit, period_debit, period_credit, ytd_debit, ytd_credit,
closing_debit, closing_credit. An opening or closing stands on one side, the net one. The total adds the first level.
"""

from village_ledger.domain.view import LedgerSource

from .frame import SIGNATURES, report
from .model import Column, Report, Row, Span, Target, Value
from .query import Query
from .totals import Totals, by_account

COLUMNS = (
    Column("code", "科目编码", "code", 14),
    Column("name", "科目名称", "text", 28),
    Column("level", "级次", "integer", 6, shown=False),
    Column("leaf", "末级", "flag", 6, shown=False),
    Column("opening_debit", "借方", "money", 16, "期初余额", summed=True),
    Column("opening_credit", "贷方", "money", 16, "期初余额", summed=True),
    Column("period_debit", "借方", "money", 16, "本期发生额", summed=True),
    Column("period_credit", "贷方", "money", 16, "本期发生额", summed=True),
    Column("ytd_debit", "借方", "money", 16, "本年累计", summed=True),
    Column("ytd_credit", "贷方", "money", 16, "本年累计", summed=True),
    Column("closing_debit", "借方", "money", 16, "期末余额", summed=True),
    Column("closing_credit", "贷方", "money", 16, "期末余额", summed=True),
)


def build(source: LedgerSource, query: Query) -> Report:
    """The accounts that have any figure, down to `query.level`."""
    chart = source.chart
    totals = by_account(chart, source.balances(query.start, query.end))
    rows: list[Row] = []
    tops: list[Span] = []
    sums = [0] * 8
    for account in chart:
        code = account.code
        level = account.level
        if code not in totals or level > query.level:
            continue
        figures = _figures(totals[code])
        if level == 1:
            tops.append(Span(len(rows), len(rows)))
            sums = [total + figure for total, figure in zip(sums, figures, strict=True)]
        cells: tuple[Value, ...] = (code, account.name, level, chart.is_leaf(code), *figures)
        rows.append(Row(cells, level=level - 1, target=Target("ledger", (code,))))
    rows.append(Row(("", "合计", 0, False, *sums), "total", formula=tuple(tops)))
    made = report("trial-balance", "科目余额表", source, query, columns=COLUMNS, rows=rows)
    return made._replace(signatures=SIGNATURES, landscape=True)


def _figures(totals: Totals) -> tuple[int, ...]:
    opening = totals.opening_fen
    closing = totals.closing_fen
    return (
        max(opening, 0),
        max(-opening, 0),
        totals.debit_fen,
        totals.credit_fen,
        totals.year_debit_fen,
        totals.year_credit_fen,
        max(closing, 0),
        max(-closing, 0),
    )

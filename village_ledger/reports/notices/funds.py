"""资金余额表: the cash and every bank account, what was there, came in, went out and remains.

Columns: name, opening, income, spending, closing. Moving money between the accounts counts on both of them, so the
middle columns may add up to more than the village's income and spending; the outer ones are the funds.
"""

from village_ledger.domain.view import LedgerSource
from village_ledger.reports.frame import report
from village_ledger.reports.model import Column, Report, Row, Span, Target
from village_ledger.reports.query import Query

COLUMNS = (
    Column("name", "资金存放在哪里", "text", 26),
    Column("opening", "期初余额", "money", 17, summed=True),
    Column("debit", "本期存入", "money", 17, summed=True),
    Column("credit", "本期支取", "money", 17, summed=True),
    Column("closing", "期末余额", "money", 17, summed=True),
)


def build(source: LedgerSource, query: Query, money: tuple[str, ...]) -> Report:
    """One row an account and item that has a figure; `money` are the prefixes of the cash and bank accounts."""
    rows: list[Row] = []
    sums = [0, 0, 0, 0]
    for balance in source.balances(query.start, query.end):
        if not balance.account.startswith(money):
            continue
        figures = (balance.opening_fen, balance.debit_fen, balance.credit_fen, balance.closing_fen)
        if any(figures):
            name = "、".join([source.chart[balance.account].name, *(item.name for item in balance.items)])
            rows.append(Row((name, *figures), target=Target("ledger", (balance.account,))))
            sums = [total + fen for total, fen in zip(sums, figures, strict=True)]
    formula = (Span(0, len(rows) - 1),) if rows else ()
    rows.append(Row(("合计", *sums), "total", formula=formula))
    made = report("notice-funds", "资金余额公开表", source, query, columns=COLUMNS, rows=rows)
    return made._replace(blank_zero=False)

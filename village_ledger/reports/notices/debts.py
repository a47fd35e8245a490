"""债权债务公开表: who owes the village and whom the village owes; first what is due to it, then what it has to pay.

Columns: party, nature (the account's everyday name), opening, more, less, closing. A two-sided account (内部往来) is
told apart by the side its balance is on at the end, or was on at the start. Amounts are positive on their own side.
"""

from collections.abc import Iterable, Mapping

from village_ledger.domain.account import COUNTERPARTY
from village_ledger.domain.view import Balance, LedgerSource
from village_ledger.reports.frame import report
from village_ledger.reports.model import Column, Report, Row, Span, Target
from village_ledger.reports.query import Query
from village_ledger.reports.totals import member

from .income_spending import everyday

COLUMNS = (
    Column("party", "对方", "text", 24),
    Column("nature", "性质", "text", 18),
    Column("opening", "期初余额", "money", 16, summed=True),
    Column("more", "本期增加", "money", 16, summed=True),
    Column("less", "本期减少", "money", 16, summed=True),
    Column("closing", "期末余额", "money", 16, summed=True),
)
_SIDES = ((1, "一、别人欠村里的（债权）", "债权合计"), (-1, "二、村里欠别人的（债务）", "债务合计"))


def build(source: LedgerSource, query: Query, accounts: tuple[str, ...], words: Mapping[str, str]) -> Report:
    """`accounts` are the prefixes of what is receivable, two-sided and payable, loans included."""
    balances = [row for row in source.balances(query.start, query.end) if row.account.startswith(accounts)]
    rows: list[Row] = []
    for sign, title, total in _SIDES:
        rows.append(_title(title))
        first = len(rows)
        sums = [0, 0, 0, 0]
        for balance in _on_side(balances, source, sign):
            more, less = balance.debit_fen, balance.credit_fen
            figures = (
                sign * balance.opening_fen,
                more if sign > 0 else less,
                less if sign > 0 else more,
                sign * balance.closing_fen,
            )
            if not any(figures):
                continue
            sums = [before + fen for before, fen in zip(sums, figures, strict=True)]
            party = member(balance.items, COUNTERPARTY)
            name = party.name if party else source.chart[balance.account].name
            target = Target("ledger", (balance.account,), str(party) if party else "")
            rows.append(Row((name, everyday(source, balance.account, words), *figures), target=target))
        formula = (Span(first, len(rows) - 1),) if len(rows) > first else ()
        rows.append(Row((total, "", *sums), "subtotal", formula=formula))
    made = report("notice-debts", "债权债务公开表", source, query, columns=COLUMNS, rows=rows)
    return made._replace(blank_zero=False)


def _title(text: str) -> Row:
    return Row((text, "", None, None, None, None), "section")


def _on_side(balances: Iterable[Balance], source: LedgerSource, sign: int) -> list[Balance]:
    """The balances that stand on a side: by the closing balance, else the opening, else the account's own side."""
    found = []
    for balance in balances:
        own = 1 if source.chart[balance.account].side == "debit" else -1
        standing = balance.closing_fen or balance.opening_fen or own
        if (standing > 0) == (sign > 0):
            found.append(balance)
    return found

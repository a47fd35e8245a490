"""往来余额表: what each household or unit owed and was owed at the start, what moved, what is owed at the end.

Columns: account, account_name, item, opening_debit, opening_credit, debit, credit, closing_debit, closing_credit. Each
balance stands on its own side, so that the subtotals of a two-sided account say both what is due and what is owed.
"""

from village_ledger.domain.account import Item
from village_ledger.domain.view import LedgerSource

from .frame import report
from .model import Column, Report, Row, Span, Target, Value
from .query import Query
from .totals import member

COLUMNS = (
    Column("account", "科目编码", "code", 14),
    Column("account_name", "科目名称", "text", 24),
    Column("item", "往来户", "text", 24),
    Column("opening_debit", "借方", "money", 16, "期初余额", summed=True),
    Column("opening_credit", "贷方", "money", 16, "期初余额", summed=True),
    Column("debit", "借方", "money", 16, "本期发生额", summed=True),
    Column("credit", "贷方", "money", 16, "本期发生额", summed=True),
    Column("closing_debit", "借方", "money", 16, "期末余额", summed=True),
    Column("closing_credit", "贷方", "money", 16, "期末余额", summed=True),
)
DEFAULT_ACCOUNTS = ("112", "113", "211")
WITHOUT_ITEM = "（未分户）"


def build(source: LedgerSource, query: Query) -> Report:
    """The members of `query.dimension` with a figure, by leaf account, with a subtotal per account asked for."""
    tops = counterparty_accounts(query)
    rows: list[Row] = []
    subtotals: list[Span] = []
    grand = [0] * 6
    figures = _figures(source, query, tops)
    for top in tops:
        group = sorted(
            (key for key in figures if key[0].startswith(top)), key=lambda key: (key[0], key[1].code if key[1] else "")
        )
        if not group:
            continue
        first = len(rows)
        sums = [0] * 6
        for code, item in group:
            own = two_sided(*figures[code, item])
            sums = [total + figure for total, figure in zip(sums, own, strict=True)]
            cells: tuple[Value, ...] = (code, source.chart.full_name(code), item.name if item else WITHOUT_ITEM, *own)
            rows.append(Row(cells, target=Target("ledger", (code,), str(item) if item else "")))
        subtotals.append(Span(len(rows), len(rows)))
        span = Span(first, len(rows) - 1)
        cells = (top, source.chart.full_name(top), "小计", *sums)
        rows.append(Row(cells, "subtotal", formula=(span,), target=Target("ledger", (top,))))
        grand = [total + figure for total, figure in zip(grand, sums, strict=True)]
    rows.append(Row(("", "", "合计", *grand), "total", formula=tuple(subtotals)))
    columns = tuple(
        column._replace(title=dimension(query)) if column.key == "item" and dimension(query) else column
        for column in COLUMNS
    )
    made = report("counterparty-balances", "往来余额表", source, query, columns=columns, rows=rows)
    return made._replace(landscape=True)


def counterparty_accounts(query: Query) -> tuple[str, ...]:
    """The accounts asked for, or the book's receivable, two-sided and payable ones."""
    return (query.account,) if query.account else query.accounts or DEFAULT_ACCOUNTS


def dimension(query: Query) -> str:
    """The category the list is split by: the asked member's own, or the query's."""
    return query.item.category if query.item else query.dimension


def two_sided(opening: int, debit: int, credit: int) -> tuple[int, ...]:
    """A row's six figures from signed opening and movements: opening, movement and closing by side."""
    closing = opening + debit - credit
    return max(opening, 0), max(-opening, 0), debit, credit, max(closing, 0), max(-closing, 0)


def _figures(
    source: LedgerSource, query: Query, tops: tuple[str, ...]
) -> dict[tuple[str, Item | None], tuple[int, int, int]]:
    found: dict[tuple[str, Item | None], tuple[int, int, int]] = {}
    for row in source.balances(query.start, query.end):
        if not row.account.startswith(tops) or (query.item and query.item not in row.items):
            continue
        if not (row.opening_fen or row.debit_fen or row.credit_fen):
            continue
        key = (row.account, member(row.items, dimension(query)))
        opening, debit, credit = found.get(key, (0, 0, 0))
        found[key] = (opening + row.opening_fen, debit + row.debit_fen, credit + row.credit_fen)
    return found

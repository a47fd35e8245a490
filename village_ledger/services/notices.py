"""Making a disclosure notice: collects what each sheet is built from and puts the sheets together."""

from ..domain.errors import BadInput
from ..domain.money_flow import money_flow
from ..domain.period import Period
from ..reports.notices import funds, income_spending
from ..reports.notices.model import Edition, Notice, Sheet, Totals
from ..reports.query import Query
from .book import Book


def build(book: Book, edition: Edition, start: Period, end: Period, version: int = 1) -> Notice:
    """The notice of a span of months as the book stands now; a draft while one of the months is open."""
    entity = book.entity
    if start < entity.first_period or end < start:
        raise BadInput(f"{start.label}至{end.label}没有可以公开的账，这本账从 {entity.first_period.label} 开始")
    ledger, settings = book.ledger, book.settings
    money = (*settings.cash_accounts, *settings.bank_accounts)
    query = Query(start, end)
    balances = [row for row in ledger.balances(start, end) if row.account.startswith(money)]
    lines = money_flow(ledger.vouchers(start, end), money)
    totals = Totals(
        sum(row.opening_fen for row in balances),
        sum(line.amount_fen for line in lines if line.flow == "income"),
        sum(line.amount_fen for line in lines if line.flow == "spending"),
        sum(row.closing_fen for row in balances),
    )
    sheets = (
        Sheet(
            "income-spending",
            "这段时间村里收了哪些钱、花了哪些钱，一笔一笔列在这里。",
            income_spending.build(ledger, query, lines, totals, {}, {}),
        ),
        Sheet("funds", "村里的钱现在有多少，放在哪里。", funds.build(ledger, query, money)),
    )
    return Notice(
        entity.name,
        entity.township,
        entity.region_code,
        edition,
        start,
        end,
        version,
        end >= book.open_period,
        totals,
        sheets,
    )

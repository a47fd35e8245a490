"""数量金额式明细账: quantity, unit price and amount in, out and in stock, for accounts kept in a unit.

Columns: date, voucher, summary, in_quantity, in_price, in_amount, out_quantity, out_price, out_amount,
balance_quantity, balance_price, balance, and hidden account, account_name, unit. Quantities are thousandths of the
unit, prices fen per unit (amount by quantity, to the nearest fen); `balance` is signed.
"""

from collections.abc import Sequence
from datetime import date

from village_ledger.domain.account import Account
from village_ledger.domain.view import LedgerLine, LedgerSource

from .frame import report, within_book
from .model import Column, Report, Row, RowKind, Span, Target, Value
from .pages import write
from .query import Query

COLUMNS = (
    Column("date", "日期", "date", 11),
    Column("voucher", "凭证号", "text", 9),
    Column("summary", "摘要", "text", 28),
    Column("in_quantity", "数量", "quantity", 12, "收入", summed=True, carried=True),
    Column("in_price", "单价", "money", 12, "收入"),
    Column("in_amount", "金额", "money", 14, "收入", summed=True, carried=True),
    Column("out_quantity", "数量", "quantity", 12, "发出", summed=True, carried=True),
    Column("out_price", "单价", "money", 12, "发出"),
    Column("out_amount", "金额", "money", 14, "发出", summed=True, carried=True),
    Column("balance_quantity", "数量", "quantity", 12, "结存", carried=True),
    Column("balance_price", "单价", "money", 12, "结存"),
    Column("balance", "金额", "money", 14, "结存", carried=True),
    Column("account", "科目编码", "code", 14, shown=False),
    Column("account_name", "科目名称", "text", 28, shown=False),
    Column("unit", "单位", "text", 6, shown=False),
)

Movement = tuple[int, int, int, int]
"""Quantity and fen in, quantity and fen out."""


def build(source: LedgerSource, asked: Query) -> Report:
    """The leaf accounts kept in a unit, under `query.account` if given."""
    query = within_book(source, asked)
    chart = source.chart
    accounts = [
        account
        for account in chart
        if account.unit and chart.is_leaf(account.code) and account.code.startswith(query.account)
    ]
    codes = tuple(account.code for account in accounts)
    rows: list[Row] = []
    lines: dict[str, list[LedgerLine]] = {code: [] for code in codes}
    stock = {code: [0] * 6 for code in codes}
    if codes:
        for line in source.lines(query.start, query.end, codes):
            lines[line.account].append(line)
        for row in source.balances(query.start, query.start):
            if row.account in stock:
                before = (row.year_debit_fen - row.debit_fen, row.year_credit_fen - row.credit_fen)
                figures = (row.opening_quantity, row.opening_fen, 0, before[0], 0, before[1])
                stock[row.account] = [a + b for a, b in zip(stock[row.account], figures, strict=True)]
    quantities = _year_quantities(source, query, codes)
    for account in accounts:
        standing = stock[account.code]
        standing[2], standing[4] = quantities.get(account.code, (0, 0))
        if query.account or any(standing) or lines[account.code]:
            page = QuantityPage(rows, account, chart.full_name(account.code), standing)
            write(page, lines[account.code], query)
    made = report("quantity-ledger", "数量金额式明细账", source, asked, columns=COLUMNS, rows=rows)
    return made._replace(paging="book", landscape=True)


def _year_quantities(source: LedgerSource, query: Query, codes: tuple[str, ...]) -> dict[str, tuple[int, int]]:
    """What went in and out from January until the span begins."""
    found: dict[str, tuple[int, int]] = {}
    if codes and query.start.month > 1:
        for row in source.balances(query.start.january, query.start.previous):
            inward, outward = found.get(row.account, (0, 0))
            found[row.account] = (inward + row.in_quantity, outward + row.out_quantity)
    return found


class QuantityPage:
    """One account's page. Implements `pages.Page`."""

    def __init__(self, rows: list[Row], account: Account, full_name: str, standing: list[int]) -> None:
        """`standing`: stock in thousandths and fen; then the year's quantity and fen in, quantity and fen out."""
        self._rows = rows
        self._tail = (account.code, full_name, account.unit)
        self._quantity, self._balance, *year = standing
        self._year = list(year)
        self._month = [0, 0, 0, 0]
        self._first = 0
        self._ledger = Target("ledger", (account.code,))
        heading = f"{account.code} {full_name}（计量单位：{account.unit}）"
        rows.append(Row((None, "", heading, *[None] * 9, *self._tail), "section", target=self._ledger))

    def opening(self, day: date, label: str) -> None:
        """Put the stock brought forward."""
        self._put((day, "", label), None, "opening", self._ledger)
        self._first = len(self._rows)

    def lines(self, lines: Sequence[LedgerLine]) -> None:
        """Put entry lines of one month."""
        for line in lines:
            self._line(line)

    def _line(self, line: LedgerLine) -> None:
        """Put one entry line; its quantity goes the way of its amount."""
        inward = line.quantity if line.debit_fen else 0
        outward = line.quantity if line.credit_fen else 0
        moved = (inward, line.debit_fen, outward, line.credit_fen)
        self._quantity += inward - outward
        self._balance += line.debit_fen - line.credit_fen
        self._month = [total + figure for total, figure in zip(self._month, moved, strict=True)]
        target = Target("voucher", (line.account,), "", line.voucher)
        self._put((line.day, line.label, line.summary), moved, "line", target)

    def day(self, day: date) -> None:
        """Stock is not totalled by day."""

    def month(self, day: date) -> None:
        """Put 本月合计 and 本年累计."""
        in_quantity, in_amount, out_quantity, out_amount = self._month
        moved = (in_quantity, in_amount, out_quantity, out_amount)
        spans = (Span(self._first, len(self._rows) - 1),)
        self._put((day, "", "本月合计"), moved, "month", self._ledger, spans)
        self._year = [total + figure for total, figure in zip(self._year, moved, strict=True)]
        in_quantity, in_amount, out_quantity, out_amount = self._year
        self._put((day, "", "本年累计"), (in_quantity, in_amount, out_quantity, out_amount), "year", self._ledger)
        self._month = [0, 0, 0, 0]
        self._first = len(self._rows)

    def carried_over(self, day: date) -> None:
        """Put 结转下年 if anything is left."""
        if self._quantity or self._balance:
            self._put((day, "", "结转下年"), None, "opening", self._ledger)
        self._year = [0, 0, 0, 0]

    def _put(
        self,
        head: tuple[Value, ...],
        moved: Movement | None,
        kind: RowKind,
        target: Target,
        spans: tuple[Span, ...] = (),
    ) -> None:
        middle: tuple[Value, ...] = (None,) * 6
        if moved:
            middle = (*_priced(moved[0], moved[1]), *_priced(moved[2], moved[3]))
        cells = (*head, *middle, *_priced(self._quantity, self._balance), *self._tail)
        carry = (*self._month, self._quantity, self._balance)
        self._rows.append(Row(cells, kind, 0, spans, target, carry))


def _priced(quantity: int, fen: int) -> tuple[int, int | None, int]:
    """Quantity, price, amount; the price rounds half up to the fen and is None where it has no meaning."""
    price = None
    if quantity and (quantity > 0) == (fen >= 0):
        price = (2000 * abs(fen) + abs(quantity)) // (2 * abs(quantity))
    return quantity, price, fen

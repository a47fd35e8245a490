"""多栏式明细账: one account's lines, analysed in a column for each account directly below it (管理费用, 公益支出…).

Columns: date, voucher, summary, debit, credit, side, balance, then one per child that moved or has a balance, keyed by
its code, and hidden account. A child's figure is the debit less the credit; for credit-side accounts the reverse.
"""

from collections.abc import Sequence
from datetime import date

from village_ledger.domain.account import Account, Chart
from village_ledger.domain.errors import BadInput
from village_ledger.domain.view import LedgerLine, LedgerSource

from .frame import report, side_of, within_book
from .model import Column, Report, Row, RowKind, Span, Target, Value
from .pages import write
from .query import Query
from .totals import NOTHING, Totals, by_account

_HEAD = (
    Column("date", "日期", "date", 11),
    Column("voucher", "凭证号", "text", 9),
    Column("summary", "摘要", "text", 28),
    Column("debit", "借方", "money", 14, summed=True, carried=True),
    Column("credit", "贷方", "money", 14, summed=True, carried=True),
    Column("side", "方向", "text", 4, carried=True),
    Column("balance", "余额", "money", 14, carried=True),
)


def build(source: LedgerSource, asked: Query) -> Report:
    """The ledger of `query.account`."""
    account = source.chart.get(asked.account)
    if account is None:
        raise BadInput("多栏式明细账要指定一个科目，例如 513 管理费用")
    query = within_book(source, asked)
    lines = source.lines(query.start, query.end, (account.code,))
    used = {line.account for line in lines}
    used.update(row.account for row in source.balances(query.start, query.end) if any(row[2:7]))
    columns = _columns(source.chart, account, used)
    analysed = tuple(
        Column(child.code, child.name, "money", 14, "金额分析", summed=True, carried=True) for child in columns
    )
    hidden = Column("account", "科目编码", "code", 14, shown=False)
    first = by_account(source.chart, source.balances(query.start, query.start))
    rows: list[Row] = []
    write(MultiColumnPage(rows, account, source.chart.full_name(account.code), columns, first), lines, query)
    title = f"{account.name}多栏式明细账"
    made = report("multi-column-ledger", title, source, asked, columns=(*_HEAD, *analysed, hidden), rows=rows)
    return made._replace(paging="book", landscape=True)


def _columns(chart: Chart, account: Account, used: set[str]) -> tuple[Account, ...]:
    """The accounts directly below that were used, and the account itself if it was (before it had any below)."""
    children = tuple(
        child
        for child in chart.subtree(account.code)
        if child.level == account.level + 1 and any(code.startswith(child.code) for code in used)
    )
    own = () if children and account.code not in used else (account,)
    return (*children, *own)


class MultiColumnPage:
    """The account's page. Implements `pages.Page`."""

    def __init__(
        self,
        rows: list[Row],
        account: Account,
        full_name: str,
        columns: tuple[Account, ...],
        first: dict[str, Totals],
    ) -> None:
        """`first` are the totals of the span's first month."""
        self._rows = rows
        self._account = account
        self._width = len(columns[0].code)
        self._column = {child.code: index for index, child in enumerate(columns, 2)}
        self._sign = -1 if account.side == "credit" else 1
        own = first.get(account.code, NOTHING)
        self._balance = own.opening_fen
        self._year = [own.year_debit_fen - own.debit_fen, own.year_credit_fen - own.credit_fen]
        rest = self._sign * (self._year[0] - self._year[1])
        for column in columns:
            below = first.get(column.code, NOTHING)
            net = self._sign * (below.year_debit_fen - below.debit_fen - below.year_credit_fen + below.credit_fen)
            self._year.append(rest if column is account else net)
            rest -= net
        self._month = [0] * len(self._year)
        self._first = 0
        self._ledger = Target("ledger", (account.code,))
        blank = (None, None, "", None, *[None] * len(columns), account.code)
        rows.append(Row((None, "", f"{account.code} {full_name}", *blank), "section", target=self._ledger))

    def opening(self, day: date, label: str) -> None:
        """Put the balance brought forward."""
        self._put((day, "", label), None, "opening", self._ledger)
        self._first = len(self._rows)

    def lines(self, lines: Sequence[LedgerLine]) -> None:
        """Put entry lines of one month."""
        for line in lines:
            self._line(line)

    def _line(self, line: LedgerLine) -> None:
        debit, credit = line.debit_fen, line.credit_fen
        moved = [0] * len(self._month)
        moved[0] = debit
        moved[1] = credit
        column = self._column[line.account[: self._width]]
        moved[column] = self._sign * (debit - credit)
        self._balance += debit - credit
        self._month[0] += debit
        self._month[1] += credit
        self._month[column] += moved[column]
        target = Target("voucher", (line.account,), "", line.voucher)
        self._put((line.day, line.label, line.summary), moved, "line", target)

    def day(self, day: date) -> None:
        """This ledger is not totalled by day."""

    def month(self, day: date) -> None:
        """Put 本月合计 and 本年累计."""
        spans = (Span(self._first, len(self._rows) - 1),)
        self._put((day, "", "本月合计"), self._month, "month", self._ledger, spans)
        self._year = [total + figure for total, figure in zip(self._year, self._month, strict=True)]
        self._put((day, "", "本年累计"), self._year, "year", self._ledger)
        self._month = [0] * len(self._year)
        self._first = len(self._rows)

    def carried_over(self, day: date) -> None:
        """Put 结转下年, except on income and expense, which are settled within the year."""
        if self._balance and not self._account.is_profit_and_loss:
            self._put((day, "", "结转下年"), None, "opening", self._ledger)
        self._year = [0] * len(self._year)

    def _put(
        self,
        head: tuple[Value, ...],
        moved: list[int] | None,
        kind: RowKind,
        target: Target,
        spans: tuple[Span, ...] = (),
    ) -> None:
        middle = (side_of(self._balance), abs(self._balance))
        figures: list[Value] = [None] * len(self._month) if moved is None else [*moved]
        cells = (*head, *figures[:2], *middle, *figures[2:], self._account.code)
        carry: tuple[Value, ...] = (*self._month[:2], *middle, *self._month[2:])
        self._rows.append(Row(cells, kind, 0, spans, target, carry))

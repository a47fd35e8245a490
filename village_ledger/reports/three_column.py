"""The three-column page (三栏式): debit, credit, running balance with its side. Ledger, journals and 总账 share it."""

from collections.abc import Sequence
from datetime import date

from village_ledger.domain.account import Account, Item
from village_ledger.domain.view import LedgerLine

from .frame import side_of
from .model import Column, Row, RowKind, Span, Target

COLUMNS = (
    Column("date", "日期", "date", 11),
    Column("voucher", "凭证号", "text", 9),
    Column("summary", "摘要", "text", 32),
    Column("debit", "借方", "money", 16, summed=True, carried=True),
    Column("credit", "贷方", "money", 16, summed=True, carried=True),
    Column("side", "方向", "text", 4, carried=True),
    Column("balance", "余额", "money", 16, carried=True),
    Column("account", "科目编码", "code", 14, shown=False),
    Column("account_name", "科目名称", "text", 28, shown=False),
    Column("item", "辅助", "text", 20, shown=False),
)
"""`balance` is absolute, `side` says where it stands. A section's heading stands in `summary`."""


class ThreeColumnPage:
    """One account's page (or one household's on it), appended to the report's rows. Implements `pages.Page`."""

    def __init__(
        self,
        rows: list[Row],
        account: Account,
        full_name: str,
        item: Item | None,
        standing: tuple[int, int, int],
    ) -> None:
        """`standing` is the opening balance and the year's debits and credits before the span, in fen."""
        self._rows = rows
        self._account = account
        self._tail = (account.code, full_name, str(item) if item else "")
        self._balance, self._year_debit, self._year_credit = standing
        self._debit = self._credit = 0
        self._day_debit = self._day_credit = 0
        self._first = 0
        self._day_first = 0
        self._spans: list[Span] = []
        self._ledger = Target("ledger", (account.code,), str(item) if item else "")
        heading = f"{account.code} {full_name}" + (f"　{item.name}" if item else "")
        rows.append(Row((None, "", heading, None, None, "", None, *self._tail), "section", target=self._ledger))

    @property
    def balance_fen(self) -> int:
        """The running balance, debit positive."""
        return self._balance

    def opening(self, day: date, label: str) -> None:
        """Put the balance brought forward."""
        self._put(day, label, None, None, "opening")
        self._begin_month()

    def lines(self, lines: Sequence[LedgerLine]) -> None:
        """Put entry lines of one month; the one loop here that a large book notices, hence the local names."""
        put = self._rows.append
        codes, tail = (self._account.code,), self._tail
        balance, month_debit, month_credit = self._balance, self._debit, self._credit
        for voucher, day, word, number, _, summary, _, _, debit, credit, *_ in lines:
            balance += debit - credit
            month_debit += debit
            month_credit += credit
            side, amount = ("借", balance) if balance > 0 else ("贷", -balance) if balance else ("平", 0)
            cells = (day, f"{word}-{number}", summary, debit, credit, side, amount, *tail)
            carry = (month_debit, month_credit, side, amount)
            put(Row(cells, "line", 0, (), Target("voucher", codes, "", voucher), carry))
        self._balance, self._debit, self._credit = balance, month_debit, month_credit

    def day(self, day: date) -> None:
        """Put 本日合计 over the lines since the last one."""
        span = Span(self._day_first, len(self._rows) - 1)
        debit, credit = self._debit - self._day_debit, self._credit - self._day_credit
        self._spans.append(Span(len(self._rows), len(self._rows)))
        self._put(day, "本日合计", debit, credit, "day", spans=(span,))
        self._day_first = len(self._rows)
        self._day_debit, self._day_credit = self._debit, self._credit

    def month(self, day: date) -> None:
        """Put 本月合计 and 本年累计."""
        spans = tuple(self._spans)
        if not spans and len(self._rows) > self._first:
            spans = (Span(self._first, len(self._rows) - 1),)
        self.month_totals(day, self._debit, self._credit, spans)

    def month_totals(self, day: date, debit: int, credit: int, spans: tuple[Span, ...] = ()) -> None:
        """Put 本月合计 of known movements and 本年累计; `spans` are the rows it adds."""
        self._year_debit += debit
        self._year_credit += credit
        self._debit, self._credit = debit, credit
        self._put(day, "本月合计", debit, credit, "month", spans=spans)
        self._put(day, "本年累计", self._year_debit, self._year_credit, "year")
        self._begin_month()

    def move(self, debit: int, credit: int) -> None:
        """Change the running balance without a line (a ledger of monthly totals)."""
        self._balance += debit - credit

    def carried_over(self, day: date) -> None:
        """Put 结转下年, except on income and expense, which are settled within the year."""
        if self._balance and not self._account.is_profit_and_loss:
            self._put(day, "结转下年", None, None, "opening")
        self._year_debit = self._year_credit = 0

    def _begin_month(self) -> None:
        self._debit = self._credit = self._day_debit = self._day_credit = 0
        self._first = self._day_first = len(self._rows)
        self._spans = []

    def _put(
        self,
        day: date,
        summary: str,
        debit: int | None,
        credit: int | None,
        kind: RowKind,
        *,
        spans: tuple[Span, ...] = (),
    ) -> None:
        side = side_of(self._balance)
        amount = abs(self._balance)
        cells = (day, "", summary, debit, credit, side, amount, *self._tail)
        self._rows.append(
            Row(cells, kind, 0, spans, self._ledger, (self._debit, self._credit, side, amount)),
        )

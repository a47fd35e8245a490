"""On which lines of the statements an entry shows: the way back up from a voucher."""

from ..domain.account import COUNTERPARTY, Item
from ..domain.period import Period
from ..domain.roles import Roles
from ..domain.statement import Statement, Term, drill_codes
from ..domain.trail import TrailEntry, TrailPlace
from ..domain.voucher import Line, Voucher
from .catalog import chart_definition, statement_definition
from .reading import Readable

_STATEMENTS = (("balance-sheet", "balance_sheet"), ("income-distribution", "income_distribution"))
_BY_DEBIT = ("debit", "debit_details", "expense", "allocation", "allocation_rest")
"""Kinds of terms a debit adds to; a credit adds to all others."""


class Places:
    """Looks up the lines of a month's statements; what tells the side of two-sided accounts is read once."""

    def __init__(self, book: Readable, period: Period) -> None:
        self._ledger = book.ledger
        self._period = period
        self._chart = book.ledger.chart
        key = book.ledger.entity.chart
        self._roles: Roles = chart_definition(key).roles
        definition = statement_definition(key)
        self._statements: list[tuple[str, Statement]] = [
            (report, getattr(definition, name)) for report, name in _STATEMENTS
        ]
        self._sides: dict[tuple[str, str], int] | None = None

    def entries(self, voucher: Voucher) -> tuple[TrailEntry, ...]:
        """The voucher's lines with where they show."""
        return tuple(self._entry(line) for line in voucher.lines)

    def _entry(self, line: Line) -> TrailEntry:
        items = "、".join(f"{item.category}：{item.name}" for item in line.items)
        name = self._chart.full_name(line.account)
        return TrailEntry(
            line.summary, line.account, name, items, line.debit_fen, line.credit_fen, tuple(self._places(line))
        )

    def _places(self, line: Line) -> list[TrailPlace]:
        return [
            TrailPlace(report, statement.title, row.line, row.name, term.sign if term.kind in _BY_DEBIT else -term.sign)
            for report, statement in self._statements
            for row in statement.lines
            if (term := next((one for one in row.terms if self._covers(one, line, statement)), None))
        ]

    def _covers(self, term: Term, line: Line, statement: Statement) -> bool:
        """Whether a summand of a statement line takes in an entry; sums of other lines do not count."""
        if term.kind == "line":
            return False
        one = statement.lines[0]._replace(terms=(term,))
        if not any(line.account.startswith(code) for code in drill_codes(one, statement, self._chart, self._roles)):
            return False
        if term.kind in ("debit_details", "credit_details"):
            return self._side(line) == term.kind.removesuffix("_details")
        return True

    def _side(self, line: Line) -> str:
        """The side the account's detail stands on at the end of the month; a settled one shows where it was."""
        if self._sides is None:
            self._sides = {}
            for row in self._ledger.balances(self._period.january, self._period):
                key = row.account, _party(row.items)
                self._sides[key] = self._sides.get(key, 0) + row.closing_fen
        fen = self._sides.get((line.account, _party(line.items)), 0)
        if fen:
            return "debit" if fen > 0 else "credit"
        return "credit" if line.debit_fen > line.credit_fen else "debit"


def _party(items: tuple[Item, ...]) -> str:
    return next((item.code for item in items if item.category == COUNTERPARTY), "")

"""The stored ledger as a `LedgerSource`: closed balances plus the open months' lines, whatever the age of the book."""

import sqlite3
from collections.abc import Iterable
from datetime import date
from operator import attrgetter

from ..domain.account import Chart, Item
from ..domain.period import Period
from ..domain.view import Balance, Entity, LedgerLine
from ..domain.voucher import Voucher
from .accounts import account_ids, find_item, load_combinations
from .vouchers import vouchers_between

_CLOSED_SUMS = (
    "SELECT account_id, combination_id, sum(debit_fen), sum(credit_fen), sum(carried_debit_fen),"
    " sum(carried_credit_fen), sum(in_quantity), sum(out_quantity) FROM closed_balance"
    " WHERE month BETWEEN ? AND ? GROUP BY account_id, combination_id"
)
_SUMS = (
    "account_id, combination_id, sum(debit_fen), sum(credit_fen), sum(debit_fen * carried),"
    " sum(credit_fen * carried), sum(iif(debit_fen <> 0, quantity, 0)), sum(iif(credit_fen <> 0, quantity, 0))"
    " FROM voucher_line INDEXED BY line_by_month"
)
_LINE_SUMS = f"SELECT {_SUMS} WHERE month BETWEEN ? AND ? GROUP BY account_id, combination_id"
_MONTHLY_SUMS = f"SELECT month, {_SUMS} GROUP BY month, account_id, combination_id"
Key = tuple[int, int]


class StoredLedger:
    """Reads posted figures from an open book file."""

    def __init__(self, connection: sqlite3.Connection, entity: Entity, chart: Chart) -> None:
        self._connection = connection
        self.entity = entity
        self.chart = chart

    def balances(self, start: Period, end: Period) -> tuple[Balance, ...]:
        """See `LedgerSource`."""
        closed = self._last_closed()
        first = self.entity.first_period
        rows: dict[Key, list[int]] = {}
        self._add_openings(rows, start, closed)
        in_year = self._movements(end.january, end, closed)
        span = in_year if start == end.january else self._movements(start, end, closed)
        for key, sums in span.items():
            row = rows.setdefault(key, [0] * 10)
            row[1], row[2], row[5], row[6], row[8], row[9] = sums
        for key, sums in in_year.items():
            row = rows.setdefault(key, [0] * 10)
            row[3] += sums[0]
            row[4] += sums[1]
        if first.year == end.year:
            for account, combination, debit, credit in self._connection.execute(
                "SELECT account_id, combination_id, year_debit_fen, year_credit_fen FROM opening"
            ):
                row = rows.setdefault((account, combination), [0] * 10)
                row[3] += debit
                row[4] += credit
        codes = {row: code for code, row in account_ids(self._connection).items()}
        combinations = load_combinations(self._connection)
        found = [
            Balance(codes[account], combinations[combination], *figures)
            for (account, combination), figures in rows.items()
            if any(figures)
        ]
        found.sort(key=attrgetter("account", "items"))
        return tuple(found)

    def _last_closed(self) -> str:
        row = self._connection.execute("SELECT max(month) FROM period WHERE closed = 1").fetchone()
        return row[0] or ""

    def _add_openings(self, rows: dict[Key, list[int]], start: Period, closed: str) -> None:
        """Fill opening amount (0) and quantity (7) as they stood before `start`."""
        start = max(start, self.entity.first_period)
        before = start.previous
        month = str(start)
        if closed and month <= closed:
            for account, combination, fen, quantity in self._connection.execute(
                "SELECT account_id, combination_id, opening_fen, opening_quantity FROM closed_balance WHERE month = ?",
                (month,),
            ):
                rows[account, combination] = [fen, 0, 0, 0, 0, 0, 0, quantity, 0, 0]
            return
        if closed:
            query = (
                "SELECT account_id, combination_id, opening_fen + debit_fen - credit_fen,"
                " opening_quantity + in_quantity - out_quantity FROM closed_balance WHERE month = ?"
            )
            opened = self._connection.execute(query, (closed,))
            unclosed = Period.parse(closed).next
        else:
            opened = self._connection.execute("SELECT account_id, combination_id, balance_fen, quantity FROM opening")
            unclosed = self.entity.first_period
        for account, combination, fen, quantity in opened:
            rows[account, combination] = [fen, 0, 0, 0, 0, 0, 0, quantity, 0, 0]
        if unclosed <= before:
            for row in self._line_sums(str(unclosed), str(before)):
                figures = rows.setdefault((row[0], row[1]), [0] * 10)
                figures[0] += row[2] - row[3]
                figures[7] += row[6] - row[7]

    def _movements(self, start: Period, end: Period, closed: str) -> dict[Key, tuple[int, ...]]:
        sums: dict[Key, tuple[int, ...]] = {}
        first, last = str(start), str(end)
        if closed and first <= closed:
            for row in self._connection.execute(_CLOSED_SUMS, (first, min(last, closed))):
                sums[row[0], row[1]] = row[2:]
            first = str(Period.parse(closed).next)
        if first <= last:
            for row in self._line_sums(first, last):
                key = (row[0], row[1])
                known = sums.get(key)
                sums[key] = tuple(map(sum, zip(known, row[2:], strict=True))) if known else row[2:]
        return sums

    def _line_sums(self, first: str, last: str) -> Iterable[tuple[int, ...]]:
        """Account, combination and six sums over the posted lines of a span of months."""
        return self._connection.execute(_LINE_SUMS, (first, last))

    def lines(
        self, start: Period, end: Period, accounts: Iterable[str] = (), item: Item | None = None
    ) -> tuple[LedgerLine, ...]:
        """See `LedgerSource`."""
        prefixes = tuple(accounts)
        condition, values = "l.month BETWEEN ? AND ?", [str(start), str(end)]
        ids = account_ids(self._connection)
        if prefixes:
            wanted = [row for code, row in ids.items() if code.startswith(prefixes)]
            condition += f" AND l.account_id IN ({','.join(map(str, wanted))})"
        if item is not None:
            condition += (
                " AND l.combination_id IN (SELECT combination_id FROM combination_item JOIN item ON item.id = item_id"
                " WHERE category = ? AND code = ?)"
            )
            values += [item.category, item.code]
        codes = {row: code for code, row in ids.items()}
        combinations = load_combinations(self._connection)
        days: dict[str, date] = {}
        found = []
        for row in self._connection.execute(
            "SELECT v.id, v.day, v.word, v.number, l.position, l.summary, l.account_id, l.combination_id,"
            " l.debit_fen, l.credit_fen, l.quantity, v.kind FROM voucher_line l JOIN voucher v ON v.id = l.voucher_id"
            f" WHERE {condition} ORDER BY v.day, v.word, v.number, l.position",
            values,
        ):
            day = days.get(row[1])
            if day is None:
                day = days[row[1]] = date.fromisoformat(row[1])
            found.append(LedgerLine._make((row[0], day, *row[2:6], codes[row[6]], combinations[row[7]], *row[8:])))
        return tuple(found)

    def vouchers(self, start: Period, end: Period) -> tuple[Voucher, ...]:
        """See `LedgerSource`."""
        return vouchers_between(self._connection, start, end)

    def item(self, category: str, name: str) -> Item | None:
        """See `LedgerSource`."""
        return find_item(self._connection, category, name)


class RecomputedLedger(StoredLedger):
    """The ledger without the balances stored for closed months, every figure added up from the lines (for `verify`)."""

    def __init__(self, connection: sqlite3.Connection, entity: Entity, chart: Chart) -> None:
        super().__init__(connection, entity, chart)
        self._months: dict[str, list[tuple[int, ...]]] = {}
        for month, *sums in connection.execute(_MONTHLY_SUMS):
            self._months.setdefault(month, []).append(tuple(sums))

    def _last_closed(self) -> str:
        return ""

    def _line_sums(self, first: str, last: str) -> Iterable[tuple[int, ...]]:
        """Added up from the months, read once: a book is proved month by month."""
        totals: dict[Key, list[int]] = {}
        for month, rows in self._months.items():
            if first <= month <= last:
                for account, combination, *sums in rows:
                    known = totals.setdefault((account, combination), [0] * len(sums))
                    for place, figure in enumerate(sums):
                        known[place] += figure
        return ((*key, *sums) for key, sums in totals.items())

"""Months and the balances of closed ones."""

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from ..domain.period import Period
from ..domain.view import Balance
from .accounts import CombinationIds, account_ids


class PeriodRow(NamedTuple):
    """What is kept about a month once it has been closed at least once."""

    period: Period
    closed: bool
    closed_at: str = ""
    closed_by: str = ""
    reopened: int = 0
    handed_over: bool = False
    changed_after_hand_over: bool = False
    log_seq: int = 0


def load_periods(connection: sqlite3.Connection) -> tuple[PeriodRow, ...]:
    """Every month that was ever closed, oldest first."""
    return tuple(
        PeriodRow(Period.parse(row[0]), bool(row[1]), row[2], row[3], row[4], bool(row[5]), bool(row[6]), row[7])
        for row in connection.execute(
            "SELECT month, closed, closed_at, closed_by, reopened, handed_over, changed_after_hand_over, log_seq"
            " FROM period ORDER BY month"
        )
    )


def last_closed(connection: sqlite3.Connection) -> Period | None:
    """The newest closed month."""
    (month,) = connection.execute("SELECT max(month) FROM period WHERE closed = 1").fetchone()
    return Period.parse(month) if month else None


def save_period(connection: sqlite3.Connection, row: PeriodRow) -> None:
    """Write a month's state."""
    connection.execute(
        "INSERT INTO period(month, closed, closed_at, closed_by, reopened, handed_over, changed_after_hand_over,"
        " log_seq) VALUES(?,?,?,?,?,?,?,?) ON CONFLICT(month) DO UPDATE SET closed=excluded.closed,"
        " closed_at=excluded.closed_at, closed_by=excluded.closed_by, reopened=excluded.reopened,"
        " handed_over=excluded.handed_over, changed_after_hand_over=excluded.changed_after_hand_over,"
        " log_seq=excluded.log_seq",
        (str(row.period), *row[1:]),
    )


def store_balances(connection: sqlite3.Connection, period: Period, balances: Iterable[Balance]) -> None:
    """Keep the balances of a month about to be closed."""
    accounts = account_ids(connection)
    combinations = CombinationIds(connection)
    connection.executemany(
        "INSERT INTO closed_balance(month, account_id, combination_id, opening_fen, debit_fen, credit_fen,"
        " carried_debit_fen, carried_credit_fen, opening_quantity, in_quantity, out_quantity)"
        " VALUES(?,?,?,?,?,?,?,?,?,?,?)",
        [
            (
                str(period),
                accounts[row.account],
                combinations.id_of(row.items),
                row.opening_fen,
                row.debit_fen,
                row.credit_fen,
                row.carried_debit_fen,
                row.carried_credit_fen,
                row.opening_quantity,
                row.in_quantity,
                row.out_quantity,
            )
            for row in balances
        ],
    )


def drop_balances(connection: sqlite3.Connection, period: Period) -> None:
    """Forget the balances of a month that was reopened."""
    connection.execute("DELETE FROM closed_balance WHERE month = ?", (str(period),))


def voucher_counts(connection: sqlite3.Connection) -> dict[str, int]:
    """Posted vouchers by month."""
    return dict(connection.execute("SELECT month, count(*) FROM voucher GROUP BY month"))


def draft_counts(connection: sqlite3.Connection) -> dict[tuple[Period, str], int]:
    """Drafts by month and state."""
    return {
        (Period.parse(month), state): count
        for month, state, count in connection.execute("SELECT month, state, count(*) FROM draft GROUP BY month, state")
    }


def number_gaps(connection: sqlite3.Connection, period: Period) -> tuple[tuple[str, int, int], ...]:
    """Words whose numbers in a month do not run from 1 without gaps: (word, count, highest)."""
    return tuple(
        connection.execute(
            "SELECT word, count(*), max(number) FROM voucher WHERE month = ? GROUP BY word"
            " HAVING count(*) <> max(number) OR min(number) <> 1",
            (str(period),),
        )
    )

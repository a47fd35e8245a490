"""The opening balances: rows to values and back."""

import sqlite3
from collections.abc import Iterable

from ..domain.view import Opening
from .accounts import CombinationIds, account_ids, load_combinations


def load_openings(connection: sqlite3.Connection) -> tuple[Opening, ...]:
    """The opening balances, in account order."""
    combinations = load_combinations(connection)
    return tuple(
        Opening(code, combinations[combination], *figures)
        for code, combination, *figures in connection.execute(
            "SELECT code, combination_id, balance_fen, year_debit_fen, year_credit_fen, opening.quantity"
            " FROM opening JOIN account ON account.id = account_id ORDER BY code, combination_id"
        )
    )


def replace_openings(connection: sqlite3.Connection, openings: Iterable[Opening]) -> None:
    """Write these opening balances in place of all there were."""
    accounts = account_ids(connection)
    combinations = CombinationIds(connection)
    connection.execute("DELETE FROM opening")
    connection.executemany(
        "INSERT INTO opening(account_id, combination_id, balance_fen, year_debit_fen, year_credit_fen, quantity)"
        " VALUES(?,?,?,?,?,?)",
        [
            (
                accounts[row.account],
                combinations.id_of(tuple(sorted(row.items))),
                row.balance_fen,
                row.year_debit_fen,
                row.year_credit_fen,
                row.quantity,
            )
            for row in openings
        ],
    )

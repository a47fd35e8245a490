"""Asset cards, their changes and the monthly runs: rows to values and back."""

import sqlite3
from datetime import date
from typing import Any

from ..domain.assets.card import Card
from ..domain.assets.change import Change
from ..domain.assets.register import Run, RunLine
from ..domain.period import Period
from .asset_rows import CARD, CHANGE, insert_row, read_day, read_paper, read_uids, select_rows, update_row


def _card(row: tuple[Any, ...]) -> Card:
    card = Card._make(row)
    return card._replace(
        acquired=date.fromisoformat(row[4]),
        entered=Period.parse(row[5]),
        in_use=read_day(str(card.in_use)),
        operating=bool(card.operating),
    )


def load_cards(connection: sqlite3.Connection) -> tuple[Card, ...]:
    """Every card, in code order."""
    return tuple(map(_card, select_rows(connection, CARD, "ORDER BY code")))


def card_codes(connection: sqlite3.Connection) -> dict[str, int]:
    """Row ids by code."""
    return dict(connection.execute("SELECT code, id FROM asset_card"))


def insert_card(connection: sqlite3.Connection, card: Card) -> Card:
    """Add a card and return it with its id."""
    return card._replace(id=insert_row(connection, CARD, card))


def update_card(connection: sqlite3.Connection, card: Card) -> None:
    """Write a card; a trigger refuses changed figures once they have been used."""
    update_row(connection, CARD, card)


def delete_card(connection: sqlite3.Connection, card_id: int) -> None:
    """Remove a card nothing refers to."""
    connection.execute("DELETE FROM asset_card WHERE id=?", (card_id,))


def card_is_used(connection: sqlite3.Connection, card_id: int) -> bool:
    """Whether a charge or a change in effect rests on the card's figures."""
    row = connection.execute(
        "SELECT EXISTS(SELECT 1 FROM asset_run_line WHERE card_id=:id) OR EXISTS(SELECT 1 FROM asset_change"
        " WHERE card_id=:id AND state IN ('已批准','已备案') AND kind <> '盘盈')",
        {"id": card_id},
    ).fetchone()
    return bool(row[0])


def _change(row: tuple[Any, ...]) -> Change:
    change = Change._make(row)
    return change._replace(
        day=date.fromisoformat(row[2]),
        in_use=read_day(str(change.in_use)),
        application=read_paper(str(change.application)),
        approval=read_paper(str(change.approval)),
        filing=read_paper(str(change.filing)),
        adopted=read_uids(str(change.adopted)),
        settled_on=read_day(str(change.settled_on)),
    )


def load_changes(connection: sqlite3.Connection) -> tuple[Change, ...]:
    """Every change, in the order entered."""
    return tuple(map(_change, select_rows(connection, CHANGE, "ORDER BY id")))


def change_by_id(connection: sqlite3.Connection, change_id: int) -> Change | None:
    """One change."""
    row = select_rows(connection, CHANGE, "WHERE id=?", (change_id,)).fetchone()
    return _change(row) if row else None


def insert_change(connection: sqlite3.Connection, change: Change) -> Change:
    """Add a change and return it with its id."""
    return change._replace(id=insert_row(connection, CHANGE, change))


def update_change(connection: sqlite3.Connection, change: Change) -> None:
    """Write a change; triggers keep what has been approved or posted."""
    update_row(connection, CHANGE, change)


def load_runs(connection: sqlite3.Connection) -> tuple[Run, ...]:
    """Every month's run with its lines, in month order."""
    lines: dict[int, list[RunLine]] = {}
    make = RunLine._make
    for row in connection.execute("SELECT run_id, card_id, fen, units, account, expense FROM asset_run_line"):
        lines.setdefault(row[0], []).append(make(row[1:]))
    return tuple(
        Run(Period.parse(month), source, read_uids(adopted), by, at, uid, run, tuple(lines.get(run, ())))
        for run, uid, month, source, adopted, by, at in connection.execute(
            "SELECT id, uid, month, source, adopted, made_by, made_at FROM asset_run ORDER BY month"
        )
    )


def insert_run(connection: sqlite3.Connection, run: Run) -> Run:
    """Add a run with its lines and return it with its id."""
    row = connection.execute(
        "INSERT INTO asset_run(uid, month, source, adopted, made_by, made_at) VALUES(?,?,?,?,?,?)",
        (run.uid, str(run.period), run.source, ",".join(run.adopted), run.made_by, run.made_at),
    )
    saved = run._replace(id=int(row.lastrowid or 0))
    connection.executemany(
        "INSERT INTO asset_run_line(run_id, card_id, fen, units, account, expense) VALUES(?,?,?,?,?,?)",
        [(saved.id, *line) for line in saved.lines],
    )
    return saved


def delete_run(connection: sqlite3.Connection, run_id: int) -> None:
    """Remove a run; a trigger refuses it when its voucher is posted."""
    connection.execute("DELETE FROM asset_run_line WHERE run_id=?", (run_id,))
    connection.execute("DELETE FROM asset_run WHERE id=?", (run_id,))


def load_usage(connection: sqlite3.Connection, period: Period) -> dict[int, int]:
    """Units produced in a month, thousandths by card id."""
    return dict(connection.execute("SELECT card_id, units FROM asset_usage WHERE month=?", (str(period),)))


def save_usage(connection: sqlite3.Connection, period: Period, usage: dict[int, int]) -> None:
    """Write units produced in a month; other cards stay."""
    connection.executemany(
        "INSERT INTO asset_usage(card_id, month, units) VALUES(?,?,?)"
        " ON CONFLICT(card_id, month) DO UPDATE SET units=excluded.units",
        [(card, str(period), units) for card, units in usage.items()],
    )

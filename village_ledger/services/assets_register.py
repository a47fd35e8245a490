"""Reading the whole register of assets of a book."""

import sqlite3
from itertools import chain

from ..domain.assets.change import Change
from ..domain.assets.register import Register, Run
from ..domain.assets.stock import StockMove
from ..storage.asset_counts import load_counts
from ..storage.assets import load_cards, load_changes, load_runs
from ..storage.bookings import load_bookings
from ..storage.meta import load_meta
from ..storage.stock import load_stock_items, load_stock_moves
from .asset_rules import asset_rules


def read(connection: sqlite3.Connection) -> Register:
    """Cards, changes, runs, counts and stock, and where their vouchers are."""
    cards, changes, runs = load_cards(connection), load_changes(connection), load_runs(connection)
    moves = load_stock_moves(connection)
    sources, uids = {change.settle_source for change in changes}, {card.voucher for card in cards}
    acts: tuple[tuple[Change | Run | StockMove, ...], ...] = (changes, runs, moves)
    for one in chain.from_iterable(acts):
        sources.add(one.source)
        uids.update(one.adopted)
    bookings, reversals = load_bookings(connection, frozenset(sources - {""}), frozenset(uids - {""}))
    return Register(
        asset_rules(load_meta(connection)["chart"]),
        cards,
        changes,
        runs,
        bookings,
        reversals,
        load_counts(connection),
        load_stock_items(connection),
        moves,
    )

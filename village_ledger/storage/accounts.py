"""Accounts, dimension items and their combinations: rows to values and back."""

import sqlite3
from collections.abc import Iterable, Sequence
from functools import cache

from ..domain.account import Account, Auxiliary, Chart, Item
from ..domain.search import ItemRecord

_ACCOUNT = "code, name, category, side, auxiliaries, unit, disabled, pinyin, official"


def auxiliaries_text(auxiliaries: Iterable[Auxiliary]) -> str:
    """`往来户;项目?` — a question mark marks a dimension that may be left out."""
    return ";".join(auxiliary.category + ("" if auxiliary.required else "?") for auxiliary in auxiliaries)


@cache
def parse_auxiliaries(text: str) -> tuple[Auxiliary, ...]:
    """The inverse of `auxiliaries_text`."""
    parts = (part.strip() for part in text.replace("；", ";").replace("？", "?").split(";"))
    return tuple(Auxiliary(part.rstrip("?"), not part.endswith("?")) for part in parts if part)


def load_chart(connection: sqlite3.Connection) -> Chart:
    """The book's chart of accounts."""
    return Chart(
        Account(code, name, category, side, parse_auxiliaries(aux), unit, bool(disabled), pinyin, bool(official))
        for code, name, category, side, aux, unit, disabled, pinyin, official in connection.execute(
            f"SELECT {_ACCOUNT} FROM account"
        )
    )


def account_ids(connection: sqlite3.Connection) -> dict[str, int]:
    """Row ids by code."""
    return dict(connection.execute("SELECT code, id FROM account"))


def insert_account(connection: sqlite3.Connection, account: Account) -> None:
    """Add an account."""
    connection.execute(
        f"INSERT INTO account({_ACCOUNT}) VALUES(?,?,?,?,?,?,?,?,?)",
        (*account[:4], auxiliaries_text(account.auxiliaries), *account[5:]),
    )


def update_account(connection: sqlite3.Connection, account: Account) -> None:
    """Write everything but the code."""
    connection.execute(
        "UPDATE account SET name=?, category=?, side=?, auxiliaries=?, unit=?, disabled=?, pinyin=? WHERE code=?",
        (*account[1:4], auxiliaries_text(account.auxiliaries), *account[5:8], account.code),
    )


def delete_account(connection: sqlite3.Connection, code: str) -> None:
    """Remove an account nothing refers to."""
    connection.execute("DELETE FROM account WHERE code=?", (code,))


def account_in_use(connection: sqlite3.Connection, code: str) -> bool:
    """Whether a posted line, an opening balance, a draft, an asset card or goods in store refer to the account."""
    row = connection.execute(
        "SELECT EXISTS(SELECT 1 FROM voucher_line WHERE account_id=a.id)"
        " OR EXISTS(SELECT 1 FROM opening WHERE account_id=a.id)"
        " OR EXISTS(SELECT 1 FROM draft_line WHERE account=a.code)"
        " OR EXISTS(SELECT 1 FROM asset_card WHERE a.code IN (asset_account, depreciation_account, expense_account))"
        " OR EXISTS(SELECT 1 FROM stock_item WHERE account=a.code) FROM account a WHERE code=?",
        (code,),
    ).fetchone()
    return bool(row and row[0])


def accounts_booked(connection: sqlite3.Connection) -> frozenset[str]:
    """Codes that a posted line or an opening refers to."""
    return frozenset(
        code
        for (code,) in connection.execute(
            "SELECT code FROM account a WHERE EXISTS(SELECT 1 FROM voucher_line WHERE account_id=a.id)"
            " OR EXISTS(SELECT 1 FROM opening WHERE account_id=a.id)"
        )
    )


def account_usage(connection: sqlite3.Connection, since_month: str) -> dict[str, int]:
    """How many posted lines each account has had since a month, for ranking search results."""
    return dict(
        connection.execute(
            "SELECT code, n FROM (SELECT account_id, count(*) AS n FROM voucher_line WHERE month >= ?"
            " GROUP BY account_id) JOIN account ON account.id = account_id",
            (since_month,),
        )
    )


def load_items(connection: sqlite3.Connection) -> dict[int, Item]:
    """Every dimension member by row id."""
    return {row[0]: Item(*row[1:]) for row in connection.execute("SELECT id, category, code, name FROM item")}


def item_records(connection: sqlite3.Connection, category: str = "") -> tuple[ItemRecord, ...]:
    """Members of a category (or all), with what a list page shows."""
    rows = connection.execute(
        "SELECT category, code, name, disabled, note, pinyin,"
        " EXISTS(SELECT 1 FROM combination_item WHERE item_id = item.id)"
        " FROM item WHERE ? IN ('', category) ORDER BY category, code",
        (category,),
    )
    return tuple(ItemRecord(Item(*row[:3]), bool(row[3]), row[4], row[5], bool(row[6])) for row in rows)


def find_item(connection: sqlite3.Connection, category: str, name: str) -> Item | None:
    """A member by name."""
    row = connection.execute("SELECT category, code, name FROM item WHERE category=? AND name=?", (category, name))
    found = row.fetchone()
    return Item(*found) if found else None


def insert_item(connection: sqlite3.Connection, category: str, name: str, note: str, pinyin: str) -> Item:
    """Add a member under the next free code of its category (0001, 0002…)."""
    (last,) = connection.execute("SELECT max(CAST(code AS INTEGER)) FROM item WHERE category=?", (category,)).fetchone()
    item = Item(category, f"{(last or 0) + 1:04d}", name)
    connection.execute("INSERT INTO item(category, code, name, note, pinyin) VALUES(?,?,?,?,?)", (*item, note, pinyin))
    return item


def update_item(connection: sqlite3.Connection, record: ItemRecord) -> None:
    """Write a member's name, note and state."""
    connection.execute(
        "UPDATE item SET name=?, note=?, disabled=?, pinyin=? WHERE category=? AND code=?",
        (record.item.name, record.note, record.disabled, record.pinyin, record.item.category, record.item.code),
    )


def load_combinations(connection: sqlite3.Connection) -> dict[int, tuple[Item, ...]]:
    """The items of each combination, in category and code order."""
    items = load_items(connection)
    combinations: dict[int, list[Item]] = {0: []}
    for combination, item in connection.execute("SELECT combination_id, item_id FROM combination_item"):
        combinations.setdefault(combination, []).append(items[item])
    return {key: tuple(sorted(members)) for key, members in combinations.items()}


class CombinationIds:
    """Finds or makes the row id of a combination of items within one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._item_ids: dict[tuple[str, str], int] = {
            (category, code): row for row, category, code in connection.execute("SELECT id, category, code FROM item")
        }
        self._known: dict[Sequence[Item], int] = {(): 0}

    def id_of(self, items: tuple[Item, ...]) -> int:
        """The id, made when new."""
        known = self._known.get(items)
        if known is not None:
            return known
        ids = sorted(self._item_ids[item.category, item.code] for item in items)
        key = ",".join(map(str, ids))
        row = self._connection.execute("SELECT id FROM combination WHERE key=?", (key,)).fetchone()
        if row:
            found = int(row[0])
        else:
            found = int(self._connection.execute("INSERT INTO combination(key) VALUES(?)", (key,)).lastrowid or 0)
            self._connection.executemany(
                "INSERT INTO combination_item(combination_id, item_id) VALUES(?,?)", [(found, item) for item in ids]
            )
        self._known[items] = found
        return found

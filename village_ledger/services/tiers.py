"""The approval tiers of a book: its own version of the day, else the cautious table; and how spending is told apart.

Tables from real places lie in resources/governance/tiers-*.toml; a book takes one over, or its own, as a version of the
topic `tiers` (`governance.save_rules`), in force from a day on.
"""

import json
import sqlite3
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from ..domain.approval import (
    PAYMENT_KINDS,
    SPEND_KINDS,
    KindRule,
    SignerRule,
    Spending,
    Tier,
    TierTable,
    table_content,
    table_of,
    table_problems,
)
from ..domain.errors import BadInput
from ..domain.money import MoneyError, parse_fen
from ..storage.rules import RuleVersion, load_versions
from . import governance
from .book import Book
from .catalog import read_resource

TIERS = "tiers"
"""The topic of the tables in the book."""

DEFAULT = "national"
TABLES = (DEFAULT, "ladders", "masked-town", "committee", "double-sign", "chenggu", "zhejiang", "dongshu")
"""The tables shipped, the cautious one first."""

_SPENDING = "governance/spending.toml"


@cache
def spending(chart: str) -> Spending:
    """How spending is told apart under a chart of accounts, and who signs for what."""
    data = read_resource(_SPENDING)
    try:
        accounts = data[chart]
        kinds = tuple(
            KindRule(row["kind"], tuple(row["accounts"]), tuple(row.get("names", ()))) for row in accounts["kind"]
        )
        found = Spending(
            kinds,
            tuple(accounts["assets"]),
            tuple(SignerRule(**row) for row in data["signer"]),
            tuple((row["name"], tuple(row["also"])) for row in data["meeting"]),
        )
    except (KeyError, TypeError) as error:
        raise BadInput(f"程序文件 resources/{_SPENDING} 有误：{error}") from None
    wrong = [rule.kind for rule in found.kinds if rule.kind not in PAYMENT_KINDS]
    if wrong:
        raise BadInput(f"程序文件 resources/{_SPENDING} 有误：没有“{wrong[0]}”这类开支")
    return found


@cache
def shipped(key: str) -> TierTable:
    """A table as shipped; kinds it does not name are as in the cautious one."""
    if key not in TABLES:
        raise BadInput(f"没有“{key}”这张审批权限表，可选：{'、'.join(TABLES)}")
    source = f"governance/tiers-{key}.toml"
    data = read_resource(source)
    try:
        tiers = [tier for row in data["tier"] for tier in _tiers(row)]
        known = {tier.kind for tier in tiers}
        if key != DEFAULT:
            tiers += [tier for tier in shipped(DEFAULT).tiers if tier.kind not in known]
        table = TierTable(
            key,
            str(data["title"]),
            str(data["source"]),
            str(data["version"]),
            data["valid_from"],
            data.get("valid_to"),
            tuple(tiers),
            str(data.get("note", "")),
        )
    except (KeyError, TypeError, MoneyError) as error:
        raise BadInput(f"程序文件 resources/{source} 有误：{error}") from None
    if problems := table_problems(table):
        raise BadInput(f"程序文件 resources/{source} 有误：{problems[0]}")
    return table


def _tiers(row: Mapping[str, Any]) -> list[Tier]:
    """One row of a file as the tiers of its kinds. Amounts are whole yuan, or texts with fen."""
    unknown = set(row["kinds"]) - set(SPEND_KINDS)
    if unknown:
        raise KeyError("、".join(sorted(unknown)))
    return [
        Tier(
            kind,
            parse_fen(str(row.get("from", 0))),
            bool(row.get("from_closed", True)),
            parse_fen(str(row.get("to", 0))),
            bool(row.get("to_closed", False)),
            tuple(row.get("signers", ())),
            tuple(row.get("stamps", ())),
            tuple(row.get("meetings", ())),
            int(row.get("notice_days", 0)),
            bool(row.get("tender", False)),
            tuple(row.get("documents", ())),
            bool(row.get("in_budget_exempt", False)),
        )
        for kind in row["kinds"]
    ]


def tables() -> tuple[TierTable, ...]:
    """Every table shipped."""
    return tuple(shipped(key) for key in TABLES)


class Tables:
    """The tables in force in a book, its versions read once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._versions = load_versions(connection, TIERS)

    def on(self, day: date) -> TierTable:
        """The tiers in force on a day: the book's own version, else the cautious table."""
        own = [one for one in self._versions if one.valid_from <= day]
        return _parsed(own[-1].content) if own else shipped(DEFAULT)


def table_on(book: Book, on: date) -> TierTable:
    """The tiers in force on a day."""
    return Tables(book.connection).on(on)


@cache
def _parsed(content: str) -> TierTable:
    return table_of(json.loads(content))


def versions(book: Book) -> tuple[RuleVersion, ...]:
    """The versions the book has had of its own, oldest first."""
    return governance.versions(book, TIERS)


def check_table(table: TierTable) -> None:
    """Refuse a table whose ladders do not fit together."""
    table_of(table_content(table))


def save_table(book: Book, table: TierTable, valid_from: date) -> TierTable:
    """Put a table in force from a day on: one shipped, or one changed for the village."""
    made = table._replace(valid_from=valid_from, valid_to=None)
    check_table(made)
    governance.save_rules(book, TIERS, table_content(made), valid_from)
    return made

"""The book's own settings: a small table of texts, read into values."""

import sqlite3
from typing import NamedTuple

from ..domain.period import Period
from ..domain.view import Entity


class Settings(NamedTuple):
    """How this book is kept. Stored in the file; each change is logged.

    `log_in`: everybody needs a password. `control`: the profile of approval rules that spending must satisfy before it
    is posted, in months from `control_from` (`2025-10`) on; empty = no control. `lock_minutes`: after so many minutes
    without a key or a click the window of somebody who has a password locks itself, 0 = never. `single_person`: the
    named exception of a one-person office (一人岗), which `Entity` shows to reports. `disclosure`: the profile of
    disclosure rules, empty = the national one; `phones` (`村监会 0555-1234567、镇农经站 0555-7654321`) and `board`
    (where notices hang) are printed on notices.
    """

    words: str = "记"
    carry_forward: str = "year"
    single_person: bool = False
    cash_accounts: tuple[str, ...] = ("101",)
    bank_accounts: tuple[str, ...] = ("102",)
    backup_folder: str = ""
    keep_backups: int = 30
    log_in: bool = False
    control: str = ""
    control_from: str = ""
    lock_minutes: int = 15
    disclosure: str = ""
    phones: str = ""
    board: str = ""

    def controls(self, period: Period) -> bool:
        """Whether spending in a month needs requests and decisions before it is posted."""
        return bool(self.control) and str(period) >= self.control_from


def load_meta(connection: sqlite3.Connection) -> dict[str, str]:
    """Every setting by key."""
    return dict(connection.execute("SELECT key, value FROM meta"))


def save_meta(connection: sqlite3.Connection, values: dict[str, str]) -> None:
    """Write settings; others stay."""
    connection.executemany(
        "INSERT INTO meta(key, value) VALUES(?,?) ON CONFLICT(key) DO UPDATE SET value=excluded.value", values.items()
    )


def entity_of(meta: dict[str, str]) -> Entity:
    """The reporting village as the settings describe it."""
    return Entity(
        meta["name"],
        meta.get("county", ""),
        meta.get("township", ""),
        meta.get("region_code", ""),
        meta.get("credit_code", ""),
        meta["chart"],
        Period.parse(meta["first_period"]),
        meta.get("single_person", "0") == "1",
    )


def entity_meta(entity: Entity) -> dict[str, str]:
    """The inverse of `entity_of`, without `single_person`, which is a setting."""
    return {
        "name": entity.name,
        "county": entity.county,
        "township": entity.township,
        "region_code": entity.region_code,
        "credit_code": entity.credit_code,
        "chart": entity.chart,
        "first_period": str(entity.first_period),
    }


def settings_of(values: dict[str, str]) -> Settings:
    """Read the settings; what is missing or unreadable falls back to the default."""
    default = Settings()
    keep, lock = values.get("keep_backups", ""), values.get("lock_minutes", "")
    return Settings(
        values.get("words", default.words),
        values.get("carry_forward", default.carry_forward),
        values.get("single_person", "0") == "1",
        tuple(values.get("cash_accounts", "101").split(",")),
        tuple(values.get("bank_accounts", "102").split(",")),
        values.get("backup_folder", ""),
        int(keep) if keep.isdigit() else default.keep_backups,
        values.get("log_in", "0") == "1",
        values.get("control", ""),
        values.get("control_from", ""),
        int(lock) if lock.isdigit() else default.lock_minutes,
        values.get("disclosure", ""),
        values.get("phones", ""),
        values.get("board", ""),
    )


def settings_meta(settings: Settings) -> dict[str, str]:
    """The inverse of `settings_of`."""
    return {
        "words": settings.words,
        "carry_forward": settings.carry_forward,
        "single_person": "1" if settings.single_person else "0",
        "cash_accounts": ",".join(settings.cash_accounts),
        "bank_accounts": ",".join(settings.bank_accounts),
        "backup_folder": settings.backup_folder,
        "keep_backups": str(settings.keep_backups),
        "log_in": "1" if settings.log_in else "0",
        "control": settings.control,
        "control_from": settings.control_from,
        "lock_minutes": str(settings.lock_minutes),
        "disclosure": settings.disclosure,
        "phones": settings.phones,
        "board": settings.board,
    }


def newest_hash(connection: sqlite3.Connection) -> str:
    """The hash of the newest log record; here, because a report needs no more of the log and must not load JSON."""
    (found,) = connection.execute("SELECT hash FROM log ORDER BY seq DESC LIMIT 1").fetchone()
    return str(found)


def active_role(connection: sqlite3.Connection, name: str) -> str:
    """The role of somebody active, empty for anybody else; here, because peewee must not load for a text report."""
    row = connection.execute("SELECT role FROM person WHERE name=? AND active=1", (name,)).fetchone()
    return str(row[0]) if row else ""

"""The villages of a desk, what the desk is called, and its log."""

import json
from collections.abc import Iterable
from typing import Any

from ...domain.chain import GENESIS, record_hash
from ...domain.desk import Village
from ...domain.period import Period
from ..log import LogEntry
from .database import DeskDatabase
from .tables import LogRow, MetaRow, VillageRow


def load_meta(store: DeskDatabase) -> dict[str, str]:
    """Every setting of the desk by key."""
    return dict(store.all(MetaRow.select(MetaRow.key, MetaRow.value).tuples()))


def save_meta(store: DeskDatabase, values: dict[str, str]) -> None:
    """Write settings; others stay."""
    store.insert(MetaRow, ({"key": key, "value": value} for key, value in values.items()), replace=True)


def load_villages(store: DeskDatabase) -> tuple[Village, ...]:
    """Every village, by code."""
    return tuple(_village(row) for row in store.all(VillageRow.select().order_by(VillageRow.code).dicts()))


def load_village(store: DeskDatabase, code: str) -> Village | None:
    """One village, or None."""
    row = store.one(VillageRow.select().where(VillageRow.code == code).dicts())
    return _village(row) if row else None


def save_village(store: DeskDatabase, one: Village) -> None:
    """Write a village."""
    row = {**one._asdict(), "first_period": str(one.first_period), "since": str(one.since)}
    store.insert(VillageRow, [row], replace=True)


def read_log(store: DeskDatabase, limit: int = 500) -> tuple[LogEntry, ...]:
    """The newest records, newest first."""
    return tuple(map(_entry, store.all(LogRow.select().order_by(LogRow.seq.desc()).limit(limit).dicts())))


def log_of(store: DeskDatabase, actions: Iterable[str]) -> tuple[LogEntry, ...]:
    """The records of some acts, oldest first."""
    query = LogRow.select().where(LogRow.action.in_(tuple(actions))).order_by(LogRow.seq)
    return tuple(map(_entry, store.all(query.dicts())))


def chain_problem(store: DeskDatabase) -> str:
    """The first record that does not follow from the one before, in Chinese; empty when the log holds."""
    seq, head = 0, GENESIS
    for row in store.all(LogRow.select().order_by(LogRow.seq).dicts()):
        wanted = record_hash(
            row["seq"], row["at"], row["actor"], row["action"], row["subject"], row["detail"], row["previous"]
        )
        if (row["seq"], row["previous"], row["hash"]) != (seq + 1, head, wanted):
            return f"操作日志第 {row['seq']} 条被改动过，或者前面缺了记录（{row['action']} {row['subject']}）"
        seq, head = row["seq"], row["hash"]
    told = load_meta(store).get("head", "")
    return "" if told == f"{seq} {head}" else "操作日志最后的记录被删掉了"


def _village(row: dict[str, Any]) -> Village:
    return Village(**{**row, "first_period": Period.parse(row["first_period"]), "since": Period.parse(row["since"])})


def _entry(row: dict[str, Any]) -> LogEntry:
    return LogEntry(**{**row, "detail": json.loads(row["detail"])})

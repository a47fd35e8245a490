"""A report read back from its JSON (docs/formats-reports.md): what a village handed over, shown as it was there."""

import json
import re
from datetime import date
from typing import Any, get_args

from village_ledger.domain.errors import IntegrityFailure
from village_ledger.domain.period import Period

from . import registry
from .frame import span_label
from .model import Column, ColumnKind, Report, Row, Value

_KINDS = get_args(ColumnKind)
_WIDTHS: dict[str, int] = {"money": 15, "quantity": 12, "integer": 8, "date": 11, "flag": 5, "code": 12}
_TEXT = 16
_UNSPEAKABLE = re.compile("[\0\ud800-\udfff]")
"""What no database and no file takes as text."""
MAX_CELL = 20_000
"""Signs of one cell; a register has no longer texts, a trap may have."""


def stored_report(text: str | bytes) -> Report:
    """The report. Raises IntegrityFailure for anything that is no report's JSON."""
    try:
        told = json.loads(text)
        if "columns" not in told:
            raise IntegrityFailure("登记簿数据是旧版程序做的，没有列的说明。请村里升级程序后重新报送")
        columns = tuple(_column(*one) for one in told["columns"])
        rows = [Row(_cells(one, columns)) for one in told["rows"]]
        rows += [Row(_cells(one, columns), "total") for one in told["totals"]]
        start, end = Period.parse(told["from"]), Period.parse(told["to"])
        key = str(told["report"])
        return Report(
            key,
            registry.kind(key).title,
            str(told["book"]),
            str(start),
            str(end),
            span_label(start, end),
            columns,
            tuple(rows),
            footer=str(told["footer"]),
        )
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise IntegrityFailure(f"登记簿数据读不出来，内容不对：{str(error)[:100]}") from error


def stored_rows(text: str | bytes) -> tuple[dict[str, Value], ...]:
    """The report's rows, without its totals, by column key."""
    report = stored_report(text)
    keys = [column.key for column in report.columns]
    return tuple(dict(zip(keys, row.cells, strict=True)) for row in report.rows if row.kind != "total")


def _column(key: str, title: str, kind: Any) -> Column:
    if kind not in _KINDS:
        raise ValueError(f"列的类型 {kind}")
    return Column(str(key), str(title), kind, _WIDTHS.get(kind, _TEXT))


def _cells(told: dict[str, Any], columns: tuple[Column, ...]) -> tuple[Value, ...]:
    return tuple(_value(told[column.key], column) for column in columns)


def _value(value: Any, column: Column) -> Value:
    if value is None or (value == "" and column.kind != "flag"):
        return value if column.kind in {"text", "code"} else None
    if column.kind == "date":
        return date.fromisoformat(value)
    if column.kind in {"text", "code"}:
        if not isinstance(value, str) or len(value) > MAX_CELL or _UNSPEAKABLE.search(value):
            raise ValueError(f"“{column.title}”不是文字")
        return value
    wanted = bool if column.kind == "flag" else int
    if type(value) is not wanted:
        raise ValueError(f"“{column.title}”不是数：{str(value)[:40]}")
    found: Value = value
    return found

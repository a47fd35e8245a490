"""The tables of the annual statistics from resources/township/statistics.toml, checked as they are loaded."""

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple, get_args

from ...domain.errors import BadInput
from ...domain.statement import Statement
from ...reports.township.statistics import Counted, Counts, Signed, StatForm, StatLine
from ...reports.township.topics import BALANCE_SHEET, INCOME_DISTRIBUTION
from ..catalog import CHARTS, read_resource, statement_definition

SOURCE = "township/statistics.toml"
_TOPICS = {"income_distribution": INCOME_DISTRIBUTION, "balance_sheet": BALANCE_SHEET}


class Statistics(NamedTuple):
    """The tables there are."""

    income: StatForm
    balance: StatForm
    counts: Counts


@cache
def statistics() -> Statistics:
    """The tables. Refuses a damaged file, or lines that name what is not there."""
    data = read_resource(SOURCE)
    try:
        counts = data["counts"]
        found = Statistics(
            _form(data["income"]),
            _form(data["balance"]),
            Counts(
                str(counts["income"]),
                str(counts["operating"]),
                tuple(map(int, counts["bounds"])),
                tuple(map(_line, counts["lines"])),
                tuple(tuple(map(str, row)) for row in counts["checks"]),
            ),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise _damaged(f"缺少或写错了 {error}") from None
    known = {one.number for one in found.income.lines}
    if not {found.counts.income, found.counts.operating} <= known:
        raise _damaged("附报指标引用的行不存在")
    return found


def _form(data: dict[str, Any]) -> StatForm:
    form = StatForm(str(data["key"]), str(data["title"]), _TOPICS[data["statement"]], tuple(map(_line, data["lines"])))
    numbers = {one.number for one in form.lines}
    statements = {chart: _lines(getattr(statement_definition(chart), data["statement"])) for chart in CHARTS}
    for line in form.lines:
        if any(part not in numbers for part, _ in line.parts) or (line.parts and line.sources):
            raise _damaged(f"“{line.name}”的合计")
        for chart, taken in (*line.sources.items(), *line.check.items()):
            if any(key not in statements[chart] for key, _ in taken):
                raise _damaged(f"“{line.name}”引用了报表里没有的行")
    return form


def _lines(statement: Statement) -> frozenset[str]:
    return frozenset(line.key for line in statement.lines)


def _line(row: dict[str, Any]) -> StatLine:
    counts = row.get("counts", "")
    if counts not in get_args(Counted):
        raise ValueError(f"counts = {counts}")
    return StatLine(
        str(row["number"]),
        str(row["name"]),
        int(row.get("level", 0)),
        bool(row["confirmed"]),
        bool(row.get("total", False)),
        _by_chart(row.get("from", {})),
        _signed(row.get("sum", ())),
        _by_chart(row.get("check", {})),
        str(row.get("note", "")),
        counts,
        int(row.get("band", 0)),
    )


def _by_chart(told: Mapping[str, Any]) -> dict[str, Signed]:
    if unknown := [chart for chart in told if chart not in CHARTS]:
        raise ValueError(f"科目表 {unknown[0]}")
    return {chart: _signed(keys) for chart, keys in told.items()}


def _signed(keys: Any) -> Signed:
    return tuple((str(key).removeprefix("-"), -1 if str(key).startswith("-") else 1) for key in keys)


def _damaged(what: str) -> BadInput:
    return BadInput(f"程序文件 resources/{SOURCE} 有误：{what}")

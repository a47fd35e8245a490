"""A notice as plain lists and texts, and back: what the book keeps of a notice it made, so that the copy on the wall
can be printed again and checked when the books have moved on. Cells are kept as printed, numbers of people masked.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from village_ledger.domain.period import Period
from village_ledger.reports.model import Column, Report, Row, Span, Value

from .model import Chart, Notice, Series, Sheet, Totals, WallFacts

_DAY = "@"
"""Before the ISO text of a day, to tell it from other texts; a text that begins with it gets one more."""
_COLUMN = 8
"""What is kept of a column, up to `carried`; a notice's columns never add up others."""


def plain(notice: Notice) -> dict[str, Any]:
    """The notice for a JSON text. Who signed and where it hangs is left out: the acts of the notice say that."""
    wall = notice.wall
    return {
        "village": [notice.entity, notice.township, notice.region_code, notice.subject],
        "span": [notice.edition, str(notice.start), str(notice.end), notice.version, notice.draft],
        "totals": list(notice.totals),
        "sheets": [[sheet.key, sheet.plain, _table(sheet.table)] for sheet in notice.sheets],
        "charts": [
            [one.kind, one.title, list(one.labels), [[row.name, *row.amounts_fen] for row in one.series], one.note]
            for one in notice.charts
        ],
        "wall": [
            wall.days,
            wall.answer_days,
            [list(pair) for pair in wall.phones],
            list(wall.signers),
            list(wall.seals),
        ],
    }


def from_plain(data: Mapping[str, Any]) -> Notice:
    """The notice again."""
    entity, township, region_code, subject = data["village"]
    edition, start, end, version, draft = data["span"]
    days, answer_days, phones, signers, seals = data["wall"]
    return Notice(
        entity,
        township,
        region_code,
        edition,
        Period.parse(start),
        Period.parse(end),
        version,
        draft,
        Totals(*data["totals"]),
        tuple(Sheet(key, words, _report(table)) for key, words, table in data["sheets"]),
        tuple(
            Chart(kind, title, tuple(labels), tuple(Series(one[0], tuple(one[1:])) for one in series), note)
            for kind, title, labels, series, note in data["charts"]
        ),
        WallFacts(
            days=days,
            answer_days=answer_days,
            phones=tuple((who, number) for who, number in phones),
            signers=tuple(signers),
            seals=tuple(seals),
        ),
        subject,
    )


def _table(table: Report) -> dict[str, Any]:
    return {
        "head": [table.key, table.title, table.entity, table.start, table.end, table.as_of, table.unit],
        "columns": [list(column[:_COLUMN]) for column in table.columns],
        "rows": [
            [[_value(cell) for cell in row.cells], row.kind, row.level, [list(span) for span in row.formula]]
            for row in table.rows
        ],
        "notes": list(table.notes),
        "landscape": table.landscape,
        "blank_zero": table.blank_zero,
    }


def _report(data: Mapping[str, Any]) -> Report:
    key, title, entity, start, end, as_of, unit = data["head"]
    return Report(
        key,
        title,
        entity,
        start,
        end,
        as_of,
        tuple(Column(*column) for column in data["columns"]),
        tuple(
            Row(tuple(_cell(cell) for cell in cells), kind, level, tuple(Span(*span) for span in formula))
            for cells, kind, level, formula in data["rows"]
        ),
        unit=unit,
        notes=tuple(data["notes"]),
        landscape=data["landscape"],
        blank_zero=data["blank_zero"],
    )


def _value(cell: Value) -> Value:
    if isinstance(cell, date):
        return f"{_DAY}{cell.isoformat()}"
    return f"{_DAY}{cell}" if isinstance(cell, str) and cell.startswith(_DAY) else cell


def _cell(cell: Value) -> Value:
    if not isinstance(cell, str) or not cell.startswith(_DAY):
        return cell
    text = cell[len(_DAY) :]
    return text if text.startswith(_DAY) else date.fromisoformat(text)

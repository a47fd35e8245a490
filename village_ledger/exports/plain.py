"""A report as JSON and CSV, for programs. The shape is part of the command line's contract (docs/formats.md)."""

import csv
import json
from datetime import date
from io import StringIO

from village_ledger.domain.money import format_fen
from village_ledger.domain.quantity import format_quantity
from village_ledger.domain.spreadsheet import harmless
from village_ledger.domain.view import ONE_PERSON
from village_ledger.reports.model import Column, Report, Row, Value

from .layout import clean, full_title

_BOM = "\ufeff"


def to_json(report: Report) -> str:
    """The report as JSON, a row to a line: money in integer fen, quantities in integer thousandths, dates ISO.

    `unit` is the unit of money; areas are integer hundredths of a mu and say so in their key (`…_x100`).

    Headings within a statement carry no figures and are left out. Rows of kind "total" stand apart in "totals", unless
    they are numbered lines of a statement. Rows of a book (`paging="book"`) also tell their "kind". "columns" tells
    key, Chinese title and kind of each column.
    """
    numbered = next((i for i, column in enumerate(report.columns) if column.key == "line"), -1)
    rows: list[str] = []
    totals: list[str] = []
    for row in report.rows:
        if row.kind == "section" and report.paging == "table":
            continue
        apart = row.kind == "total" and not (numbered >= 0 and row.cells[numbered])
        (totals if apart else rows).append(json.dumps(_object(report, row), ensure_ascii=False))
    head = {"report": report.key, "book": report.entity, "from": report.start, "to": report.end, "unit": "fen"}
    opening = json.dumps(head, ensure_ascii=False)[:-1]
    footer = json.dumps(report.footer, ensure_ascii=False)
    columns = json.dumps([[one.key, full_title(one), one.kind] for one in report.columns], ensure_ascii=False)
    exception = f', "exception": {json.dumps(ONE_PERSON, ensure_ascii=False)}' if ONE_PERSON in report.notes else ""
    return (
        f'{opening}, "rows": {_array(rows)}, "totals": {_array(totals)}, "footer": {footer}{exception},'
        f' "columns": {columns}}}\n'
    )


def _array(items: list[str]) -> str:
    return "[\n" + ",\n".join(items) + "\n]" if items else "[]"


def _object(report: Report, row: Row) -> dict[str, str | int | bool | None]:
    found: dict[str, str | int | bool | None] = {}
    if report.paging == "book":
        found["kind"] = row.kind
    for column, value in zip(report.columns, row.cells, strict=True):
        if isinstance(value, date):
            found[column.key] = value.isoformat()
        elif column.kind == "flag":
            found[column.key] = bool(value)
        else:
            found[column.key] = value
    if report.first:
        return {key: found[key] for key in (*report.first, *(key for key in found if key not in report.first))}
    return found


def to_csv(report: Report) -> str:
    """The report as CSV with Chinese headers, starting with a byte order mark so that Excel reads it as UTF-8.

    Money is yuan with two decimals, not grouped. Text that a spreadsheet would take for a formula gets a leading '. A
    book of a one-person office says so in a last line.
    """
    out = StringIO()
    out.write(_BOM)
    writer = csv.writer(out)
    writer.writerow([full_title(column) for column in report.columns])
    for row in report.rows:
        writer.writerow([_field(value, column) for value, column in zip(row.cells, report.columns, strict=True)])
    if ONE_PERSON in report.notes:
        writer.writerow([ONE_PERSON])
    return out.getvalue()


def _field(value: Value, column: Column) -> str:
    if value is None or value == "":
        return ""
    if column.kind == "flag":
        return "是" if value else "否"
    if isinstance(value, str):
        return harmless(clean(value))
    if isinstance(value, date):
        return value.isoformat()
    if column.kind == "quantity":
        return format_quantity(value, grouped=False)
    return format_fen(value, grouped=False) if column.kind == "money" else str(value)

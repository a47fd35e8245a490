"""Reading a report in tests: rows as dictionaries, and whether its formulas give the figures they stand beside."""

from village_ledger.reports.model import Report, Row, Value

READ_ONLY_KINDS = ("section",)


def dictionaries(report: Report) -> list[dict[str, Value]]:
    """Every row by column key."""
    keys = [column.key for column in report.columns]
    return [dict(zip(keys, row.cells, strict=True)) for row in report.rows]


def table(report: Report, *keys: str) -> list[tuple[Value, ...]]:
    """The rows cut down to some columns."""
    return [tuple(row[key] for key in keys) for row in dictionaries(report)]


def find(report: Report, **wanted: Value) -> dict[str, Value]:
    """The one row with these values."""
    found = [row for row in dictionaries(report) if all(row[key] == value for key, value in wanted.items())]
    assert len(found) == 1, f"{len(found)} rows with {wanted}"
    return found[0]


def rows_of_kind(report: Report, kind: str) -> list[Row]:
    """The rows of one kind."""
    return [row for row in report.rows if row.kind == kind]


def assert_well_formed(report: Report) -> None:
    """Cells match columns, carries match carried columns, and every formula adds up to its row's figures."""
    summed = [index for index, column in enumerate(report.columns) if column.summed]
    carried = [index for index, column in enumerate(report.columns) if column.carried]
    for row in report.rows:
        assert len(row.cells) == len(report.columns)
        assert len(row.carry) in {0, len(carried)}
        for column, cell in zip(report.columns, row.cells, strict=True):
            if column.kind in {"money", "quantity", "integer"}:
                assert cell is None or type(cell) is int
        if row.formula:
            for index in summed:
                added = sum(
                    span.sign * (report.rows[position].cells[index] or 0)
                    for span in row.formula
                    for position in range(span.first, span.last + 1)
                )
                assert row.cells[index] == added, (row, report.columns[index].key)

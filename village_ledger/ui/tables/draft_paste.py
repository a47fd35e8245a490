"""Rows copied from a spreadsheet (tab separated) as rows of a draft; columns by their titles, else by position."""

from .draft_rows import Column, Row, edited
from .entry_context import EntryContext

MAX_PASTED = 500
_TITLES = {
    "摘要": Column.SUMMARY,
    "科目": Column.ACCOUNT,
    "会计科目": Column.ACCOUNT,
    "科目编码": Column.ACCOUNT,
    "科目代码": Column.ACCOUNT,
    "辅助": Column.ITEMS,
    "辅助核算": Column.ITEMS,
    "数量": Column.QUANTITY,
    "单价": Column.PRICE,
    "借方": Column.DEBIT,
    "借方金额": Column.DEBIT,
    "贷方": Column.CREDIT,
    "贷方金额": Column.CREDIT,
}
_ORDER = (Column.SUMMARY, Column.ACCOUNT, Column.ITEMS, Column.DEBIT, Column.CREDIT)
_SHORT = (Column.SUMMARY, Column.ACCOUNT, Column.DEBIT, Column.CREDIT)


def rows_from_text(text: str, start: Column, context: EntryContext) -> tuple[Row, ...]:
    """Rows from clipboard text. Unreadable cells stay as they are, marked.

    A first row with known titles (摘要, 科目, 借方金额…) says which column is which; without one, four columns pasted
    at the summary are taken as 摘要 科目 借方 贷方, more as 摘要 科目 辅助 借方 贷方; elsewhere columns
    count from the current cell on.
    """
    table = [line.split("\t") for line in text.replace("\r\n", "\n").strip("\n").split("\n")[: MAX_PASTED + 1]]
    titles = [_TITLES.get(cell.strip()) for cell in table[0]]
    if Column.ACCOUNT in titles or (Column.DEBIT in titles and Column.CREDIT in titles):
        columns, table = titles, table[1:]
    else:
        width = max(len(cells) for cells in table)
        order = _SHORT if start == Column.SUMMARY and width == len(_SHORT) else _ORDER
        columns = [column for column in order if column >= start]
    rows = (_row(cells, columns, context) for cells in table)
    return tuple(row for row in rows if not row.is_empty)


def _row(cells: list[str], columns: list[Column | None] | list[Column], context: EntryContext) -> Row:
    row = Row()
    typed = [(column, cell.strip()) for column, cell in zip(columns, cells, strict=False) if column is not None]
    for column, cell in sorted(typed):
        if cell and not (column >= Column.DEBIT and cell.strip("0.") == ""):
            debit_fen = row.line.debit_fen
            row = edited(row, column, cell, context)
            if column == Column.CREDIT and debit_fen:  # both sides filled: kept, so that the check can say so
                row = row._replace(line=row.line._replace(debit_fen=debit_fen))
    return row

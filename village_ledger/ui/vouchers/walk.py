"""Which cell of the entry grid comes next: Enter stops at the cells that matter, Tab at all that can be used."""

from ..tables.draft_model import DraftModel
from ..tables.draft_rows import Column

Place = tuple[int, Column]


def is_used(model: DraftModel, row: int, column: Column) -> bool:
    """Whether the row's account has a use for the column."""
    if column == Column.ITEMS:
        return bool(model.context.categories(model.state.rows[row].line.account))
    return bool(model.unit(row)) if column in (Column.QUANTITY, Column.PRICE) else True


def step(model: DraftModel, place: Place, where: str) -> Place:
    """The cell reached from a place by next, tab, back, up, down, left or right; the row may lie outside the grid."""
    row, column = place
    if where == "next":
        return _after(model, row, column)
    if where == "tab":
        places = [other for other in Column if other > column and is_used(model, row, other)]
        return (row, places[0]) if places else (row + 1, Column.SUMMARY)
    if where == "back":
        return _before(model, row, column)
    if where in ("up", "down"):
        return row + (1 if where == "down" else -1), column
    return row, _beside(model, row, column, 1 if where == "right" else -1)


def _after(model: DraftModel, row: int, column: Column) -> Place:
    if column == Column.CREDIT or (column == Column.DEBIT and model.state.rows[row].line.debit_fen):
        return row + 1, Column.SUMMARY
    return row, next(other for other in Column if other > column and _stops(model, row, other))


def _stops(model: DraftModel, row: int, column: Column) -> bool:
    """Whether Enter stops here: dimensions that need not be given are passed over."""
    if column == Column.ITEMS:
        return bool(model.context.required(model.state.rows[row].line.account))
    return is_used(model, row, column)


def _before(model: DraftModel, row: int, column: Column) -> Place:
    if column == Column.SUMMARY:
        above = model.state.rows[max(0, row - 1)].line
        return row - 1, Column.CREDIT if above.credit_fen else Column.DEBIT
    return row, next(other for other in reversed(Column) if other < column and is_used(model, row, other))


def _beside(model: DraftModel, row: int, column: Column, direction: int) -> Column:
    place = column + direction
    while 0 <= place < len(Column) and not is_used(model, row, Column(place)):
        place += direction
    return Column(place) if 0 <= place < len(Column) else column

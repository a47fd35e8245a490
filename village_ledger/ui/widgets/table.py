"""The common dress of every table and tree."""

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QTableView, QTreeView

from village_ledger.ui import theme


def dress_table(
    view: QAbstractItemView, *, whole_rows: bool = True, editable: bool = False, row_height: str = "row"
) -> None:
    """Row height (a name in the theme), header, selection and scrolling as everywhere in the program."""
    look = theme.current()
    view.setAlternatingRowColors(False)
    view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    if whole_rows:
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    if not editable:
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setProperty("zoom", look.zoom)
    if isinstance(view, QTableView):
        view.verticalHeader().hide()
        view.setProperty("row_height", row_height)
        view.verticalHeader().setMinimumSectionSize(look.px(row_height))
        view.verticalHeader().setDefaultSectionSize(look.px(row_height))
        view.horizontalHeader().setMinimumHeight(look.px("header"))
        view.horizontalHeader().setHighlightSections(False)
        view.setWordWrap(False)
        view.setCornerButtonEnabled(False)
        view.setShowGrid(False)
        view.setTabKeyNavigation(False)
    elif isinstance(view, QTreeView):
        view.setUniformRowHeights(True)
        view.header().setMinimumHeight(look.px("header"))
        view.setIndentation(look.scaled(18))
        view.setAllColumnsShowFocus(True)


def rescale_table(view: QTableView) -> None:
    """Follow a change of zoom: heights from the theme, widths in proportion."""
    look = theme.current()
    before = view.property("zoom") or 100
    view.setProperty("zoom", look.zoom)
    row = look.px(str(view.property("row_height") or "row"))
    view.verticalHeader().setMinimumSectionSize(row)
    view.verticalHeader().setDefaultSectionSize(row)
    view.horizontalHeader().setMinimumHeight(look.px("header"))
    if view.property("own_widths"):
        return
    for column in range(view.horizontalHeader().count()):
        view.setColumnWidth(column, round(view.columnWidth(column) * look.zoom / before))


def copy_selection(view: QAbstractItemView) -> str:
    """Put the selected cells on the clipboard as tab separated text (for Excel) and return it."""
    selection = view.selectionModel()
    indexes = sorted(selection.selectedIndexes(), key=lambda index: (index.row(), index.column()))
    lines: dict[int, list[str]] = {}
    for index in indexes:
        if isinstance(view, QTableView) and view.isColumnHidden(index.column()):
            continue
        lines.setdefault(index.row(), []).append(str(index.data(Qt.ItemDataRole.DisplayRole) or ""))
    text = "\n".join("\t".join(cells) for cells in lines.values())
    QGuiApplication.clipboard().setText(text)
    return text


def select_row(view: QTableView, row: int) -> None:
    """Make a row current, selected and visible."""
    model = view.model()
    if model is None or not 0 <= row < model.rowCount():
        return
    column = max(view.currentIndex().column(), 0)
    index = model.index(row, column)
    flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
    view.selectionModel().setCurrentIndex(index, flags)
    view.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

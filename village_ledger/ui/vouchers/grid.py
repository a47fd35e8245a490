"""The entry grid: the current cell is always open for typing, Enter walks through the cells that matter."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView, QWidget

from .. import theme
from ..tables.delegates import DraftDelegate
from ..tables.draft_model import DraftModel
from ..tables.draft_paste import rows_from_text
from ..tables.draft_rows import Column
from ..tables.editors import ENTER_KEYS
from ..tables.finder_editors import FinderCellEdit
from ..widgets.table import dress_table
from . import walk

Index = QModelIndex | QPersistentModelIndex
_COUNTED = (Column.QUANTITY, Column.PRICE)
_WIDTHS = {
    Column.SUMMARY: 166,
    Column.ACCOUNT: 194,
    Column.ITEMS: 150,
    Column.QUANTITY: 92,
    Column.PRICE: 92,
    Column.DEBIT: 138,
    Column.CREDIT: 138,
}
"""Pixels at 100 %; what is left over goes to summary and account."""


class DraftTable(QTableView):
    """Shows a `DraftModel` and carries out what its cell editors wish."""

    complaint = Signal(str)
    item_added = Signal(str, str)
    line_activated = Signal(int)
    """Enter or double click on a line that cannot be edited."""
    left_upwards = Signal()
    """Up, or Shift+Tab, from the first cell."""
    columns_fitted = Signal(int, int, int)
    """Widths of the debit and the credit column, and what is right of them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.current()
        dress_table(self, whole_rows=False, editable=True)
        self.setObjectName("draft_table")
        self.setShowGrid(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.verticalHeader()
        header.show()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setDefaultSectionSize(look.scaled(40))
        header.setFixedWidth(look.scaled(34))
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.delegate = DraftDelegate(self)
        self.setItemDelegate(self.delegate)
        self.delegate.leave.connect(self._leave)
        self.delegate.wish.connect(self._carry_out)
        self.delegate.complaint.connect(self.complaint)
        self.delegate.item_added.connect(self.item_added)
        self.delegate.rows_pasted.connect(self._paste)

    @property
    def draft_model(self) -> DraftModel:
        """The model, by its own type."""
        model = self.model()
        assert isinstance(model, DraftModel)
        return model

    @property
    def is_typing(self) -> bool:
        """Whether a cell holds text that has not been taken over yet."""
        editor = self.delegate.editor
        return editor is not None and self.state() == QAbstractItemView.State.EditingState and editor.isModified()

    def set_draft_model(self, model: DraftModel) -> None:
        """Show a model; columns for quantities appear when a line needs them."""
        self.setModel(model)
        model.changed.connect(self.fit_columns)
        model.modelReset.connect(self.fit_columns)
        self.fit_columns()

    def show_whole_rows(self, whole: bool) -> None:
        """Select rows (a posted voucher) instead of cells (a draft)."""
        behavior = QAbstractItemView.SelectionBehavior
        self.setSelectionBehavior(behavior.SelectRows if whole else behavior.SelectItems)

    def start_typing(self) -> None:
        """Put the cursor into the first cell that is still empty, else into the first summary."""
        rows = self.draft_model.state.rows
        empty = next((index for index, row in enumerate(rows) if not row.counts), 0)
        self.go_to(0 if self.draft_model.read_only else empty, Column.SUMMARY)

    def go_to(self, row: int, column: Column) -> None:
        """Open a cell for typing."""
        index = self.draft_model.index(row, column)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self._open_editor()

    def commit(self) -> None:
        """Take over what is being typed, before saving."""
        editor = self.delegate.editor
        if editor is not None and self.state() == QAbstractItemView.State.EditingState:
            self.commitData(editor)

    def delete_line(self) -> None:
        """Delete the current line (its text too, if it is being typed)."""
        self.close_editor()
        self.draft_model.delete_row(self.currentIndex().row())
        self._open_editor()

    def insert_line(self) -> None:
        """Insert an empty line before the current one."""
        self.commit()
        row = max(0, self.currentIndex().row())
        self.draft_model.insert_row(row)
        self.go_to(row, Column.SUMMARY)

    def move_line(self, offset: int) -> None:
        """Move the current line up (-1) or down (+1)."""
        self.commit()
        index = self.currentIndex()
        if index.isValid():
            row = self.draft_model.move_row(index.row(), offset)
            self.go_to(row, Column(index.column()))

    def look_up(self) -> None:
        """Open the list of the current cell (F7); where there is nothing to choose, that of the account cell."""
        editor = self._list_editor()
        if editor is None or not editor.choices_for(""):
            self.go_to(max(0, self.currentIndex().row()), Column.ACCOUNT)
            editor = self._list_editor()
        if editor is not None:
            editor.open_list()

    def _list_editor(self) -> FinderCellEdit | None:
        editing = self.state() == QAbstractItemView.State.EditingState
        return self.delegate.editor if editing and isinstance(self.delegate.editor, FinderCellEdit) else None

    def undo(self) -> None:
        """Take back the last step."""
        self._carry_out("undo")

    def redo(self) -> None:
        """Do the step taken back again."""
        self._carry_out("redo")

    def fit_columns(self) -> None:
        """Give the amounts what they need and share the rest between summary and account."""
        look = theme.current()
        counted = self.draft_model.has_quantities
        self.verticalHeader().setDefaultSectionSize(look.scaled(40))
        for column in _COUNTED:
            self.setColumnHidden(column, not counted)
        widths = {column: look.scaled(width) for column, width in _WIDTHS.items() if counted or column not in _COUNTED}
        room = max(self.viewport().width(), len(_WIDTHS))
        used = sum(widths.values())
        if used > room:
            widths = {column: width * room // used for column, width in widths.items()}
        rest = room - sum(widths.values())
        widths[Column.SUMMARY] += rest * 46 // 100
        widths[Column.ACCOUNT] += rest - rest * 46 // 100
        for column, width in widths.items():
            self.setColumnWidth(column, width)
        beside = self.width() - self.viewport().geometry().right() - 1
        self.columns_fitted.emit(widths[Column.DEBIT], widths[Column.CREDIT], beside)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Qt: the cell left is committed, the one entered is opened."""
        super().currentChanged(current, previous)
        self._open_editor()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt: coming back, the current cell is opened again."""
        super().focusInEvent(event)
        self._open_editor()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: keys in a cell that has no editor (or cannot be edited)."""
        key = event.key()
        if self.draft_model.read_only:
            if key in ENTER_KEYS and self.currentIndex().isValid():
                self.line_activated.emit(self.currentIndex().row())
            else:
                super().keyPressEvent(event)
        elif key in (*ENTER_KEYS, Qt.Key.Key_Tab):
            self._leave("tab" if key == Qt.Key.Key_Tab else "next")
        elif key == Qt.Key.Key_Backtab:
            self._leave("back")
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Qt: a double click on a posted line asks for its ledger."""
        super().mouseDoubleClickEvent(event)
        if self.draft_model.read_only and self.currentIndex().isValid():
            self.line_activated.emit(self.currentIndex().row())

    def focusNextPrevChild(self, _forward: bool) -> bool:
        """Qt: Tab stays in the grid; it is a step like Enter."""
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: share the width anew."""
        super().resizeEvent(event)
        if self.model() is not None:
            self.fit_columns()

    def _open_editor(self) -> None:
        index = self.currentIndex()
        if not index.isValid() or self.draft_model.read_only or not self.isVisible():
            return
        if self.state() == QAbstractItemView.State.EditingState:
            if self.hasFocus() and self.delegate.editor is not None:
                self.delegate.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._has_focus_within() and walk.is_used(self.draft_model, index.row(), Column(index.column())):
            self.edit(index)

    def _has_focus_within(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and (focus is self or self.isAncestorOf(focus))

    def close_editor(self) -> None:
        """Close the cell without taking over what is being typed."""
        editor = self.delegate.editor
        if editor is not None and self.state() == QAbstractItemView.State.EditingState:
            self.closeEditor(editor, DraftDelegate.EndEditHint.NoHint)

    def _leave(self, where: str) -> None:
        self.commit()
        model, index = self.draft_model, self.currentIndex()
        row, column = index.row(), Column(index.column())
        if where == "next" and column == Column.SUMMARY and row and not model.state.rows[row].line.summary:
            model.copy_summary(row, row - 1)
        row, column = walk.step(model, (row, column), where)
        if row < 0:
            self.left_upwards.emit()
        elif row < model.rowCount():
            self.setCurrentIndex(model.index(row, column))

    def _carry_out(self, wish: str) -> None:
        model, index = self.draft_model, self.currentIndex()
        row, column = index.row(), Column(max(0, index.column()))
        if wish in ("undo", "redo"):
            self.close_editor()
            model.undo_stack.undo() if wish == "undo" else model.undo_stack.redo()
            self._open_editor()
        elif wish in ("above", "first"):
            model.copy_summary(row, row - 1 if wish == "above" else 0)
        elif wish == "balance":
            side = model.balance(row, column)
            if side != column and model.state.rows[row].amount(side):
                self.setCurrentIndex(model.index(row, side))
        elif wish == "flip":
            self.commit()
            model.flip(row)
            self.setCurrentIndex(model.index(row, Column.CREDIT if column == Column.DEBIT else Column.DEBIT))
        elif wish == "red":
            model.redden(row)

    def _paste(self, text: str) -> None:
        model, index = self.draft_model, self.currentIndex()
        self.close_editor()
        rows = rows_from_text(text, Column(index.column()), model.context)
        if rows:
            model.insert_rows(index.row(), rows, f"粘贴 {len(rows)} 行")
            self.go_to(min(index.row() + len(rows), model.rowCount() - 1), Column.SUMMARY)

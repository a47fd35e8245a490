"""The grid's view: Enter goes to the next account, Tab to the next cell, typing begins an entry."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from village_ledger.ui import theme
from village_ledger.ui.widgets.table import dress_table

from .openings_model import PROBLEM_ROLE, TYPED, Column, OpeningsModel

Index = QModelIndex | QPersistentModelIndex
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class AmountDelegate(QStyledItemDelegate):
    """Edits amounts as text, without thousands separators; tints cells that cannot be read."""

    moved = Signal(str)
    """next, down, back or up: the editor was left with a key."""

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index) -> QWidget:
        """Qt: a line edit that keeps the input method out."""
        editor = QLineEdit(parent)
        editor.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        editor.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        editor.setMaxLength(120)
        editor.setProperty("cell", True)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Qt: the amount, selected, ready to be typed over."""
        if isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or "").replace(",", ""))
            editor.selectAll()

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        """Qt: the editor fills the cell."""
        editor.setGeometry(option.rect)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: Enter, Tab and the arrows commit and go on."""
        if isinstance(watched, QLineEdit) and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            where = _direction(event)
            if where:
                self.commitData.emit(watched)
                self.closeEditor.emit(watched, QAbstractItemDelegate.EndEditHint.NoHint)
                self.moved.emit(where)
                return True
        return super().eventFilter(watched, event)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: a red tint behind what cannot be read."""
        super().paint(painter, option, index)
        if index.data(PROBLEM_ROLE):
            look = theme.current()
            painter.save()
            painter.setPen(look.colour("danger"))
            painter.drawRect(option.rect.adjusted(0, 0, -1, -2))
            painter.restore()


def _direction(event: QKeyEvent) -> str:
    shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    match event.key():
        case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Down:
            return "up" if shift else "down"
        case Qt.Key.Key_Up:
            return "up"
        case Qt.Key.Key_Tab:
            return "next"
        case Qt.Key.Key_Backtab:
            return "back"
    return ""


class OpeningsGrid(QTableView):
    """`item_wanted` asks for another household or project of the current account, `removal_wanted` to take one away."""

    item_wanted = Signal()
    removal_wanted = Signal()

    def __init__(self, model: OpeningsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress_table(self, whole_rows=False, editable=True)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QTableView.EditTrigger.AnyKeyPressed
            | QTableView.EditTrigger.DoubleClicked
            | QTableView.EditTrigger.EditKeyPressed
            | QTableView.EditTrigger.SelectedClicked
        )
        self._delegate = AmountDelegate(self)
        self._delegate.moved.connect(self.move_on)
        self.setItemDelegate(self._delegate)
        self.setModel(model)
        look = theme.current()
        for column, width in zip(Column, (110, 300, 60, 150, 150, 150, 150, 100, 60), strict=True):
            self.setColumnWidth(column, look.scaled(width))
        self.horizontalHeader().setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)

    def move_on(self, where: str) -> None:
        """Go to the next cell that can be typed into: `down` and `up` by row, `next` and `back` within it too."""
        index = self.currentIndex()
        cells = self._cells(by_column=index.column() if where in ("down", "up") else None)
        here = (index.row(), index.column())
        forward = where in ("down", "next")
        if where in ("down", "up"):
            rest = [cell for cell in cells if (cell[0] > here[0] if forward else cell[0] < here[0])]
        else:
            rest = [cell for cell in cells if (cell > here if forward else cell < here)]
        if rest:
            row, column = rest[0] if forward else rest[-1]
            self.show_cell(row, column)

    def show_cell(self, row: int, column: int) -> None:
        """Make a cell current and visible."""
        target = self.model().index(row, column)
        self.setCurrentIndex(target)
        self.scrollTo(target)

    def entry_column(self, row: int) -> int:
        """Where typing begins on a row: its account's own side."""
        one = self._openings().row(row)
        credit = one is not None and one.account.side == "credit"
        return Column.CREDIT if credit else Column.DEBIT

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Enter goes on or asks for a household; Insert adds one, Delete empties the cell, Ctrl+Delete the row."""
        key = event.key()
        row = self._openings().row(self.currentIndex().row())
        editable = self.model().flags(self.currentIndex()) & Qt.ItemFlag.ItemIsEditable
        if key in _ENTER and row is not None and row.kind == "group":
            self.item_wanted.emit()
        elif key in _ENTER:
            self.move_on("down")
        elif key == Qt.Key.Key_Insert:
            self.item_wanted.emit()
        elif key == Qt.Key.Key_Delete and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.removal_wanted.emit()
        elif key == Qt.Key.Key_Delete and editable:
            self.model().setData(self.currentIndex(), "", Qt.ItemDataRole.EditRole)
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab) and editable:
            self.move_on("next" if key == Qt.Key.Key_Tab else "back")
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Qt: Tab moves between cells while there is a next one, then leaves the grid."""
        before = self.currentIndex()
        if self.model().flags(before) & Qt.ItemFlag.ItemIsEditable:
            self.move_on("next" if forward else "back")
            if self.currentIndex() != before:
                return True
        return super().focusNextPrevChild(forward)

    def _openings(self) -> OpeningsModel:
        model = self.model()
        if not isinstance(model, OpeningsModel):
            raise TypeError("the grid shows an OpeningsModel")
        return model

    def _cells(self, by_column: int | None) -> list[tuple[int, int]]:
        model = self._openings()
        cells = []
        by_side = by_column is not None and by_column not in (Column.YEAR_DEBIT, Column.YEAR_CREDIT, Column.QUANTITY)
        for row in range(model.rowCount()):
            own = self.entry_column(row)
            for column in TYPED:
                if self.isColumnHidden(column):
                    continue
                wanted = by_column is None or column == (own if by_side else by_column)
                if wanted and model.flags(model.index(row, column)) & Qt.ItemFlag.ItemIsEditable:
                    cells.append((row, int(column)))
        return cells

"""Painting and editing of the entry grid's cells. Editors' wishes are passed on; the grid carries them out."""

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from .. import theme
from .amount_text import parse_price, parse_quantity
from .draft_model import HINT_ROLE, PROBLEM_ROLE, RED_ROLE, UNIT_ROLE, DraftModel
from .draft_rows import Column
from .editors import AmountEdit, CellEdit, NumberEdit
from .finder_editors import AccountEdit, ItemsEdit, SummaryEdit

Index = QModelIndex | QPersistentModelIndex
_WRAPPED = (Column.SUMMARY, Column.ACCOUNT, Column.ITEMS)


class DraftDelegate(QStyledItemDelegate):
    """The delegate of every column of the entry grid."""

    leave = Signal(str)
    wish = Signal(str)
    rows_pasted = Signal(str)
    complaint = Signal(str)
    item_added = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.editor: CellEdit | None = None

    def createEditor(  # type: ignore[override]  # Qt takes None as "not editable here"
        self, parent: QWidget, _option: QStyleOptionViewItem, index: Index
    ) -> QWidget | None:
        """Qt: the editor of a cell, None where the row's account has no use for the column."""
        editor = self._make(parent, index)
        if editor is not None:
            editor.leave.connect(self.leave)
            editor.wish.connect(self.wish)
            editor.rows_pasted.connect(self.rows_pasted)
            editor.complaint.connect(self.complaint)
            editor.setProperty("wrong", bool(index.data(PROBLEM_ROLE)) and index.column() >= Column.QUANTITY)
        self.editor = editor
        return editor

    def _make(self, parent: QWidget, index: Index) -> CellEdit | None:
        model: DraftModel = index.model()  # type: ignore[assignment] # only ever used on a DraftModel
        context = model.context
        column = Column(index.column())
        if column == Column.SUMMARY:
            return SummaryEdit(parent, context)
        if column == Column.ACCOUNT:
            return AccountEdit(parent, context)
        if column == Column.ITEMS:
            line = model.state.rows[index.row()].line
            if not context.categories(line.account):
                return None
            editor = ItemsEdit(parent, context, line.account, line.items)
            editor.item_added.connect(self.item_added)
            return editor
        if column in (Column.QUANTITY, Column.PRICE):
            reader = parse_quantity if column == Column.QUANTITY else parse_price
            return NumberEdit(parent, column, reader) if model.unit(index.row()) else None
        return AmountEdit(parent, column)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Qt: show the cell's text, without disturbing what is being typed."""
        if isinstance(editor, CellEdit):
            text = str(index.data(Qt.ItemDataRole.EditRole) or "")
            editor.show_text(text.replace(",", "") if isinstance(editor, AmountEdit) else text)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Qt: hand over what was typed, if anything was."""
        if isinstance(editor, CellEdit) and editor.isModified():
            value = editor.value()
            editor.setModified(False)
            model.setData(index, value)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        """Qt: the editor fills the cell."""
        editor.setGeometry(option.rect)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: the editors deal with their keys themselves; leaving the cell by mouse still commits."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(watched, CellEdit):
            # Qt would move the focus on Tab before the editor sees the key
            return event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab) and watched.handle(event)
        if event.type() == QEvent.Type.ShortcutOverride:
            return False
        return super().eventFilter(watched, event)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: tint of problems, text in up to two lines, red letters in red."""
        look = theme.current()
        painter.save()
        box = option.rect
        problem = index.data(PROBLEM_ROLE)
        if problem:
            painter.fillRect(box, look.colour("danger_soft"))
            painter.fillRect(QRect(box.left(), box.top(), look.scaled(3), box.height()), look.colour("danger"))
        if option.state & QStyle.StateFlag.State_Selected and index.flags() & Qt.ItemFlag.ItemIsEditable:
            painter.setPen(look.colour("focus"))
            painter.drawRect(box.adjusted(0, 0, -1, -1))
        painter.setPen(look.colour("danger" if index.data(RED_ROLE) else "text"))
        inner = box.adjusted(look.px("gap"), 0, -look.px("gap"), 0)
        _paint_text(painter, inner, index, look)
        painter.restore()


def _paint_text(painter: QPainter, box: QRect, index: Index, look: theme.Theme) -> None:
    text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
    column = Column(index.column())
    if not text and column == Column.ITEMS and index.data(HINT_ROLE):
        text = str(index.data(HINT_ROLE))
        painter.setPen(look.colour("faint"))
    unit: Any = index.data(UNIT_ROLE)
    if column == Column.QUANTITY and text and unit:
        text = f"{text} {unit}"
    flags = Qt.AlignmentFlag.AlignVCenter
    if column not in _WRAPPED:
        painter.drawText(box, flags | Qt.AlignmentFlag.AlignRight, text)
        return
    painter.setFont(look.font())
    if painter.fontMetrics().horizontalAdvance(text) > box.width():
        painter.setFont(look.font("small"))
    metrics = painter.fontMetrics()
    if metrics.horizontalAdvance(text) > box.width() * 2 - look.scaled(24):
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width() * 2 - look.scaled(32))
    painter.drawText(box, flags | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWrapAnywhere, text)

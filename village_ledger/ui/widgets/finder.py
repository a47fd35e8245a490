"""Type to find: a popup list under a field, worked with arrows, Enter and Escape or with the mouse.

`FinderEdit` is the field; `FinderPopup` the list, which a table delegate can hang under its own editor.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from village_ledger.ui import theme


class Choice(NamedTuple):
    """One thing to choose: a code in the first column, a title, a muted detail at the right, and the value it means."""

    code: str
    title: str
    detail: str = ""
    value: Any = None


Find = Callable[[str], Sequence[Choice]]
_ROWS = 9
_VALUE = Qt.ItemDataRole.UserRole


class _ChoicePainter(QStyledItemDelegate):
    """Draws code, title and detail in one row."""

    code_width = 0

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(10, theme.current().px("row"))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        look = theme.current()
        choice: Choice = index.data(_VALUE)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, look.colour("accent_soft"))
        area = option.rect.adjusted(look.px("gap"), 0, -look.px("gap"), 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(look.font())
        if self.code_width:
            painter.setPen(look.colour("accent"))
            painter.drawText(QRect(area.left(), area.top(), self.code_width, area.height()), middle, choice.code)
        rest = area.adjusted(self.code_width + (look.px("gap") if self.code_width else 0), 0, 0, 0)
        metrics = painter.fontMetrics()
        painter.setPen(look.colour("muted"))
        detail = metrics.elidedText(choice.detail, Qt.TextElideMode.ElideLeft, rest.width() // 2)
        painter.drawText(rest, middle | Qt.AlignmentFlag.AlignRight, detail)
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        room = rest.width() - metrics.horizontalAdvance(detail) - look.px("gap")
        painter.drawText(rest, middle, metrics.elidedText(choice.title, Qt.TextElideMode.ElideRight, room))
        painter.restore()


class FinderPopup(QFrame):
    """The list under a field. It never takes the focus: the field forwards its keys with `handle_key`."""

    chosen = Signal(object)

    def __init__(self, field: QWidget) -> None:
        super().__init__(field, Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("FinderPopup")
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._field = field
        self._list = QListWidget()
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setMinimumHeight(1)
        self._list.setMouseTracking(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._painter = _ChoicePainter(self._list)
        self._list.setItemDelegate(self._painter)
        self._list.itemClicked.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self._list)
        field.window().installEventFilter(self)

    def offer(self, choices: Sequence[Choice]) -> None:
        """Show the choices below the field, the first one current; hide when there are none."""
        self._list.clear()
        for choice in choices:
            item = QListWidgetItem(choice.title)
            item.setData(_VALUE, choice)
            self._list.addItem(item)
        if not choices:
            self.hide()
            return
        look = theme.current()
        metrics = self._field.fontMetrics()
        self._painter.code_width = max(metrics.horizontalAdvance(choice.code) for choice in choices)
        self._list.setCurrentRow(0)
        height = min(len(choices), _ROWS) * look.px("row") + 4
        width = max(self._field.width(), look.scaled(380))
        self.resize(width, height)
        self._place(width, height)
        self.show()
        self.raise_()

    def current(self) -> Choice | None:
        """The choice that Enter would take; None while hidden."""
        item = self._list.currentItem() if self.isVisible() else None
        return item.data(_VALUE) if item is not None else None

    def handle_key(self, event: QKeyEvent) -> bool:
        """Let the list use a key pressed in the field; True if it did."""
        if not self.isVisible():
            return False
        key = event.key()
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _ROWS, Qt.Key.Key_PageUp: -_ROWS}
        if key in steps:
            row = min(max(self._list.currentRow() + steps[Qt.Key(key)], 0), self._list.count() - 1)
            self._list.setCurrentRow(row)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self._list.currentItem())
            return True
        if key == Qt.Key.Key_Escape:
            self.hide()
            return True
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay under the field when the window moves or grows; hide when the window loses the focus."""
        if event.type() in (QEvent.Type.WindowDeactivate, QEvent.Type.Hide):
            self.hide()
        elif event.type() in (QEvent.Type.Move, QEvent.Type.Resize) and self.isVisible():
            QTimer.singleShot(0, self, self._follow)
        return super().eventFilter(watched, event)

    def _follow(self) -> None:
        self._place(self.width(), self.height())

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            choice = item.data(_VALUE)
            self.hide()
            self.chosen.emit(choice)

    def _place(self, width: int, height: int) -> None:
        below = self._field.mapToGlobal(QPoint(0, self._field.height() + 2))
        screen = self._field.screen().availableGeometry()
        if below.y() + height > screen.bottom():
            below.setY(self._field.mapToGlobal(QPoint(0, 0)).y() - height - 2)
        below.setX(max(min(below.x(), screen.right() - width), screen.left()))
        self.move(below)


class FinderEdit(QLineEdit):
    """A field that finds while typing. `chosen(value)` fires with the value, or None when the field was emptied."""

    chosen = Signal(object)

    def __init__(self, find: Find, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._find = find
        self._choice: Choice | None = None
        self._popup: FinderPopup | None = None
        self.setPlaceholderText(placeholder)
        self.setClearButtonEnabled(True)
        self.textEdited.connect(self._typed)
        self.textChanged.connect(self._emptied)

    @property
    def popup(self) -> FinderPopup:
        """The list under the field."""
        if self._popup is None:
            self._popup = FinderPopup(self)
            self._popup.chosen.connect(self._take)
        return self._popup

    def choice(self) -> Choice | None:
        """What has been chosen, or None."""
        return self._choice

    def value(self) -> Any:
        """The value of what has been chosen, or None."""
        return self._choice.value if self._choice else None

    def set_choice(self, choice: Choice | None) -> None:
        """Show a choice without emitting `chosen`."""
        self._choice = choice
        self.blockSignals(True)
        self.setText(_shown(choice))
        self.blockSignals(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and Enter work the list; F7 and Down open it."""
        if self._popup is not None and self._popup.handle_key(event):
            return
        if event.key() in (Qt.Key.Key_F7, Qt.Key.Key_Down):
            self.popup.offer(self._find("" if self._choice else self.text()))
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select all, so that typing replaces."""
        super().focusInEvent(event)
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving the field takes the only match, or brings the last choice back."""
        if self._popup is not None and self._popup.isVisible():
            found = self._popup.current()
            self._popup.hide()
            if found is not None and event.reason() in (
                Qt.FocusReason.TabFocusReason,
                Qt.FocusReason.BacktabFocusReason,
            ):
                self._take(found)
        if self.text() != _shown(self._choice):
            self.set_choice(self._choice)
        super().focusOutEvent(event)

    def _typed(self, text: str) -> None:
        self.popup.offer(self._find(text) if text.strip() else ())

    def _emptied(self, text: str) -> None:
        if not text and self._choice is not None:
            self._choice = None
            self.chosen.emit(None)

    def _take(self, choice: Choice) -> None:
        self.set_choice(choice)
        self.chosen.emit(choice.value)


def _shown(choice: Choice | None) -> str:
    return f"{choice.code} {choice.title}".strip() if choice else ""

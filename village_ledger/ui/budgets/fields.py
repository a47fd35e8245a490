"""Fields the forms of budgets and projects share: the number of a decision, and a bar that shows a rate."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from village_ledger.domain.decision import FINAL, Decision
from village_ledger.services import decisions
from village_ledger.services.book import Book
from village_ledger.ui import theme
from village_ledger.ui.operations import Operations

RATE_ROLE = int(Qt.ItemDataRole.UserRole) + 7
"""What `RateDelegate` draws: basis points and whether it is too much, or None."""


class DecisionField(QComboBox):
    """The number of a decision (文号): one of the register, newest first, or typed."""

    def __init__(self, operations: Operations, number: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(20)
        self.lineEdit().setPlaceholderText("例如 石桥决〔2025〕3号")
        self.setCurrentText(number)
        operations.read(_final, self._offer, initiator=self)

    def number(self) -> str:
        """The number typed or chosen."""
        return self.currentText().partition("　")[0].strip()

    def set_number(self, number: str) -> None:
        """Show a number."""
        self.setCurrentText(number)

    def _offer(self, found: tuple[Decision, ...]) -> None:
        typed = self.currentText()
        self.clear()
        for one in found:
            self.addItem(f"{one.number}　{one.title}", one.number)
        self.setCurrentIndex(-1)
        self.setCurrentText(typed)


def _final(book: Book) -> tuple[Decision, ...]:
    found = [one for one in decisions.decisions(book) if one.state == FINAL]
    return tuple(sorted(found, key=lambda one: (one.day, one.number), reverse=True))


class RateDelegate(QStyledItemDelegate):
    """Draws how far something is carried out as a bar behind the percentage."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Qt: the bar, then the text."""
        rate = index.data(RATE_ROLE)
        look = theme.current()
        plain = QStyleOptionViewItem(option)
        self.initStyleOption(plain, index)
        if rate is not None:
            plain.text = ""
        style = option.widget.style() if option.widget else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, plain, painter, option.widget)
        painter.save()
        if rate is not None:
            basis_points, too_much = rate
            room = option.rect.adjusted(look.px("gap_small"), 0, -look.px("gap_small"), 0)
            height = max(4, look.scaled(6))
            frame = QRect(room.left(), option.rect.bottom() - height - 3, room.width(), height)
            painter.fillRect(frame, look.colour("border"))
            done = QRect(frame)
            done.setWidth(min(frame.width(), max(0, frame.width() * basis_points // 10_000)))
            painter.fillRect(done, look.colour("danger" if too_much else "accent"))
            text_area = option.rect.adjusted(0, 0, -look.px("gap_small"), -height - 2)
            painter.setPen(look.colour("danger" if too_much else "text"))
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(text_area, side, str(index.data(Qt.ItemDataRole.DisplayRole) or ""))
        painter.restore()

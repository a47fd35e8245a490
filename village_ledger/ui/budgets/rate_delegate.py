"""How far something is carried out, drawn as a bar below the percentage."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QApplication,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from village_ledger.ui import theme

RATE_ROLE = int(Qt.ItemDataRole.UserRole) + 7
"""What `RateDelegate` draws: basis points and whether it is too much, or None."""


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

"""A row that breaks into further rows when it gets too narrow (large zoom, small screen)."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from .. import theme


class FlowLayout(QLayout):
    """Lays widgets out left to right; those given a stretch share what is left of their row."""

    def __init__(self, parent: QWidget | None = None, *, gap: int | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._stretches: list[int] = []
        self._next_stretch = 0
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(theme.current().px("gap") if gap is None else gap)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Append a widget."""
        self._next_stretch = stretch
        self.addWidget(widget)

    def addItem(self, item: QLayoutItem) -> None:
        """Qt: append an item."""
        self._items.append(item)
        self._stretches.append(self._next_stretch)
        self._next_stretch = 0

    def count(self) -> int:
        """Qt: number of items."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Qt: an item, None beyond the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Qt: remove an item."""
        if not 0 <= index < len(self._items):
            return None
        self._stretches.pop(index)
        return self._items.pop(index)

    def expandingDirections(self) -> Qt.Orientation:
        """Qt: grows sideways only."""
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        """Qt: narrower means higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Qt: the height all rows need."""
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, box: QRect) -> None:
        """Qt: place the widgets."""
        super().setGeometry(box)
        self._arrange(box, move=True)

    def sizeHint(self) -> QSize:
        """Qt: one row."""
        widths = [item.sizeHint().width() for item in self._shown()]
        return QSize(sum(widths) + self.spacing() * max(0, len(widths) - 1), self._row_height(self._shown()))

    def minimumSize(self) -> QSize:
        """Qt: the widest widget, in one row."""
        shown = self._shown()
        return QSize(max((item.minimumSize().width() for item in shown), default=0), self._row_height(shown))

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    @staticmethod
    def _row_height(items: list[QLayoutItem]) -> int:
        return max((item.sizeHint().height() for item in items), default=0)

    def _arrange(self, box: QRect, *, move: bool) -> int:
        top = box.y()
        for row in self._rows(box.width()):
            height = self._row_height(row)
            if move:
                self._place(row, QRect(box.x(), top, box.width(), height))
            top += height + self.spacing()
        return max(0, top - self.spacing() - box.y())

    def _rows(self, width: int) -> list[list[QLayoutItem]]:
        rows: list[list[QLayoutItem]] = []
        used = width + 1
        for item in self._shown():
            wanted = item.sizeHint().width()
            if used + self.spacing() + wanted > width:
                rows.append([])
                used = -self.spacing()
            rows[-1].append(item)
            used += self.spacing() + wanted
        return rows

    def _place(self, row: list[QLayoutItem], box: QRect) -> None:
        stretches = {id(item): stretch for item, stretch in zip(self._items, self._stretches, strict=True)}
        whole = sum(stretches[id(item)] for item in row)
        spare = box.width() - sum(item.sizeHint().width() for item in row) - self.spacing() * (len(row) - 1)
        left = box.x()
        for item in row:
            size = item.sizeHint()
            share = max(0, spare) * stretches[id(item)] // whole if whole else 0
            width = min(size.width() + share, box.right() + 1 - left)
            top = box.y() + (box.height() - size.height()) // 2
            item.setGeometry(QRect(QPoint(left, top), QSize(width, size.height())))
            left += width + self.spacing()

"""The pages of a notice as pictures, one at a time, made as wide as there is room."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from village_ledger.ui import theme
from village_ledger.ui.widgets.button import make_button


class Preview(QWidget):
    """A picture with buttons to turn the pages; a text where there is nothing to show."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.current()
        self._pages: tuple[bytes, ...] = ()
        self._number = 0
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.picture.setWordWrap(True)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setWidget(self.picture)
        self.back_button = make_button("上一页(&U)", icon="chevron-left", on_click=lambda: self.turn(-1))
        self.next_button = make_button("下一页(&D)", icon="chevron-right", on_click=lambda: self.turn(1))
        self.place = theme.mark(QLabel(), "muted")
        bar = QHBoxLayout()
        bar.setSpacing(look.px("gap"))
        bar.addStretch(1)
        for widget in (self.back_button, self.place, self.next_button):
            bar.addWidget(widget)
        bar.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px("gap"))
        column.addWidget(self.area, 1)
        column.addLayout(bar)
        self.show_text("")

    def show_pages(self, pages: tuple[bytes, ...]) -> None:
        """Show these pictures (PNG), from the first page on or the page shown before."""
        self._pages = pages
        self._number = min(self._number, max(len(self._pages) - 1, 0))
        self._show()

    def show_text(self, text: str) -> None:
        """Show words instead of pages."""
        self._pages = ()
        self.picture.setPixmap(QPixmap())
        self.picture.setText(text)
        self._tell()

    def first(self) -> None:
        """Begin with the first page next time."""
        self._number = 0

    def turn(self, step: int) -> None:
        """Turn pages forth or back."""
        if 0 <= self._number + step < len(self._pages):
            self._number += step
            self._show()
            self.area.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the picture to the new width."""
        super().resizeEvent(event)
        self._show()

    def sizeHint(self) -> QSize:
        """Qt: as much room as there is."""
        return QSize(600, 400)

    def _show(self) -> None:
        if self._pages:
            pixmap = QPixmap()  # only the page shown is unpacked: a month of them would take 80 MB
            pixmap.loadFromData(self._pages[self._number])
            room = max(self.area.viewport().width() - 4, 200)
            shown = pixmap.scaledToWidth(min(room, pixmap.width() * 2), Qt.TransformationMode.SmoothTransformation)
            self.picture.setPixmap(shown)
        self._tell()

    def _tell(self) -> None:
        count = len(self._pages)
        self.place.setText(f"第 {self._number + 1} 页　共 {count} 页" if count else "")
        self.back_button.setEnabled(self._number > 0 and count > 0)
        self.next_button.setEnabled(self._number + 1 < count)

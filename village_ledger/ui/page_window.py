"""A window with a side bar and pages: which page is shown, the way back to the one it was opened from, the zoom."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMainWindow, QStackedWidget, QTableView, QVBoxLayout, QWidget

from . import machine, messages, shortcuts, theme
from .page import WorkPage
from .status_line import StatusLine
from .top_bar import WindowBar
from .widgets.side_bar import SideBar, SideEntry
from .widgets.table import rescale_table
from .worker import Flags


class PageWindow(QMainWindow):
    """The frame of a window. A kind of window makes its pages in `make_page` and names them in `title_of`."""

    left = Signal()
    shape = ""
    """What the window's size and folded groups are remembered under."""

    def __init__(self, operations: Any, top: WindowBar, entries: Sequence[SideEntry]) -> None:
        super().__init__()
        self.operations = operations
        self.pages: dict[str, Any] = {}
        self.top = top
        self._key = ""
        self._trail: list[tuple[str, object]] = []
        self._build_frame(entries)
        shortcuts.bind(self, "window.zoom_in", lambda: self.zoom(1))
        shortcuts.bind(self, "window.zoom_out", lambda: self.zoom(-1))
        shortcuts.bind(self, "window.zoom_reset", lambda: self.zoom(0))
        shortcuts.bind(self, "window.navigation", self.side.setFocus)
        operations.changed.connect(self._changed)
        operations.busy_changed.connect(self.status.show_busy)
        operations.refused.connect(self._show_refusal)

    def make_page(self, key: str) -> WorkPage:
        """Make a page and listen to its wishes."""
        raise NotImplementedError

    def title_of(self, key: str) -> str:
        """What a page is called where one returns to it."""
        raise NotImplementedError

    @property
    def current_key(self) -> str:
        """The page shown."""
        return self._key

    def page(self, key: str) -> Any:
        """The page of that key, made when first asked for."""
        if key not in self.pages:
            page = self.make_page(key)
            self.pages[key] = page
            page.open_page_requested.connect(self.show_page)
            page.message_requested.connect(self.say)
            page.back_requested.connect(self.go_back)
            self._stack.addWidget(page)
        return self.pages[key]

    def show_page(self, key: str) -> None:
        """Open a page from the side bar or a menu; the way back starts anew."""
        self._trail.clear()
        self._switch(key)

    def follow(self, key: str) -> Any:
        """Open a page from another one, so that Escape leads back."""
        page = self.page(key)
        if self._key and self._key != key:
            self._trail.append((self._key, self.pages[self._key].state()))
        self._switch(key)
        return page

    def go_back(self) -> None:
        """Return to the page this one was opened from, at the row it was left at."""
        if not self._trail:
            return
        key, state = self._trail.pop()
        self.page(key).restore(state)
        self._switch(key)

    def say(self, text: str, kind: str = "info") -> None:
        """Show a line in the status bar for a while."""
        self.status.say(text, kind)

    def zoom(self, step: int) -> None:
        """Make everything larger (1), smaller (-1) or as at first (0)."""
        before = theme.current().zoom
        place = theme.ZOOMS.index(before) if before in theme.ZOOMS else 0
        after = theme.ZOOMS[min(max(place + step, 0), len(theme.ZOOMS) - 1)] if step else theme.ZOOMS[0]
        if after != before:
            machine.remember("zoom", after)
            theme.set_zoom(after)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._rescale()

    def restore_shape(self) -> None:
        """Take the size the window had last time."""
        shape = machine.shape(self.shape)
        if shape is None or not self.restoreGeometry(shape):
            self.resize(1366, 728)

    def remember_shape(self) -> None:
        """Keep the size the window has now."""
        machine.remember_shape(self.shape, self.saveGeometry())

    def _build_frame(self, entries: Sequence[SideEntry]) -> None:
        self.top.zoom_requested.connect(self.zoom)
        self.setMenuWidget(self.top)
        folded = "folded_groups" if self.shape == "main" else f"folded_groups/{self.shape}"
        self.side = SideBar(entries)
        self.side.collapse(machine.text(folded).split("|"))
        self.side.collapsed_changed.connect(lambda groups: machine.remember(folded, "|".join(groups)))
        self.side.chosen.connect(self.show_page)
        self._stack = QStackedWidget()
        self.banner = QFrame()
        self.banner.setObjectName("ReadOnlyBanner")
        self.banner_text = QLabel(messages.READ_ONLY)
        banner_row = QHBoxLayout(self.banner)
        banner_row.setContentsMargins(0, 0, 0, 0)
        banner_row.addWidget(self.banner_text)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.banner)
        right.addWidget(self._stack, 1)
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.side)
        row.addLayout(right, 1)
        self.setCentralWidget(middle)
        self.status = StatusLine()
        self.setStatusBar(self.status)

    def _switch(self, key: str) -> None:
        page = self.page(key)
        self._key = key
        page.show_way_back(self.title_of(self._trail[-1][0]) if self._trail else "")
        if self._stack.currentWidget() is not page:
            self._stack.setCurrentWidget(page)
        self.side.set_opened(key)
        page.take_focus()

    def _changed(self, flags: Flags, initiator: object) -> None:
        for page in self.pages.values():
            if page.touched_by & flags and page is not initiator:
                page.stale = True
                if page.isVisible():
                    page.shown()

    def _show_refusal(self, text: str, receiver: object) -> None:
        if receiver is self or receiver is None:
            self.say(text.splitlines()[0], "danger")

    def _rescale(self) -> None:
        self.top.rescale()
        self.side.follow_zoom()
        for table in self.findChildren(QTableView):
            rescale_table(table)

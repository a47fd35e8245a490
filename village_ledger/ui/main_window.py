"""The main window: frame, side bar and pages of one book. Opens pages and passes their wishes on; holds no rules."""

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMainWindow, QStackedWidget, QTableView, QVBoxLayout, QWidget

from village_ledger.domain.errors import Cancelled, Refusal
from village_ledger.domain.period import Period
from village_ledger.reports.query import Query
from village_ledger.services import backups
from village_ledger.services.origins import Origin

from . import dialogs, machine, menus, messages, navigation, shortcuts, theme
from .export.export_dialog import ExportDialog
from .hand_over_dialog import HandOverDialog
from .log_in.attendance import Attendance
from .operations import BACKUPS, EVERYTHING, Facts, Flags, Operations
from .page import Page
from .status_line import StatusLine
from .top_bar import TopBar
from .widgets.side_bar import SideBar, SideEntry
from .widgets.table import rescale_table


class MainWindow(QMainWindow):
    """One book's window. Other windows are asked for by signal."""

    open_book_requested = Signal(object)
    start_requested = Signal()
    tour_requested = Signal()
    restore_requested = Signal(object)
    left = Signal()

    def __init__(self, operations: Operations) -> None:
        super().__init__()
        self.operations = operations
        self.pages: dict[str, Page] = {}
        self._key = ""
        self._trail: list[tuple[str, object]] = []
        self._kept_head = self.facts.head
        self._backed_up = False
        self._build()
        menus.build(self)
        self._bind_keys()
        operations.changed.connect(self._changed)
        operations.facts_changed.connect(self._show_facts)
        operations.busy_changed.connect(self.status.show_busy)
        operations.refused.connect(self._show_refusal)
        self._show_facts(self.facts)
        self._restore_shape()
        self.show_page("home")

    @property
    def facts(self) -> Facts:
        """The snapshot of the book."""
        facts = self.operations.facts
        if facts is None:
            raise RuntimeError("a main window needs a book")
        return facts

    @property
    def current_key(self) -> str:
        """The page shown."""
        return self._key

    def page(self, key: str) -> Page:
        """The page of that key, made when first asked for."""
        if key not in self.pages:
            page = navigation.create(key, self.operations)
            self.pages[key] = page
            page.open_voucher_requested.connect(self.open_voucher)
            page.open_draft_requested.connect(self.open_draft)
            page.copy_requested.connect(self.copy_draft)
            page.open_report_requested.connect(self.open_report)
            page.open_page_requested.connect(self.show_page)
            page.open_origin_requested.connect(self.open_origin)
            page.export_requested.connect(self.export)
            page.open_book_requested.connect(self.open_book_requested)
            page.restore_requested.connect(self.restore_requested)
            page.message_requested.connect(self.say)
            page.back_requested.connect(self.go_back)
            self._stack.addWidget(page)
        return self.pages[key]

    def show_page(self, key: str) -> None:
        """Open a page from the side bar or a menu; the way back starts anew."""
        self._trail.clear()
        self._switch(key)

    def follow(self, key: str) -> Page:
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

    def open_voucher(self, voucher_id: int) -> None:
        """Show a posted voucher."""
        self.follow("voucher-entry").open_voucher(voucher_id)  # type: ignore[attr-defined] # the table names the class

    def open_draft(self, draft_id: int) -> None:
        """Edit a draft; 0 begins a new one."""
        page = self.follow("voucher-entry")
        if draft_id:
            page.open_draft(draft_id)  # type: ignore[attr-defined] # the table names the class
        else:
            page.new_draft(None)  # type: ignore[attr-defined] # the table names the class

    def copy_draft(self, draft: object) -> None:
        """Begin a new voucher with the content of another."""
        self.follow("voucher-entry").new_draft(draft)  # type: ignore[attr-defined] # the table names the class

    def open_report(self, key: str, query: Query) -> None:
        """Show a report for a query."""
        self.follow(key).show_query(query)  # type: ignore[attr-defined] # the table names the class

    def open_origin(self, origin: Origin) -> None:
        """Show the contract, card, goods or month of depreciation a voucher comes from."""
        self.follow(navigation.ORIGINS[origin.register]).show_origin(origin)  # type: ignore[attr-defined] # the table names the class

    def export(self, period: Period | None = None) -> None:
        """Open the export dialog for a month."""
        ExportDialog(self.operations, period, self).open()

    def hand_over(self) -> None:
        """Open the wizard that hands a closed month over to the township."""
        dialog = HandOverDialog(self.operations, None, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.place_wanted.connect(self.show_page)
        dialog.marked.connect(lambda text: self.say(text, "success"))
        dialog.open()

    def say(self, text: str, kind: str = "info") -> None:
        """Show a line in the status bar for a while."""
        self.status.say(text, kind)

    def back_up(self) -> None:
        """Make a verified backup now."""
        self.operations.long(
            lambda book, _progress: backups.back_up(book, "手工备份"),
            self._kept,
            title="正在备份",
            touches=BACKUPS,
            initiator=self,
            cancellable=False,
        )

    def zoom(self, step: int) -> None:
        """Make everything larger (1), smaller (-1) or as at first (0)."""
        before = theme.current().zoom
        place = theme.ZOOMS.index(before) if before in theme.ZOOMS else 0
        after = theme.ZOOMS[min(max(place + step, 0), len(theme.ZOOMS) - 1)] if step else theme.ZOOMS[0]
        if after != before:
            machine.remember("zoom", after)
            theme.set_zoom(after)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom; on coming back see whether another program wrote to the book meanwhile."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._rescale()
        elif event.type() == QEvent.Type.ActivationChange and self.isActiveWindow() and not self._backed_up:
            self.operations.read(lambda book: book.log_head, self._compare_head, topic="head")

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask pages about unsaved work, back the book up, then close."""
        if self._backed_up:
            machine.remember_shape("main", self.saveGeometry())
            self.operations.close()
            event.accept()
            self.left.emit()
            return
        event.ignore()
        if not all(page.may_leave() for page in self.pages.values()):
            return
        if self.facts.read_only or self.facts.head == self._kept_head:
            self._leave()
            return
        self.operations.long(
            lambda book, _progress: backups.back_up(book, "退出"),
            lambda _path: self._leave(),
            title="正在备份账套，请稍候",
            initiator=self,
            on_failed=self._backup_failed,
        )

    def _kept(self, path: Path) -> None:
        self._kept_head = self.facts.head
        self.say(messages.backed_up(path), "success")

    def leave_at_once(self) -> None:
        """Close without asking and without a backup: the system is shutting down, or the book was closed already."""
        self._backed_up = True
        self.close()

    def _compare_head(self, head: str) -> None:
        if head != self.facts.head:
            self.operations.announce(EVERYTHING)

    def _leave(self) -> None:
        self._backed_up = True
        QTimer.singleShot(0, self, self.close)

    def _backup_failed(self, refusal: Refusal) -> None:
        why = "备份已取消。" if isinstance(refusal, Cancelled) else str(refusal)
        question = dialogs.question(
            self,
            "没有备份成功",
            f"{why}\n\n账已经保存在账套文件里。要不备份就退出吗？",
            accept="直接退出",
            reject="返回",
        )
        question.accepted.connect(self._leave)
        question.open()

    def _build(self) -> None:
        self.top = TopBar()
        self.attendance = Attendance(self, self.operations)
        self.attendance.entered.connect(lambda name: self.say(f"当前操作员：{name}"))
        self.attendance.left.connect(self.close)
        self.top.person_requested.connect(self.attendance.switch)
        self.top.password_requested.connect(self.attendance.change_password)
        self.top.lock_requested.connect(self.attendance.leave_keyboard)
        self.top.people_requested.connect(lambda: self.show_page("settings"))
        self.top.zoom_requested.connect(self.zoom)
        self.setMenuWidget(self.top)
        entries = [SideEntry(page.key, page.group, page.title, page.icon) for page in navigation.PAGES]
        self.side = SideBar(entries)
        self.side.collapse(machine.text("folded_groups").split("|"))
        self.side.collapsed_changed.connect(lambda groups: machine.remember("folded_groups", "|".join(groups)))
        self.side.chosen.connect(self.show_page)
        self._stack = QStackedWidget()
        self.banner = QFrame()
        self.banner.setObjectName("ReadOnlyBanner")
        banner_row = QHBoxLayout(self.banner)
        banner_row.setContentsMargins(0, 0, 0, 0)
        banner_row.addWidget(QLabel(messages.READ_ONLY))
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

    def _bind_keys(self) -> None:
        shortcuts.bind(self, "window.zoom_in", lambda: self.zoom(1))
        shortcuts.bind(self, "window.zoom_out", lambda: self.zoom(-1))
        shortcuts.bind(self, "window.zoom_reset", lambda: self.zoom(0))
        shortcuts.bind(self, "window.navigation", self.side.setFocus)

    def _restore_shape(self) -> None:
        shape = machine.shape("main")
        if shape is None or not self.restoreGeometry(shape):
            self.resize(1366, 728)

    def _switch(self, key: str) -> None:
        page = self.page(key)
        self._key = key
        page.show_way_back(self._trail_title())
        if self._stack.currentWidget() is not page:
            self._stack.setCurrentWidget(page)
        self.side.set_opened(key)
        page.take_focus()

    def _trail_title(self) -> str:
        return navigation.BY_KEY[self._trail[-1][0]].title if self._trail else ""

    def _changed(self, flags: Flags, initiator: object) -> None:
        for page in self.pages.values():
            if page.touched_by & flags and page is not initiator:
                page.stale = True
                if page.isVisible():
                    page.shown()

    def _show_facts(self, facts: Facts) -> None:
        self.top.show_facts(facts)
        self.attendance.follow(facts)
        self.banner.setVisible(facts.read_only)
        mark = "（只读）" if facts.read_only else ""
        self.setWindowTitle(f"{facts.entity.name}{mark} — 村级三资账本")
        self.status.show_path(facts.path)

    def _show_refusal(self, text: str, receiver: object) -> None:
        if receiver is self or receiver is None:
            self.say(text.splitlines()[0], "danger")

    def _rescale(self) -> None:
        self.top.rescale()
        self.side.follow_zoom()
        for table in self.findChildren(QTableView):
            rescale_table(table)

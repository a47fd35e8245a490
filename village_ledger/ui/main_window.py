"""The main window: frame, side bar and pages of one book. Opens pages and passes their wishes on; holds no rules."""

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent

from village_ledger.domain.errors import Cancelled, Refusal
from village_ledger.domain.period import Period
from village_ledger.reports.query import Query
from village_ledger.services import backups
from village_ledger.services.origins import Origin

from . import dialogs, menus, messages, navigation
from .export.export_dialog import ExportDialog
from .hand_over_dialog import HandOverDialog
from .log_in.attendance import Attendance
from .operations import BACKUPS, EVERYTHING, Facts, Operations
from .page import WorkPage
from .page_window import PageWindow
from .top_bar import TopBar
from .widgets.side_bar import SideEntry


class MainWindow(PageWindow):
    """One book's window. Other windows are asked for by signal."""

    open_book_requested = Signal(object)
    start_requested = Signal()
    tour_requested = Signal()
    restore_requested = Signal(object)
    desk_requested = Signal(str)
    package_requested = Signal(object)
    shape = "main"

    def __init__(self, operations: Operations) -> None:
        entries = [SideEntry(page.key, page.group, page.title, page.icon) for page in navigation.PAGES]
        bar = TopBar()
        super().__init__(operations, bar, entries)
        self.bar = bar
        self._kept_head = self.facts.head
        self._backed_up = False
        self._build()
        menus.build(self)
        operations.facts_changed.connect(self._show_facts)
        self._show_facts(self.facts)
        self.restore_shape()
        self.show_page("home")

    @property
    def facts(self) -> Facts:
        """The snapshot of the book."""
        facts = self.operations.facts
        if facts is None:
            raise RuntimeError("a main window needs a book")
        return facts

    def make_page(self, key: str) -> WorkPage:
        """See `PageWindow`."""
        page = navigation.create(key, self.operations)
        page.open_voucher_requested.connect(self.open_voucher)
        page.open_draft_requested.connect(self.open_draft)
        page.copy_requested.connect(self.copy_draft)
        page.open_report_requested.connect(self.open_report)
        page.open_origin_requested.connect(self.open_origin)
        page.export_requested.connect(self.export)
        page.open_book_requested.connect(self.open_book_requested)
        page.restore_requested.connect(self.restore_requested)
        return page

    def title_of(self, key: str) -> str:
        """See `PageWindow`."""
        return navigation.BY_KEY[key].title

    def open_voucher(self, voucher_id: int) -> None:
        """Show a posted voucher."""
        self.follow("voucher-entry").open_voucher(voucher_id)

    def open_draft(self, draft_id: int) -> None:
        """Edit a draft; 0 begins a new one."""
        page = self.follow("voucher-entry")
        if draft_id:
            page.open_draft(draft_id)
        else:
            page.new_draft(None)

    def copy_draft(self, draft: object) -> None:
        """Begin a new voucher with the content of another."""
        self.follow("voucher-entry").new_draft(draft)

    def open_report(self, key: str, query: Query) -> None:
        """Show a report for a query."""
        self.follow(key).show_query(query)

    def open_origin(self, origin: Origin) -> None:
        """Show the contract, card, goods or month of depreciation a voucher comes from."""
        self.follow(navigation.ORIGINS[origin.register]).show_origin(origin)

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

    def changeEvent(self, event: QEvent) -> None:
        """On coming back see whether another program wrote to the book meanwhile."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow() and not self._backed_up:
            self.operations.read(lambda book: book.log_head, self._compare_head, topic="head")

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask pages about unsaved work, back the book up, then close."""
        if self._backed_up:
            self.remember_shape()
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
        self.attendance = Attendance(self, self.operations)
        self.attendance.entered.connect(lambda name: self.say(f"当前操作员：{name}"))
        self.attendance.left.connect(self.close)
        self.bar.person_requested.connect(self.attendance.switch)
        self.bar.password_requested.connect(self.attendance.change_password)
        self.bar.lock_requested.connect(self.attendance.leave_keyboard)
        self.bar.people_requested.connect(lambda: self.show_page("settings"))

    def _show_facts(self, facts: Facts) -> None:
        self.bar.show_facts(facts)
        self.attendance.follow(facts)
        self.banner.setVisible(facts.read_only)
        mark = "（只读）" if facts.read_only else ""
        self.setWindowTitle(f"{facts.entity.name}{mark} — 村级三资账本")
        self.status.show_path(facts.path)

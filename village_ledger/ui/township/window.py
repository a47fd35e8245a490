"""The window of a desk, or of one package an auditor looks at: frame, side bar, pages, and the way between them."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QAction, QCloseEvent
from PySide6.QtWidgets import QMenu

from village_ledger.domain.period import Period
from village_ledger.ui import dialogs, shortcuts, theme
from village_ledger.ui.about import AboutDialog
from village_ledger.ui.keys_dialog import keys_dialog
from village_ledger.ui.page import WorkPage
from village_ledger.ui.page_window import PageWindow
from village_ledger.ui.top_bar import WindowBar
from village_ledger.ui.widgets.side_bar import SideEntry

from . import navigation, sample_desk
from .operations import EVERYTHING, DeskFacts, DeskOperations
from .places import shown_place

READ_ONLY = "乡镇端以只读方式打开：可以查看和导出，不能收件、加意见或修改。"
AUDIT = "审计查看：没有收入任何乡镇端，关闭以后不留下数据。"


class TownshipWindow(PageWindow):
    """One desk's window; with `package`, an auditor's. Other windows are asked for by signal."""

    start_requested = Signal()
    desk_requested = Signal(str)
    package_requested = Signal(object)
    desk_opened = Signal(object)
    shape = "township"

    def __init__(self, operations: DeskOperations, package: Path | None = None) -> None:
        entries = navigation.AUDIT_PAGES if package else navigation.PAGES
        shown = [SideEntry(page.key, page.group, page.title, page.icon) for page in entries]
        super().__init__(operations, WindowBar(), shown)
        self.package = package
        self._closed = False
        self._build_menus()
        operations.facts_changed.connect(self._show_facts)
        self._show_facts(self.facts)
        self.restore_shape()
        if package is not None:
            self.show_page(navigation.AUDIT)
            self.page(navigation.AUDIT).look(package)
        else:
            self.show_page(navigation.REVIEW if self.facts.villages else navigation.INBOX)

    @property
    def facts(self) -> DeskFacts:
        """The snapshot of the desk."""
        facts: DeskFacts = self.operations.facts
        return facts

    def make_page(self, key: str) -> WorkPage:
        """See `PageWindow`."""
        page = navigation.BY_KEY[key].page(self.operations)
        page.month_requested.connect(self.open_month)
        page.voucher_requested.connect(self.open_voucher)
        return page

    def title_of(self, key: str) -> str:
        """See `PageWindow`."""
        return navigation.BY_KEY[key].title

    def show_page(self, key: str) -> None:
        """See `PageWindow`; an auditor sees the books once they are proven."""
        if self.package is not None and key == navigation.MONTH:
            self.page(navigation.AUDIT).open_month()
            return
        super().show_page(key)

    def open_month(self, code: str, period: Period) -> None:
        """Show a month of a village."""
        self.follow(navigation.MONTH).show_month(code, period)

    def open_voucher(self, code: str, label: str) -> None:
        """Show a voucher of a village."""
        self.follow(navigation.VOUCHER).show_voucher(code, label)

    def changeEvent(self, event: QEvent) -> None:
        """On coming back see whether another official wrote to the desk meanwhile."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow() and not self._closed:
            self.operations.read(lambda desk: desk.log_head, self._compare_head, topic="head")

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let the worker finish, then close."""
        self._closed = True
        self.remember_shape()
        self.operations.close()
        event.accept()
        self.left.emit()

    def change_official(self) -> None:
        """Another official takes over."""
        name = dialogs.ask_text(self, "换人", "经办人姓名", value=self.facts.actor)
        if name:
            self.operations.write(
                lambda desk: setattr(desk, "actor", name),
                lambda _none: self.say(f"现在的经办人：{name}"),
                touches=frozenset({"actor"}),
                initiator=self,
            )

    def open_sample(self) -> None:
        """Show the sample township in a window of its own."""
        sample_desk.prepare(self.operations, self, self.desk_opened.emit)

    def _compare_head(self, head: str) -> None:
        if head != self.facts.head:
            self.operations.announce(EVERYTHING)

    def _build_menus(self) -> None:
        menus = self.top.menus
        file = menus.addMenu("文件")
        _add(file, "打开或新建乡镇端…", lambda: self.desk_requested.emit(""))
        _add(file, "查看报送包（审计）…", self._look_at_package)
        _add(file, "村里的账套…", self.start_requested.emit)
        file.addSeparator()
        _add(file, "退出", self.close, "window.close")
        if self.package is None:
            for group in dict.fromkeys(entry.group for entry in navigation.PAGES):
                menu = menus.addMenu(group or "审核")
                for entry in navigation.PAGES:
                    if entry.group == group:
                        _add(menu, entry.title, lambda key=entry.key: self.show_page(key))
        help_menu = menus.addMenu("帮助")
        _add(help_menu, "快捷键一览", lambda: keys_dialog(self).open(), "window.help")
        _add(help_menu, "打开示例乡镇", self.open_sample)
        _add(help_menu, "关于本程序", lambda: AboutDialog(self).open())
        people = QMenu(self.top.person)
        people.addAction("换人…", self.change_official)
        self.top.person.setMenu(people)
        self.top.person.setToolTip("经办人，记在操作日志里")
        self.top.person.setIcon(theme.icon("user", "accent"))
        self.top.person.setVisible(self.package is None)

    def _look_at_package(self) -> None:
        path = dialogs.pick_file(self, "查看报送包", "报送包 (*.vlp);;所有文件 (*)")
        if path is not None:
            self.package_requested.emit(path)

    def _show_facts(self, facts: DeskFacts) -> None:
        name = "审计查看" if facts.audit else facts.settings.name
        word = f"{facts.settings.county}{facts.settings.township}　{len(facts.villages)} 个村"
        self.top.show_title(name, "" if facts.audit else word, "" if facts.audit else f"{len(facts.villages)} 个村")
        self.top.person.setText(facts.actor or "请填经办人")
        self.banner_text.setText(AUDIT if facts.audit else READ_ONLY)
        self.banner.setVisible(facts.read_only)
        mark = "（只读）" if facts.read_only and not facts.audit else ""
        self.setWindowTitle(f"{name}{mark} — 村级三资账本 乡镇端")
        self.status.show_path(self.package or shown_place(facts.place))


def _add(menu: QMenu, title: str, slot: Callable[[], object], action_name: str = "") -> QAction:
    action = QAction(title, menu)
    if action_name:
        action.setShortcuts(list(shortcuts.sequences(action_name)))
    action.triggered.connect(lambda _checked=False: slot())
    menu.addAction(action)
    return action

"""The menus of the main window. Few on purpose: the side bar leads everywhere."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from . import dialogs, machine, navigation, shortcuts
from .about import AboutDialog
from .bring_in.bring_in_dialog import BringInDialog
from .keys_dialog import keys_dialog
from .update_check import UpdateCheckDialog

if TYPE_CHECKING:
    from .main_window import MainWindow


def build(window: "MainWindow") -> None:
    """Fill the window's menu bar."""
    _file_menu(window, window.top.menus.addMenu("文件"))
    groups = {
        "凭证": ("凭证",),
        "账簿": ("账簿",),
        "报表": ("报表",),
        "资产资源": ("资产", "资源", "合同"),
        "决策公开": ("决策", "公开", "监督"),
        "期末": ("期末与设置",),
    }
    for title, shown in groups.items():
        menu = window.top.menus.addMenu(title)
        if title == "凭证":
            _add(menu, "新增凭证", lambda: window.open_draft(0), "voucher.new")
            menu.addSeparator()
        for group in shown:
            if group != shown[0]:
                menu.addSeparator()
            for entry in (*navigation.PAGES, *navigation.HIDDEN_PAGES):
                if entry.group == group:
                    _add(menu, entry.title, partial(window.show_page, entry.key))
    help_menu = window.top.menus.addMenu("帮助")
    _add(help_menu, "快捷键一览", lambda: keys_dialog(window).open(), "window.help")
    _add(help_menu, "五步入门（在示例村上练习）", window.tour_requested.emit)
    _add(help_menu, "检查更新文件…", lambda: UpdateCheckDialog(window.operations, window).open())
    _add(help_menu, "关于本程序", lambda: AboutDialog(window).open())


def _file_menu(window: "MainWindow", menu: QMenu) -> None:
    _add(menu, "打开账套…", lambda: _open_book(window), "window.open")
    recent = menu.addMenu("最近的账套")
    recent.aboutToShow.connect(lambda: _fill_recent(window, recent))
    _add(menu, "新建或导入账套…", window.start_requested.emit)
    _add(menu, "导入用友、金蝶或 Excel 的账…", lambda: BringInDialog(window.operations, window).open())
    menu.addSeparator()
    _add(menu, "乡镇端…", lambda: window.desk_requested.emit(""))
    _add(menu, "查看报送包（审计）…", lambda: _look_at_package(window))
    menu.addSeparator()
    _add(menu, "立即备份", window.back_up)
    _add(menu, "从备份恢复…", lambda: window.show_page("backups"))
    _add(menu, "导出本月账表…", window.export, "window.export")
    _add(menu, "报送乡镇…", window.hand_over)
    menu.addSeparator()
    _add(menu, "我的密码…", window.attendance.change_password)
    _add(menu, "锁定、换人登录", window.attendance.leave_keyboard, "window.lock")
    _add(menu, "首页", lambda: window.show_page("home"), "window.home")
    _add(menu, "退出", window.close, "window.close")


def _add(menu: QMenu, title: str, slot: Callable[[], object], action_name: str = "") -> QAction:
    action = QAction(title, menu)
    if action_name:
        action.setShortcuts(list(shortcuts.sequences(action_name)))
    action.triggered.connect(lambda _checked=False: slot())
    menu.addAction(action)
    return action


def _open_book(window: "MainWindow") -> None:
    path = dialogs.pick_file(window, "打开账套", folder=str(window.facts.path.parent))
    if path is not None:
        window.open_book_requested.emit(path)


def _look_at_package(window: "MainWindow") -> None:
    path = dialogs.pick_file(window, "查看报送包", "报送包 (*.vlp);;所有文件 (*)", str(window.facts.path.parent))
    if path is not None:
        window.package_requested.emit(path)


def _fill_recent(window: "MainWindow", menu: QMenu) -> None:
    menu.clear()
    books = [path for path in machine.recent_books() if path != window.facts.path]
    for path in books:
        _add(menu, f"{path.stem}    {path.parent}", partial(window.open_book_requested.emit, path))
    if not books:
        menu.addAction("（没有其他账套）").setEnabled(False)

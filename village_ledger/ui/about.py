"""What this program is: its version, and the licences of the fonts and libraries it carries."""

import platform
import sqlite3
from pathlib import Path

import PySide6
from PySide6.QtCore import Qt, QUrl, qVersion
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from village_ledger import __version__
from village_ledger.services.licences import notices, sbom_file

from . import theme
from .dialogs import Dialog


class AboutDialog(Dialog):
    """Two tabs: the program, and what it is made of."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("关于村级三资账本", parent, width=820, height=520)
        self.tabs = QTabWidget()
        self.tabs.addTab(self._program(), "程序(&P)")
        self.tabs.addTab(self._licences(), "字体和开源组件(&L)")
        self.body.addWidget(self.tabs, 1)
        self.sbom = sbom_file()
        if self.sbom is not None:
            self.add_button("组件清单（SBOM）(&S)", lambda: _open_folder_of(self.sbom))
        self.add_button("关闭", self.accept, kind="primary")

    def _program(self) -> QWidget:
        look = theme.current()
        page = QWidget()
        icon = QLabel()
        icon.setPixmap(theme.application_icon().pixmap(look.scaled(64), look.scaled(64)))
        name = theme.mark(QLabel("村级三资账本"), "title")
        version = theme.mark(QLabel(f"版本 {__version__}"), "strong")
        text = QLabel(
            "按《农村集体经济组织会计制度》（财会〔2023〕14号）记账、结账和编制报表。\n"
            "资产、资源、合同登记在同一本账里。\n\n"
            "一个村一个账套文件，不需要网络，数据只保存在本机。\n\n"
            f"Python {platform.python_version()}　Qt {qVersion()}　SQLite {sqlite3.sqlite_version}　"
            f"{platform.system()} {platform.machine()}"
        )
        text.setWordWrap(True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words = QVBoxLayout()
        words.setSpacing(look.px("gap"))
        for label in (name, version, text):
            words.addWidget(label)
        words.addStretch(1)
        row = QHBoxLayout(page)
        row.setContentsMargins(*[look.px("gap_large")] * 4)
        row.setSpacing(look.px("gap_large"))
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        return page

    def _licences(self) -> QWidget:
        look = theme.current()
        page = QWidget()
        self.list = QListWidget()
        self.list.setFixedWidth(look.scaled(240))
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        # The versions that run, which may differ from those the file was written with.
        running = dict.fromkeys(("PySide6-Essentials", "shiboken6"), PySide6.__version__)
        running |= {"Python": platform.python_version(), "SQLite": sqlite3.sqlite_version}
        self.notices = tuple(one._replace(version=running.get(one.name, one.version)) for one in notices())
        self.list.addItems([f"{one.name} {one.version}".strip() for one in self.notices])
        for place, one in enumerate(self.notices):
            self.list.item(place).setToolTip(one.licence)
        self.list.currentRowChanged.connect(self._show)
        self.list.setCurrentRow(0)
        row = QHBoxLayout(page)
        row.setContentsMargins(0, look.px("gap"), 0, 0)
        row.setSpacing(look.px("gap"))
        row.addWidget(self.list)
        row.addWidget(self.text, 1)
        return page

    def _show(self, place: int) -> None:
        one = self.notices[max(place, 0)]
        self.text.setPlainText(f"{one.name} {one.version}\n许可：{one.licence}\n\n{one.text}")


def _open_folder_of(path: Path | None) -> None:
    if path is not None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))

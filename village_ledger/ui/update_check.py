"""Checking an update file before it is installed: choose it, and read whether it is genuine and what to do next."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from village_ledger import __version__
from village_ledger.domain.errors import Refusal
from village_ledger.services import updates

from . import dialogs, machine
from .operations import Operations
from .widgets.button import make_button
from .widgets.form import FormGrid

_FILTER = "更新文件 (*.exe *.deb *.zip *.tar.gz *.tar.xz);;所有文件 (*)"


class UpdateCheckDialog(dialogs.Dialog):
    """The check runs on the worker: a package is some 100 MB on a slow stick."""

    def __init__(self, operations: Operations, parent: QWidget) -> None:
        super().__init__("检查更新文件", parent, operations=operations, width=620)
        self._operations = operations
        intro = QLabel(
            f"现在的版本是 {__version__}。本程序不上网，更新文件由乡镇或技术人员用U盘发放。\n"
            "安装以前先在这里检查：签名（同名的 .sig 文件，放在一起）证明文件是本程序发布的，没有被改动过。"
        )
        intro.setWordWrap(True)
        self.body.addWidget(intro)
        self.path = QLineEdit()
        self.path.setPlaceholderText("还没有选文件")
        self.pick_button = make_button("选择文件(&F)…", icon="folder", on_click=self._pick)
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.path, 1)
        line.addWidget(self.pick_button)
        row.setFocusProxy(self.path)
        form = FormGrid()
        form.add("更新文件(&U)", row)
        self.body.addWidget(form)
        self.advice = QLabel()
        self.advice.setWordWrap(True)
        self.advice.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.addWidget(self.advice)
        self.add_button("关闭", self.reject)
        self.check_button = self.add_button("检查(&C)", self._check, kind="primary")
        self.check_button.setEnabled(False)
        self.path.textChanged.connect(self._path_changed)
        self.pick_button.setFocus()

    def _pick(self) -> None:
        path = dialogs.pick_file(self, "选择更新文件", _FILTER, machine.text("update_folder"))
        if path is not None:
            machine.remember("update_folder", str(path.parent))
            self.path.setText(str(path))
            self._check()

    def _path_changed(self, text: str) -> None:
        self.message_bar.clear()
        self.advice.clear()
        self.check_button.setEnabled(bool(text.strip()))

    def _check(self) -> None:
        path = Path(self.path.text().strip())
        self.message_bar.clear()
        self.advice.clear()
        self._operations.long(
            lambda _book, _progress: updates.check_update(path),
            self._show,
            title="正在检查签名",
            initiator=self,
            on_failed=self._failed,
            cancellable=False,
        )

    def _show(self, update: updates.GenuineUpdate) -> None:
        self.message(f"签名有效。{update.path.name} 是版本 {update.version}。", "success")
        self.advice.setText(update.advice)

    def _failed(self, refusal: Refusal) -> None:
        self.message(str(refusal), "danger")

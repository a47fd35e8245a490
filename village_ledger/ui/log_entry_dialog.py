"""One record of an operation log whole, with its place in the chain."""

import json

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from village_ledger.services.journal import LogEntry

from . import theme
from .dialogs import Dialog
from .instants import local_time
from .widgets.form import FormGrid


class LogEntryDialog(Dialog):
    """One entry whole, with its place in the chain."""

    def __init__(self, entry: LogEntry, action: str, parent: QWidget) -> None:
        super().__init__(f"日志第 {entry.seq} 条：{action}", parent, width=640)
        self._entry = entry
        form = FormGrid()
        for caption, value in (
            ("时间", local_time(entry.at)),
            ("操作员", entry.actor),
            ("对象", entry.subject or "—"),
            ("校验码", entry.hash),
            ("上一条校验码", entry.previous),
        ):
            field = QLineEdit(value)
            field.setReadOnly(True)
            field.setCursorPosition(0)
            form.add(caption, field)
        self.detail = QPlainTextEdit(json.dumps(entry.detail, ensure_ascii=False, indent=2))
        self.detail.setReadOnly(True)
        self.detail.setMinimumHeight(theme.current().scaled(180))
        self.detail.setVisible(entry.detail is not None)
        self.body.addWidget(form)
        self.body.addWidget(self.detail, 1)
        self.copy_button = self.add_button("复制(&C)", self._copy)
        self.add_button("关闭", self.accept, kind="primary").setFocus()

    def _copy(self) -> None:
        entry = self._entry
        QGuiApplication.clipboard().setText(
            f"{entry.seq}\t{entry.at}\t{entry.actor}\t{entry.action}\t{entry.subject}\t"
            f"{json.dumps(entry.detail, ensure_ascii=False)}\t{entry.previous}\t{entry.hash}"
        )
        self.message("已复制", "success")

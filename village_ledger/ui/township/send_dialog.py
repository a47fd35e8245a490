"""Writing the review of a month as a signed file that goes back to the village."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from village_ledger.domain.review import OPINIONS
from village_ledger.services.township import sending
from village_ledger.services.township.desk import Desk
from village_ledger.services.township.months import Month
from village_ledger.services.township.sending import SUFFIX, Sent, file_name
from village_ledger.ui import dialogs, machine, theme
from village_ledger.ui.key_text import key_lines
from village_ledger.ui.places import places
from village_ledger.ui.widgets.button import make_button

from .form import DeskForm, text_field
from .operations import COMMENTS, LOG, RECEIVED, DeskOperations

_FOLDER = "review_folder"


class SendDialog(DeskForm):
    """Opinion, words, and where to; afterwards shows the desk's key, which the village compares."""

    touches = RECEIVED | COMMENTS | LOG

    def __init__(self, operations: DeskOperations, month: Month, parent: QWidget) -> None:
        super().__init__(operations, "出审核意见", "签名并写文件(&S)", parent, width=720)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._month = month
        self._written: Path | None = None
        waiting = [one for one in month.comments if one.open]
        severe = sum(1 for one in waiting if one.comment.severity == "严重")
        told = f"带上没办结的意见 {len(waiting)} 条" if waiting else "没有没办结的意见"
        words = QLabel(
            f"{month.village.name} {month.period.label}，{told}{f'，其中严重的 {severe} 条' if severe else ''}。"
        )
        words.setWordWrap(True)
        self.opinion = QComboBox()
        self.opinion.addItems(OPINIONS)
        self.opinion.setCurrentText("退回" if waiting else "通过")
        self.text = text_field()
        self.place = QComboBox()
        for one in places(machine.text(_FOLDER)):
            self.place.addItem(theme.icon("usb" if one.usb else "folder", "accent"), one.title, str(one.path))
        where = QWidget()
        row = QHBoxLayout(where)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.place, 1)
        row.addWidget(make_button("其他位置…", on_click=self._choose))
        self.form.add_wide(words)
        self.form.add(
            "结论(&J)", self.opinion, "通过、补正后通过：村里这个月的账不能再改；退回、移交：村里改正后重新报送"
        )
        self.form.add("说明(&T)", self.text)
        self.form.add("保存到(&F)", where)
        self.key = theme.mark(QLabel(), "secret")
        self.key.setWordWrap(True)
        self.key.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.key.hide()
        self.body.addWidget(self.key)
        self.folder_button = self.add_button("打开文件夹(&O)", self._open_folder)
        self.folder_button.hide()
        self.opinion.setFocus()

    def path(self) -> Path:
        """The file to write."""
        month = self._month
        number = len(month.reviews) + 1
        return Path(str(self.place.currentData())) / file_name(month.village, month.period, number)

    def act(self) -> Callable[[Desk], Any]:
        """See `DeskForm`."""
        month, path = self._month, self.path()
        opinion, text = self.opinion.currentText(), self.text.toPlainText()
        machine.remember(_FOLDER, str(path.parent))
        return lambda desk: sending.send(desk, month.village, month.period, opinion, text, path)

    def _saved(self, result: Sent) -> None:
        self._written = result.path
        self.message(
            f"已写好：{result.path}\n把这个 {SUFFIX} 文件交给村里，村里在“期末与设置 → 乡镇审核”里接收。", "success"
        )
        self.key.setText(f"乡镇端的公钥，村里第一次导入时要核对：\n{key_lines(result.key)}")
        self.key.show()
        self.form.hide()
        self.cancel_button.setText("关闭")
        self.save_button.hide()
        self.folder_button.show()
        self.folder_button.setFocus()
        self.done.emit(result)

    def _choose(self) -> None:
        folder = dialogs.pick_folder(self, "保存到哪个文件夹", str(self.place.currentData()))
        if folder is not None:
            self.place.insertItem(0, theme.icon("folder", "accent"), str(folder), str(folder))
            self.place.setCurrentIndex(0)

    def _open_folder(self) -> None:
        if self._written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written.parent)))

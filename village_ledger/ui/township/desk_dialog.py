"""Opening a township's desk, or making a new one: a file of this computer, or a PostgreSQL database for several."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QRadioButton, QWidget

from village_ledger.domain.errors import Refusal
from village_ledger.services.township.desk import SUFFIX, Desk, DeskSettings, is_url
from village_ledger.ui import dialogs, machine
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.form import FormGrid
from village_ledger.ui.worker import Worker

from . import sample_desk
from .due_field import DueField
from .places import with_password, without_password

FILTER = f"乡镇端数据 (*{SUFFIX});;所有文件 (*)"
_OFFICIAL = "official"


class NewDeskForm(FormGrid):
    """What a new desk is called and how it works."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name, self.county, self.township = QLineEdit(), QLineEdit(), QLineEdit()
        self.name.setPlaceholderText("例如：河口镇三资代管中心")
        self.due = DueField()
        self.folder = QLineEdit()
        folder = QWidget()
        line = QHBoxLayout(folder)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.folder, 1)
        line.addWidget(make_button("选择…", on_click=self._pick_folder))
        self.add("名称(&A)", self.name)
        self.add("县（市、区）(&X)", self.county)
        self.add("乡镇（街道）(&Z)", self.township)
        self.add("报送期限(&D)", self.due, "每个月的账最晚下个月几日报来")
        self.add("报送文件存在(&F)", folder, "用数据库时必填；用本机文件可以空着，存在它旁边")

    def settings(self) -> DeskSettings:
        """What was typed."""
        texts = [field.text().strip() for field in (self.name, self.county, self.township, self.folder)]
        return DeskSettings(texts[0], texts[1], texts[2], self.due.value(), texts[3])

    def _pick_folder(self) -> None:
        folder = dialogs.pick_folder(self, "报送文件存在哪个文件夹", self.folder.text())
        if folder is not None:
            self.folder.setText(str(folder))


class DeskDialog(Dialog):
    """`opened(Desk)` brings the desk, open; whoever listens closes it."""

    opened = Signal(object)

    def __init__(self, operations: Worker[Any, Any], parent: QWidget | None, place: str = "") -> None:
        super().__init__("乡镇端", parent, operations=operations, width=680)
        self._operations = operations
        intro = QLabel(
            "收各村的报送包，审核、查疑点、汇总。一个人用，放在本机的一个文件里就行；几个人同时用，放在数据库服务器上。"
        )
        intro.setWordWrap(True)
        self.existing = QRadioButton("打开已有的(&O)")
        self.new = QRadioButton("新建(&N)")
        row = QHBoxLayout()
        for button in (self.existing, self.new):
            row.addWidget(button)
        row.addStretch(1)
        self.form = FormGrid()
        self.place = QComboBox()
        self.place.setEditable(True)
        for known in machine.recent_desks():
            self.place.addItem(known)
        self.place.setEditText(place or (machine.recent_desks() or ("",))[0])
        where = QWidget()
        line = QHBoxLayout(where)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.place, 1)
        self.pick_button = make_button("选择…", on_click=self._pick)
        line.addWidget(self.pick_button)
        where.setFocusProxy(self.place)
        self.where = where
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.official = QLineEdit(machine.text(_OFFICIAL))
        self.official.setMaxLength(40)
        self.form.add("数据在(&P)", where, f"本机文件（{SUFFIX}），或 postgresql://用户@服务器/数据库")
        self.form.add("数据库密码(&M)", self.password, "不保存在这台电脑上")
        self.form.add("经办人(&W)", self.official, "您的姓名，记在操作日志里")
        self.fresh = NewDeskForm()
        self.body.addWidget(intro)
        self.body.addLayout(row)
        self.body.addWidget(self.form)
        self.body.addWidget(self.fresh)
        self.body.addStretch(1)
        self.sample_button = make_button("打开示例乡镇(&L)", on_click=self.open_sample)
        self.sample_button.setToolTip("三个村半年的账，随便练习收件、审核和汇总")
        self.sample_button.setAutoDefault(False)
        self.buttons.insertWidget(0, self.sample_button)
        self.add_button("取消", self.reject)
        self.open_button = self.add_button("打开", self.start, kind="primary")
        self.new.toggled.connect(lambda _on: self._show_kind())
        self.place.editTextChanged.connect(lambda _text: self._show_kind())
        (self.existing if self.place.currentText() else self.new).setChecked(True)
        self._show_kind()
        (self.official if place else self.place).setFocus()

    def start(self) -> None:
        """Open or make the desk, off the GUI thread: a server may take its time."""
        self.form.clear_errors()
        self.fresh.clear_errors()
        typed, official = self.place.currentText().strip(), self.official.text().strip()
        if not typed:
            self.form.set_error(self.where, "请选择或填写数据在哪里")
            return
        if not official:
            self.form.set_error(self.official, "请填写您的姓名")
            return
        place = with_password(typed, self.password.text())
        if not is_url(place) and self.new.isChecked() and Path(place).suffix.lower() != SUFFIX:
            place = f"{place}{SUFFIX}"
        settings = self.fresh.settings()
        make = self.new.isChecked()

        def run(_held: object, _progress: object) -> Desk:
            if make:
                return Desk.create(place, settings, actor=official)
            return Desk.open(place, actor=official)

        self._operations.long(
            run,
            lambda desk: self._done(desk, place, official),
            title="正在打开乡镇端",
            initiator=self,
            on_failed=self._failed,
            cancellable=False,
        )

    def open_sample(self) -> None:
        """Try the sample township instead."""
        sample_desk.prepare(self._operations, self, self._show)

    def _done(self, desk: Desk, place: str, official: str) -> None:
        machine.remember(_OFFICIAL, official)
        machine.remember_desk(without_password(place))
        self._show(desk)

    def _show(self, desk: Desk) -> None:
        self.accept()
        self.opened.emit(desk)

    def _failed(self, refusal: Refusal) -> None:
        self.message(str(refusal), "danger")

    def _show_kind(self) -> None:
        make, url = self.new.isChecked(), is_url(self.place.currentText().strip())
        self.fresh.setVisible(make)
        self.open_button.setText("新建" if make else "打开")
        parts = urlsplit(self.place.currentText().strip()) if url else None
        self.form.set_shown(self.password, url and parts is not None and ":" not in parts.netloc.rpartition("@")[0])
        self.adjustSize()

    def _pick(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        if self.new.isChecked():
            path = dialogs.save_file(self, "乡镇端数据放在哪里", f"{folder}/乡镇端{SUFFIX}", FILTER)
        else:
            path = dialogs.pick_file(self, "打开乡镇端", FILTER, folder)
        if path is not None:
            self.place.setEditText(str(path))

"""设置: what the desk is called, by when months are due, where files go, its public key, and the proof of its log."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from village_ledger.domain.errors import Refusal
from village_ledger.services.township import proving, sending
from village_ledger.services.township.desk import DeskSettings
from village_ledger.ui import dialogs, theme
from village_ledger.ui.key_text import key_lines
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.card import Card
from village_ledger.ui.widgets.form import FormGrid

from .due_field import DueField
from .operations import LOG, SETTINGS, DeskOperations
from .page import DeskPage
from .places import shown_place

_SHOWN = 20
"""Findings shown; more are counted."""


class DeskSettingsPage(DeskPage):
    """Two cards: the desk, and its key and log."""

    title = "设置"
    touched_by = SETTINGS

    def __init__(self, operations: DeskOperations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        look = theme.current()
        inside = QWidget()
        inside.setObjectName("ScrollBody")
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px("gap"))
        row.addWidget(self._identity(), 1)
        right = QVBoxLayout()
        right.setSpacing(look.px("gap"))
        right.addWidget(self._key())
        right.addWidget(self._log())
        right.addStretch(1)
        row.addLayout(right, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        self.body.addWidget(area, 1)
        self.setFocusProxy(self.name)

    def refresh(self) -> None:
        """Show what holds now."""
        facts = self.facts
        told = facts.settings
        self.name.setText(told.name)
        self.county.setText(told.county)
        self.township.setText(told.township)
        self.due.setValue(told.due_days)
        self.folder.setText(told.folder)
        self.place.setText(shown_place(facts.place))
        self.count.setText(f"{len(facts.villages)} 个村")
        self.head.setText(key_lines(facts.head))
        self.save_button.setEnabled(not facts.read_only)
        self.operations.read(sending.public_key, self._show_key, topic="key")

    def save(self) -> None:
        """Keep what was typed."""
        wanted = DeskSettings(
            self.name.text().strip(),
            self.county.text().strip(),
            self.township.text().strip(),
            self.due.value(),
            self.folder.text().strip(),
            self.facts.settings.uid,
        )
        if not wanted.name:
            self.form.set_error(self.name, "请填写名称")
            return
        self.form.clear_errors()
        self.operations.write(
            lambda desk: desk.change_settings(wanted),
            lambda _none: self.message("设置已保存", "success"),
            touches=SETTINGS | LOG,
            initiator=self,
            disable=(self.save_button,),
        )

    def verify(self) -> None:
        """Recompute the log, and see whether everything kept is still what was taken in."""
        self.operations.long(
            proving.problems,
            self._verified,
            title="正在核验",
            initiator=self,
            on_failed=self._failed,
        )

    def _identity(self) -> Card:
        card = Card("乡镇端")
        self.form = FormGrid()
        self.name, self.county, self.township = QLineEdit(), QLineEdit(), QLineEdit()
        for field in (self.name, self.county, self.township):
            field.setMaxLength(60)
        self.due = DueField()
        self.folder = QLineEdit()
        self.folder.setPlaceholderText("数据文件旁边")
        where = QWidget()
        row = QHBoxLayout(where)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.folder, 1)
        row.addWidget(make_button("选择…", on_click=self._choose))
        self.place, self.count = QLabel(), QLabel()
        for label in (self.place, self.count):
            label.setWordWrap(True)
            label.setMinimumHeight(theme.current().px("control"))
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.form.add("名称(&N)", self.name)
        self.form.add("县（市、区）(&X)", self.county)
        self.form.add("乡镇（街道）(&Z)", self.township)
        self.form.add("报送期限(&D)", self.due, "每个月的账最晚下个月几日报来，过了就是逾期")
        self.form.add("报送文件存在(&F)", where, "改了以后新收的存到新的地方，以前收的要自己搬过去")
        self.form.add("数据在", self.place)
        self.form.add("管理", self.count)
        card.body.addWidget(self.form)
        self.save_button = make_button("保存(&S)", kind="primary", icon="save", on_click=self.save)
        card.body.addWidget(self.save_button, 0, Qt.AlignmentFlag.AlignRight)
        card.body.addStretch(1)
        return card

    def _key(self) -> Card:
        card = Card("乡镇端的公钥")
        self.key = theme.mark(QLabel(), "strong")
        self.key.setWordWrap(True)
        self.key.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        hint = theme.mark(
            QLabel("审核意见文件用它对应的私钥签名。村里第一次导入审核意见时，请他们和这里核对。私钥只在这台电脑上。"),
            "muted",
        )
        hint.setWordWrap(True)
        card.body.addWidget(self.key)
        card.body.addWidget(hint)
        copy = make_button("复制公钥(&C)", kind="quiet", icon="copy", on_click=self._copy)
        card.body.addWidget(copy, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _log(self) -> Card:
        card = Card("操作日志核验")
        words = QLabel("从第一条起重算操作日志，查出有没有人绕过本程序改过、删过记录。")
        words.setWordWrap(True)
        self.head = theme.mark(QLabel(), "muted")
        self.head.setWordWrap(True)
        self.head.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.result = theme.mark(QLabel(), "heading")
        self.result.setWordWrap(True)
        self.verify_button = make_button("核验(&V)", icon="shield", on_click=self.verify)
        card.body.addWidget(words)
        card.body.addWidget(QLabel("最新一条的校验码："))
        card.body.addWidget(self.head)
        card.body.addWidget(self.verify_button, 0, Qt.AlignmentFlag.AlignLeft)
        card.body.addWidget(self.result)
        return card

    def _show_key(self, key: str) -> None:
        self.key.setText(key_lines(key))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("".join(self.key.text().split()))
        self.message_requested.emit("已复制公钥", "success")

    def _choose(self) -> None:
        folder = dialogs.pick_folder(self, "报送文件存在哪个文件夹", self.folder.text())
        if folder is not None:
            self.folder.setText(str(folder))

    def _verified(self, problems: tuple[str, ...]) -> None:
        theme.mark(self.result, "danger" if problems else "success")
        more = f"\n共 {len(problems)} 处" if len(problems) > _SHOWN else ""
        told = "\n".join(problems[:_SHOWN]) + more
        self.result.setText(told or "核验通过：日志完整，收到的凭证、余额、登记簿和文件都没有被改动")

    def _failed(self, refusal: Refusal) -> None:
        theme.mark(self.result, "danger")
        self.result.setText(str(refusal))

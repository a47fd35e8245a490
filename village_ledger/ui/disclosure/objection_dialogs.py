"""Noting a villager's question about a notice, and an answer to it."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget

from village_ledger.domain.disclosure import CHANNELS, Answer, Disclosure, Objection
from village_ledger.domain.errors import Refusal
from village_ledger.reports.frame import span_label
from village_ledger.services import disclosures
from village_ledger.ui import theme
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.operations import DISCLOSURES, Operations
from village_ledger.ui.widgets.day_field import DayField
from village_ledger.ui.widgets.form import FormGrid


class _TextDialog(Dialog):
    """A day, some fields and a longer text."""

    saved = Signal()

    def __init__(self, title: str, operations: Operations, today: date, parent: QWidget) -> None:
        super().__init__(title, parent, operations=operations, width=600)
        self._operations = operations
        self.form = FormGrid()
        self.day = DayField(today)
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(theme.current().scaled(90))
        self.body.addWidget(self.form)
        self.add_button("取消", self.reject)
        self.save_button = self.add_button("保存(&S)", self.save, kind="primary")

    def checked_day(self) -> date | None:
        """The day, or None after marking what is wrong with it."""
        self.form.clear_errors()
        text = self.day.error() or ("" if self.day.value() else "请填写日期")
        if text:
            self.form.set_error(self.day, text)
            return None
        return self.day.value()

    def save(self) -> None:
        """Keep it."""
        raise NotImplementedError

    def _done(self) -> None:
        self.accept()
        self.saved.emit()

    def _failed(self, refusal: Refusal) -> None:
        self.message(str(refusal), "danger")


class ObjectionDialog(_TextDialog):
    """Who asks what about which notice."""

    def __init__(self, operations: Operations, posted: tuple[Disclosure, ...], today: date, parent: QWidget) -> None:
        super().__init__("登记质询", operations, today, parent)
        self.notice = QComboBox()
        for made in reversed(posted):
            self.notice.addItem(f"{span_label(made.start, made.end)}公开榜", made.uid)
        self.villager, self.about = QLineEdit(), QLineEdit()
        self.villager.setMaxLength(40)
        self.about.setMaxLength(200)
        self.about.setPlaceholderText("例如：支出第 12 笔 路灯电费")
        self.channel = QComboBox()
        self.channel.addItems(CHANNELS)
        self.form.add("日期(&D)", self.day)
        self.form.add("公开榜(&G)", self.notice)
        self.form.add("质询人(&W)", self.villager)
        self.form.add("提出方式(&F)", self.channel)
        self.form.add("对哪一笔(&A)", self.about, "可以空着")
        self.form.add("问什么(&T)", self.text)
        self.villager.setFocus()

    def save(self) -> None:
        """Note the question."""
        day = self.checked_day()
        if day is None:
            return
        wanted = Objection(
            "",
            str(self.notice.currentData()),
            day,
            self.villager.text().strip(),
            self.channel.currentText(),
            self.about.text().strip(),
            self.text.toPlainText().strip(),
        )
        self._operations.write(
            lambda book: disclosures.object_to(book, wanted),
            lambda _saved: self._done(),
            touches=DISCLOSURES,
            initiator=self,
            on_failed=self._failed,
            disable=(self.save_button,),
        )


class AnswerDialog(_TextDialog):
    """Who answers what."""

    def __init__(self, operations: Operations, asked: Objection, today: date, who: str, parent: QWidget) -> None:
        super().__init__("答复质询", operations, today, parent)
        self._asked = asked
        words = QLabel(f"{asked.day} {asked.villager}（{asked.channel}）：{asked.about}　{asked.text}")
        words.setWordWrap(True)
        self.who, self.voucher = QLineEdit(who), QLineEdit()
        self.who.setMaxLength(40)
        self.voucher.setMaxLength(40)
        self.voucher.setPlaceholderText("例如：2025-07 记-3")
        self.closes = QCheckBox("办结，不再跟进")
        self.closes.setChecked(True)
        self.form.add_wide(words)
        self.form.add("日期(&D)", self.day)
        self.form.add("答复人(&W)", self.who)
        self.form.add("答复内容(&T)", self.text)
        self.form.add("更正凭证(&V)", self.voucher, "账记错了的，填更正凭证的号")
        self.form.add("", self.closes)
        self.text.setFocus()

    def save(self) -> None:
        """Note the answer."""
        day = self.checked_day()
        if day is None:
            return
        wanted = Answer(
            day,
            self.who.text().strip(),
            self.text.toPlainText().strip(),
            self.closes.isChecked(),
            self.voucher.text().strip(),
        )
        uid = self._asked.uid
        self._operations.write(
            lambda book: disclosures.answer(book, uid, wanted),
            lambda _saved: self._done(),
            touches=DISCLOSURES,
            initiator=self,
            on_failed=self._failed,
            disable=(self.save_button,),
        )

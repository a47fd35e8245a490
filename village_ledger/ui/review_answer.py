"""Answering a comment of the township: what it says, the answer, and the voucher that corrects."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QWidget

from village_ledger.domain.errors import Refusal
from village_ledger.domain.money import format_fen
from village_ledger.domain.review import MAX_TEXT, Answer
from village_ledger.domain.review_standing import CommentStanding
from village_ledger.services import review_answers
from village_ledger.services.review_answers import Corrections
from village_ledger.services.vouchers import VoucherSummary
from village_ledger.ui import review_words, theme
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.operations import REVIEWS, Operations
from village_ledger.ui.widgets.finder import Choice, FinderEdit
from village_ledger.ui.widgets.form import FormGrid

_SHOWN = 60


class ReviewAnswerDialog(Dialog):
    """`answered(text)` fires with what to say when the answer was kept."""

    answered = Signal(str)

    def __init__(self, operations: Operations, one: CommentStanding, today: date, parent: QWidget) -> None:
        super().__init__(f"答复审核意见　{one.comment.label}", parent, operations=operations, width=640)
        self._operations, self._comment = operations, one.comment
        self._choices: tuple[Choice, ...] = ()
        said = review_words.history(one)
        words = QLabel(review_words.line(one, today) + (f"<br>{said}" if said else ""))
        words.setTextFormat(Qt.TextFormat.RichText)
        words.setWordWrap(True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setPlaceholderText("例如：发票已补齐，贴在 5 月记-12 后面")
        self.text.setFixedHeight(theme.current().scaled(96))
        self.voucher = FinderEdit(self._find, "没有就空着")
        self.form = FormGrid()
        self.form.add_wide(words)
        self.form.add("答复(&T)", self.text)
        self.form.add("更正凭证(&V)", self.voucher, "账记错了的：先红字冲销、重做并记账，再在这里选那张凭证")
        self.body.addWidget(self.form)
        note = theme.mark(QLabel("答复保存以后不能修改，随下一个报送包送到乡镇。"), "muted")
        self.body.addWidget(note)
        self.add_button("取消", self.reject)
        self.save_button = self.add_button("答复(&A)", self.save, kind="primary")
        self.text.textChanged.connect(lambda: self.form.set_error(self.text, ""))
        comment = one.comment
        operations.read(lambda book: review_answers.corrections(book, comment), self._offer, topic="corrections")
        self.text.setFocus()

    def _offer(self, found: Corrections) -> None:
        first = (found.red,) if found.red else ()
        self._choices = tuple(_choice(row) for row in (*first, *found.others))
        if found.red:
            self.voucher.set_choice(self._choices[0])

    def _find(self, text: str) -> Sequence[Choice]:
        typed = text.strip()
        found = [one for one in self._choices if not typed or typed in one.code or typed in one.title]
        return found[:_SHOWN]

    def save(self) -> None:
        """Keep the answer."""
        text, uid = self.text.toPlainText().strip(), self._comment.uid
        voucher = str(self.voucher.value() or "")
        if not text or len(text) > MAX_TEXT:
            self.form.set_error(self.text, f"最多 {MAX_TEXT} 个字" if text else "请写明答复的内容")
            self.text.setFocus()
            return
        if self.voucher.text().strip() and not voucher:
            self.form.set_error(self.voucher, "请从列表里选一张已记账的凭证，或者清空")
            self.voucher.setFocus()
            return
        self._operations.write(
            lambda book: review_answers.answer(book, uid, text, voucher),
            self._done,
            touches=REVIEWS,
            initiator=self,
            on_failed=self._failed,
            disable=(self.save_button,),
        )

    def _done(self, _given: Answer) -> None:
        self.accept()
        self.answered.emit(f"已答复 {self._comment.label} 的审核意见，随下一个报送包送到乡镇")

    def _failed(self, refusal: Refusal) -> None:
        self.message(str(refusal), "danger")


def _choice(row: VoucherSummary) -> Choice:
    label = review_answers.label_of(row)
    return Choice(label, row.summary, f"{format_fen(row.total_fen)} 元", label)

"""Asking on which day a posted voucher is to be reversed (红字冲销)."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from village_ledger.domain.money import format_fen
from village_ledger.domain.voucher import Draft, Voucher
from village_ledger.services import vouchers
from village_ledger.services.book import Book
from village_ledger.ui.widgets.day_edit import DayEdit

from .. import theme
from ..dialogs import Dialog
from ..operations import VOUCHERS, Operations
from ..widgets.form import FormGrid

MARK = "："
SHOWN_LETTERS = 28


class ReverseDialog(Dialog):
    """Makes the red draft and tells its id; the service decides whether it may be."""

    made = Signal(int)

    def __init__(self, operations: Operations, voucher: Voucher, day: date, parent: QWidget | None = None) -> None:
        super().__init__("红字冲销", parent, operations=operations, width=480)
        self._work = operations
        self._voucher = voucher
        summary = voucher.lines[0].summary
        shown = summary if len(summary) <= SHOWN_LETTERS else f"{summary[:SHOWN_LETTERS]}…"
        what = f"冲销 {voucher.period.label} {voucher.label}　{format_fen(voucher.total_fen)} 元"
        self.body.addWidget(theme.mark(QLabel(what), "strong"))
        self.body.addWidget(QLabel(shown))
        self.body.addWidget(theme.mark(QLabel("原凭证不会改动；红字凭证同样要经过审核、记账才生效。"), "muted"))
        self.day = DayEdit(day, self)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("例如：金额录错（可以不填）")
        self.reason.setMaxLength(60)
        form = FormGrid()
        form.add("冲销日期", self.day, "要在未结账的月份；输入 5 表示本月 5 日")
        form.add("原因", self.reason)
        self.body.addWidget(form)
        self.day.complaint.connect(lambda words: self.message(words, "danger") if words else self.message_bar.clear())
        self.day.entered.connect(self.reason.setFocus)
        self.add_button("取消", self.reject)
        self.button = self.add_button("生成红字凭证", self._make, kind="primary")
        self.day.setFocus()

    def _make(self) -> None:
        if not self.day.take_over():
            return
        voucher_id, day, reason = self._voucher.id, self.day.day, self.reason.text().strip()
        self._work.write(
            lambda book: reverse_with_reason(book, voucher_id, day, reason),
            self._done,
            touches=VOUCHERS,
            initiator=self,
            disable=(self.button,),
        )

    def _done(self, draft: Draft) -> None:
        self.accept()
        self.made.emit(draft.id)


def reverse_with_reason(book: Book, voucher_id: int, day: date, reason: str) -> Draft:
    """The red draft; a reason is written behind the mark in each summary."""
    draft = vouchers.reverse(book, voucher_id, day)
    if not reason:
        return draft
    lines = tuple(line._replace(summary=line.summary.replace(MARK, f"（{reason}）{MARK}", 1)) for line in draft.lines)
    return vouchers.save_draft(book, draft._replace(lines=lines))

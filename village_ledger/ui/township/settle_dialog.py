"""The desk's last word on a comment."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from village_ledger.domain.desk import Village
from village_ledger.domain.review import LAST_WORDS
from village_ledger.services.township import reviewing
from village_ledger.services.township.desk import Desk
from village_ledger.services.township.reviewing import Thread

from .form import DeskForm, text_field
from .operations import COMMENTS, LOG, DeskOperations


class SettleDialog(DeskForm):
    """已整改, 已排除 or 重新整改; the last two need a reason."""

    touches = COMMENTS | LOG

    def __init__(self, operations: DeskOperations, village: Village, thread: Thread, parent: QWidget) -> None:
        super().__init__(operations, "处理意见", "保存(&S)", parent)
        self._village, self._uid = village, thread.comment.uid
        last = thread.answers[-1] if thread.answers else None
        corrected = f"（更正凭证 {last.voucher}）" if last and last.voucher else ""
        answered = f"\n村里答复：{last.text}{corrected}" if last else "\n村里还没有答复"
        words = QLabel(f"{thread.comment.label}　{thread.comment.text}{answered}")
        words.setWordWrap(True)
        self.state = QComboBox()
        self.state.addItems(LAST_WORDS)
        self.text = text_field()
        self.form.add_wide(words)
        self.form.add("处理结果(&Z)", self.state)
        self.form.add("说明(&R)", self.text, "已排除、重新整改要写理由；和下一份审核意见一起发给村里")
        self.state.setFocus()

    def act(self) -> Callable[[Desk], Any]:
        """See `DeskForm`."""
        village, uid = self._village, self._uid
        state, text = self.state.currentText(), self.text.toPlainText()
        return lambda desk: reviewing.settle(desk, village, uid, state, text)

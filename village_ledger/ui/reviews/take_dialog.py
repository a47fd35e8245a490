"""What a review file says before it is taken in: which month and opinion, how many comments, signed by which key."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

from village_ledger.domain.errors import Refusal
from village_ledger.services import reviews
from village_ledger.services.reviews import Incoming
from village_ledger.ui import theme
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.instants import local_time
from village_ledger.ui.key_text import key_lines
from village_ledger.ui.operations import PERIODS, REVIEWS, Operations
from village_ledger.ui.widgets.form import FormGrid

_FIRST = "这是本账第一次接收审核意见，接收后就记住这把公钥。请和乡镇核对一次（电话里四位四位地念）。"
_CHANGED = (
    "签这份审核意见的不是乡镇以前的密钥。乡镇换了电脑或重装了程序会这样，也可能是别人冒充。请打电话和乡镇核对下面的新公钥，"
    "一字不差再接收。"
)


class TakeDialog(Dialog):
    """`taken(text)` fires with what to say when the review was taken in."""

    taken = Signal(str)

    def __init__(self, operations: Operations, path: Path, found: Incoming, parent: QWidget) -> None:
        review = found.review
        super().__init__(f"接收审核意见　{review.period.label}", parent, operations=operations, width=640)
        self._operations, self._path, self._found = operations, path, found
        self.form = FormGrid()
        due = sum(one.deadline is not None for one in review.comments)
        comments = f"{len(review.comments)} 条" + (f"，其中 {due} 条要求限期答复" if due else "")
        rows = [
            ("结论", f"{review.opinion}（第 {review.round} 轮）"),
            ("说明", review.text),
            ("审核", f"{review.desk}　{review.reviewer}　{local_time(review.at)}"),
            ("意见", comments if review.comments else "没有"),
            ("整改结论", f"{len(review.settlements)} 条" if review.settlements else ""),
            ("以前的公钥", key_lines(found.known_key) if found.key_changed else ""),
            ("公钥", key_lines(found.signed.key)),
        ]
        for caption, text in rows:
            if text:
                self.form.add(caption, _label(text))
        self.body.addWidget(self.form)
        self.checked = QCheckBox("已和乡镇核对新的公钥，一字不差(&K)")
        self.checked.setVisible(found.key_changed)
        self.body.addWidget(self.checked)
        if review.passed:
            note = theme.mark(QLabel("接收以后，这个月就不能再反结账；需要更正的在以后的月份用红字冲销。"), "muted")
            note.setWordWrap(True)
            self.body.addWidget(note)
        self.add_button("取消", self.reject)
        self.take_button = self.add_button("接收(&R)", self.take, kind="primary")
        self.take_button.setEnabled(not found.key_changed)
        self.checked.toggled.connect(self.take_button.setEnabled)
        if found.key_changed:
            self.message(_CHANGED, "danger")
        elif not found.known_key:
            self.message(_FIRST, "info")

    def take(self) -> None:
        """Take it in."""
        path, new_key = self._path, self.checked.isChecked()
        self._operations.write(
            lambda book: reviews.take_in(book, path, new_key=new_key),
            self._done,
            touches=REVIEWS | PERIODS,
            initiator=self,
            on_failed=self._failed,
            disable=(self.take_button,),
        )

    def _done(self, found: Incoming) -> None:
        self.accept()
        self.taken.emit(found.note)

    def _failed(self, refusal: Refusal) -> None:
        self.message(str(refusal), "danger")


def _label(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setMinimumHeight(theme.current().px("control"))
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label

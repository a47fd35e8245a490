"""Opening a count and approving it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from village_ledger.domain.assets.change import Change, Paper
from village_ledger.domain.assets.count import Count
from village_ledger.domain.errors import Refusal
from village_ledger.services import asset_counts
from village_ledger.ui.decision_field import DecisionField
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.operations import ASSETS, VOUCHERS, Operations
from village_ledger.ui.widgets.day_field import DayField
from village_ledger.ui.widgets.form import FormGrid

from .fields import TEXT_LENGTH, PaperFields


class StartDialog(Dialog):
    """Day, title and people of a new count; `saved` fires afterwards."""

    saved = Signal()

    def __init__(self, operations: Operations, parent: QWidget) -> None:
        super().__init__("开始盘点", parent, operations=operations, width=520)
        self._operations = operations
        facts = operations.facts
        if facts is None:
            raise RuntimeError("this dialog needs a book")
        self.form = FormGrid()
        self.day = DayField(facts.open_period.last_day)
        self.name = QLineEdit(f"{facts.open_period.year}年度清产核资")
        self.people = QLineEdit("、".join(person.name for person in facts.people if person.active))
        for field in (self.name, self.people):
            field.setMaxLength(TEXT_LENGTH)
        self.form.add("盘点日期(&D)", self.day, "列出这一天所在月份的在册资产")
        self.form.add("名称(&N)", self.name)
        self.form.add("盘点人（清查小组）(&P)", self.people)
        self.body.addWidget(self.form)
        self.add_button("取消", self.reject)
        self.start_button = self.add_button("开始(&S)", self.save, kind="primary")
        self.day.setFocus()

    def save(self) -> None:
        """Open the sheet."""
        self.form.clear_errors()
        text = self.day.error() or ("" if self.day.value() else "请填写盘点日期")
        day = self.day.value() if not text else None
        if day is None:
            self.form.set_error(self.day, text)
            return
        name, people = self.name.text(), self.people.text()
        self._operations.write(
            lambda book: asset_counts.start(book, day, name, people),
            lambda _count: self._saved(),
            touches=ASSETS,
            initiator=self,
            on_failed=self._failed,
            disable=(self.start_button,),
        )

    def _saved(self) -> None:
        self.accept()
        self.saved.emit()

    def _failed(self, refusal: Refusal) -> None:
        self.message(str(refusal), "danger")


class ApproveCountDialog(Dialog):
    """Who approved the count; `saved(changes made)` fires afterwards."""

    saved = Signal(int)

    def __init__(self, operations: Operations, count: Count, parent: QWidget) -> None:
        super().__init__("批准盘点结果", parent, operations=operations, width=600)
        self._operations = operations
        self._count = count
        facts = operations.facts
        names = tuple(person.name for person in facts.people if person.active) if facts else ()
        head = next((person.name for person in facts.people if person.role == "负责人"), "") if facts else ""
        missing = sum(1 for line in count.lines if line.missing)
        words = QLabel(
            f"{count.title}：{len(count.lines)} 项资产，盘亏 {missing} 项。"
            + ("盘亏的资产转入待处理财产损溢，每项生成一张凭证草稿。" if missing else "账实相符，不生成凭证。")
        )
        words.setWordWrap(True)
        self.form = FormGrid()
        self.form.add_wide(words)
        self.approval = PaperFields(Paper(head, count.day), "批准人", names)
        self.decision = DecisionField(operations)
        self.form.add("批准(&P)", self.approval)
        self.form.add("决议(&J)", self.decision)
        self.body.addWidget(self.form)
        self.add_button("取消", self.reject)
        self.accept_button = self.add_button("批准(&S)", self.save, kind="primary")

    def save(self) -> None:
        """Approve."""
        if text := self.approval.error():
            self.form.set_error(self.approval, text)
            return
        count, approval, decision = self._count.id, self.approval.value(), self.decision.text()

        def done(made: tuple[Change, ...]) -> None:
            self.accept()
            self.saved.emit(len(made))

        self._operations.write(
            lambda book: asset_counts.approve(book, count, approval, decision),
            done,
            touches=ASSETS | VOUCHERS,
            initiator=self,
            on_failed=self._failed,
            disable=(self.accept_button,),
        )

    def _failed(self, refusal: Refusal) -> None:
        self.message(str(refusal), "danger")

"""Writing a comment on a voucher, contract, decision, asset or statement; and a draft of one from a doubt."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from village_ledger import clock
from village_ledger.domain.desk import Village
from village_ledger.domain.review import SEVERITIES, Comment
from village_ledger.services.township import reviewing
from village_ledger.services.township.categories import Category, fitting
from village_ledger.services.township.desk import Desk
from village_ledger.services.township.ledgers import village_voucher
from village_ledger.services.township.months import Suspicion
from village_ledger.ui.widgets.day_field import DayField

from .form import DeskForm, text_field
from .operations import COMMENTS, LOG, RECEIVED, DeskOperations

_DAYS = 15
"""Days a village is given unless the reviewer says otherwise."""
_GRAVE = {"高": "严重", "中": "一般", "低": "提示"}


def comment_on_doubt(one: Suspicion) -> Comment:
    """What a comment made from a doubt begins with."""
    doubt, rule = one.doubt, one.rule
    label = doubt.vouchers[0] if doubt.vouchers else ""
    evidence = "；".join(f"{what}：{value}" for what, value in doubt.evidence)
    return Comment(
        *("", doubt.period, "凭证" if label else "其他", label, label or doubt.subject),
        f"{doubt.text}\n{evidence}".strip(),
        "",
        f"{rule.source}" if rule else "",
        severity=_GRAVE.get(one.severity, "一般"),
    )


class CommentDialog(DeskForm):
    """`draft` says what the comment is about and what is known of it already."""

    touches = COMMENTS | RECEIVED | LOG

    def __init__(self, operations: DeskOperations, village: Village, draft: Comment, parent: QWidget) -> None:
        super().__init__(operations, "加审核意见", "保存意见(&S)", parent, width=680)
        self._village, self._draft = village, draft
        about = QLabel(f"{village.name} {draft.period.label}　{draft.kind}：{draft.label or '这个月的账'}")
        about.setWordWrap(True)
        self.category = QComboBox()
        for one in fitting(draft.kind):
            self.category.addItem(one.name, one)
        self.category.setCurrentIndex(self._first_category(draft.category))
        self.text = text_field()
        self.text.setPlainText(draft.text)
        self.clause = QComboBox()
        self.clause.setEditable(True)
        self.demand = text_field(60)
        self.deadline = DayField(draft.deadline or clock.today() + timedelta(days=_DAYS))
        self.severity = QComboBox()
        self.severity.addItems(SEVERITIES)
        self.severity.setCurrentText(draft.severity)
        self.form.add_wide(about)
        self.form.add("问题类别(&L)", self.category)
        self.form.add("问题(&T)", self.text, "写明哪一笔、什么问题")
        self.form.add("依据(&Y)", self.clause, "可以选，也可以自己写；条文以正式文本为准")
        self.form.add("整改要求(&D)", self.demand)
        self.form.add("期限(&Q)", self.deadline, "空着就是一般提示，不要求答复")
        self.form.add("轻重(&Z)", self.severity)
        self.category.currentIndexChanged.connect(lambda _place: self._suggest(fresh=False))
        self._suggest(fresh=True)
        self.text.setFocus()

    def _first_category(self, wanted: str) -> int:
        return max(self.category.findText(wanted or "其他"), 0) if wanted else 0

    def _suggest(self, *, fresh: bool) -> None:
        """Offer the clauses of the kind of problem; keep what the reviewer has typed."""
        one: Category = self.category.currentData()
        typed = self._draft.clause if fresh else self.clause.currentText()
        known = {self.clause.itemText(place) for place in range(self.clause.count())}
        self.clause.clear()
        self.clause.addItems(one.clauses)
        own = typed and typed not in known
        self.clause.setEditText(typed if own else one.clauses[0] if one.clauses else "")
        told = self.demand.toPlainText()
        if fresh and self._draft.demand:
            self.demand.setPlainText(self._draft.demand)
        elif not told or told in {each.demand for each in fitting(self._draft.kind)}:
            self.demand.setPlainText(one.demand)

    def act(self) -> Callable[[Desk], Any]:
        """See `DeskForm`."""
        village = self._village
        wanted = self._draft._replace(
            text=self.text.toPlainText().strip(),
            category=self.category.currentText(),
            clause=self.clause.currentText().strip(),
            demand=self.demand.toPlainText().strip(),
            deadline=self.deadline.value(),
            severity=self.severity.currentText(),
        )
        return lambda desk: reviewing.comment(desk, village, _by_uid(desk, village, wanted))


def _by_uid(desk: Desk, village: Village, wanted: Comment) -> Comment:
    """A comment on a voucher names it by its uid, whatever it was found by."""
    if wanted.kind != "凭证" or wanted.subject != wanted.label:
        return wanted
    return wanted._replace(subject=village_voucher(desk, village, label=wanted.label).uid)

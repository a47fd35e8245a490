"""One question of the conversion: where an old balance goes, in one amount or split. Nothing is chosen beforehand."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from village_ledger.domain.account import Chart, Item
from village_ledger.domain.conversion import Question, Share
from village_ledger.domain.money import MoneyError, format_fen
from village_ledger.ui import theme
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.money_edit import MoneyEdit


def balance_in_words(fen: int) -> str:
    """`借方 1,200.00` or `贷方 1,200.00`."""
    return f"{'借方' if fen >= 0 else '贷方'} {format_fen(abs(fen))}"


def _targets(question: Question, chart: Chart) -> list[tuple[str, str]]:
    """The accounts a balance may go to with the reasons: the choices' lowest details, or any leaf without choices."""
    reasons = [(choice.code, choice.reason) for choice in question.choices] or [("", "")]
    return [
        (account.code, reason)
        for code, reason in reasons
        for account in chart
        if account.code.startswith(code) and chart.is_leaf(account.code) and not account.disabled
    ]


class ShareRow(QWidget):
    """A target account, an amount in the balance's own direction, and a name where the target is kept by household."""

    changed = Signal()
    removed = Signal(object)

    def __init__(self, question: Question, chart: Chart, amount_fen: int | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.current()
        self._question = question
        self._chart = chart
        self._sign = 1 if question.opening.balance_fen >= 0 else -1
        self.target = QComboBox()
        self.target.addItem("请选择转入的科目", "")
        for code, reason in _targets(question, chart):
            self.target.addItem(f"{code} {chart.full_name(code)}" + (f"：{reason}" if reason else ""), code)
        self.target.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.target.setMinimumContentsLength(24)
        self.amount = MoneyEdit()
        self.amount.setFixedWidth(look.scaled(130))
        self.amount.set_value_fen(amount_fen)
        self.name = QLineEdit()
        self.name.setFixedWidth(look.scaled(150))
        self.remove_button = make_button("", kind="quiet", icon="trash", tip="去掉这一行")
        self.remove_button.clicked.connect(lambda: self.removed.emit(self))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px("gap"))
        row.addWidget(self.target, 1)
        for widget in (self.name, self.amount, self.remove_button):
            row.addWidget(widget)
        self._show_name()
        self.target.currentIndexChanged.connect(self._target_changed)
        self.amount.textChanged.connect(lambda _text: self.changed.emit())
        self.name.textChanged.connect(lambda _text: self.changed.emit())

    def _target_changed(self, _place: int) -> None:
        self._show_name()
        self.changed.emit()

    def _missing(self) -> str:
        """The dimension the target must have and the old balance does not bring along."""
        account = self._chart.get(self.target.currentData() or "")
        have = {item.category for item in self._question.opening.items}
        wanted = [a.category for a in account.auxiliaries if a.required and a.category not in have] if account else []
        brings_detail = len(self._question.opening.account) > 3
        return wanted[0] if wanted and not brings_detail else ""

    def _show_name(self) -> None:
        missing = self._missing()
        self.name.setVisible(bool(missing))
        self.name.setPlaceholderText(f"{missing}名称")

    def fen(self) -> int:
        """The signed amount; 0 while it cannot be read."""
        try:
            return self._sign * (self.amount.value_fen() or 0)
        except MoneyError:
            return 0

    def share(self) -> Share | None:
        """This row's part of the answer; None while it is incomplete."""
        code, fen, missing = self.target.currentData(), self.fen(), self._missing()
        name = self.name.text().strip()
        if not code or not fen or (missing and not name):
            return None
        items: tuple[Item, ...] = ()
        if missing:
            account = self._chart[code]
            allowed = {auxiliary.category for auxiliary in account.auxiliaries}
            kept = [item for item in self._question.opening.items if item.category in allowed]
            items = tuple(sorted((*kept, Item(missing, f"{missing}/{name}", name))))
        return Share(code, fen, items)


class QuestionPanel(QWidget):
    """`answered(position, shares or None)` fires with each change; `same_for_all(code)` applies it to the like."""

    answered = Signal(int, object)
    same_for_all = Signal(object)

    def __init__(self, question: Question, chart: Chart, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.current()
        self.question = question
        self._chart = chart
        self.rows: list[ShareRow] = []
        opening = question.opening
        members = "、".join(item.name for item in opening.items)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(look.px("gap_large"), 0, 0, 0)
        self._column.setSpacing(look.px("gap"))
        heading = theme.mark(QLabel(question.name + (f"（{members}）" if members else "")), "heading")
        amount = theme.mark(QLabel(f"原账余额　{balance_in_words(opening.balance_fen)}"), "strong")
        text = QLabel(question.text)
        basis = theme.mark(QLabel(f"依据：{question.basis}"), "muted")
        for label in (heading, amount, text, basis):
            label.setWordWrap(True)
            self._column.addWidget(label)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(look.px("gap"))
        self._column.addLayout(self._rows)
        self.add_row_button = make_button("再拆一行(&P)", kind="quiet", icon="plus", on_click=self._add_rest)
        self.same_button = make_button("其余同科目的都照此办理(&L)", kind="quiet", icon="copy", on_click=self._same)
        self.rest = QLabel()
        foot = QHBoxLayout()
        foot.addWidget(self.add_row_button)
        foot.addWidget(self.same_button)
        foot.addStretch(1)
        foot.addWidget(self.rest)
        self._column.addLayout(foot)
        self._column.addStretch(1)
        self.add_row(abs(opening.balance_fen))

    def add_row(self, amount_fen: int | None = None) -> ShareRow:
        """Another part of the balance."""
        row = ShareRow(self.question, self._chart, amount_fen)
        row.changed.connect(self._changed)
        row.removed.connect(self._remove)
        self.rows.append(row)
        self._rows.addWidget(row)
        self._changed()
        return row

    def set_target(self, code: str) -> None:
        """Answer with the whole balance to one account (asked for by the user on a like account)."""
        for row in self.rows[1:]:
            self._remove(row)
        first = self.rows[0]
        first.target.setCurrentIndex(max(first.target.findData(code), 0))
        first.amount.set_value_fen(abs(self.question.opening.balance_fen))

    def shares(self) -> tuple[Share, ...] | None:
        """The answer, or None while it is incomplete or does not add up."""
        given: Sequence[Share | None] = [row.share() for row in self.rows]
        whole = tuple(share for share in given if share is not None)
        complete = len(whole) == len(given) and sum(share.fen for share in whole) == self.question.opening.balance_fen
        return whole if complete else None

    def _rest_fen(self) -> int:
        return self.question.opening.balance_fen - sum(row.fen() for row in self.rows)

    def _add_rest(self) -> None:
        rest = abs(self._rest_fen())
        self.add_row(rest or None).target.setFocus()

    def _remove(self, row: ShareRow) -> None:
        if len(self.rows) > 1:
            self.rows.remove(row)
            self._rows.removeWidget(row)
            row.hide()
            row.deleteLater()
            self._changed()

    def _same(self) -> None:
        shares = self.shares()
        if shares and len(shares) == 1:
            self.same_for_all.emit(shares[0].account)

    def _changed(self) -> None:
        rest = self._rest_fen()
        shares = self.shares()
        if rest:
            self.rest.setText(f"还差 {format_fen(abs(rest))}" if abs(rest) else "")
            theme.mark(self.rest, "danger")
        else:
            self.rest.setText("✓ 已处理" if shares else "请选择科目")
            theme.mark(self.rest, "success" if shares else "warning")
        for row in self.rows:
            row.remove_button.setVisible(len(self.rows) > 1)
        self.same_button.setEnabled(bool(shares) and len(shares or ()) == 1)
        self.answered.emit(self.question.position, shares)

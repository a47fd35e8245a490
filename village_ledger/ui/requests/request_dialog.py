"""Drawing up a request for payment, with what its tier will ask for told while it is typed."""

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from village_ledger import clock
from village_ledger.domain.approval import DISPOSAL, OTHER_KIND
from village_ledger.domain.approval_check import tier_demands
from village_ledger.domain.errors import Refusal
from village_ledger.domain.money import MoneyError
from village_ledger.domain.request import EDITABLE, Request
from village_ledger.services import budgets, request_checks, requests, tiers
from village_ledger.services.book import Book
from village_ledger.services.cells import CellError
from village_ledger.ui import theme
from village_ledger.ui.act_dialog import required_day
from village_ledger.ui.decision_field import DecisionField
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.money_accounts import MoneyAccounts
from village_ledger.ui.operations import REQUESTS, Facts, Operations
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.day_field import DayField
from village_ledger.ui.widgets.finder import Choice, FinderEdit
from village_ledger.ui.widgets.form import FormGrid

from .lines_table import LinesTable
from .reads import Offers, read_offers

_PAUSE_MS = 300
_DISPOSAL_WORDS = "资产处置（不付款，写明退出账面的资产）"


class RequestDialog(Dialog):
    """`request` None draws up a new one; `saved(request)` tells what was kept, `submitted` with the text to show."""

    saved = Signal(object)

    def __init__(self, operations: Operations, request: Request | None, parent: QWidget) -> None:
        title = f"用款申请　{request.number}" if request and request.number else "新用款申请"
        super().__init__(title, parent, operations=operations, width=1040, height=600)
        self._operations, self._request = operations, request
        self._build()
        fixed = self._facts().read_only or (request is not None and request.state not in EDITABLE)
        self.add_button("关闭" if fixed else "取消", self.reject)
        self.save_button = self.add_button("保存(&S)", partial(self._save, submit=False))
        self.submit_button = self.add_button("保存并提交(&T)", partial(self._save, submit=True), kind="primary")
        for button in (self.save_button, self.submit_button):
            button.setVisible(not fixed)
        self._show(request)
        if fixed:
            for widget in (self.left, self.right, self.lines, self.tools):
                widget.setEnabled(False)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self.preview)
        self._listen()
        self.preview()
        operations.read(lambda book: read_offers(book, clock.today().year), self._offer, initiator=self)
        self.purpose.setFocus()

    def _facts(self) -> Facts:
        facts = self._operations.facts
        if facts is None:
            raise RuntimeError("a request needs a book")
        return facts

    def _build(self) -> None:
        self._offers = Offers()
        self.left, self.right = FormGrid(), FormGrid()
        self.day, self.purpose = DayField(clock.today()), _text(100)
        self.payee, self.handler, self.witness = _text(60), _names(self._facts()), _names(self._facts())
        self.money = MoneyAccounts(self._operations)
        self.money.addItem(_DISPOSAL_WORDS, None)
        self.left.add("用途(&U)", self.purpose)
        self.left.add("申请日期(&D)", self.day)
        self.left.add("收款人(&P)", self.payee)
        self.left.add("付款账户(&A)", self.money)
        self.left.add("经手人(&H)", self.handler)
        self.left.add("证明人、验收人(&W)", self.witness)
        self.decision = DecisionField(self._operations)
        self.contract = FinderEdit(lambda text: _found(self._offers.contracts, text), "打编号、名称查找付款合同")
        self.project = FinderEdit(lambda text: _found(self._offers.projects, text), "打编号、名称查找工程项目")
        self.budget = FinderEdit(lambda text: _found(self._offers.budget, text), "打编号、名称查找预算项目")
        self.note = _text(300)
        self.right.add("决议文号(&N)", self.decision)
        self.right.add("合同(&C)", self.contract, "按合同付款的填合同，收款人要和合同对方一致")
        self.right.add("工程项目", self.project)
        self.right.add("预算项目", self.budget)
        self.right.add("备注", self.note)
        self.lines = LinesTable(self._facts)
        self.total = theme.mark(QLabel(), "amount")
        self.asked = QLabel()
        self.asked.setWordWrap(True)
        forms = QHBoxLayout()
        forms.setSpacing(theme.current().scaled(24))
        for form in (self.left, self.right):
            column = QVBoxLayout()
            column.addWidget(form)
            column.addStretch(1)
            forms.addLayout(column, 1)
        self.tools = QWidget()
        row = QHBoxLayout(self.tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(make_button("增加一行(&I)", icon="plus", tip="Insert", on_click=self.lines.add))
        row.addWidget(make_button("去掉一行", icon="trash", on_click=self.lines.remove))
        row.addStretch(1)
        row.addWidget(self.total)
        self.body.addLayout(forms)
        self.body.addWidget(self.lines, 1)
        self.body.addWidget(self.tools)
        self.body.addWidget(self.asked)

    def _offer(self, offers: Offers) -> None:
        self._offers = offers
        for field, known in (
            (self.contract, offers.contracts),
            (self.project, offers.projects),
            (self.budget, offers.budget),
        ):
            code = field.value()
            found = next((choice for choice in known if choice.value == code), None)
            if code and found:
                field.set_choice(found)

    def _listen(self) -> None:
        for edit in (self.day, self.payee):
            edit.textChanged.connect(self._timer.start)
        self.lines.changed.connect(self._timer.start)
        self.money.currentIndexChanged.connect(lambda _place: self._timer.start())

    def _show(self, request: Request | None) -> None:
        if request is None:
            actor = self._facts().actor
            self.handler.setCurrentText(actor)
            self.witness.setCurrentText("")
            self.lines.add()
            return
        self.day.set_value(request.day)
        self.purpose.setText(request.title)
        self.payee.setText(request.payee)
        self.handler.setCurrentText(request.handler)
        self.witness.setCurrentText(request.witness)
        for place in range(self.money.count()):
            data = self.money.itemData(place)
            if (data[0] if data else "") == request.money_account:
                self.money.setCurrentIndex(place)
                break
        self.decision.setText(request.decision)
        for field, code in (
            (self.contract, request.contract),
            (self.project, request.project),
            (self.budget, request.budget_item),
        ):
            field.set_choice(Choice(code, "", "", code) if code else None)
        self.note.setText(request.note)
        for line in request.lines:
            self.lines.add(line)

    def request(self) -> Request:
        """The request as typed; raises CellError or MoneyError for what cannot be read. Its kind follows later."""
        before = self._request
        data = self.money.currentData()
        made = Request(
            required_day(self.day, "申请日期"),
            self.purpose.text().strip(),
            DISPOSAL if self.money.currentText() == _DISPOSAL_WORDS else "",
            self.payee.text().strip(),
            self.handler.currentText().strip(),
            self.witness.currentText().strip(),
            self.lines.lines(),
            data[0] if data else "",
            self.decision.number(),
            self.contract.value() or "",
            self.project.value() or "",
            self.budget.value() or "",
            before.documents if before else (),
            self.note.text().strip(),
        )
        if before is None:
            return made
        return made._replace(id=before.id, version=before.version, number=before.number, uid=before.uid)

    def preview(self) -> None:
        """Tell what the tier of what has been typed so far asks for."""
        self._timer.stop()
        self.total.setText(f"合计 {self.lines.total_text()} 元")
        try:
            wanted = self.request()
        except (CellError, MoneyError) as wrong:
            self.asked.setText(str(wrong))
            return
        self._operations.read(partial(_asked, wanted), self.asked.setText, topic="asked", initiator=self)

    def _save(self, *, submit: bool) -> None:
        try:
            wanted = self.request()
        except (CellError, MoneyError) as wrong:
            self.message(str(wrong), "danger")
            return
        self._operations.write(
            partial(_keep, wanted, submit),
            self._saved,
            touches=REQUESTS,
            initiator=self,
            on_failed=self._failed,
            disable=(self.save_button, self.submit_button),
        )

    def _saved(self, result: tuple[Request, str]) -> None:
        kept, refused = result
        if not refused:
            self.accept()
            self.saved.emit(kept)
            return
        self._request = kept
        self.message(f"已保存为 {kept.number}，但还不能提交：\n{refused}", "warning")
        self.saved.emit(kept)

    def _failed(self, refusal: Refusal) -> None:
        self.message(str(refusal), "danger")


def _kinded(wanted: Request, book: Book) -> Request:
    """The request with the kind its accounts make it, unless it is to dispose of an asset."""
    if wanted.kind == DISPOSAL:
        return wanted
    kinds = request_checks.kind_of_lines(book, wanted.lines)
    return wanted._replace(kind=kinds[0] if kinds else OTHER_KIND)


def _keep(wanted: Request, submit: bool, book: Book) -> tuple[Request, str]:
    """Save, and submit if asked to; what keeps it from being submitted is told, the typed request is kept."""
    kept = requests.save(book, _kinded(wanted, book))
    if not submit:
        return kept, ""
    try:
        return requests.submit(book, kept.id), ""
    except Refusal as refusal:
        return kept, str(refusal)


def _asked(wanted: Request, book: Book) -> str:
    """What the tier asks for, and what the budget says."""
    made = _kinded(wanted, book)
    if not made.amount_fen:
        return ""
    table = tiers.table_on(book, made.day)
    tier = table.tier(made.kind, made.amount_fen)
    text = f"{made.kind}，{tier.span}：" if tier else f"{made.kind}：不用审批"
    if tier:
        text += "、".join(tier_demands(tier, tiers.spending(book.entity.chart))[1:]) or "不用审批"
    over = budgets.overspent_by(book, made.day, request_checks.draft_lines(made))
    return "\n".join((f"{text}（{table.title}）", *over))


def _text(longest: int) -> QLineEdit:
    field = QLineEdit()
    field.setMaxLength(longest)
    return field


def _names(facts: Facts) -> QComboBox:
    field = QComboBox()
    field.setEditable(True)
    field.addItems([one.name for one in facts.people if one.active])
    return field


def _found(choices: tuple[Choice, ...], text: str) -> tuple[Choice, ...]:
    typed = text.strip().lower()
    return tuple(one for one in choices if typed in f"{one.code} {one.title} {one.detail}".lower())[:60]

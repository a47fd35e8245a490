"""Writing a source document down from the paper: its kind, number, issuer, day and amount, and the payee's account."""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from village_ledger.domain.source_document import DIRECTIONS, INVOICE, KINDS, NUMBERED, PAID, SourceDocument
from village_ledger.services import documents
from village_ledger.services.book import Book
from village_ledger.ui.act_dialog import ActDialog, required_day
from village_ledger.ui.operations import DOCUMENTS, Operations
from village_ledger.ui.widgets.day_field import DayField
from village_ledger.ui.widgets.money_edit import MoneyEdit

_WAYS = {"付": "付款的票据", "收": "收款的票据（本村开的收据、发票）"}
_HINTS = {
    "税务发票": "数电发票没有代码，只填 20 位号码；红字发票金额填负数",
    "白条": "没有合法票据的付款才登记成白条，查账时会列出来",
    "自制凭证": "工资表、误工表、签领表等本村自己做的表",
}


class Proposal(NamedTuple):
    """What a voucher says of its paper: which way the money goes, the day, the amount, and from or to whom."""

    day: date
    direction: str = PAID
    fen: int = 0
    issuer: str = ""


class Place(NamedTuple):
    """Where a document is to be attached: a draft, the posted voucher of a uid, or nowhere yet."""

    draft: int = 0
    voucher: str = ""


class DocumentDialog(ActDialog):
    """Registers one document, and attaches it where it is told to."""

    touches = DOCUMENTS

    def __init__(self, operations: Operations, proposal: Proposal, place: Place, parent: QWidget) -> None:
        super().__init__(operations, "登记票据", "登记(&S)", parent)
        self._place = place
        self.direction, self.kind = QComboBox(), QComboBox()
        for direction in DIRECTIONS:
            self.direction.addItem(_WAYS[direction], direction)
        self.code, self.number, self.issuer = QLineEdit(), QLineEdit(), QLineEdit(proposal.issuer)
        self.day, self.amount = DayField(proposal.day), MoneyEdit()
        self.account_name, self.account, self.note, self.void = QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit()
        for field, length in ((self.code, 40), (self.number, 40), (self.account, 40)):
            field.setMaxLength(length)
        for field in (self.issuer, self.account_name, self.note, self.void):
            field.setMaxLength(200)
        self.amount.set_value_fen(proposal.fen or None)
        form = self.form
        form.add("收付(&F)", self.direction)
        form.add("票据种类(&K)", self.kind, _HINTS[INVOICE])
        form.add("代码(&C)", self.code)
        form.add("号码(&N)", self.number)
        form.add("开具单位(&W)", self.issuer)
        form.add("票据日期(&D)", self.day)
        form.add("金额(&A)", self.amount)
        form.add("收款户名(&H)", self.account_name, "钱打到哪个户，可以空着；账号只显示后四位")
        form.add("收款账号(&Z)", self.account)
        form.add("备注(&B)", self.note)
        if place == Place():
            form.add("作废原因(&V)", self.void, "写坏的收据也要登记，号码才连得上")
        self.direction.currentIndexChanged.connect(self._offer_kinds)
        self.kind.currentIndexChanged.connect(self._explain)
        self._offer_kinds()
        self.direction.setCurrentIndex(self.direction.findData(proposal.direction))
        self.number.setFocus()

    def _offer_kinds(self) -> None:
        received = self.direction.currentData() != PAID
        kinds = [kind for kind in KINDS if not (received and kind == "白条")]
        self.kind.clear()
        self.kind.addItems(kinds)
        self.kind.setCurrentText("农村集体经济组织统一收据" if received else INVOICE)

    def _explain(self) -> None:
        kind = self.kind.currentText()
        self.form.set_hint(self.kind, _HINTS.get(kind, "同一号码只能登记一次" if kind in NUMBERED else ""))

    def act(self) -> Callable[[Book], Any]:
        """See `ActDialog`."""
        wanted = SourceDocument(
            str(self.direction.currentData()),
            self.kind.currentText(),
            required_day(self.day, "票据日期"),
            self.amount.value_fen() or 0,
            self.number.text(),
            self.code.text(),
            self.issuer.text(),
            self.account_name.text(),
            self.account.text(),
            self.note.text(),
            self.void.text(),
        )
        draft, voucher = self._place
        return lambda book: documents.register(book, wanted, draft=draft, voucher=voucher)

    def told(self, result: SourceDocument) -> str:
        """See `ActDialog`."""
        return f"已登记 {result}"

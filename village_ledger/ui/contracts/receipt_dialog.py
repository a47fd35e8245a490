"""Registering money received for a party's contracts, or saying anew what a receipt settles."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QWidget

from village_ledger import clock
from village_ledger.domain.account import Item
from village_ledger.domain.contract import INCOMING
from village_ledger.domain.contract_account import ContractAccount, Standing, allocate_oldest
from village_ledger.domain.contract_register import ReceiptAccount
from village_ledger.domain.errors import Refusal
from village_ledger.domain.money import MoneyError, format_fen
from village_ledger.services.cells import CellError
from village_ledger.services.contract_receipts import NewReceipt, Part, reallocate, register_receipt
from village_ledger.ui import theme
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.money_accounts import MoneyAccounts
from village_ledger.ui.operations import CONTRACTS, VOUCHERS, Operations
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.day_field import DayField
from village_ledger.ui.widgets.form import FormGrid
from village_ledger.ui.widgets.money_edit import MoneyEdit

SHOWN_AHEAD = 12
"""How many payments not due yet are offered besides those due."""


class AllocationGrid(QScrollArea):
    """A line for each open payment with a field for what of the receipt it gets."""

    changed = Signal()

    def __init__(self, accounts: Sequence[ContractAccount], kept: Sequence[Part] = (), *, direct: bool = False) -> None:
        super().__init__()
        look = theme.current()
        self._accounts = tuple(accounts)
        self._fields: dict[tuple[int, int], MoneyEdit] = {}
        body = QWidget()
        body.setObjectName("ScrollBody")
        grid = QGridLayout(body)
        grid.setVerticalSpacing(look.px("gap_small"))
        grid.setHorizontalSpacing(look.px("gap_large"))
        for column, title in enumerate(("合同", "期间", "应付日", "未收", "本次分配")):
            grid.addWidget(theme.mark(QLabel(title), "muted"), 0, column)
        held = {(contract, seq): fen for contract, seq, fen in kept}
        for row, (account, one) in enumerate(open_payments(self._accounts, held, direct=direct), 1):
            key = account.contract.id, one.instalment.seq
            most = one.outstanding_fen + held.get(key, 0)
            field = MoneyEdit()
            field.setFixedWidth(look.scaled(120))
            field.set_value_fen(held.get(key))
            field.amount_changed.connect(self.changed.emit)
            texts = (account.contract.code, one.instalment.label, one.instalment.due.isoformat(), format_fen(most))
            for column, text in enumerate(texts):
                grid.addWidget(QLabel(text), row, column)
            grid.addWidget(field, row, len(texts))
            self._fields[key] = field
        grid.setRowStretch(len(self._fields) + 1, 1)
        grid.setColumnStretch(1, 1)
        self.setWidgetResizable(True)
        self.setWidget(body)
        self.setMinimumHeight(look.scaled(220))

    def parts(self) -> tuple[Part, ...]:
        """What has been given to each payment; raises MoneyError for nonsense."""
        found = []
        for (contract, seq), field in self._fields.items():
            fen = field.value_fen()
            if fen:
                found.append((contract, seq, fen))
        return tuple(found)

    def show_parts(self, parts: Sequence[Part]) -> None:
        """Show another allocation."""
        given = {(contract, seq): fen for contract, seq, fen in parts}
        for key, field in self._fields.items():
            field.set_value_fen(given.get(key))
        self.changed.emit()


def open_payments(
    accounts: Sequence[ContractAccount], held: dict[tuple[int, int], int], *, direct: bool = False
) -> list[tuple[ContractAccount, Standing]]:
    """Payments that still want money or have some of this receipt, the earliest first."""
    found = sorted(
        (
            (account, one)
            for account in accounts
            for one in account.standings
            if one.counts
            and (
                (one.outstanding_fen > 0 and (one.chargeable_fen or not direct))
                or (account.contract.id, one.instalment.seq) in held
            )
        ),
        key=lambda pair: (pair[1].instalment.due, pair[0].contract.code),
    )
    today = clock.today()
    due = [pair for pair in found if pair[1].instalment.due <= today]
    ahead = [pair for pair in found if pair[1].instalment.due > today]
    return due + ahead[:SHOWN_AHEAD]


class ReceiptDialog(Dialog):
    """Money from one party on one account; `done(text)` fires when the draft voucher has been made."""

    registered = Signal(str)

    def __init__(self, operations: Operations, accounts: Sequence[ContractAccount], day: date, parent: QWidget) -> None:
        contract = accounts[0].contract
        incoming = contract.direction == INCOMING
        verb = "收款" if incoming else "付款"
        super().__init__(f"登记{verb}　{contract.party.name}", parent, operations=operations, width=760)
        self._operations = operations
        self._accounts = tuple(accounts)
        self._verb = verb
        self._party: Item = contract.party
        self._account = contract.account
        self.day, self.amount, self.money = DayField(day), MoneyEdit(), MoneyAccounts(operations)
        self.form = FormGrid()
        self.form.add(f"{verb}日期(&D)", self.day)
        self.form.add("金额(&A)", self.amount)
        self.form.add("现金或银行(&B)", self.money)
        self.grid = AllocationGrid(accounts)
        self.rest = theme.mark(QLabel(), "muted")
        self.oldest_button = make_button("最早的先分配(&O)", on_click=self.give_oldest)
        self.body.addWidget(self.form)
        self.body.addWidget(self.grid, 1)
        self.body.addWidget(self.rest)
        self.buttons.insertWidget(0, self.oldest_button)
        self.add_button("取消", self.reject)
        self.save_button = self.add_button("生成凭证草稿(&S)", self._save, kind="primary")
        self.amount.amount_changed.connect(self.give_oldest)
        self.grid.changed.connect(self._show_rest)
        self._show_rest()
        self.amount.setFocus()

    def give_oldest(self) -> None:
        """Spread the amount over the earliest payments."""
        if not self.amount.error():
            self.grid.show_parts(allocate_oldest(self.amount.value_fen() or 0, self._accounts))

    def _show_rest(self) -> None:
        try:
            rest = (self.amount.value_fen() or 0) - sum(fen for *_, fen in self.grid.parts())
        except MoneyError as wrong:
            self.rest.setText(str(wrong))
            return
        if rest < 0:
            self.rest.setText(f"分配的比{self._verb}多 {format_fen(-rest)} 元")
        else:
            self.rest.setText(
                f"没有分配到期次的 {format_fen(rest)} 元，留作预{self._verb[0]}，到期时自动冲抵" if rest else ""
            )
        theme.mark(self.rest, "error" if rest < 0 else "muted")

    def _save(self) -> None:
        try:
            day, fen, parts = self.day.value(), self.amount.value_fen(), self.grid.parts()
        except (CellError, MoneyError) as wrong:
            self.message(str(wrong), "danger")
            return
        if day is None or not fen:
            self.message(f"请填{self._verb}日期和金额", "danger")
            return
        code, items = self.money.currentData()
        wanted = NewReceipt(day, self._party, self._account, fen, code, items, parts)
        self._operations.write(
            lambda book: register_receipt(book, wanted),
            self._saved,
            touches=CONTRACTS | VOUCHERS,
            initiator=self,
            on_failed=lambda refusal: self.message(str(refusal), "danger"),
            disable=(self.save_button,),
        )

    def _saved(self, made: ReceiptAccount) -> None:
        self.accept()
        self.registered.emit(f"已登记{self._verb} {format_fen(made.receipt.amount_fen)} 元，凭证草稿等待审核")


class AllocationDialog(Dialog):
    """What a receipt settles, changed."""

    allocated = Signal(str)

    def __init__(
        self, operations: Operations, one: ReceiptAccount, accounts: Sequence[ContractAccount], parent: QWidget
    ) -> None:
        receipt = one.receipt
        name = receipt.party.name if receipt.party else "直接记收入的款项"
        super().__init__(f"分配收款　{name}", parent, operations=operations, width=760)
        self._operations = operations
        self._one = one
        intro = QLabel(f"{receipt.day}　{receipt.voucher.label}　金额 {format_fen(receipt.amount_fen)} 元")
        held = tuple((part.contract, part.seq, part.amount_fen) for part in one.allocations)
        self.grid = AllocationGrid(accounts, held, direct=receipt.route == "直接")
        self.body.addWidget(intro)
        self.body.addWidget(self.grid, 1)
        if receipt.route == "往来":
            self.buttons.insertWidget(0, make_button("最早的先分配(&O)", on_click=lambda: self._write(None)))
        self.add_button("取消", self.reject)
        self.save_button = self.add_button("保存分配(&S)", self._save, kind="primary")

    def _save(self) -> None:
        try:
            self._write(self.grid.parts())
        except MoneyError as wrong:
            self.message(str(wrong), "danger")

    def _write(self, parts: tuple[Part, ...] | None) -> None:
        receipt = self._one.receipt.id
        self._operations.write(
            lambda book: reallocate(book, receipt, parts),
            self._saved,
            touches=CONTRACTS,
            initiator=self,
            on_failed=self._failed,
            disable=(self.save_button,),
        )

    def _saved(self, made: ReceiptAccount) -> None:
        self.accept()
        rest = f"，还有 {format_fen(made.unallocated_fen)} 元没有分配" if made.unallocated_fen else ""
        self.allocated.emit(f"已分配{rest}")

    def _failed(self, refusal: Refusal) -> None:
        self.message(str(refusal), "danger")

"""Saying which contracts' rents a line of income is made of."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from village_ledger.domain.contract_account import ContractAccount
from village_ledger.domain.contract_register import ReceiptAccount
from village_ledger.domain.money import MoneyError, format_fen
from village_ledger.services.contract_claims import Candidate, claim_receipt
from village_ledger.ui import theme
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.operations import CONTRACTS, Operations

from .receipt_dialog import AllocationGrid


class ClaimDialog(Dialog):
    """The open payments of the contracts booked to that income account, each with a field."""

    claimed = Signal(str)

    def __init__(
        self, operations: Operations, candidate: Candidate, accounts: Sequence[ContractAccount], parent: QWidget
    ) -> None:
        line = candidate.entry
        super().__init__(f"认领收入　{line.label}", parent, operations=operations, width=760)
        self._operations = operations
        self._candidate = candidate
        intro = QLabel(f"{line.day}　{line.summary}　可认领 {format_fen(candidate.free_fen)} 元")
        intro.setWordWrap(True)
        self.grid = AllocationGrid(accounts, direct=True)
        self.rest = theme.mark(QLabel(), "muted")
        self.body.addWidget(intro)
        self.body.addWidget(self.grid, 1)
        self.body.addWidget(self.rest)
        self.add_button("取消", self.reject)
        self.save_button = self.add_button("认领(&S)", self._save, kind="primary")
        self.grid.changed.connect(self._show_rest)
        self._show_rest()
        if fields := self.grid.findChildren(QLineEdit):
            fields[0].setFocus()

    def _show_rest(self) -> None:
        try:
            rest = self._candidate.free_fen - sum(fen for *_, fen in self.grid.parts())
        except MoneyError as wrong:
            self.rest.setText(str(wrong))
            return
        self.rest.setText(f"还有 {format_fen(rest)} 元没有认领" if rest >= 0 else f"多认领了 {format_fen(-rest)} 元")
        theme.mark(self.rest, "error" if rest < 0 else "muted")

    def _save(self) -> None:
        try:
            parts = self.grid.parts()
        except MoneyError as wrong:
            self.message(str(wrong), "danger")
            return
        line = self._candidate.entry
        self._operations.write(
            lambda book: claim_receipt(book, line.voucher, line.position, parts),
            self._saved,
            touches=CONTRACTS,
            initiator=self,
            on_failed=lambda refusal: self.message(str(refusal), "danger"),
            disable=(self.save_button,),
        )

    def _saved(self, made: ReceiptAccount) -> None:
        self.accept()
        self.claimed.emit(f"已认领 {format_fen(made.receipt.amount_fen)} 元")

"""Receipts of contracts: posted lines nobody has claimed yet, and the receipts with what each settles."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QLabel, QLineEdit, QStackedWidget, QTabBar, QTableView, QWidget

from village_ledger.domain.contract_account import ContractAccount
from village_ledger.domain.contract_register import ContractRegister, ReceiptAccount
from village_ledger.domain.money import format_fen
from village_ledger.services import contract_claims, contracts
from village_ledger.services.book import Book
from village_ledger.services.contract_claims import Candidate
from village_ledger.services.contract_receipts import payable_by
from village_ledger.ui import theme
from village_ledger.ui.operations import CONTRACTS, VOUCHERS, Operations
from village_ledger.ui.page import Page
from village_ledger.ui.tables.text_rows import Cells, TextRows
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.card import EmptyState
from village_ledger.ui.widgets.table import dress_table, select_row

from .claim_dialog import ClaimDialog
from .receipt_dialog import AllocationDialog

_CLAIM_HEADERS = ("日期", "凭证", "性质", "往来户", "科目", "摘要", "可认领")
_CLAIM_WIDTHS = (106, 76, 66, 150, 84, 300, 110)
_RECEIPT_HEADERS = ("日期", "凭证", "方式", "往来户", "金额", "已分配", "预收未分配", "用于")
_RECEIPT_WIDTHS = (106, 84, 60, 150, 106, 106, 106, 260)
_NO_CLAIMS = (
    "没有待认领的凭证。\n往来科目和租金收入科目里，合同以外记的应收、收款会列在这里，认领到合同后台账和账面就对得上。"
)
_NO_RECEIPTS = "还没有收款。\n在“合同管理”里登记收款，或者把已记账的收款凭证认领过来。"


class Shown(NamedTuple):
    """What the page reads."""

    register: ContractRegister
    candidates: tuple[Candidate, ...]


def _read(book: Book) -> Shown:
    return Shown(contracts.register(book), contract_claims.candidates(book))


class ReceiptsPage(Page):
    """Tab 待认领 and tab 收款与分配; Enter acts on the chosen row."""

    title = "收款与认领"
    touched_by = CONTRACTS | VOUCHERS

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        look = theme.current()
        self._shown = Shown(ContractRegister(), ())
        self.voucher_button = self.add_action_button(make_button("看凭证(&V)", icon="file", on_click=self.open_voucher))
        self.act_button = self.add_action_button(
            make_button("认领(&C)", kind="primary", icon="check", tip="回车", on_click=self.act)
        )
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        for title in ("待认领", "收款与分配"):
            self.tabs.addTab(title)
        self.search = QLineEdit()
        self.search.setPlaceholderText("按往来户、摘要、凭证号查找")
        self.search.setClearButtonEnabled(True)
        self.search.addAction(theme.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setMinimumWidth(look.scaled(280))
        bar = QHBoxLayout()
        bar.addWidget(self.tabs)
        bar.addStretch(1)
        bar.addWidget(self.search)
        self.body.addLayout(bar)
        self.claims = TextRows(_CLAIM_HEADERS, right=(6,), parent=self)
        self.receipts = TextRows(_RECEIPT_HEADERS, right=(4, 5, 6), parent=self)
        self.claim_table = self._table(self.claims, _CLAIM_WIDTHS, 5)
        self.receipt_table = self._table(self.receipts, _RECEIPT_WIDTHS, 7)
        self.empty = EmptyState("")
        self.stack = QStackedWidget()
        for widget in (self.claim_table, self.receipt_table, self.empty):
            self.stack.addWidget(widget)
        self.count = theme.mark(QLabel(), "muted")
        self.body.addWidget(self.stack, 1)
        self.body.addWidget(self.count)
        self.tabs.currentChanged.connect(lambda _place: self._narrow())
        self.search.textChanged.connect(self._narrow)
        self.setFocusProxy(self.search)

    def _table(self, model: TextRows, widths: tuple[int, ...], wide: int) -> QTableView:
        table = QTableView()
        dress_table(table)
        table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        table.setModel(model)
        header = table.horizontalHeader()
        for column, width in enumerate(widths):
            header.resizeSection(column, theme.current().scaled(width))
        header.setSectionResizeMode(wide, QHeaderView.ResizeMode.Stretch)
        table.activated.connect(lambda _index: self.act())
        return table

    @property
    def claiming(self) -> bool:
        """Whether the lines to claim are shown."""
        return self.tabs.currentIndex() == 0

    def refresh(self) -> None:
        """Read both lists anew."""
        self.operations.read(_read, self._take, topic="receipts")

    def _take(self, shown: Shown) -> None:
        self._shown = shown
        self.tabs.setTabText(0, f"待认领  {len(shown.candidates)}")
        self.tabs.setTabText(1, f"收款与分配  {len(shown.register.receipts)}")
        self._narrow()

    def _narrow(self) -> None:
        typed = self.search.text().strip().lower()
        table = self.claim_table if self.claiming else self.receipt_table
        model = self.claims if self.claiming else self.receipts
        everything = self._claim_rows() if self.claiming else self._receipt_rows()
        rows = [row for row in everything if not typed or any(typed in text.lower() for text in row.texts)]
        row = table.currentIndex().row()
        model.show_rows(rows)
        select_row(table, min(max(row, 0), len(rows) - 1))
        self.empty.setText(_NO_CLAIMS if self.claiming else _NO_RECEIPTS)
        self.stack.setCurrentWidget(table if everything else self.empty)
        self.count.setText(f"共 {len(rows)} 笔" if everything else "")
        self.act_button.setText("认领(&C)" if self.claiming else "分配(&C)")
        self.act_button.setEnabled(bool(rows) and not self.facts.read_only)
        self.voucher_button.setEnabled(bool(rows))

    def _claim_rows(self) -> list[Cells]:
        found = []
        for one in self._shown.candidates:
            line = one.entry
            party = line.party.name if line.party else ""
            texts = (line.day.isoformat(), line.label, _kind(one), party, line.account, line.summary)
            found.append(Cells((*texts, format_fen(one.free_fen)), value=one))
        return found

    def _receipt_rows(self) -> list[Cells]:
        codes = {one.contract.id: one.contract.code for one in self._shown.register.accounts}
        found = []
        for one in reversed(self._shown.register.receipts):
            receipt, given = one.receipt, one.receipt.amount_fen - one.unallocated_fen
            uses = "、".join(dict.fromkeys(f"{codes[part.contract]} 第{part.seq}期" for part in one.allocations))
            texts = (
                receipt.day.isoformat(),
                receipt.voucher.label,
                receipt.route,
                receipt.party.name if receipt.party else "",
                format_fen(receipt.amount_fen),
                format_fen(given) if given else "",
                format_fen(one.unallocated_fen) if one.unallocated_fen else "",
                uses,
            )
            found.append(Cells(texts, "muted" if receipt.voucher.booking == "draft" else "", one))
        return found

    def act(self) -> None:
        """Claim the chosen line, or allocate the chosen receipt anew."""
        if not self.act_button.isEnabled():
            return
        if self.claiming:
            candidate: Candidate | None = self.claims.value(self.claim_table.currentIndex().row())
            if candidate is not None:
                self._claim(candidate)
            return
        one: ReceiptAccount | None = self.receipts.value(self.receipt_table.currentIndex().row())
        if one is not None:
            dialog = AllocationDialog(self.operations, one, payable_by(self._shown.register, one.receipt), self)
            dialog.allocated.connect(self._done)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

    def _claim(self, candidate: Candidate) -> None:
        line = candidate.entry
        if candidate.kind == "直接":
            accounts: list[ContractAccount] = [
                one for one in self._shown.register.accounts if one.contract.counter == line.account
            ]
            dialog = ClaimDialog(self.operations, candidate, accounts, self)
            dialog.claimed.connect(self._done)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()
            return
        claim = contract_claims.claim_charge if candidate.kind == "应收" else contract_claims.claim_receipt
        self.operations.write(
            partial(_write_claim, claim, line.voucher, line.position),
            lambda _made: self._done(f"已认领 {line.label} 的{_kind(candidate)} {format_fen(candidate.free_fen)} 元"),
            touches=CONTRACTS,
            initiator=self,
            disable=(self.act_button,),
        )

    def _done(self, text: str) -> None:
        self.refresh()
        self.message(text, "success")

    def open_voucher(self) -> None:
        """Show the voucher of the chosen row."""
        if self.claiming:
            candidate: Candidate | None = self.claims.value(self.claim_table.currentIndex().row())
            if candidate is not None:
                self.open_voucher_requested.emit(candidate.entry.voucher)
            return
        one: ReceiptAccount | None = self.receipts.value(self.receipt_table.currentIndex().row())
        if one is not None:
            voucher = one.receipt.voucher
            wish = self.open_voucher_requested if voucher.booking == "posted" else self.open_draft_requested
            wish.emit(voucher.id)


def _kind(one: Candidate) -> str:
    """What the line is to the village: what it owes and pays has other names."""
    if one.kind == "应收":
        return "应收" if one.entry.debit_fen else "应付"
    if one.kind == "收款":
        return "收款" if one.entry.credit_fen else "付款"
    return one.kind


def _write_claim(claim: Callable[[Book, int, int], object], voucher: int, position: int, book: Book) -> object:
    return claim(book, voucher, position)

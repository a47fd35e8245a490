"""What contracts want attended to: overdue rent, terms over or nearly over, payments of the next 90 days."""

from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QLabel, QStackedWidget, QTabBar, QTableView, QWidget

from village_ledger import clock
from village_ledger.domain.contract_register import DueEntry
from village_ledger.domain.money import format_fen
from village_ledger.services import contracts
from village_ledger.ui import theme
from village_ledger.ui.operations import CONTRACTS, VOUCHERS, Operations
from village_ledger.ui.page import Page
from village_ledger.ui.tables.text_rows import Cells, TextRows
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.card import EmptyState
from village_ledger.ui.widgets.table import dress_table, select_row

from .contract_dialog import ContractDialog

_HEADERS = ("事项", "日期", "合同编号", "标的", "对方", "金额", "说明", "电话")
_WIDTHS = (104, 106, 104, 150, 140, 110, 300, 116)
_KINDS = ("全部", "欠租", "到期未收回", "即将到期", "近期应收", "近期应付")
_COLOURS = {"欠租": "danger", "到期未收回": "danger", "即将到期": "warning"}


class CalendarPage(Page):
    """A tab for each kind of entry; Enter opens the contract."""

    title = "到期与欠租"
    subtitle = "九十天以内"
    touched_by = CONTRACTS | VOUCHERS

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        look = theme.current()
        self._entries: tuple[DueEntry, ...] = ()
        self.arrears_button = self.add_action_button(
            make_button("欠款表(&A)", icon="sheet", on_click=lambda: self.open_page_requested.emit("contract-arrears"))
        )
        self.open_button = self.add_action_button(
            make_button("合同(&E)", kind="primary", icon="pen", tip="回车", on_click=self.open_contract)
        )
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        for kind in _KINDS:
            self.tabs.addTab(kind)
        bar = QHBoxLayout()
        bar.addWidget(self.tabs)
        bar.addStretch(1)
        self.model = TextRows(_HEADERS, right=(5,), parent=self)
        self.table = QTableView()
        dress_table(self.table)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.setModel(self.model)
        header = self.table.horizontalHeader()
        for column, width in enumerate(_WIDTHS):
            header.resizeSection(column, look.scaled(width))
        header.setSectionResizeMode(6, QHeaderView.ResizeMode.Stretch)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(EmptyState("九十天以内没有到期、欠租或要收付的合同。"))
        self.count = theme.mark(QLabel(), "muted")
        self.body.addLayout(bar)
        self.body.addWidget(self.stack, 1)
        self.body.addWidget(self.count)
        self.setFocusProxy(self.table)
        self.tabs.currentChanged.connect(lambda _place: self._narrow())
        self.table.activated.connect(lambda _index: self.open_contract())

    def refresh(self) -> None:
        """Read what is due today."""
        today = clock.today()
        self.operations.read(lambda book: contracts.due_list(book, today), self._take, topic="due")

    def _take(self, entries: tuple[DueEntry, ...]) -> None:
        self._entries = entries
        for place, kind in enumerate(_KINDS):
            count = sum(kind in ("全部", one.kind) for one in entries)
            self.tabs.setTabText(place, f"{kind}  {count}")
        self._narrow()

    def _narrow(self) -> None:
        kind = _KINDS[self.tabs.currentIndex()]
        shown = [one for one in self._entries if kind in ("全部", one.kind)]
        row = self.table.currentIndex().row()
        self.model.show_rows([_row(one) for one in shown])
        select_row(self.table, min(max(row, 0), len(shown) - 1))
        self.stack.setCurrentIndex(0 if shown else 1)
        self.open_button.setEnabled(bool(shown))
        owed = sum(one.amount_fen for one in shown if one.kind == "欠租")
        self.count.setText(f"共 {len(shown)} 项" + (f"，欠租合计 {format_fen(owed)} 元" if owed else ""))

    def open_contract(self) -> None:
        """Open the contract of the chosen entry."""
        entry: DueEntry | None = self.model.value(self.table.currentIndex().row())
        if entry is not None:
            dialog = ContractDialog(self.operations, entry.contract, self)
            dialog.saved.connect(lambda _number: self.refresh())
            dialog.open()


def _row(one: DueEntry) -> Cells:
    contract = one.contract
    amount = format_fen(one.amount_fen) if one.amount_fen else ""
    texts = (one.kind, one.day.isoformat(), contract.code, contract.subject, contract.party.name, amount, one.text)
    return Cells((*texts, contract.contact), _COLOURS.get(one.kind, ""), one, (0, 5))

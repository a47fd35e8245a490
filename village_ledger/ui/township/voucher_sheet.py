"""A voucher that cannot be changed, as it looks on paper: heading, lines, total in capitals, signatures."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QHeaderView, QLabel, QTableView, QVBoxLayout, QWidget

from village_ledger.domain.money import format_fen
from village_ledger.domain.quantity import format_quantity
from village_ledger.domain.voucher import Line, Voucher
from village_ledger.ui import theme
from village_ledger.ui.tables.rows_model import RowsModel
from village_ledger.ui.vouchers.totals import SignatureBar, TotalsBar
from village_ledger.ui.widgets.table import dress_table

_TITLES = {"收": "收款凭证", "付": "付款凭证", "转": "转账凭证"}
_AMOUNT = 140
_KINDS = {"carry": "结转损益", "year_end": "年终结转"}


class LinesModel(RowsModel[Line]):
    """One row an entry."""

    headers = ("摘要", "会计科目", "借方金额", "贷方金额")
    sides = "llrr"

    def __init__(self) -> None:
        super().__init__()
        self.names: dict[str, str] = {}

    def cell(self, value: Line, column: int) -> str:
        """Qt text."""
        match column:
            case 0:
                return value.summary
            case 1:
                members = "、".join(f"{item.category}：{item.name}" for item in value.items)
                quantity = f"数量 {format_quantity(value.quantity)}" if value.quantity else ""
                name = self.names.get(value.account, "")
                return "　".join(filter(None, (f"{value.account} {name}".strip(), members, quantity)))
            case 2:
                return format_fen(value.debit_fen) if value.debit_fen else ""
        return format_fen(value.credit_fen) if value.credit_fen else ""

    def look(self, value: Line, column: int, role: int) -> Any:
        """Red-letter amounts are red; the tip shows long texts whole."""
        if role == Qt.ItemDataRole.ForegroundRole and column >= 2:
            fen = value.debit_fen if column == 2 else value.credit_fen
            return theme.current().colour("danger") if fen < 0 else None
        return self.cell(value, column) if role == Qt.ItemDataRole.ToolTipRole and column < 2 else None


class VoucherSheet(QFrame):
    """Read only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.current()
        self.setObjectName("Card")
        self.kind = theme.mark(QLabel(), "heading")
        self.day = theme.mark(QLabel(), "muted")
        self.number = theme.mark(QLabel(), "strong")
        self.papers = theme.mark(QLabel(), "muted")
        head = QHBoxLayout()
        head.setSpacing(look.px("gap_large"))
        head.addWidget(self.kind)
        head.addWidget(self.day)
        head.addStretch(1)
        head.addWidget(self.papers)
        head.addWidget(self.number)
        self.model = LinesModel()
        self.table = QTableView()
        dress_table(self.table)
        self.table.setModel(self.model)
        self.table.setAccessibleName("分录")
        header = self.table.horizontalHeader()
        for column in (0, 1):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        for column in (2, 3):
            header.resizeSection(column, look.scaled(_AMOUNT))
        self.totals = TotalsBar()
        self.totals.show_totals(0, 0)
        self.totals.fit(look.scaled(_AMOUNT), look.scaled(_AMOUNT), 0)
        self.signatures = SignatureBar()
        self.signatures.cashiers.hide()
        column_box = QVBoxLayout(self)
        column_box.setContentsMargins(look.px("gap_large"), look.px("gap"), look.px("gap_large"), look.px("gap_small"))
        column_box.setSpacing(look.px("gap_small"))
        column_box.addLayout(head)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(self.table, 1)
        lines.addWidget(self.totals)
        column_box.addLayout(lines, 1)
        column_box.addWidget(self.signatures)

    def show_voucher(self, voucher: Voucher, names: dict[str, str]) -> None:
        """Show a voucher; `names` are its accounts' full names."""
        self.kind.setText(_TITLES.get(voucher.word, "记账凭证"))
        day = voucher.day
        self.day.setText(f"{day.year}年{day.month}月{day.day}日　{_KINDS.get(voucher.kind, '')}".strip())
        self.number.setText(f"凭证号：{voucher.label}")
        self.papers.setText(f"附件 {voucher.attachments} 张")
        self.model.names = names
        self.model.show_rows(voucher.lines)
        debit = sum(line.debit_fen for line in voucher.lines)
        self.totals.show_totals(debit, sum(line.credit_fen for line in voucher.lines))
        self.signatures.show_names(voucher.maker, voucher.reviewer, voucher.poster, voucher.cashier)

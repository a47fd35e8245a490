"""What the conversion comes to: every step from old account to new, and both trial balances."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QLabel, QTableView, QVBoxLayout, QWidget

from village_ledger.domain.conversion import Converted, Mapped
from village_ledger.domain.money import format_fen
from village_ledger.domain.openings import tie_of
from village_ledger.services.adoption import OldBalances
from village_ledger.ui import theme
from village_ledger.ui.tables.rows_model import RowsModel
from village_ledger.ui.widgets.table import dress_table

from .balance_bar import BalanceBar

HEADERS = ("旧科目", "新科目", "借方余额", "贷方余额", "依据")


class StepsModel(RowsModel[Mapped]):
    """The steps."""

    headers = HEADERS
    sides = "llrrl"

    def cell(self, value: Mapped, column: int) -> str:
        """From, to, on which side, why."""
        return (
            _place(value.old, value.old_name, value.old_items),
            _place(value.new, value.new_name, value.new_items),
            format_fen(value.fen) if value.fen > 0 else "",
            format_fen(-value.fen) if value.fen < 0 else "",
            value.reason,
        )[column]

    def look(self, value: Mapped, column: int, role: int) -> Any:
        """Whole texts as tips; reasons stand back."""
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.cell(value, column)
        if role == Qt.ItemDataRole.ForegroundRole and column == len(HEADERS) - 1:
            return theme.current().colour("muted")
        return None


def _place(code: str, name: str, items: tuple[Any, ...]) -> str:
    members = "、".join(item.name for item in items)
    return f"{code} {name}" + (f"（{members}）" if members else "")


class ResultPanel(QWidget):
    """The table of steps with the old and the new trial balance under it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.current()
        self.model = StepsModel(self)
        self.table = QTableView()
        dress_table(self.table)
        self.table.setModel(self.model)
        header = self.table.horizontalHeader()
        for column, width in enumerate((210, 230, 120, 120, 200)):
            header.resizeSection(column, look.scaled(width))
        header.setSectionResizeMode(4, QHeaderView.ResizeMode.Stretch)
        self.bar = BalanceBar()
        self.bar.balance.title.setText("旧账")
        self.bar.year.title.setText("新账")
        self.notes = theme.mark(QLabel(), "muted")
        self.notes.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px("gap"))
        column.addWidget(self.table, 1)
        column.addWidget(self.bar)
        column.addWidget(self.notes)

    def show_result(self, old: OldBalances, result: Converted, *, with_year: bool) -> None:
        """Show what was worked out."""
        self.model.show_rows(result.steps)
        before = tie_of(old.openings)
        self.bar.balance.show_sums(before.debit_fen, before.credit_fen)
        self.bar.year.show_sums(result.debit_fen, result.credit_fen)
        notes = [f"旧账：{old.source}，共 {len(old.openings)} 笔；新账 {len(result.openings)} 笔。"]
        if result.accounts:
            names = "、".join(f"{account.code} {account.name}" for account in result.accounts[:6])
            more = f"等 {len(result.accounts)} 个" if len(result.accounts) > 6 else ""
            notes.append(f"会同时增加明细科目：{names}{more}。")
        if with_year:
            notes.append("本年累计发生额不能自动转换，写入后请在期初余额表里补填。")
        self.notes.setText("".join(notes))

"""The vouchers closing a month will make, shown before it is closed."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush
from PySide6.QtWidgets import QHeaderView, QLabel, QTreeWidget, QTreeWidgetItem, QWidget

from village_ledger.domain.account import Chart
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Period
from village_ledger.domain.voucher import Draft
from village_ledger.ui import theme
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.widgets.table import dress_table

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class CarryPreview(Dialog):
    """Each voucher with its lines; nothing can be changed here."""

    def __init__(self, period: Period, drafts: tuple[Draft, ...], chart: Chart, parent: QWidget) -> None:
        super().__init__(f"{period.label}结转损益预览", parent, width=820, height=520)
        look = theme.current()
        if drafts:
            text = f"结账时会自动生成并记账下面 {len(drafts)} 张凭证，凭证日期是 {period.last_day}。"
        else:
            text = "这个月没有要结转的损益，结账不会生成凭证。（本账套在年末结转损益，或本月没有收支）"
        intro = QLabel(text)
        intro.setWordWrap(True)
        self.body.addWidget(intro)
        self.tree = QTreeWidget()
        self.tree.setHeaderLabels(["凭证 / 科目", "借方金额", "贷方金额"])
        dress_table(self.tree)
        self.tree.setSelectionMode(QTreeWidget.SelectionMode.NoSelection)
        for number, draft in enumerate(drafts, 1):
            head = self._row(f"第 {number} 张　{draft.lines[0].summary}", draft.debit_total_fen, draft.credit_total_fen)
            for column in range(3):
                head.setFont(column, look.font(bold=True))
                head.setBackground(column, QBrush(look.colour("section")))
            self.tree.addTopLevelItem(head)
            for line in draft.lines:
                members = "、".join(name for _category, name in line.items)
                name = f"{line.account} {chart.full_name(line.account)}" + (f"（{members}）" if members else "")
                head.addChild(self._row(name, line.debit_fen, line.credit_fen))
        self.tree.expandAll()
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            header.resizeSection(column, look.scaled(150))
            self.tree.headerItem().setTextAlignment(column, _RIGHT)
        self.tree.setVisible(bool(drafts))
        self.body.addWidget(self.tree, 1)
        self.add_button("关闭", self.accept, kind="primary").setFocus()

    def _row(self, name: str, debit_fen: int, credit_fen: int) -> QTreeWidgetItem:
        item = QTreeWidgetItem([name, *(format_fen(fen) if fen else "" for fen in (debit_fen, credit_fen))])
        for column in (1, 2):
            item.setTextAlignment(column, _RIGHT)
        return item

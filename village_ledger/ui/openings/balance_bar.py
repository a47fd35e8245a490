"""The opening trial balance under the grid: both sums and what is missing."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from village_ledger.domain.money import format_fen
from village_ledger.domain.openings import OpeningTie
from village_ledger.ui import theme


class _Pair(QWidget):
    """借方合计, 贷方合计 and the difference of one kind of figure."""

    def __init__(self, title: str) -> None:
        super().__init__()
        look = theme.current()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px("gap"))
        self.title = theme.mark(QLabel(title), "strong")
        self.title.setMinimumWidth(look.scaled(110))
        self.debit, self.credit, self.difference = QLabel(), QLabel(), QLabel()
        row.addWidget(self.title)
        for caption, figure in (("借方合计", self.debit), ("贷方合计", self.credit)):
            row.addWidget(theme.mark(QLabel(caption), "muted"))
            figure.setMinimumWidth(look.scaled(150))
            figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            theme.mark(figure, "strong")
            row.addWidget(figure)
            row.addSpacing(look.px("gap_large"))
        row.addStretch(1)
        row.addWidget(self.difference)

    def show_sums(self, debit_fen: int, credit_fen: int) -> None:
        self.debit.setText(format_fen(debit_fen))
        self.credit.setText(format_fen(credit_fen))
        gap = debit_fen - credit_fen
        if not gap:
            self.difference.setText("✓ 借贷平衡" if debit_fen else "还没有填")
        else:
            self.difference.setText(f"✗ {'借方' if gap > 0 else '贷方'}多 {format_fen(abs(gap))}")
        theme.mark(self.difference, "danger" if gap else "success" if debit_fen else "muted")


class BalanceBar(QFrame):
    """Shows totals; the second line only for a book that starts in the middle of a year."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Card")
        look = theme.current()
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px("gap_large"), look.px("gap"), look.px("gap_large"), look.px("gap"))
        column.setSpacing(look.px("gap_small"))
        self.balance = _Pair("期初余额")
        self.year = _Pair("本年累计发生额")
        column.addWidget(self.balance)
        column.addWidget(self.year)

    def show_totals(self, totals: OpeningTie, *, with_year: bool) -> None:
        """Show these sums."""
        self.balance.show_sums(totals.debit_fen, totals.credit_fen)
        self.year.show_sums(totals.year_debit_fen, totals.year_credit_fen)
        self.year.setVisible(with_year)

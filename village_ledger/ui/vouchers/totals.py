"""Under the lines of a voucher: the total in figures and capitals, whether it balances, and who signed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QWidget

from village_ledger.domain.money import capital_amount, format_fen

from .. import theme

SIGNERS = ("制单", "审核", "记账", "出纳")
NOBODY = "—"


class TotalsBar(QFrame):
    """合计 row; its figures stand under the amount columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.current()
        self.setObjectName("Totals")
        self.capital = theme.mark(QLabel(self), "strong")
        self.badge = theme.mark(QLabel(self), "badge-muted")
        self.debit = theme.mark(QLabel(self), "strong")
        self.credit = theme.mark(QLabel(self), "strong")
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px("gap"), 0, look.px("gap"), 0)
        row.setSpacing(look.px("gap"))
        row.addWidget(theme.mark(QLabel("合计", self), "strong"))
        row.addWidget(self.capital)
        row.addStretch(1)
        row.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignVCenter)
        for label in (self.debit, self.credit):
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            label.setContentsMargins(0, 0, 0, 0)
            row.addWidget(label)
        self.setFixedHeight(look.scaled(38))

    def fit(self, debit_width: int, credit_width: int, beside: int) -> None:
        """Stand under columns of these widths, `beside` pixels from the right."""
        self.debit.setFixedWidth(debit_width)
        self.credit.setFixedWidth(max(0, credit_width - theme.current().px("gap")))
        self.setContentsMargins(0, 0, beside, 0)

    def show_totals(self, debit_fen: int, credit_fen: int) -> None:
        """Show the sums, the capital form once they agree, and the difference until then."""
        difference = debit_fen - credit_fen
        self.debit.setText(format_fen(debit_fen) if debit_fen else "")
        self.credit.setText(format_fen(credit_fen) if credit_fen else "")
        agreed = not difference and debit_fen
        self.capital.setText(capital_amount(debit_fen) if agreed else "")
        if difference:
            self.badge.setText(f"{'借方多' if difference > 0 else '贷方多'} {format_fen(abs(difference))}")
            theme.mark(self.badge, "badge-warning")
        else:
            self.badge.setText("借贷平衡" if agreed else "")
            theme.mark(self.badge, "badge")
        self.badge.setVisible(bool(difference or agreed))
        for label, fen in ((self.debit, debit_fen), (self.credit, credit_fen)):
            theme.mark(label, "danger" if fen < 0 else "strong")


class SignatureBar(QWidget):
    """制单 审核 记账 出纳, with the names as far as known; the cashier can be chosen while the voucher is a draft."""

    cashier_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.current()
        self._names: dict[str, QLabel] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px("gap"), 0, look.px("gap"), 0)
        row.setSpacing(look.px("gap"))
        for title in SIGNERS:
            row.addWidget(theme.mark(QLabel(f"{title}：", self), "muted"))
            self._names[title] = QLabel("—", self)
            row.addWidget(self._names[title])
            if title != SIGNERS[-1]:
                row.addStretch(1)
        self.cashiers = QComboBox(self)
        self.cashiers.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.cashiers.activated.connect(self._chosen)
        row.addWidget(self.cashiers)
        row.addStretch(1)
        self.setMinimumHeight(look.px("control") + look.px("gap_small"))

    def show_names(self, maker: str, reviewer: str, poster: str, cashier: str) -> None:
        """Show the names; a dash where nobody has signed yet."""
        for title, name in zip(SIGNERS, (maker, reviewer, poster, cashier), strict=True):
            self._names[title].setText(name or "—")
        if self.cashiers.findText(cashier or NOBODY) < 0:
            self.cashiers.addItem(cashier)
        self.cashiers.setCurrentText(cashier or NOBODY)

    def offer_cashiers(self, names: tuple[str, ...], *, choice: bool) -> None:
        """Whom to choose from, and whether there is a choice now."""
        current = self.cashiers.currentText()
        self.cashiers.clear()
        self.cashiers.addItems([NOBODY, *names])
        self.cashiers.setCurrentText(current)
        self.cashiers.setVisible(choice)
        self._names[SIGNERS[-1]].setVisible(not choice)

    def name(self, title: str) -> str:
        """The name shown under 制单, 审核, 记账 or 出纳."""
        return self._names[title].text()

    def _chosen(self, index: int) -> None:
        self.cashier_chosen.emit(self.cashiers.itemText(index) if index else "")

"""Below a statement: how the current line is computed, in words."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from village_ledger.reports.model import Row
from village_ledger.ui import theme


class FormulaPanel(QFrame):
    """Shows the explanation of one row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.current()
        self.setObjectName("Card")
        self.line = theme.mark(QLabel(), "accent")
        self.words = QLabel()
        self.words.setWordWrap(True)
        row = QHBoxLayout(self)
        margin = look.scaled(12)
        row.setContentsMargins(margin, look.px("gap"), margin, look.px("gap"))
        column = QVBoxLayout()
        column.setSpacing(look.px("gap_small"))
        column.addWidget(self.line)
        column.addWidget(self.words)
        row.addLayout(column, 1)
        row.addWidget(theme.mark(QLabel("回车可联查到科目"), "muted"))

    def show_row(self, row: Row) -> None:
        """Explain a row."""
        title = str(row.cells[0] or "").strip()
        number = f"（第 {row.cells[1]} 行）" if len(row.cells) > 1 and isinstance(row.cells[1], int) else ""
        self.line.setText(f"{title}{number}")
        self.words.setText(row.explanation or "这一行是标题，没有金额。")

"""The list of spans to disclose, with how far each notice has come."""

from datetime import date
from typing import Any

from PySide6.QtCore import Qt

from village_ledger.reports.frame import span_label
from village_ledger.services.disclosures import SpanRow
from village_ledger.ui import theme
from village_ledger.ui.tables.rows_model import RowsModel


class SpansModel(RowsModel[SpanRow]):
    """One row a span: its months, the state of its notice, when it was posted."""

    headers = ("期间", "状态", "张榜日期")
    sides = "lcc"

    def __init__(self, today: date) -> None:
        super().__init__()
        self.today = today

    def state(self, row: SpanRow) -> str:
        """How far the notice of a span has come, in one word or two."""
        if row.made is not None and row.made.state != "已作废":
            return row.made.state
        if row.made is not None and row.edition == "special":
            return row.made.state
        if not row.closed:
            return "未结账"
        return "逾期未张榜" if row.due <= self.today else "待制作"

    def cell(self, value: SpanRow, column: int) -> str:
        """Qt text."""
        if column == 0:
            return value.subject or span_label(value.start, value.end)
        if column == 1:
            return self.state(value)
        posted = value.made.posted if value.made else None
        return posted.day.isoformat() if posted and value.posted else ""

    def look(self, value: SpanRow, column: int, role: int) -> Any:
        """Late ones stand out; the tip says by when it is due."""
        if role == Qt.ItemDataRole.ForegroundRole and column == 1:
            late = value.edition != "special" and value.closed and not value.posted and value.due <= self.today
            return theme.current().colour("danger" if late else "muted" if not value.closed else "text")
        if role == Qt.ItemDataRole.ToolTipRole:
            if value.edition == "special":
                return f"{value.subject}（{span_label(value.start, value.end)}）"
            return f"应在 {value.due} 前张榜"
        return None

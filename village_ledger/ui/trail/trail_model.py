"""The lines of a trail as a table: the stage, what it is, who and when, how much."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt

from village_ledger.domain.money import format_fen
from village_ledger.domain.trail import TrailRow
from village_ledger.ui import theme
from village_ledger.ui.instants import local_time
from village_ledger.ui.tables.rows_model import RowsModel

HEADS = frozenset({"凭证", "用款申请", "决策", "合同", "工程项目", "紧急例外"})
"""Stages that begin something; the lines below belong to them."""
_NUMBERED = frozenset({"报表", "分录", "日志"})


class TrailModel(RowsModel[TrailRow]):
    """A stage is named where it begins; what is not in order is in the colour of danger."""

    _firsts: frozenset[int] = frozenset()
    headers = ("环节", "编号", "内容", "人员、地点", "日期", "金额", "说明")
    sides = "lllllrl"

    def show_rows(self, rows: Sequence[TrailRow]) -> None:
        """Show a trail, remembering where each stage begins."""
        before = ("", *(row.stage for row in rows))
        self._firsts = frozenset(
            id(row) for row, stage in zip(rows, before, strict=False) if row.stage in HEADS or row.stage != stage
        )
        super().show_rows(rows)

    def cell(self, value: TrailRow, column: int) -> str:
        """Texts as they are; the time of a log record in this computer's time, long hashes as their beginning."""
        match column:
            case 0:
                return value.stage if id(value) in self._firsts else ""
            case 1:
                return value.number if value.stage in HEADS | _NUMBERED else ""
            case 2:
                return value.title
            case 3:
                return value.who
            case 4:
                return value.day.isoformat() if value.day else ""
            case 5:
                return format_fen(value.fen) if value.fen is not None else ""
        return told(value)

    def look(self, value: TrailRow, column: int, role: int) -> Any:
        """Heads in bold, alarms in the colour of danger, statements and log muted."""
        look = theme.current()
        if role == Qt.ItemDataRole.FontRole and value.stage in HEADS and column in (0, 2, 5):
            return look.font("body", bold=True)
        if role == Qt.ItemDataRole.ForegroundRole and value.alarming:
            return look.colour("danger")
        if role == Qt.ItemDataRole.ForegroundRole and value.stage in ("日志", "报表", "附件"):
            return look.colour("muted")
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(filter(None, (self.cell(value, column), value.proof)))
        return None


def told(value: TrailRow) -> str:
    """The last column: details, and the beginning of the hash that proves the line."""
    detail = local_time(value.detail) if value.stage == "日志" else value.detail
    return "　".join(filter(None, (detail, f"{value.proof[:16]}…" if value.proof else "")))

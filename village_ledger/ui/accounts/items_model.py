"""Members of one dimension as a table."""

from typing import Any

from PySide6.QtCore import Qt

from village_ledger.domain.search import ItemRecord
from village_ledger.ui import theme
from village_ledger.ui.tables.rows_model import RowsModel

HEADERS = ("编号", "名称", "备注", "状态", "账上用过")
NAME_COLUMN, NOTE_COLUMN = 1, 2


def filtered(records: tuple[ItemRecord, ...], text: str, *, with_disabled: bool = True) -> tuple[ItemRecord, ...]:
    """Records whose number, name, note or pinyin initials match the text."""
    typed = text.strip().lower()
    return tuple(
        record
        for record in records
        if (with_disabled or not record.disabled)
        and (
            not typed
            or typed in record.item.name.lower()
            or record.item.code.lower().startswith(typed)
            or typed in record.note.lower()
            or (typed.isascii() and typed in record.pinyin)
        )
    )


class ItemsModel(RowsModel[ItemRecord]):
    """One row a member."""

    headers = HEADERS
    sides = "cllcc"

    def row_of(self, code: str) -> int:
        """The row of an item's code, -1 when it is not shown."""
        return self.find(lambda record: record.item.code == code)

    def cell(self, value: ItemRecord, column: int) -> str:
        """Number, name, note, state, whether the books mention it."""
        state = "停用" if value.disabled else "在用"
        used = "是" if value.used else "—"
        return (value.item.code, value.item.name, value.note, state, used)[column]

    def look(self, value: ItemRecord, column: int, role: int) -> Any:
        """Disabled members fade; names stand out."""
        if role != Qt.ItemDataRole.ForegroundRole:
            return None
        if value.disabled:
            return theme.current().colour("faint")
        return None if column == NAME_COLUMN else theme.current().colour("muted")

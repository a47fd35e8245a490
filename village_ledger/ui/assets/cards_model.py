"""Cards as a table, and which of them match a search."""

from typing import Any, NamedTuple

from PySide6.QtCore import Qt

from village_ledger.domain.assets.standing import Standing
from village_ledger.domain.money import format_fen
from village_ledger.ui import theme
from village_ledger.ui.tables.rows_model import RowsModel

WIDTHS = (84, 190, 124, 112, 112, 52, 110, 104)
NAME_COLUMN, STATUS_COLUMN, PLACE_COLUMN = 1, 5, 6


class CardRow(NamedTuple):
    """A card as it stands, acts that wait for their voucher included; `voucher` bought it (id, 0: none known)."""

    now: Standing
    voucher: int = 0
    has_photo: bool = False


def filtered(rows: tuple[CardRow, ...], text: str, kind: str = "", status: str = "") -> tuple[CardRow, ...]:
    """Cards whose number, name, class, place or keeper hold the text; of a kind and a status (已处置: gone)."""
    typed = text.strip().lower()

    def wanted(row: CardRow) -> bool:
        now, card = row.now, row.now.card
        if bool(now.gone) != (status == "已处置") or (kind and card.kind != kind):
            return False
        if status not in ("", "已处置") and now.status != status:
            return False
        searched = (card.code, card.name, card.category, card.model, now.location, now.custodian, card.project)
        return not typed or any(typed in words.lower() for words in searched)

    return tuple(row for row in rows if wanted(row))


class CardsModel(RowsModel[CardRow]):
    """Read-only; gone assets are faint, broken ones red."""

    headers = ("资产编号", "资产名称", "类别", "原值", "净值", "状态", "存放地点", "保管使用人")
    sides = "lllrrlll"

    def cell(self, value: CardRow, column: int) -> str:
        """The text of a cell."""
        now, card = value.now, value.now.card
        return (
            card.code,
            card.name,
            card.category,
            format_fen(now.original_fen),
            format_fen(now.net_fen),
            now.gone or now.status,
            now.location,
            now.custodian,
        )[column]

    def look(self, value: CardRow, column: int, role: int) -> Any:
        """Colours, and the whole of a text that may be cut."""
        if role == Qt.ItemDataRole.ToolTipRole and column in {NAME_COLUMN, PLACE_COLUMN}:
            return self.cell(value, column)
        if role != Qt.ItemDataRole.ForegroundRole:
            return None
        look = theme.current()
        if value.now.gone:
            return look.colour("faint")
        if column == STATUS_COLUMN and value.now.status in ("毁损", "报废"):
            return look.colour("danger")
        return look.colour("muted") if column in {2, 6, 7} else None

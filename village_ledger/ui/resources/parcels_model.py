"""Parcels as a table."""

from typing import Any

from PySide6.QtCore import Qt

from village_ledger.domain.area import format_mu
from village_ledger.domain.parcels import OCCUPIED
from village_ledger.services.parcels import ParcelRecord
from village_ledger.ui import theme
from village_ledger.ui.tables.rows_model import RowsModel

HEADERS = ("编号", "地块名称", "地类", "面积（亩）", "已承包发包", "经营方式", "经营者", "图形")
WIDTHS = (86, 170, 82, 92, 96, 84, 170, 92)
NAME_COLUMN, HOLDER_COLUMN = 1, 6
_OUTLINE = 7


def filtered(
    records: tuple[ParcelRecord, ...], text: str, land_class: str = "", management: str = ""
) -> tuple[ParcelRecord, ...]:
    """Records whose number, name, holder, place, use or certificate hold the text; of a class and a management."""
    typed = text.strip().lower()

    def wanted(record: ParcelRecord) -> bool:
        parcel = record.parcel
        searched = (
            parcel.code,
            parcel.name,
            parcel.holder,
            parcel.location,
            parcel.land_use,
            parcel.owner,
            parcel.proof,
        )
        return (
            (not land_class or parcel.land_class == land_class)
            and (not management or parcel.management == management)
            and (not typed or any(typed in words.lower() for words in searched))
        )

    return tuple(record for record in records if wanted(record))


def outline_text(record: ParcelRecord) -> str:
    """Whether a parcel has an outline, and whether its area agrees."""
    if record.measured is None:
        return "未上图"
    if record.measured.within:
        return "相符"
    return f"差 {format_mu(record.measured.difference_x100)}"


class ParcelsModel(RowsModel[ParcelRecord]):
    """One row a parcel."""

    headers = HEADERS
    sides = "lllrrlll"

    def row_of(self, code: str) -> int:
        """The row of a parcel's code, -1 when it is not shown."""
        return self.find(lambda record: record.parcel.code == code)

    def cell(self, value: ParcelRecord, column: int) -> str:
        """Number, name, class, area, contracted, management, holder, outline."""
        parcel = value.parcel
        return (
            parcel.code,
            parcel.name,
            parcel.land_class,
            format_mu(value.area_x100),
            format_mu(value.contracted_x100) if value.contracted_x100 else "",
            f"{parcel.ended} 终止" if parcel.ended else parcel.management,
            parcel.holder,
            outline_text(value),
        )[column]

    def look(self, value: ParcelRecord, column: int, role: int) -> Any:
        """Long names as tips; what needs attention in colour."""
        if role == Qt.ItemDataRole.ToolTipRole and column in {NAME_COLUMN, HOLDER_COLUMN}:
            return self.cell(value, column)
        return _colour(value, column) if role == Qt.ItemDataRole.ForegroundRole else None


def _colour(record: ParcelRecord, column: int) -> Any:
    look = theme.current()
    if record.parcel.ended:
        return look.colour("faint")
    if column == 4 and record.contracted_x100 > record.area_x100:
        return look.colour("danger")
    if column == 5 and record.parcel.management == OCCUPIED:
        return look.colour("danger")
    if column == _OUTLINE:
        wrong = record.measured is not None and not record.measured.within
        return look.colour("warning" if wrong else "muted")
    return look.colour("muted") if column in {2, HOLDER_COLUMN} else None

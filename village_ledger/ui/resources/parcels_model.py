"""Parcels as a table."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from village_ledger.domain.area import format_mu
from village_ledger.domain.parcels import OCCUPIED
from village_ledger.services.parcels import ParcelRecord
from village_ledger.ui import theme

Index = QModelIndex | QPersistentModelIndex
HEADERS = ("编号", "地块名称", "地类", "面积（亩）", "已承包发包", "经营方式", "经营者", "图形")
WIDTHS = (86, 170, 82, 92, 96, 84, 170, 92)
NAME_COLUMN, HOLDER_COLUMN = 1, 6
_RIGHT = {3, 4}
_OUTLINE = 7
_ROOT = QModelIndex()


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


class ParcelsModel(QAbstractTableModel):
    """Read-only rows; `show_records` replaces them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._records: tuple[ParcelRecord, ...] = ()

    @property
    def records(self) -> tuple[ParcelRecord, ...]:
        """What is shown."""
        return self._records

    def show_records(self, records: tuple[ParcelRecord, ...]) -> None:
        """Show these."""
        self.beginResetModel()
        self._records = records
        self.endResetModel()

    def record(self, row: int) -> ParcelRecord | None:
        """The record of a row."""
        return self._records[row] if 0 <= row < len(self._records) else None

    def row_of(self, code: str) -> int:
        """The row of a parcel's code, -1 when it is not shown."""
        return next((row for row, record in enumerate(self._records) if record.parcel.code == code), -1)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Qt: number of parcels."""
        return 0 if parent.isValid() else len(self._records)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Qt: fixed columns."""
        return 0 if parent.isValid() else len(HEADERS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt: column headings."""
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(HEADERS):
            if role == Qt.ItemDataRole.DisplayRole:
                return HEADERS[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt: a look-up in the row's record."""
        record = self.record(index.row()) if index.isValid() else None
        if record is None:
            return None
        parcel, column = record.parcel, index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return (
                    parcel.code,
                    parcel.name,
                    parcel.land_class,
                    format_mu(record.area_x100),
                    format_mu(record.contracted_x100) if record.contracted_x100 else "",
                    f"{parcel.ended} 终止" if parcel.ended else parcel.management,
                    parcel.holder,
                    outline_text(record),
                )[column]
            case Qt.ItemDataRole.ToolTipRole if column in {NAME_COLUMN, HOLDER_COLUMN}:
                return parcel.name if column == NAME_COLUMN else parcel.holder
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(column)
            case Qt.ItemDataRole.ForegroundRole:
                return _colour(record, column)
        return None


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


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in _RIGHT else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter

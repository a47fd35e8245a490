"""Dividing a parcel: a row for each part, and how much is still to be given out."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from village_ledger.domain.area import AreaError, format_mu
from village_ledger.domain.parcel_changes import Share
from village_ledger.domain.parcels import CODE_LENGTH, TEXT_LENGTH, Parcel
from village_ledger.services import parcels
from village_ledger.services.book import Book
from village_ledger.services.parcels import ParcelRecord
from village_ledger.ui import theme
from village_ledger.ui.operations import Operations
from village_ledger.ui.widgets.area_edit import AreaEdit
from village_ledger.ui.widgets.button import make_button

from .change_dialogs import ChangeDialog

MOST_PARTS = 8


class _Part(NamedTuple):
    code: QLineEdit
    name: QLineEdit
    area: AreaEdit
    household: AreaEdit


class SplitDialog(ChangeDialog):
    """Two parts to begin with; more can be added. The areas must add up to the parcel's to the hundredth."""

    def __init__(self, operations: Operations, record: ParcelRecord, parent: QWidget) -> None:
        super().__init__(operations, f"分割地块　{record.parcel}", "分割(&S)", parent, 700)
        self._parcel = record.parcel
        self.parts: list[_Part] = []
        look = theme.current()
        box = QWidget()
        self._grid = QGridLayout(box)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look.px("gap"))
        self._grid.setVerticalSpacing(look.px("gap_small"))
        for column, (title, stretch) in enumerate(
            (("新编号", 3), ("新名称", 5), ("面积（亩）", 3), ("承包到户（亩）", 3))
        ):
            self._grid.addWidget(theme.mark(QLabel(title), "muted"), 0, column)
            self._grid.setColumnStretch(column, stretch)
        self.form.add_wide(box)
        self.left_over = theme.mark(QLabel(), "muted")
        self.left_over.setWordWrap(True)
        self.more = make_button("再加一块(&A)", kind="quiet", icon="plus", on_click=self.add_part)
        self.form.add_wide(self.left_over)
        self.form.add_wide(self.more)
        self.add_ground("例如 一半改种果树、部分改作建设用地")
        self.add_part()
        self.add_part()
        self.parts[0].area.setFocus()

    def add_part(self) -> None:
        """Add a row, with the next number proposed."""
        if len(self.parts) >= MOST_PARTS:
            return
        number = len(self.parts) + 1
        part = _Part(QLineEdit(f"{self._parcel.code}-{number}"), QLineEdit(self._parcel.name), AreaEdit(), AreaEdit())
        part.code.setMaxLength(CODE_LENGTH)
        part.name.setMaxLength(TEXT_LENGTH)
        part.household.setEnabled(self._parcel.household_x100 > 0)
        part.area.setAccessibleName(f"第 {number} 块面积")
        part.household.setAccessibleName(f"第 {number} 块承包到户面积")
        for column, edit in enumerate(part):
            self._grid.addWidget(edit, number, column)
            edit.textChanged.connect(lambda _text: self._add_up())
        self.parts.append(part)
        if number > 2:
            previous = self.parts[-2].household
            for before, after in zip((previous, part.code, part.name, part.area), part, strict=True):
                QWidget.setTabOrder(before, after)
            part.code.setFocus(Qt.FocusReason.TabFocusReason)
        self.more.setEnabled(number < MOST_PARTS)
        self._add_up()

    def shares(self) -> tuple[Share, ...] | None:
        """The parts as typed; None while an area cannot be read."""
        try:
            return tuple(
                Share(
                    part.code.text().strip(),
                    part.name.text().strip(),
                    part.area.value_x100() or 0,
                    part.household.value_x100() or 0,
                )
                for part in self.parts
            )
        except AreaError:
            return None

    def _add_up(self) -> None:
        shares = self.shares()
        if shares is None:
            self._tell("有一格面积看不懂，只能填亩数", "danger")
            return
        rest = self._parcel.area_x100 - sum(share.area_x100 for share in shares)
        households = self._parcel.household_x100 - sum(share.household_x100 for share in shares)
        whole = f"原地块 {format_mu(self._parcel.area_x100)} 亩"
        if rest == households == 0:
            self._tell(f"{whole}，刚好分完", "success")
            return
        parts = [f"{whole}，还剩 {format_mu(rest)} 亩没有分" if rest >= 0 else f"{whole}，多分了 {format_mu(-rest)} 亩"]
        if households:
            parts.append(f"承包到户面积还差 {format_mu(households)} 亩")
        self._tell("；".join(parts), "warning")

    def _tell(self, text: str, role: str) -> None:
        self.left_over.setText(text)
        theme.mark(self.left_over, role)

    def act(self) -> tuple[Callable[[Book], Parcel], Callable[[Parcel], str]] | None:
        """Split."""
        shares = self.shares()
        if shares is None:
            return None
        code, day = self._parcel.code, self.day.day
        reason, document = self.reason.text(), self.document.text()
        return (
            lambda book: parcels.split_parcel(book, code, shares, day, reason, document)[0],
            lambda _parcel: f"{code} 已分割为 {'、'.join(share.code for share in shares)}",
        )

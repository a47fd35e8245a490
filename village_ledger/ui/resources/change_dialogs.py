"""What happens to parcels: splitting, merging, measuring anew, ending. Each has a day, a reason and a document."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QListWidget, QListWidgetItem, QWidget

from village_ledger import clock
from village_ledger.domain.area import format_mu
from village_ledger.domain.errors import Refusal
from village_ledger.domain.parcels import TEXT_LENGTH, Parcel
from village_ledger.services import parcels
from village_ledger.services.book import Book
from village_ledger.services.parcels import ParcelRecord
from village_ledger.ui import theme
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.operations import RESOURCES, Operations
from village_ledger.ui.widgets.area_edit import AreaEdit
from village_ledger.ui.widgets.day_edit import DayEdit
from village_ledger.ui.widgets.form import FormGrid


class ChangeDialog(Dialog):
    """The common part; `changed(code, text)` tells which parcel to show and what was done."""

    changed = Signal(str, str)

    def __init__(self, operations: Operations, title: str, accept: str, parent: QWidget, width: int = 520) -> None:
        super().__init__(title, parent, operations=operations, width=width)
        self._operations = operations
        self.form = FormGrid()
        self.body.addWidget(self.form)
        self.add_button("取消", self.reject)
        self.accept_button = self.add_button(accept, self._carry_out, kind="primary")

    def add_ground(self, examples: str) -> None:
        """The fields every change has, after those of its own."""
        self.day = DayEdit(clock.today())
        self.day.setMaximumWidth(theme.current().scaled(140))
        self.reason = QLineEdit()
        self.reason.setMaxLength(TEXT_LENGTH)
        self.reason.setPlaceholderText(examples)
        self.document = QLineEdit()
        self.document.setMaxLength(TEXT_LENGTH)
        self.document.setPlaceholderText("会议决议或批文号，没有就空着")
        self.form.add("变更日期(&D)", self.day, "旧地块到这一天为止，新地块从这一天起在册")
        self.form.add("原因(&R)", self.reason)
        self.form.add("依据文号(&F)", self.document)

    def act(self) -> tuple[Callable[[Book], Parcel], Callable[[Parcel], str]] | None:
        """What to do with the book and what to say afterwards; None when something is missing."""
        raise NotImplementedError

    def _carry_out(self) -> None:
        self.form.clear_errors()
        self.message_bar.clear()
        if not self.day.take_over():
            self.form.set_error(self.day, "日期不对，请写成 2025-06-30")
            return
        if not self.reason.text().strip():
            self.form.set_error(self.reason, "请填变更原因")
            self.reason.setFocus()
            return
        wanted = self.act()
        if wanted is None:
            return
        do, say = wanted

        def done(parcel: Parcel) -> None:
            self.accept()
            self.changed.emit(parcel.code, say(parcel))

        self._operations.write(
            do, done, touches=RESOURCES, initiator=self, on_failed=self._failed, disable=(self.accept_button,)
        )

    def _failed(self, refusal: Refusal) -> None:
        self.message("\n".join(problem.message for problem in refusal.problems) or str(refusal), "danger")


class MergeDialog(ChangeDialog):
    """Choose the parcels to join (Space ticks) and name the new one."""

    def __init__(
        self, operations: Operations, records: tuple[ParcelRecord, ...], chosen: tuple[str, ...], parent: QWidget
    ) -> None:
        super().__init__(operations, "合并地块", "合并(&S)", parent, 620)
        self._areas = {record.parcel.code: record.area_x100 for record in records}
        first = next((record.parcel for record in records if record.parcel.code in chosen), None)
        self.list = QListWidget()
        self.list.setMinimumHeight(theme.current().scaled(120))
        for record in records:
            parcel = record.parcel
            if first is not None and (parcel.land_class, parcel.owner) != (first.land_class, first.owner):
                continue
            item = QListWidgetItem(
                f"{parcel}　{parcel.land_class}　{format_mu(record.area_x100)} 亩　{parcel.management}"
            )
            item.setData(Qt.ItemDataRole.UserRole, parcel.code)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if parcel.code in chosen else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.total = theme.mark(QLabel(), "muted")
        self.form.add("要合并的地块", self.list, "只列出同一地类、同一权属单位的地块；空格键打勾")
        self.form.add("合计", self.total)
        self.code = QLineEdit()
        self.name = QLineEdit()
        self.code.setPlaceholderText("没有用过的编号")
        self.code.setAccessibleName("新编号")
        self.name.setPlaceholderText("名称")
        self.name.setAccessibleName("新名称")
        self.identity = QWidget()
        row = QHBoxLayout(self.identity)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.code, 2)
        row.addWidget(self.name, 3)
        self.identity.setFocusProxy(self.code)
        self.form.add("新地块(&N)", self.identity)
        self.add_ground("例如 高标准农田建设，连片耕种")
        self.list.itemChanged.connect(lambda _item: self._add_up())
        self._add_up()
        self.list.setFocus()

    def codes(self) -> tuple[str, ...]:
        """The parcels ticked."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return tuple(
            item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() == Qt.CheckState.Checked
        )

    def _add_up(self) -> None:
        codes = self.codes()
        area = format_mu(sum(self._areas[code] for code in codes))
        self.total.setText(f"{len(codes)} 块，合并后 {area} 亩")
        self.accept_button.setEnabled(len(codes) >= 2)

    def act(self) -> tuple[Callable[[Book], Parcel], Callable[[Parcel], str]] | None:
        """Merge."""
        codes, code, name = self.codes(), self.code.text().strip(), self.name.text().strip()
        if not code:
            self.form.set_error(self.identity, "请填新地块的编号")
            self.code.setFocus()
            return None
        day, reason, document = self.day.day, self.reason.text(), self.document.text()
        return (
            lambda book: parcels.merge_parcels(book, codes, code, name, day, reason, document),
            lambda parcel: f"{len(codes)} 块地已合并为 {parcel}，{format_mu(parcel.area_x100)} 亩",
        )


class MeasureDialog(ChangeDialog):
    """Give a parcel the area that was measured."""

    def __init__(self, operations: Operations, record: ParcelRecord, parent: QWidget) -> None:
        super().__init__(operations, f"面积重测　{record.parcel}", "修改面积(&S)", parent)
        parcel = record.parcel
        self._code = parcel.code
        self.area = AreaEdit()
        self.area.set_value_x100(parcel.area_x100)
        hint = f"现在登记 {format_mu(parcel.area_x100)} 亩"
        if record.measured is not None:
            hint += f"；图形量得 {format_mu(record.measured.measured_x100)} 亩"
        self.form.add("新面积（亩）(&A)", self.area, hint)
        self.household = AreaEdit()
        self.household.set_value_x100(parcel.household_x100)
        self.household.setEnabled(parcel.household_x100 > 0)
        self.form.add("其中承包到户（亩）(&H)", self.household)
        self.add_ground("例如 二轮延包实测、确权登记更正")
        self.area.setFocus()

    def act(self) -> tuple[Callable[[Book], Parcel], Callable[[Parcel], str]] | None:
        """Measure."""
        for edit in (self.area, self.household):
            if edit.error() or edit.value_x100() is None:
                self.form.set_error(edit, edit.error() or "请填面积")
                edit.setFocus()
                return None
        code, area, household = self._code, self.area.value_x100() or 0, self.household.value_x100() or 0
        day, reason, document = self.day.day, self.reason.text(), self.document.text()
        return (
            lambda book: parcels.measure_parcel(book, code, area, household, day, reason, document),
            lambda parcel: f"{parcel} 的面积改为 {format_mu(parcel.area_x100)} 亩",
        )


class EndDialog(ChangeDialog):
    """End a parcel the collective no longer has."""

    def __init__(self, operations: Operations, record: ParcelRecord, parent: QWidget) -> None:
        super().__init__(operations, f"终止地块　{record.parcel}", "终止(&S)", parent)
        self._code = record.parcel.code
        words = QLabel(
            f"{record.parcel}（{format_mu(record.area_x100)} 亩）从变更日期起不再在册，台账和来历保留备查，不能恢复。"
        )
        words.setWordWrap(True)
        self.form.add_wide(words)
        self.add_ground("例如 国家征收、水毁灭失、重复登记")
        self.reason.setFocus()

    def act(self) -> tuple[Callable[[Book], Parcel], Callable[[Parcel], str]] | None:
        """End."""
        code, day, reason, document = self._code, self.day.day, self.reason.text(), self.document.text()
        return (
            lambda book: parcels.end_parcel(book, code, day, reason, document),
            lambda parcel: f"{parcel} 已于 {parcel.ended} 终止",
        )

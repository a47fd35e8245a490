"""The register of parcels: a list and a map of the same parcels, the chosen one's card beside them."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QStackedWidget,
    QTableView,
    QWidget,
)

from village_ledger import clock
from village_ledger.domain.area import format_mu
from village_ledger.domain.parcel_changes import ParcelChange
from village_ledger.services import parcel_files, parcels
from village_ledger.services.parcels import ParcelRecord
from village_ledger.ui import dialogs, machine, theme
from village_ledger.ui.file_import import ImportDialog
from village_ledger.ui.operations import CONTRACTS, RESOURCES, Operations
from village_ledger.ui.page import Page
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.card import EmptyState
from village_ledger.ui.widgets.table import dress_table, select_row

from .card_panel import CardPanel
from .change_dialogs import ChangeDialog, EndDialog, MeasureDialog, MergeDialog
from .map_view import MapView
from .parcel_dialog import ParcelDialog
from .parcels_bar import ParcelsBar
from .parcels_model import HOLDER_COLUMN, NAME_COLUMN, WIDTHS, ParcelsModel
from .shapes import plan
from .split_dialog import SplitDialog

_EMPTY = (
    "还没有登记地块。\n耕地、林地、水面、四荒等集体资源，一块一块登记进来，承包发包的面积就不会超。\n"
    "手头有 Excel 台账的，用“文件 → 导入资源登记簿”一次导入。"
)
_NO_MAP = "还没有地块边界。\n用“文件 → 导入地块边界”读入 GeoJSON 文件（经纬度坐标），地块就画在这里。"


class ParcelsPage(Page):
    """Tab 列表 and tab 地图; Enter opens the card, Insert registers a parcel."""

    title = "资源地块"
    touched_by = RESOURCES | CONTRACTS

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        self._records: tuple[ParcelRecord, ...] = ()
        self._wanted = ""
        self._code = ""
        self.map = MapView()
        self._build_actions()
        self._build_bar()
        self._build_views()
        self.setFocusProxy(self.bar.search)
        for keys, slot in (("Insert", self.add), ("Ctrl+F", self.bar.find), ("Ctrl+M", self.switch_view)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)
        self._show_possible()

    def _build_actions(self) -> None:
        self.file_button = self.add_action_button(make_button("文件(&F)", icon="folder"))
        files = QMenu(self.file_button)
        self.import_action = files.addAction("导入资源登记簿…", lambda: self._import("resources"))
        self.outline_action = files.addAction("导入地块边界（GeoJSON）…", lambda: self._import("boundaries"))
        self.export_action = files.addAction("导出地块边界（GeoJSON）…", self.export)
        self.file_button.setMenu(files)
        self.change_button = self.add_action_button(make_button("变更(&B)", icon="swap"))
        changes = QMenu(self.change_button)
        self.split_action = changes.addAction("分割地块…", self.split)
        self.merge_action = changes.addAction("合并地块…", self.merge)
        self.measure_action = changes.addAction("面积重测…", self.measure)
        changes.addSeparator()
        self.end_action = changes.addAction("终止地块…", self.end)
        self.change_button.setMenu(changes)
        self.card_button = self.add_action_button(
            make_button("台账(&E)", icon="pen", tip="回车", on_click=self.open_card)
        )
        self.add_button = self.add_action_button(
            make_button("登记地块(&A)", kind="primary", icon="plus", tip="Insert", on_click=self.add)
        )

    def _build_bar(self) -> None:
        self.bar = ParcelsBar()
        self.body.addLayout(self.bar)
        self.bar.narrowed.connect(self._narrow)
        self.bar.entered.connect(self._enter_view)
        self.bar.ended_switched.connect(self.refresh)
        self.bar.view_switched.connect(self._show_view)
        self.bar.coloured.connect(self.map.colour_by)
        self.bar.fit_wanted.connect(self.map.fit)

    def _build_views(self) -> None:
        look = theme.current()
        self.model = ParcelsModel(self)
        self.table = QTableView()
        dress_table(self.table)
        self.table.setModel(self.model)
        header = self.table.horizontalHeader()
        for column, width in enumerate(WIDTHS):
            header.resizeSection(column, look.scaled(width))
        for column in (NAME_COLUMN, HOLDER_COLUMN):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.empty, self.no_map = EmptyState(_EMPTY), EmptyState(_NO_MAP)
        self.stack = QStackedWidget()
        for widget in (self.table, self.map, self.empty, self.no_map):
            self.stack.addWidget(widget)
        self.card = CardPanel()
        row = QHBoxLayout()
        row.setSpacing(look.px("gap"))
        row.addWidget(self.stack, 1)
        row.addWidget(self.card)
        self.count = theme.mark(QLabel(), "muted")
        self.body.addLayout(row, 1)
        self.body.addWidget(self.count)
        self.table.selectionModel().currentRowChanged.connect(lambda now, _before: self._row_chosen(now.row()))
        self.table.activated.connect(lambda _index: self.open_card())
        self.map.chosen.connect(self._map_chosen)
        self.map.opened.connect(self._open_code)

    def refresh(self) -> None:
        """Read the register anew, keeping the choice."""
        ended, today = self.bar.with_ended.isChecked(), clock.today()
        self.operations.read(lambda book: parcels.records(book, today, ended=ended), self._take, topic="parcels")

    def show_parcel(self, code: str) -> None:
        """Choose a parcel, also right after it was made."""
        self._wanted = code
        self.refresh()

    def _take(self, records: tuple[ParcelRecord, ...]) -> None:
        self._records = records
        if self._wanted and all(record.parcel.code != self._wanted for record in self.bar.wanted(records)):
            self.bar.clear()
        self._narrow()

    def _narrow(self) -> None:
        shown = self.bar.wanted(self._records)
        wanted, self._wanted = self._wanted or self._code, ""
        self.model.show_rows(shown)
        self.map.show_plan(plan(record for record in shown if record.parcel.ended is None))
        living = [record for record in shown if record.parcel.ended is None]
        area = format_mu(sum(record.area_x100 for record in living))
        contracted = format_mu(sum(record.contracted_x100 for record in living))
        self.count.setText(
            f"{len(living)} 块，共 {area} 亩，其中已承包发包 {contracted} 亩" if shown else "没有符合条件的地块"
        )
        self._show_view()
        select_row(self.table, max(self.model.row_of(wanted), 0))
        self._row_chosen(self.table.currentIndex().row())

    def _show_view(self) -> None:
        drawn = any(record.parcel.boundary for record in self._records)
        if not self._records:
            self.stack.setCurrentWidget(self.empty)
        elif self.bar.on_map:
            self.stack.setCurrentWidget(self.map if drawn else self.no_map)
        else:
            self.stack.setCurrentWidget(self.table)

    def switch_view(self) -> None:
        """From the list to the map and back; the keys go along."""
        self.bar.switch_view()
        self._enter_view()

    def _enter_view(self) -> None:
        self.stack.currentWidget().setFocus()

    def selected(self) -> ParcelRecord | None:
        """The chosen parcel."""
        return self.model.value(self.model.row_of(self._code))

    def _row_chosen(self, row: int) -> None:
        record = self.model.value(row)
        self._code = record.parcel.code if record else ""
        self.map.choose(self._code)
        self.card.show_record(record)
        self._show_possible()
        if record is not None:
            code = self._code
            self.operations.read(lambda book: (code, parcels.history(book, code)), self._show_history, topic="history")

    def _show_history(self, answer: tuple[str, tuple[ParcelChange, ...]]) -> None:
        if answer[0] == self._code:
            self.card.show_history(answer[1])

    def _map_chosen(self, code: str) -> None:
        row = self.model.row_of(code)
        select_row(self.table, row)
        self._row_chosen(row)

    def _show_possible(self) -> None:
        record = self.selected()
        facts = self.operations.facts
        writable = facts is not None and not facts.read_only
        living = writable and record is not None and record.parcel.ended is None
        self.add_button.setEnabled(writable)
        self.card_button.setEnabled(record is not None)
        self.change_button.setEnabled(living)
        self.import_action.setEnabled(writable)
        self.outline_action.setEnabled(writable and bool(self._records))
        self.export_action.setEnabled(bool(self._records))

    def add(self) -> None:
        """Register a parcel."""
        if self.add_button.isEnabled():
            self._open_dialog(ParcelDialog(self.operations, None, self))

    def open_card(self) -> None:
        """Open the chosen parcel's card."""
        record = self.selected()
        if record is not None:
            self._open_dialog(ParcelDialog(self.operations, record.parcel, self))

    def _open_code(self, code: str) -> None:
        self._map_chosen(code)
        self.open_card()

    def split(self) -> None:
        """Divide the chosen parcel."""
        if record := self.selected():
            self._open_change(SplitDialog(self.operations, record, self))

    def merge(self) -> None:
        """Join parcels; those selected in the list are ticked."""
        rows = {index.row() for index in self.table.selectionModel().selectedRows()}
        chosen = tuple(record.parcel.code for row in sorted(rows) if (record := self.model.value(row)))
        living = tuple(record for record in self._records if record.parcel.ended is None)
        self._open_change(MergeDialog(self.operations, living, chosen or (self._code,), self))

    def measure(self) -> None:
        """Change the chosen parcel's area."""
        if record := self.selected():
            self._open_change(MeasureDialog(self.operations, record, self))

    def end(self) -> None:
        """End the chosen parcel."""
        if record := self.selected():
            self._open_change(EndDialog(self.operations, record, self))

    def export(self) -> None:
        """Write the outlines to a GeoJSON file."""
        folder = machine.text("report_folder", str(Path.home()))
        proposal = str(Path(folder) / f"{self.facts.entity.name}_地块边界.geojson")
        path = dialogs.save_file(self, "导出地块边界", proposal, "GeoJSON 文件 (*.geojson)")
        if path is None:
            return
        machine.remember("report_folder", str(path.parent))
        target, today = path if path.suffix else path.with_suffix(".geojson"), clock.today()
        self.operations.write(
            lambda book: parcel_files.export_boundaries(book, target, today),
            lambda count: self.message(f"已导出 {count} 块地的边界：{target}", "success"),
            touches=RESOURCES,
            initiator=self,
        )

    def _import(self, kind: str) -> None:
        dialog = ImportDialog(self.operations, kind, self)
        dialog.imported.connect(self._imported)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _imported(self, text: str) -> None:
        self.refresh()
        self.message(text, "success")

    def _open_dialog(self, dialog: ParcelDialog) -> None:
        dialog.saved.connect(self.show_parcel)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _open_change(self, dialog: ChangeDialog) -> None:
        dialog.changed.connect(self._changed)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _changed(self, code: str, text: str) -> None:
        self.show_parcel(code)
        self.message(text, "success")

"""The bar above list and map: which of the two, which parcels, and how the map is coloured."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QTabBar

from village_ledger.domain.parcels import LAND_CLASSES, MANAGEMENTS
from village_ledger.services.parcels import ParcelRecord
from village_ledger.ui import theme
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.flow_layout import FlowLayout

from .parcels_model import filtered

_LIST, _MAP = 0, 1


class ParcelsBar(FlowLayout):
    """Tells what was changed; `wanted` narrows records to what is asked for."""

    narrowed = Signal()
    entered = Signal()
    ended_switched = Signal()
    view_switched = Signal()
    coloured = Signal(str)
    fit_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        look = theme.current()
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.addTab("列表")
        self.tabs.addTab("地图")
        self.tabs.setTabToolTip(_MAP, "Ctrl+M 在列表和地图之间切换")
        self.search = QLineEdit()
        self.search.setPlaceholderText("编号、名称、经营者（Ctrl+F）")
        self.search.setClearButtonEnabled(True)
        self.search.addAction(theme.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setMinimumWidth(look.scaled(230))
        self.class_box = _box("地类", ("全部地类", *LAND_CLASSES))
        self.management_box = _box("经营方式", ("全部经营方式", *MANAGEMENTS))
        self.with_ended = QCheckBox("含已终止")
        self.colour_box = _box("着色", ("按地类着色", "按经营方式着色"))
        self.fit_button = make_button("全图", icon="zoom-in", tip="Home", on_click=self.fit_wanted.emit)
        for widget in (
            self.tabs,
            self.search,
            self.class_box,
            self.management_box,
            self.with_ended,
            self.colour_box,
            self.fit_button,
        ):
            self.add(widget)
        self.search.textChanged.connect(lambda _text: self.narrowed.emit())
        self.search.returnPressed.connect(self.entered)
        self.class_box.currentIndexChanged.connect(lambda _place: self.narrowed.emit())
        self.management_box.currentIndexChanged.connect(lambda _place: self.narrowed.emit())
        self.with_ended.toggled.connect(lambda _on: self.ended_switched.emit())
        self.tabs.currentChanged.connect(lambda _place: self._view_switched())
        self.colour_box.currentIndexChanged.connect(
            lambda place: self.coloured.emit("management" if place else "class")
        )
        self.colour_box.hide()
        self.fit_button.hide()

    @property
    def on_map(self) -> bool:
        """Whether the map is asked for."""
        return self.tabs.currentIndex() == _MAP

    def wanted(self, records: tuple[ParcelRecord, ...]) -> tuple[ParcelRecord, ...]:
        """The records asked for."""
        land_class = LAND_CLASSES[self.class_box.currentIndex() - 1] if self.class_box.currentIndex() else ""
        management = MANAGEMENTS[self.management_box.currentIndex() - 1] if self.management_box.currentIndex() else ""
        return filtered(records, self.search.text(), land_class, management)

    def clear(self) -> None:
        """Ask for all."""
        for box in (self.class_box, self.management_box):
            box.setCurrentIndex(0)
        self.search.clear()

    def find(self) -> None:
        """Begin to type what to look for."""
        self.search.setFocus()
        self.search.selectAll()

    def switch_view(self) -> None:
        """From the list to the map and back."""
        self.tabs.setCurrentIndex(_LIST if self.on_map else _MAP)

    def _view_switched(self) -> None:
        self._show_fitting()
        self.view_switched.emit()

    def _show_fitting(self) -> None:
        self.colour_box.setVisible(self.on_map)
        self.fit_button.setVisible(self.on_map)
        self.with_ended.setVisible(not self.on_map)


def _box(name: str, entries: tuple[str, ...]) -> QComboBox:
    box = QComboBox()
    box.addItems(entries)
    box.setAccessibleName(name)
    return box

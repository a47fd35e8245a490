"""Step 2: the file as it stands, with what each column means above it; every guess may be changed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from village_ledger.services.foreign_columns import (
    KINDS,
    Layout,
    as_kind,
    balance_bases,
    fields_of,
    missing,
)
from village_ledger.services.tabular import Grid
from village_ledger.ui import theme

_SHOWN = 14
_BASES = {"closing": "期末余额", "opening": "期初（年初）余额"}


class ColumnsPanel(QWidget):
    """`changed` fires when another meaning was chosen."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.current()
        self._grid: Grid | None = None
        self._layout = Layout("vouchers", 0, ())
        self.combos: list[QComboBox] = []
        self.kind = QComboBox()
        for key, title in KINDS.items():
            self.kind.addItem(title, key)
        self.first = QSpinBox()
        self.first.setPrefix("第 ")
        self.first.setSuffix(" 行")
        self.basis = QComboBox()
        self.year = QSpinBox()
        self.year.setRange(1990, 2100)
        self.year.setSuffix(" 年")
        self._captions = {}
        head = QHBoxLayout()
        head.setSpacing(look.px("gap"))
        for caption, field in (
            ("这是(&K)", self.kind),
            ("数据从(&D)", self.first),
            ("作为期初的是(&Q)", self.basis),
            ("年份(&N)", self.year),
        ):
            label = QLabel(caption)
            label.setBuddy(field)
            self._captions[field] = label
            head.addWidget(label)
            head.addWidget(field)
            head.addSpacing(look.px("gap"))
        head.addStretch(1)
        self.table = QTableWidget()
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.table.horizontalHeader().hide()
        self.state = QLabel()
        self.state.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px("gap"))
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addWidget(self.state)
        self.kind.activated.connect(self._kind_chosen)
        self.first.valueChanged.connect(self._first_chosen)
        self.setFocusProxy(self.kind)

    def show_file(self, grid: Grid, layout: Layout, year: int) -> None:
        """Show a file with what was recognised."""
        self._grid, self._layout = grid, layout
        self.kind.setCurrentIndex(self.kind.findData(layout.kind))
        self.first.blockSignals(True)
        self.first.setRange(grid.rows[0].number, grid.rows[-1].number)
        self.first.setValue(grid.rows[min(layout.first, len(grid.rows) - 1)].number)
        self.first.blockSignals(False)
        self.year.setValue(year)
        self._fill()

    def layout_now(self) -> Layout:
        """What the person has settled on."""
        return self._layout

    def basis_now(self) -> str:
        """The balance that becomes the opening; empty where there is no choice."""
        return str(self.basis.currentData() or "")

    @property
    def is_complete(self) -> bool:
        """Whether everything needed has its column."""
        return not missing(self._layout)

    def _fill(self) -> None:
        grid, layout = self._grid, self._layout
        if grid is None:
            return
        look = theme.current()
        from_row = max(0, layout.first - 3)
        rows = grid.rows[from_row : from_row + _SHOWN]
        width = max([len(layout.columns), *(len(row.cells) for row in rows)])
        self.table.clear()
        self.table.setColumnCount(width)
        self.table.setRowCount(len(rows) + 1)
        self.table.setVerticalHeaderLabels(["含义", *(str(row.number) for row in rows)])
        self.combos = []
        for column in range(width):
            combo = QComboBox()
            combo.addItem("（不用）", "")
            for field in fields_of(layout.kind):
                combo.addItem(field.title, field.key)
            key = layout.columns[column] if column < len(layout.columns) else ""
            combo.setCurrentIndex(max(combo.findData(key), 0))
            combo.activated.connect(lambda _index, place=column: self._column_chosen(place))
            self.combos.append(combo)
            self.table.setCellWidget(0, column, combo)
            self.table.setColumnWidth(column, look.scaled(140))
        for place, row in enumerate(rows, 1):
            for column, text in enumerate(row.cells):
                item = QTableWidgetItem(text)
                if from_row + place - 1 < layout.first:
                    item.setForeground(look.colour("muted"))
                    item.setBackground(look.colour("surface_alt"))
                self.table.setItem(place, column, item)
        self.table.setRowHeight(0, look.px("field") + look.px("gap"))
        self._show_state()

    def _show_state(self) -> None:
        bases = balance_bases(self._layout) if self._layout.kind == "balances" else ()
        before = self.basis.currentData()
        self.basis.clear()
        for key in bases:
            self.basis.addItem(_BASES[key], key)
        self.basis.setCurrentIndex(max(self.basis.findData(before), 0))
        needs_year = self._layout.kind == "vouchers" and not {"day", "year"} & set(self._layout.columns)
        for field, shown in ((self.basis, len(bases) > 1), (self.year, needs_year)):
            field.setVisible(shown)
            self._captions[field].setVisible(shown)
        lacks = missing(self._layout)
        used = sum(map(bool, self._layout.columns))
        self.state.setText(
            f"还缺：{lacks}。请在“含义”一行里指给它" if lacks else f"✓ 认出 {used} 栏，请核对“含义”一行，不对的可以改。"
        )
        theme.mark(self.state, "danger" if lacks else "success")
        self.changed.emit()

    def _column_chosen(self, place: int) -> None:
        key = self.combos[place].currentData()
        for other, combo in enumerate(self.combos):
            if other != place and key and combo.currentData() == key:
                combo.setCurrentIndex(0)  # a meaning belongs to one column
        self._layout = self._layout._replace(columns=tuple(combo.currentData() for combo in self.combos))
        self._show_state()

    def _kind_chosen(self, _index: int) -> None:
        if self._grid is not None:
            self._layout = as_kind(self._grid, self._layout, self.kind.currentData())
            self._fill()

    def _first_chosen(self, number: int) -> None:
        if self._grid is not None:
            place = next((place for place, row in enumerate(self._grid.rows) if row.number >= number), 0)
            self._layout = self._layout._replace(first=place)
            self._fill()

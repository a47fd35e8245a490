"""审核: where every month of every village stands; the arrows move, Enter opens a month."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTableView,
    QWidget,
)

from village_ledger import clock
from village_ledger.domain.desk import Village
from village_ledger.domain.period import Period
from village_ledger.services.township import reviewing
from village_ledger.services.township.reviewing import Grid
from village_ledger.ui import theme
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.card import EmptyState
from village_ledger.ui.widgets.table import dress_table

from .grid_model import ROW_HEIGHT, GridDelegate, GridModel
from .operations import COMMENTS, DOUBTS, RECEIVED, SETTINGS, DeskOperations
from .page import DeskPage
from .words import STATE_COLOURS

_EMPTY = "还没有收过任何村的账。到“收件”里收报送包，收到的村和月份会列在这里。"
_EVERY = "全部村"
_PENDING = "有事要办的村"
_LATE = "有逾期的村"
_NAME_WIDTH = 130


class GridTable(QTableView):
    """Cells, not rows; Enter is for the page."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Enter opens the cell."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
            return
        super().keyPressEvent(event)


class ReviewPage(DeskPage):
    """A year of all villages."""

    title = "审核"
    touched_by = RECEIVED | COMMENTS | DOUBTS | SETTINGS

    def __init__(self, operations: DeskOperations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        look = theme.current()
        self._year = clock.today().year
        self._grid: Grid | None = None
        self._wanted: tuple[str, Period] | None = None
        self._chosen_year = False
        self.before_button = make_button(
            "上一年(&B)", icon="chevron-left", on_click=lambda: self.show_year(self._year - 1)
        )
        self.year = theme.mark(QLabel(), "heading")
        self.after_button = make_button(
            "下一年(&N)", icon="chevron-right", on_click=lambda: self.show_year(self._year + 1)
        )
        self.search = QLineEdit()
        self.search.setPlaceholderText("找村名")
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(look.scaled(180))
        self.search.textChanged.connect(lambda _text: self._show_villages())
        self.which = QComboBox()
        self.which.addItems((_EVERY, _PENDING, _LATE))
        self.which.currentIndexChanged.connect(lambda _place: self._show_villages())
        self.legend = QLabel()
        self.legend.setTextFormat(Qt.TextFormat.RichText)
        bar = QHBoxLayout()
        bar.setSpacing(look.px("gap"))
        for widget in (self.before_button, self.year, self.after_button, self.search, self.which):
            bar.addWidget(widget)
        bar.addStretch(1)
        self.add_action(self.legend)
        self.model = GridModel()
        self.table = GridTable()
        dress_table(self.table, whole_rows=False)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setItemDelegate(GridDelegate(self.table))
        self.table.setModel(self.model)
        self.table.activated.connect(lambda _index: self.open_current())
        self.empty = EmptyState(_EMPTY)
        self.body.addLayout(bar)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.empty, 1)
        self.empty.hide()
        self.setFocusProxy(self.table)

    def take_focus(self) -> None:
        """The grid: the arrows and Enter work at once."""
        self.table.setFocus()

    def refresh(self) -> None:
        """Read the year again and stay at the cell."""
        self._wanted = self._wanted or self._current()
        start, today = Period(self._year, 1), clock.today()
        self.year.setText(f"{self._year} 年")
        self.operations.read(
            lambda desk: reviewing.grid(desk, start, Period(start.year, 12), today), self._show, topic="grid"
        )

    def show_year(self, year: int) -> None:
        """Show another year."""
        self._chosen_year = True
        self._year = year
        self.refresh()

    def state(self) -> object:
        """The year and the cell."""
        return self._year, self._current()

    def restore(self, state: object) -> None:
        """Back to a year and the cell in it."""
        if isinstance(state, tuple):
            year, self._wanted = state
            self._year = year
            self.stale = True

    def open_current(self) -> None:
        """Open the month under the cursor."""
        index = self.table.currentIndex()
        village, cell = self.model.village(index.row()), self.model.cell(index.row(), index.column())
        month = self.model.month(index.column())
        if village is None or month is None:
            return
        if cell is None or cell.received is None:
            self.message(f"{village.name}还没有报送{month.label}的账", "warning")
        else:
            self.clear_message()
            self.month_requested.emit(village.code, month)

    def _current(self) -> tuple[str, Period] | None:
        index = self.table.currentIndex()
        village, month = self.model.village(index.row()), self.model.month(index.column())
        return (village.code, month) if village and month else None

    def _show(self, grid: Grid) -> None:
        self._grid = grid
        there = [month for (_code, month), cell in grid.cells.items() if cell.received]
        if not there and not self._chosen_year and grid.villages:
            self._chosen_year = True  # nothing of this year yet: begin with the year something was handed over for
            self._year = max(village.since.year for village in grid.villages)
            if self._year != grid.months[0].year:
                self.refresh()
                return
        self._show_villages()
        self._wanted = None

    def _show_villages(self) -> None:
        grid = self._grid
        if grid is None:
            return
        kept = self._wanted or self._current()
        shown = tuple(one for one in grid.villages if self._is_wanted(grid, one))
        self.model.show_grid(grid, shown)
        self._measure()
        self.table.setVisible(bool(grid.villages))
        self.empty.setVisible(not grid.villages)
        self._show_legend(grid, shown)
        row, column = self.model.place(*kept) if kept else (-1, -1)
        if row < 0 or column < 0:
            row, column = self._first_open(grid, shown)
        self.table.setCurrentIndex(self.model.index(max(row, 0), max(column, 1)))

    def _first_open(self, grid: Grid, shown: tuple[Village, ...]) -> tuple[int, int]:
        """The first month that waits for the reviewer."""
        for row, village in enumerate(shown):
            for column, month in enumerate(grid.months, 1):
                cell = grid.cells.get((village.code, month))
                if cell and cell.state in ("收到", "审核中"):
                    return row, column
        return 0, 1

    def _is_wanted(self, grid: Grid, village: Village) -> bool:
        text = self.search.text().strip()
        if text and text not in village.name and text not in village.code:
            return False
        which = self.which.currentText()
        cells = [cell for month in grid.months if (cell := grid.cells.get((village.code, month)))]
        if which == _PENDING:
            return any(cell.state in ("收到", "审核中") or cell.answered or cell.overdue for cell in cells)
        return which != _LATE or any(cell.state == "逾期" for cell in cells)

    def _show_legend(self, grid: Grid, shown: tuple[Village, ...]) -> None:
        look = theme.current()
        codes = {one.code for one in shown}
        found = dict.fromkeys(STATE_COLOURS, 0)
        for (code, _month), cell in grid.cells.items():
            if code in codes:
                found[cell.state] += 1
        self.legend.setText(
            "&nbsp;&nbsp;&nbsp; ".join(
                f'<span style="color:{look.colours[word]}"><b>{state}</b></span> {found[state]}'
                for state, (_behind, word) in STATE_COLOURS.items()
            )
        )

    def _measure(self) -> None:
        look = theme.current()
        self.table.setProperty("own_widths", True)
        height = look.scaled(ROW_HEIGHT)
        self.table.verticalHeader().setMinimumSectionSize(height)
        self.table.verticalHeader().setDefaultSectionSize(height)
        header = self.table.horizontalHeader()
        header.setMinimumSectionSize(look.scaled(50))
        for column in range(1, self.model.columnCount()):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(0, min(look.scaled(_NAME_WIDTH), 170))

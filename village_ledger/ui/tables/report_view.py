"""A report on the screen: one table, or two side by side for a two-sided statement."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QTableView, QWidget

from village_ledger.reports.model import Report, Row
from village_ledger.ui import shortcuts, theme
from village_ledger.ui.widgets.table import copy_selection, dress_table, select_row

from .grouped_header import GroupedHeader
from .report_delegate import INDENT, ReportDelegate
from .report_model import ReportModel

_WIDEST = 46
_NARROWEST = 130


class ReportTable(QTableView):
    """One table of a report."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.report_model = ReportModel()
        self.setModel(self.report_model)
        self.setItemDelegate(ReportDelegate(self))
        self.setHorizontalHeader(GroupedHeader(self))
        dress_table(self, row_height="report_row")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.doubleClicked.connect(lambda index: self.opened.emit(self.report_model.row(index.row())))
        shortcuts.bind(self, "report.copy", lambda: copy_selection(self))
        self._stretch = -1
        self._natural: list[int] = []

    def show_report(self, report: Report, rows: tuple[Row, ...] | None = None) -> None:
        """Show the report (or the given rows of it), the first row current."""
        self.report_model.set_report(report, rows)
        self._measure()
        self._spread()
        select_row(self, 0)
        self.scrollToTop()

    @property
    def natural_width(self) -> int:
        """The width at which nothing is cut off."""
        return sum(self._natural)

    def current_row(self) -> int:
        """The current row's number; -1 for none."""
        return self.currentIndex().row()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the current row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_row() >= 0:
            self.opened.emit(self.report_model.row(self.current_row()))
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: give the widest text column what is left over."""
        super().resizeEvent(event)
        self._spread()

    def changeEvent(self, event: QEvent) -> None:
        """Qt: follow the zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self.report_model.columnCount():
            self._measure()
            self._spread()

    def _measure(self) -> None:
        look = theme.current()
        self.setProperty("own_widths", True)
        metrics = QFontMetrics(look.font(bold=True))
        padding = look.px("gap") * 2 + 2
        columns = [self.report_model.column(section) for section in range(self.report_model.columnCount())]
        self._natural = []
        for section, column in enumerate(columns):
            texts = (column.title, *self.report_model.widest(section))
            indent = look.scaled(INDENT) * 2 if column.kind == "text" else 0
            width = max(metrics.horizontalAdvance(text) for text in texts) + padding + indent
            self._natural.append(min(width, metrics.horizontalAdvance("0") * _WIDEST))
        texts = [(column.width, -section) for section, column in enumerate(columns) if column.kind == "text"]
        self._stretch = -max(texts)[1] if texts else len(columns) - 1

    def _spread(self) -> None:
        if not self._natural:
            return
        spare = self.viewport().width() - sum(self._natural)
        least = theme.current().scaled(_NARROWEST)
        for section, width in enumerate(self._natural):
            share = max(width + spare, min(width, least)) if section == self._stretch else width
            self.setColumnWidth(section, share)


class ReportView(QWidget):
    """The table or the two tables; `opened(Row)` on Enter or double click, `current_changed(Row)`."""

    opened = Signal(object)
    current_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tables = (ReportTable(), ReportTable())
        self._last = self.tables[0]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().px("gap"))
        for table in self.tables:
            row.addWidget(table, 1)
            table.opened.connect(self.opened)
            table.installEventFilter(self)
            table.selectionModel().currentRowChanged.connect(lambda _new, _old, t=table: self._tell(t))
        self.tables[1].hide()
        self.setFocusProxy(self.tables[0])

    @property
    def two_sided(self) -> bool:
        """Whether two tables are shown."""
        return not self.tables[1].isHidden()

    def show_report(self, report: Report, rows: tuple[Row, ...] | None = None) -> None:
        """Show a report; `rows` narrow a one-sided one."""
        half = report.halves
        self.tables[1].setVisible(bool(half))
        if half:
            self.tables[0].show_report(report, report.rows[:half])
            self.tables[1].show_report(report, report.rows[half:])
            self._last = self.tables[0]
            self.tables[1].clearSelection()
        else:
            self.tables[0].show_report(report, rows)

    def active(self) -> ReportTable:
        """The table that has, or last had, the focus."""
        return self._last if self.two_sided else self.tables[0]

    def current(self) -> Row | None:
        """The current row of the active table."""
        table = self.active()
        number = table.current_row()
        return table.report_model.row(number) if number >= 0 else None

    def place(self) -> tuple[int, int, int]:
        """Which table, row and column are current; for `go_to`."""
        table = self.active()
        return self.tables.index(table), table.current_row(), max(table.currentIndex().column(), 0)

    def go_to(self, place: tuple[int, int, int]) -> None:
        """Make a place current again and give it the focus."""
        table = self.tables[place[0]]
        if place[1] >= 0:
            table.setCurrentIndex(table.report_model.index(min(place[1], table.report_model.rowCount() - 1), place[2]))
            select_row(table, place[1])
        table.setFocus()

    def find(self, text: str, *, onward: bool) -> bool:
        """Go to the next row that shows the text, in the active table first, then in the other."""
        first = self.active()
        others = [table for table in self.tables if table is not first and not table.isHidden()]
        for table in (first, *others):
            number = table.report_model.find(text, table.current_row() + onward if table is first else 0)
            if number >= 0:
                self._take_over(table)
                select_row(table, number)
                return True
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Left and Right cross from one half of a statement to the other."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, ReportTable):
            self._take_over(watched)
        if event.type() == QEvent.Type.KeyPress and self.two_sided and isinstance(event, QKeyEvent):
            left, right = self.tables
            last = left.report_model.columnCount() - 1
            if watched is left and event.key() == Qt.Key.Key_Right and left.currentIndex().column() == last:
                self._take_over(right)
                right.setFocus()
                return True
            if watched is right and event.key() == Qt.Key.Key_Left and right.currentIndex().column() <= 0:
                self._take_over(left)
                left.setFocus()
                return True
        return super().eventFilter(watched, event)

    def _take_over(self, table: ReportTable) -> None:
        """Only the half one works in shows a selection."""
        if table is not self._last:
            self._last.clearSelection()
            self._last = table
            table.selectRow(max(table.current_row(), 0))
        self._tell(table)

    def _tell(self, table: ReportTable) -> None:
        number = table.current_row()
        if number >= 0:
            self.current_changed.emit(table.report_model.row(number))

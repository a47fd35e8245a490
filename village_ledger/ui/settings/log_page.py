"""The operation log: who did what and when, searched and copied, never changed."""

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTableView,
    QWidget,
)

from village_ledger.services import journal
from village_ledger.services.journal import ACTIONS, LogEntry
from village_ledger.ui import theme
from village_ledger.ui.log_entry_dialog import LogEntryDialog
from village_ledger.ui.operations import EVERYTHING, Operations
from village_ledger.ui.page import Page
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.table import copy_selection, dress_table

from .log_model import PAGE, LogModel
from .log_text import action_name, search_text

SEARCH_DELAY_MS = 250
_EVERYBODY = "全部操作员"
_EVERY_ACT = "全部操作"


class LogTable(QTableView):
    """Ctrl+C copies whole rows; Qt's own views copy one cell."""

    copy_wanted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: the copy key is for the page."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
        else:
            super().keyPressEvent(event)


class LogPage(Page):
    """Newest first; more is read while scrolling."""

    title = "操作日志"
    subtitle = "每一步操作都记在这里，前后相连，不能改也不能删"
    touched_by = EVERYTHING

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        look = theme.current()
        self.copy_button = self.add_action_button(
            make_button("复制所选(&C)", icon="copy", tip="Ctrl+C，可以粘贴到 Excel", on_click=self.copy)
        )
        self.person = QComboBox()
        self.person.setMinimumWidth(look.scaled(150))
        self.action = QComboBox()
        self.action.addItem(_EVERY_ACT, "")
        for key, name in ACTIONS.items():
            self.action.addItem(name, key)
        self.action.setMinimumWidth(look.scaled(150))
        self.search = QLineEdit()
        self.search.setPlaceholderText("查找凭证号、科目、原因等（Ctrl+F）")
        self.search.setClearButtonEnabled(True)
        self.search.addAction(theme.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setMinimumWidth(look.scaled(340))
        self.count = theme.mark(QLabel(), "muted")
        bar = QHBoxLayout()
        bar.setSpacing(look.px("gap"))
        for widget in (self.search, self.person, self.action):
            bar.addWidget(widget)
        bar.addStretch(1)
        bar.addWidget(self.count)
        self.model = LogModel(self)
        self.table = LogTable()
        dress_table(self.table)
        self.table.setModel(self.model)
        header = self.table.horizontalHeader()
        for column, width in enumerate((64, 170, 96, 120, 190, 300, 128)):
            header.resizeSection(column, look.scaled(width))
        header.setSectionResizeMode(5, QHeaderView.ResizeMode.Stretch)
        self.body.addLayout(bar)
        self.body.addWidget(self.table, 1)
        self.setFocusProxy(self.search)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(SEARCH_DELAY_MS)
        self._pause.timeout.connect(self._ask)
        self.search.textChanged.connect(lambda _text: self._pause.start())
        self.search.returnPressed.connect(self._ask)
        self.person.currentIndexChanged.connect(lambda _place: self._ask())
        self.action.currentIndexChanged.connect(self._action_chosen)
        self.model.more_wanted.connect(self._ask_more)
        self.table.activated.connect(self._open)
        self.table.copy_wanted.connect(self.copy)
        find = QShortcut(QKeySequence("Ctrl+F"), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self._find)

    def refresh(self) -> None:
        """Read the newest entries again."""
        names = [_EVERYBODY, *(person.name for person in self.facts.people), "自动结转", "导入"]
        if [self.person.itemText(place) for place in range(self.person.count())] != names:
            chosen = self.person.currentText()
            self.person.blockSignals(True)
            self.person.clear()
            self.person.addItems(names)
            self.person.setCurrentText(chosen or _EVERYBODY)
            self.person.blockSignals(False)
        self._ask()

    def _filter(self) -> tuple[str, str]:
        person = self.person.currentText() if self.person.currentIndex() > 0 else ""
        return self.action.currentData() or search_text(self.search.text()), person

    def _action_chosen(self, place: int) -> None:
        self.search.setEnabled(place == 0)
        self._ask()

    def _ask(self) -> None:
        self._pause.stop()
        text, person = self._filter()
        self.operations.read(lambda book: journal.entries(book, text, person, 0, PAGE), self._show, topic="log")

    def _ask_more(self, offset: int) -> None:
        text, person = self._filter()
        self.operations.read(
            lambda book: journal.entries(book, text, person, offset, PAGE), self._show_more, topic="log"
        )

    def _show(self, entries: tuple[LogEntry, ...]) -> None:
        self.model.start(entries)
        self._count()

    def _show_more(self, entries: tuple[LogEntry, ...]) -> None:
        self.model.add_page(entries)
        self._count()

    def _count(self) -> None:
        rows = self.model.rowCount()
        if not rows:
            self.count.setText("没有符合条件的记录")
        else:
            self.count.setText(f"共 {rows} 条" if self.model.is_complete else f"已显示最近 {rows} 条，往下拉继续")

    def _find(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def copy(self) -> None:
        """Copy the selected rows as a table."""
        if copy_selection(self.table):
            self.message_requested.emit("已复制所选记录，可以粘贴到 Excel", "success")

    def _open(self, index: QModelIndex) -> None:
        entry = self.model.value(index.row())
        if entry is not None:
            dialog = LogEntryDialog(entry, action_name(entry.action), self)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

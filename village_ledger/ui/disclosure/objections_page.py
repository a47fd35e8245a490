"""村民质询: what villagers asked about the notices, by when an answer is due, and the answers."""

from datetime import date
from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QStackedWidget, QTableView, QWidget

from village_ledger import clock
from village_ledger.domain.disclosure import Disclosure, Objection
from village_ledger.reports.frame import span_label
from village_ledger.services import disclosure_profiles, disclosures
from village_ledger.services.book import Book
from village_ledger.ui import theme
from village_ledger.ui.operations import DISCLOSURES, SETTINGS, Operations
from village_ledger.ui.page import Page
from village_ledger.ui.tables.rows_model import RowsModel
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.card import EmptyState
from village_ledger.ui.widgets.table import dress_table, select_row

from .objection_dialogs import AnswerDialog, ObjectionDialog

_EMPTY = (
    "还没有村民质询。\n公开榜张贴以后，有人对账目提出疑问，用“登记质询”记下来；\n"
    "答复以后，质询和答复会印在下一期公开榜上。"
)


class _Asked(NamedTuple):
    """A question, what notice it is about, and by when the answer is due."""

    asked: Objection
    notice: str
    due: date


class ObjectionsModel(RowsModel[_Asked]):
    """One row a question."""

    headers = ("日期", "公开榜", "质询人", "对哪一笔", "问什么", "答复", "情况")
    sides = "lllllll"

    def __init__(self, today: date) -> None:
        super().__init__()
        self.today = today

    def cell(self, value: _Asked, column: int) -> str:
        """Qt text."""
        asked = value.asked
        last = asked.answers[-1] if asked.answers else None
        answered = f"{last.day} {last.who}：{last.text}" if last else ""
        state = "已办结" if asked.closed else f"应在 {value.due} 前答复" if not asked.answers else "正在办理"
        texts = (asked.day.isoformat(), value.notice, asked.villager, asked.about, asked.text, answered, state)
        return texts[column]

    def look(self, value: _Asked, column: int, role: int) -> Any:
        """Overdue ones stand out; the tip shows long texts whole."""
        if role == Qt.ItemDataRole.ForegroundRole and column == 6:
            late = not value.asked.answers and value.due < self.today
            return theme.current().colour("danger" if late else "muted" if value.asked.closed else "text")
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.cell(value, column)
        return None


class ObjectionsPage(Page):
    """The list, newest last, with its two acts."""

    title = "村民质询"
    touched_by = DISCLOSURES | SETTINGS

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        look = theme.current()
        self._posted: tuple[Disclosure, ...] = ()
        self.answer_button = self.add_action_button(make_button("答复(&A)…", icon="pen", on_click=self.answer))
        self.new_button = self.add_action_button(
            make_button("登记质询(&N)…", kind="primary", icon="question", on_click=self.ask)
        )
        self.model = ObjectionsModel(clock.today())
        self.table = QTableView()
        dress_table(self.table)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.setModel(self.model)
        header = self.table.horizontalHeader()
        for column, width in enumerate((92, 130, 80, 150, 200, 200, 170)):
            header.resizeSection(column, look.scaled(width))
        for column in (4, 5):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(EmptyState(_EMPTY))
        self.body.addWidget(self.stack, 1)
        self.setFocusProxy(self.table)
        self.table.selectionModel().currentChanged.connect(lambda _now, _before: self._show_possible())
        self.table.activated.connect(lambda _index: self.answer())

    def refresh(self) -> None:
        """Read the questions anew."""

        def read(book: Book) -> tuple[tuple[_Asked, ...], tuple[Disclosure, ...]]:
            made = {one.uid: one for one in disclosures.disclosures(book)}
            days = disclosure_profiles.profile_of(book).answer_days
            rows = tuple(
                _Asked(asked, span_label(made[asked.disclosure].start, made[asked.disclosure].end), asked.due(days))
                for asked in disclosures.objections(book)
            )
            posted = tuple(one for one in made.values() if one.posted and one.state != "已作废")
            return rows, posted

        self.operations.read(read, self._show, topic="objections")

    def _show(self, found: tuple[tuple[_Asked, ...], tuple[Disclosure, ...]]) -> None:
        rows, self._posted = found
        chosen = self.model.value(self.table.currentIndex().row())
        self.model.show_rows(rows)
        waiting = self.model.find(lambda one: not one.asked.closed)
        kept = self.model.find(lambda one: chosen is not None and one.asked.uid == chosen.asked.uid)
        select_row(self.table, kept if kept >= 0 else max(waiting, 0))
        self.stack.setCurrentIndex(0 if rows else 1)
        self._show_possible()

    def _show_possible(self) -> None:
        row = self.model.value(self.table.currentIndex().row())
        writable = not self.facts.read_only
        self.new_button.setEnabled(writable and bool(self._posted))
        self.new_button.setToolTip("" if self._posted else "张榜以后才有质询")
        self.answer_button.setEnabled(writable and row is not None and not row.asked.closed)

    def ask(self) -> None:
        """Note a question."""
        dialog = ObjectionDialog(self.operations, self._posted, clock.today(), self)
        dialog.saved.connect(lambda: self._saved("质询已登记"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def answer(self) -> None:
        """Answer the chosen question."""
        row = self.model.value(self.table.currentIndex().row())
        if row is None or row.asked.closed or self.facts.read_only:
            return
        head = next((one.name for one in self.facts.people if one.role == "负责人" and one.active), "")
        dialog = AnswerDialog(self.operations, row.asked, clock.today(), head, self)
        dialog.saved.connect(lambda: self._saved("答复已登记，会印在下一期公开榜上"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _saved(self, text: str) -> None:
        self.message(text, "success")
        self.refresh()

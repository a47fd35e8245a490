"""决策规则: every figure decisions are judged by with the article it comes from; changed ones make a new version."""

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QLabel, QLineEdit, QTableView, QWidget

from village_ledger import clock
from village_ledger.domain.errors import Refusal
from village_ledger.services import governance, governance_edit
from village_ledger.services.book import Book
from village_ledger.services.governance_edit import Figure
from village_ledger.ui import dialogs, theme
from village_ledger.ui.operations import DECISIONS, SETTINGS, Operations
from village_ledger.ui.page import Page
from village_ledger.ui.tables.text_rows import Cells, TextRows
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.table import dress_table, select_row

from .rules_dialogs import FigureDialog, StepDialog, VersionDialog

_HEADERS = ("类别", "名称", "规则", "数值", "依据", "核对")
_WIDTHS = (56, 170, 170, 260, 260, 110)
Given = tuple[dict[str, Any], str, int]


class RulesPage(Page):
    """Enter changes the chosen figure; the changes are kept together as a new version."""

    title = "决策规则"
    subtitle = "到会、通过的比例，通知和公示天数，会议和材料"
    touched_by = DECISIONS | SETTINGS

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        self.content: dict[str, Any] = {}
        self._label = ""
        self._changed: set[tuple[str | int, ...]] = set()
        self.undo_button = self.add_action_button(make_button("放弃修改", on_click=self.undo))
        self.drop_button = self.add_action_button(make_button("去掉环节(&D)", icon="minus", on_click=self.drop_step))
        self.step_button = self.add_action_button(make_button("增加环节(&N)…", icon="plus", on_click=self.add_step))
        self.change_button = self.add_action_button(
            make_button("修改(&E)…", icon="pen", tip="回车", on_click=self.change)
        )
        self.save_button = self.add_action_button(
            make_button("保存为新版本(&S)…", kind="primary", icon="save", on_click=self.save)
        )
        self.search = QLineEdit()
        self.search.setPlaceholderText("按会议、程序、事项、条文查找")
        self.search.setClearButtonEnabled(True)
        self.version = theme.mark(QLabel(), "muted")
        self.version.setWordWrap(True)
        bar = QHBoxLayout()
        bar.addWidget(self.version, 1)
        self.search.setMinimumWidth(theme.current().scaled(260))
        bar.addWidget(self.search)
        self.body.addLayout(bar)
        self.model = TextRows(_HEADERS, parent=self)
        self.table = QTableView()
        dress_table(self.table)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.setModel(self.model)
        header = self.table.horizontalHeader()
        for column, width in enumerate(_WIDTHS):
            header.resizeSection(column, theme.current().scaled(width))
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self.doubt = theme.mark(QLabel(), "muted")
        self.doubt.setWordWrap(True)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.doubt)
        self.search.textChanged.connect(self._show)
        self.table.activated.connect(lambda _index: self.change())
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._chosen())
        self.setFocusProxy(self.search)

    def refresh(self) -> None:
        """Read the rules anew unless some are being changed."""
        if not self._changed:
            self.operations.read(_read, self._take, topic="rules")

    def may_leave(self) -> bool:
        """Ask before changes are lost."""
        if not self._changed:
            return True
        text = f"有 {len(self._changed)} 处修改还没有保存为新版本，离开就放弃了。"
        if not dialogs.ask(self, "决策规则没有保存", text, accept="放弃修改", danger=True):
            return False
        self._changed.clear()
        self.stale = True
        return True

    def _take(self, given: Given) -> None:
        self.content, self._label, count = given
        more = f"；本村另存过 {count} 个版本" if count else ""
        self.version.setText(f"现行规则：{self._label}{more}。数值注明条文，没有逐字核对过的标“未核对”")
        self._show()

    def _show(self) -> None:
        place = max(self.table.currentIndex().row(), 0)
        words = self.search.text().split()
        today = clock.today()
        rows = [self._cells(one) for one in governance_edit.figures(self.content, today)] if self.content else []
        self.model.show_rows([row for row in rows if all(word in "　".join(row.texts) for word in words)])
        select_row(self.table, min(place, self.model.rowCount() - 1))
        self._chosen()

    def _cells(self, figure: Figure) -> Cells:
        state = "已改，未保存" if figure.path in self._changed else "未核对" if figure.doubt else "已核对"
        colour = {"已改，未保存": "accent", "未核对": "warning", "已核对": "success"}[state]
        source = figure.law + figure.article
        return Cells((figure.group, figure.name, figure.what, figure.text, source, state), colour, figure, (5,))

    def selected(self) -> Figure | None:
        """The figure of the current row."""
        found: Figure | None = self.model.value(self.table.currentIndex().row())
        return found

    def _chosen(self) -> None:
        figure, facts = self.selected(), self.operations.facts
        writable = facts is not None and not facts.read_only
        self.doubt.setText(f"{figure.law}{figure.article}：{figure.doubt}" if figure and figure.doubt else "")
        self.change_button.setEnabled(writable and figure is not None)
        step = figure is not None and figure.group == "程序" and "step" in figure.path
        self.step_button.setEnabled(writable and step)
        self.drop_button.setEnabled(writable and step)
        self.save_button.setEnabled(writable and bool(self._changed))
        self.undo_button.setEnabled(bool(self._changed))

    def change(self) -> None:
        """Change the chosen figure."""
        figure = self.selected()
        if figure is None or not self.change_button.isEnabled():
            return
        dialog = FigureDialog(self.operations, self.content, figure, self)
        dialog.accepted.connect(lambda: self._changed_to(figure, dialog.result_content))
        dialog.open()

    def _changed_to(self, figure: Figure, content: dict[str, Any]) -> None:
        self.content = content
        self._changed.add(figure.path)
        self._show()

    def add_step(self) -> None:
        """Put a step before the chosen one, such as the township's check of some places (一审)."""
        figure = self.selected()
        if figure is None:
            return
        before = figure.what.partition("：")[0]
        dialog = StepDialog(self.operations, self.content, figure.name, before, self)
        dialog.accepted.connect(lambda: self._steps_changed(dialog.result_content))
        dialog.open()

    def drop_step(self) -> None:
        """Take the chosen step out of its procedure."""
        figure = self.selected()
        if figure is None:
            return
        try:
            made = governance_edit.without_step(self.content, figure.name, figure.what.partition("：")[0])
        except Refusal as refusal:
            self.message(str(refusal), "danger")
            return
        self._steps_changed(made)

    def _steps_changed(self, content: dict[str, Any]) -> None:
        """Paths behind a step have moved: only that something changed is remembered."""
        self.content = content
        self._changed = {("step",)}
        self._show()

    def undo(self) -> None:
        """Drop the changes."""
        self._changed.clear()
        self.refresh()

    def save(self) -> None:
        """Keep the changes as a new version from a day on."""
        dialog = VersionDialog(self.operations, self.content, clock.today(), self)
        dialog.done_text.connect(self._saved)
        dialog.open()

    def _saved(self, text: str) -> None:
        self._changed.clear()
        self.refresh()
        self.message(text, "success")


def _read(book: Book) -> Given:
    today = clock.today()
    rules = governance.rules(book, today)
    count = len(governance.versions(book, governance.GOVERNANCE))
    return governance.content(book, today), f"{rules.title}（{rules.label}，{rules.valid_from} 起）", count

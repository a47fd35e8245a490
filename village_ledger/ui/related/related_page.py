"""关联人登记: what the people who run the village declared, numbers masked here too."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHeaderView, QMenu, QStackedWidget, QTableView, QWidget

from village_ledger import clock
from village_ledger.domain.masking import masked
from village_ledger.domain.related_person import RelatedPerson
from village_ledger.reports.query import Query
from village_ledger.services import related
from village_ledger.ui import theme
from village_ledger.ui.act_dialog import ActDialog, ReasonDialog
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.file_import import ImportDialog
from village_ledger.ui.operations import RELATED, Operations
from village_ledger.ui.page import Page
from village_ledger.ui.tables.rows_model import RowsModel
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.card import EmptyState
from village_ledger.ui.widgets.table import dress_table, select_row

from .related_dialog import EndDialog, RelatedDialog

_EMPTY = (
    "还没有登记关联人。\n请理事、监事、村两委、会计、出纳等申报本人、近亲属和任职投资的单位，\n"
    "登记在这里，也可以用 Excel 导入。\n"
    "付给他们的钱不等于有问题，但查账的人要看得见。电话和卡号只露后四位，不上公开榜。"
)
_WIDTHS = (92, 104, 146, 160, 112, 92, 72, 112, 112, 136)
_SHOWN = 8


class RelatedModel(RowsModel[RelatedPerson]):
    """One row a relation."""

    headers = (
        "干部姓名",
        "岗位",
        "关系",
        "关联人（单位）",
        "电话",
        "银行卡号",
        "地址",
        "起始日期",
        "终止日期",
        "备注",
    )
    sides = "llllllllll"

    def cell(self, value: RelatedPerson, column: int) -> str:
        """Qt text; numbers masked."""
        return (
            value.officer,
            value.post,
            value.relation,
            value.name,
            masked(value.phone),
            masked(value.card)[-_SHOWN:],
            value.address,
            value.since.isoformat(),
            value.until.isoformat() if value.until else "",
            f"已划去：{value.struck}" if value.struck else value.note,
        )[column]

    def look(self, value: RelatedPerson, _column: int, role: int) -> Any:
        """Struck and ended ones are pale."""
        if role == Qt.ItemDataRole.ForegroundRole and not value.holds_on(max(value.since, clock.today())):
            return theme.current().colour("muted")
        return None


class RelatedPage(Page):
    """Insert registers a relation."""

    title = "关联人登记"
    touched_by = RELATED

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        self.dialog: Dialog | None = None
        more = self.add_action_button(make_button("更多(&M)", icon="list"))
        menu = QMenu(more)
        self.import_action = menu.addAction("导入关联人…", self.bring_in)
        menu.addAction("关联人登记簿", lambda: self._open_report("related-persons"))
        menu.addAction("岗位人员表", lambda: self._open_report("people-register"))
        more.setMenu(menu)
        self.strike_button = self.add_action_button(make_button("划去(&D)…", icon="trash", on_click=self.strike))
        self.end_button = self.add_action_button(make_button("终止(&E)…", icon="close", on_click=self.end))
        self.add_button = self.add_action_button(
            make_button("登记(&A)…", kind="primary", icon="plus", tip="Insert", on_click=self.add)
        )
        self.model = RelatedModel()
        self.table = QTableView()
        dress_table(self.table)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.setModel(self.model)
        for column, width in enumerate(_WIDTHS):
            self.table.horizontalHeader().resizeSection(column, theme.current().scaled(width))
        self.table.horizontalHeader().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(EmptyState(_EMPTY))
        self.body.addWidget(self.stack, 1)
        self.setFocusProxy(self.table)
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show_possible())
        shortcut = QShortcut(QKeySequence("Insert"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.add)
        self._show_possible()

    @property
    def chosen(self) -> RelatedPerson | None:
        """The relation of the current row."""
        return self.model.value(self.table.currentIndex().row())

    def refresh(self) -> None:
        """Read the relations anew."""
        self.operations.read(related.related, self._show, topic="related")

    def _show(self, rows: tuple[RelatedPerson, ...]) -> None:
        chosen = self.chosen
        self.model.show_rows(rows)
        select_row(self.table, max(self.model.find(lambda one: chosen is not None and one.uid == chosen.uid), 0))
        self.stack.setCurrentIndex(0 if rows else 1)
        self._show_possible()

    def _show_possible(self) -> None:
        one, writable = self.chosen, not self.facts.read_only
        living = writable and one is not None and not one.struck
        self.add_button.setEnabled(writable)
        self.import_action.setEnabled(writable)
        self.strike_button.setEnabled(living)
        self.end_button.setEnabled(living and one is not None and one.until is None)

    def add(self) -> None:
        """Register a relation, of the officer chosen if there is one."""
        if not self.facts.read_only:
            self._open(RelatedDialog(self.operations, clock.today(), self, self.chosen))

    def end(self) -> None:
        """Note the last day of the chosen relation."""
        one = self.chosen
        if one is not None:
            self._open(EndDialog(self.operations, one, clock.today(), self))

    def strike(self) -> None:
        """Strike the chosen relation, registered by mistake."""
        one = self.chosen
        if one is not None:
            title, uid = f"划去　{one}", one.uid
            self._open(
                ReasonDialog(
                    self.operations,
                    title,
                    lambda book, reason: related.strike(book, uid, reason),
                    f"已划去：{one}",
                    self,
                    touches=RELATED,
                    hint="登记错了的划去以后重新登记；关系结束了的请用“终止”",
                )
            )

    def bring_in(self) -> None:
        """Import relations from a sheet."""
        dialog = ImportDialog(self.operations, "related", self)
        dialog.imported.connect(self._told)
        self._show_dialog(dialog)

    def _open(self, dialog: ActDialog) -> None:
        dialog.done_text.connect(self._told)
        self._show_dialog(dialog)

    def _show_dialog(self, dialog: Dialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _told(self, text: str) -> None:
        self.message(text, "success")
        self.refresh()

    def _open_report(self, key: str) -> None:
        month = self.facts.open_period
        self.open_report_requested.emit(key, Query(month.january, month))

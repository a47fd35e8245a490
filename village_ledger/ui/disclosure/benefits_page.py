"""补贴名单: lists of subsidies and compensation, imported from the township's sheets; numbers are masked here too."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QStackedWidget, QTableView, QWidget

from village_ledger.domain.area import format_mu
from village_ledger.domain.benefit import BenefitBatch, BenefitRow
from village_ledger.domain.masking import masked
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Period
from village_ledger.reports.query import Query
from village_ledger.services import benefit_files, benefits
from village_ledger.services.file_import import ImportResult
from village_ledger.ui import dialogs, machine, theme
from village_ledger.ui.operations import DISCLOSURES, Operations
from village_ledger.ui.page import Page
from village_ledger.ui.tables.rows_model import RowsModel
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.card import EmptyState
from village_ledger.ui.widgets.table import dress_table, select_row

_FILTER = "表格文件 (*.xlsx *.csv);;所有文件 (*)"
_EMPTY = (
    "还没有补贴补偿名单。\n把乡镇发下来的名单（Excel 或 CSV）用“导入名单”登记：\n"
    "列名是 补贴类别、名单、发放日期、姓名、金额，\n"
    "可以有 组别、身份证号、电话、银行卡号、人口、面积、标准、依据文件、凭证。\n"
    "张榜时身份证号只显示后四位，电话和卡号不公开。"
)


class BatchesModel(RowsModel[BenefitBatch]):
    """One row a list."""

    headers = ("发放日期", "类别", "名单", "人（户）", "金额", "")
    sides = "lllrrl"

    def cell(self, value: BenefitBatch, column: int) -> str:
        """Qt text."""
        state = f"已划去：{value.struck}" if value.struck else ""
        count, total = str(len(value.rows)), format_fen(value.total_fen)
        return (value.day.isoformat(), value.kind, value.title, count, total, state)[column]

    def look(self, value: BenefitBatch, _column: int, role: int) -> Any:
        """Struck lists are pale."""
        if role == Qt.ItemDataRole.ForegroundRole and value.struck:
            return theme.current().colour("muted")
        return None


class PeopleModel(RowsModel[BenefitRow]):
    """The people of a list."""

    headers = ("姓名", "组别", "身份证号", "人口", "面积（亩）", "标准", "金额")
    sides = "lllrrlr"

    def cell(self, value: BenefitRow, column: int) -> str:
        """Qt text; numbers masked as on the wall."""
        return (
            value.name,
            value.team,
            masked(value.id_number),
            str(value.people or ""),
            format_mu(value.area_x100) if value.area_x100 else "",
            value.standard,
            format_fen(value.amount_fen),
        )[column]


class BenefitsPage(Page):
    """Lists on the left, the people of the chosen one on the right."""

    title = "补贴名单"
    touched_by = DISCLOSURES

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        look = theme.current()
        self.strike_button = self.add_action_button(make_button("划去(&D)…", icon="trash", on_click=self.strike))
        self.register_button = self.add_action_button(
            make_button("发放台账(&R)", icon="sheet", on_click=self.open_report)
        )
        self.import_button = self.add_action_button(
            make_button("导入名单(&N)…", kind="primary", icon="download", on_click=self.pick)
        )
        self.model, self.people = BatchesModel(), PeopleModel()
        self.table, self.list = QTableView(), QTableView()
        for view, model in ((self.table, self.model), (self.list, self.people)):
            dress_table(view)
            view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
            view.setModel(model)
        for column, width in enumerate((92, 84, 160, 70, 110, 60)):
            self.table.horizontalHeader().resizeSection(column, look.scaled(width))
        self.table.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        for column, width in enumerate((90, 70, 160, 56, 86, 100, 100)):
            self.list.horizontalHeader().resizeSection(column, look.scaled(width))
        self.list.horizontalHeader().setSectionResizeMode(5, QHeaderView.ResizeMode.Stretch)
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px("gap_large"))
        row.addWidget(self.table, 1)
        row.addWidget(self.list, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(both)
        self.stack.addWidget(EmptyState(_EMPTY))
        self.body.addWidget(self.stack, 1)
        self.setFocusProxy(self.table)
        self.table.selectionModel().currentChanged.connect(lambda _now, _before: self._show_batch())

    @property
    def chosen(self) -> BenefitBatch | None:
        """The chosen list."""
        return self.model.value(self.table.currentIndex().row())

    def refresh(self) -> None:
        """Read the lists anew, newest first."""
        self.operations.read(lambda book: tuple(reversed(benefits.batches(book))), self._show, topic="benefits")

    def _show(self, rows: tuple[BenefitBatch, ...]) -> None:
        chosen = self.chosen
        self.model.show_rows(rows)
        select_row(self.table, max(self.model.find(lambda one: chosen is not None and one.uid == chosen.uid), 0))
        self.stack.setCurrentIndex(0 if rows else 1)
        self._show_batch()

    def _show_batch(self) -> None:
        batch = self.chosen
        self.people.show_rows(batch.rows if batch else ())
        writable = not self.facts.read_only
        self.import_button.setEnabled(writable)
        self.strike_button.setEnabled(writable and batch is not None and not batch.struck)

    def pick(self) -> None:
        """Choose a file and import it."""
        path = dialogs.pick_file(self, "导入补贴名单", _FILTER, machine.text("import_folder"))
        if path is not None:
            machine.remember("import_folder", str(path.parent))
            self.bring_in(path)

    def bring_in(self, path: Path) -> None:
        """Import a sheet: all of it or nothing."""
        self.operations.long(
            lambda book, progress: benefit_files.import_benefits(book, path, progress),
            self._imported,
            title="正在导入补贴名单",
            touches=DISCLOSURES,
            initiator=self,
        )

    def _imported(self, result: ImportResult) -> None:
        self.message(f"已登记 {result.added} 份名单，共 {result.rows} 行", "success")
        self.refresh()

    def open_report(self) -> None:
        """Everybody of the lists of the chosen one's year."""
        month = Period.of(self.chosen.day) if self.chosen else self.facts.open_period
        self.open_report_requested.emit("benefit-register", Query(month.january, Period(month.year, 12)))

    def strike(self) -> None:
        """Strike a list registered by mistake."""
        batch = self.chosen
        if batch is None:
            return
        reason = dialogs.ask_text(self, "划去名单", f"“{batch.title}”登记错了，划去的原因：", accept="划去")
        if reason:
            self.operations.write(
                lambda book: benefits.strike(book, batch.uid, reason),
                lambda _done: self.refresh(),
                touches=DISCLOSURES,
                initiator=self,
            )

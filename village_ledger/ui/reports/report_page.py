"""The page of any report: query bar, the report as printed, search, formula, export, and the way down."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from village_ledger.paths import user_data
from village_ledger.reports.model import Report, Row
from village_ledger.reports.query import Query
from village_ledger.reports.registry import ReportKind
from village_ledger.services import reports as report_service
from village_ledger.ui import dialogs, machine, shortcuts, theme
from village_ledger.ui.operations import (
    ACCOUNTS,
    ASSETS,
    CONTRACTS,
    ITEMS,
    LOG,
    OPENINGS,
    PERIODS,
    RESOURCES,
    SETTINGS,
    VOUCHERS,
    Operations,
)
from village_ledger.ui.page import Page
from village_ledger.ui.tables.report_view import ReportView
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.card import EmptyState

from . import output
from .drill import rows_behind, step_down
from .first_query import first_query
from .formula_panel import FormulaPanel
from .query_bar import QueryBar

Place = tuple[int, int, int]
_SHEET_WIDTH, _SHEET_RATIO, _UNLIMITED = 860, 1.3, 16_777_215


class ReportPage(Page):
    """Shows one kind of report for whatever query."""

    touched_by = VOUCHERS | ACCOUNTS | ITEMS | OPENINGS | PERIODS | SETTINGS | RESOURCES | CONTRACTS | ASSETS

    def __init__(self, operations: Operations, kind: ReportKind, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        self.kind = kind
        self.set_title(kind.title)
        self.report: Report | None = None
        self._query: Query | None = None
        self._place: Place | None = None
        self._build()
        self._bind_keys()

    def show_query(self, query: Query) -> None:
        """Run a query handed in from another page."""
        self._ask(query, None)

    def refresh(self) -> None:
        """Run the query again and stay at the row."""
        self._ask(self._query or first_query(self.kind, self.facts), self.view.place() if self.report else None)

    def take_focus(self) -> None:
        """The table first: the arrows and Enter work at once."""
        self.view.setFocus()

    def state(self) -> object:
        """The query and the place in it."""
        return self._query, self.view.place()

    def restore(self, state: object) -> None:
        """Go back to a query and the row in it."""
        if isinstance(state, tuple) and state[0] is not None:
            query, place = state
            if query == self._query and not self.stale:
                self.view.go_to(place)
            else:
                self.stale = False
                self._ask(query, place)

    def open_row(self, row: Row) -> None:
        """Go one level down from a row."""
        step = step_down(row, self._query or first_query(self.kind, self.facts), self.facts)
        if step is None:
            return
        if step.voucher:
            self.open_voucher_requested.emit(step.voucher)
        elif step.report == self.kind.key and step.query == self._query:
            return
        else:
            self.open_report_requested.emit(step.report, step.query)

    def save_as(self, kind: str) -> None:
        """Ask for a file name and write the report as xlsx or pdf."""
        report = self.report
        if report is None:
            return
        name = f"{report.entity}_{report.title}_{report.as_of}.{kind}".replace("/", "-")
        folder = machine.text("report_folder", str(Path.home()))
        filters = "Excel 工作簿 (*.xlsx)" if kind == "xlsx" else "PDF 文件 (*.pdf)"
        path = dialogs.save_file(self, f"导出{report.title}", str(Path(folder) / name), filters)
        if path is not None:
            machine.remember("report_folder", str(path.parent))
            target = path if path.suffix else path.with_suffix(f".{kind}")
            self.operations.long(
                lambda book, progress: output.export(book, report, target, kind, progress),
                self._exported,
                title=f"正在导出{report.title}",
                initiator=self,
                touches=LOG,
            )

    def preview(self) -> None:
        """Write the report as a PDF and show it in the system's viewer, where it can be printed."""
        report = self.report
        if report is not None:
            folder = user_data() / "preview"
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / f"{report.key}.pdf"
            self.operations.long(
                lambda book, progress: output.preview(book, report, path, progress),
                _open,
                title=f"正在排版{report.title}",
                initiator=self,
            )

    def find(self, *, onward: bool) -> None:
        """Go to the (next) row that shows what was typed into the search field."""
        text = self.search.text()
        if text and not self.view.find(text, onward=onward):
            self.message(f"没有找到“{text}”", "warning")
        else:
            self.clear_message()

    def _build(self) -> None:
        self.formula = FormulaPanel()
        self.formula.hide()
        self._build_heading()
        self.bar = QueryBar(self.kind, lambda: self.facts)
        self.bar.asked.connect(lambda query: self._ask(query, None))
        self.bar.form_asked.connect(lambda key: self.open_report_requested.emit(key, self._other_form()))
        self.body.addWidget(self.bar)
        self.view = ReportView()
        self.view.opened.connect(self.open_row)
        self.view.current_changed.connect(self.formula.show_row)
        self.empty = EmptyState("")
        self.empty.hide()
        self._notes = theme.mark(QLabel(), "hint")
        self._notes.setWordWrap(True)
        self._sheet = QWidget()
        column = QVBoxLayout(self._sheet)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().px("gap_small"))
        column.addLayout(self._sheet_head())
        column.addWidget(self.view, 1)
        column.addWidget(self.empty, 1)
        column.addWidget(self.formula)
        column.addWidget(self._notes)
        centred = QHBoxLayout()
        centred.addWidget(self._sheet)
        self.body.addLayout(centred, 1)

    def _build_heading(self) -> None:
        self.search = QLineEdit()
        self.search.setPlaceholderText(f"查找（{shortcuts.label('report.find')}）")
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(100)
        self.search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.search.setMaximumWidth(theme.current().scaled(190))
        self.search.textEdited.connect(lambda _text: self.find(onward=False))
        self.search.returnPressed.connect(lambda: self.find(onward=True))
        self.add_action(self.search)
        if self.kind.group == "报表":
            tip = f"这一行的数是怎么算出来的（{shortcuts.label('report.formula')}）"
            self.add_action(make_button("公式", icon="function", tip=tip, on_click=self._toggle_formula))
        self.add_action(make_button("导出 Excel", icon="table", on_click=lambda: self.save_as("xlsx")))
        self.add_action(make_button("导出 PDF", icon="file", on_click=lambda: self.save_as("pdf")))
        self.add_action(make_button("打印预览", icon="printer", on_click=self.preview))

    def _sheet_head(self) -> QHBoxLayout:
        self.narrowed = make_button("", kind="quiet", icon="close", on_click=self._widen)
        self.narrowed.hide()
        self._left = theme.mark(QLabel(), "muted")
        self._middle = theme.mark(QLabel(), "strong")
        self._right = theme.mark(QLabel(), "muted")
        head = QHBoxLayout()
        for widget in (self._left, self.narrowed):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self._middle)
        head.addStretch(1)
        head.addWidget(self._right)
        return head

    def _other_form(self) -> Query:
        now = self._query or first_query(self.kind, self.facts)
        return Query(now.start, now.end, account=now.account)

    def _bind_keys(self) -> None:
        shortcuts.bind(self, "report.find", self.search.setFocus)
        shortcuts.bind(self, "report.find_next", lambda: self.find(onward=True))
        shortcuts.bind(self, "report.query", self.bar.ask)
        shortcuts.bind(self, "report.print", self.preview)
        shortcuts.bind(self, "report.back", self._escape)
        if self.kind.group == "报表":
            shortcuts.bind(self, "report.formula", self._toggle_formula)

    def _ask(self, query: Query, place: Place | None) -> None:
        self._query = query
        self._place = place
        self.stale = False
        self.bar.set_query(query)
        if self.kind.needs_account and not query.account:
            self._show_empty("请在上面的“科目”里选择一个有下级的科目，例如“管理费用”。")
            return
        narrow = query.accounts
        key = self.kind.key
        self.operations.read(
            lambda book: report_service.run(book, key, query._replace(accounts=()) if narrow else query),
            self._show,
            topic="report",
        )

    def _show(self, report: Report) -> None:
        self.report = report
        self.clear_message()
        codes = self._query.accounts if self._query else ()
        rows = rows_behind(report.rows, codes) if codes else report.rows
        if all(row.kind == "total" for row in rows):
            self._show_empty("这段时间没有记账的凭证。草稿要审核、记账以后才会进账簿和报表。")
            return
        self.empty.hide()
        self.view.show()
        self.view.show_report(report, rows if codes else None)
        self._limit_width(report)
        self.set_title(report.title, report.form)
        self._left.setText(f"编制单位：{report.entity}")
        self._middle.setText(report.as_of)
        self._right.setText(f"单位：{report.unit}")
        self.narrowed.setVisible(bool(codes))
        self.narrowed.setText(f"只看 {len(codes)} 个相关科目 · 显示全部" if codes else "")
        self._notes.setText("　".join(report.notes))
        self._notes.setVisible(bool(report.notes))
        if self._place is not None:
            self.view.go_to(self._place)
            self._place = None

    def _limit_width(self, report: Report) -> None:
        """A statement of few columns is shown like a sheet of paper: the eye need not cross the whole screen."""
        look = theme.current()
        if self.kind.group == "报表" and not report.halves:
            natural = self.view.tables[0].natural_width
            self._sheet.setMaximumWidth(max(round(natural * _SHEET_RATIO), look.scaled(_SHEET_WIDTH)))
        else:
            self._sheet.setMaximumWidth(_UNLIMITED)

    def _show_empty(self, text: str) -> None:
        self.report = None
        self.view.hide()
        self.empty.setText(text)
        self.empty.show()

    def _widen(self) -> None:
        if self._query is not None:
            self._ask(self._query._replace(accounts=()), None)

    def _toggle_formula(self) -> None:
        self.formula.setVisible(self.formula.isHidden())
        row = self.view.current()
        if row is not None:
            self.formula.show_row(row)

    def _escape(self) -> None:
        if self.search.hasFocus() or self.search.text():
            self.search.clear()
            self.view.setFocus()
        elif not self.formula.isHidden():
            self.formula.hide()
        else:
            self.back_requested.emit()

    def _exported(self, path: Path) -> None:
        self.message_bar.show_message(f"已导出：{path}", "success", "打开文件夹", lambda: _open(path.parent))


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

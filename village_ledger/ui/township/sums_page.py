"""汇总: sums over some or all villages of a month, chosen by name, with charts; exported and printed."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from village_ledger.domain.errors import BadInput
from village_ledger.domain.period import Period
from village_ledger.reports.model import Report
from village_ledger.reports.township.charts import chart
from village_ledger.reports.township.registry import KINDS, SumKind
from village_ledger.services import publishing
from village_ledger.services.township import months, summing
from village_ledger.services.township.desk import Desk
from village_ledger.ui import dialogs, machine, shortcuts, theme
from village_ledger.ui.tables.report_view import ReportView
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.card import Card, EmptyState
from village_ledger.ui.widgets.flow_layout import FlowLayout
from village_ledger.ui.widgets.period_picker import PeriodPicker
from village_ledger.ui.worker import Progress

from .chart_view import ChartView
from .operations import COMMENTS, DOUBTS, LINKS, LOG, RECEIVED, DeskOperations
from .page import DeskPage
from .villages_dialog import VillagesDialog

_EMPTY = "还没有收过任何村的账。收到报送包以后，这里汇总各村的报表、资产、合同和疑点。"
_FOLDER = "sums_folder"
_KEY = Qt.ItemDataRole.UserRole


class _Known(NamedTuple):
    """The years there are, the newest month, and the lines a ranking may be by."""

    first: int
    last: int
    newest: Period
    lines: tuple[str, ...]


class SumsPage(DeskPage):
    """Names at the left, the sum at the right."""

    title = "汇总"
    touched_by = RECEIVED | COMMENTS | DOUBTS | LINKS

    def __init__(self, operations: DeskOperations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        look = theme.current()
        self.report: Report | None = None
        self._known: _Known | None = None
        self._villages: tuple[str, ...] = ()
        self._add_actions()
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.names = self._name_tree()
        self.split.addWidget(self.names)
        self.split.addWidget(self._sheet())
        self.split.setStretchFactor(1, 1)
        self.split.setSizes([look.scaled(216), look.scaled(904)])
        self.empty = EmptyState(_EMPTY)
        self.empty.hide()
        self.body.addWidget(self.split, 1)
        self.body.addWidget(self.empty, 1)
        self.setFocusProxy(self.names)
        self.names.currentItemChanged.connect(lambda _now, _before: self._choose())
        self.names.itemActivated.connect(lambda _item: self.view.setFocus())
        shortcuts.bind(self, "report.print", self.preview)

    def _add_actions(self) -> None:
        self.chart_button = self.add_action_button(make_button("图表(&H)", icon="chart", on_click=self._toggle_chart))
        self.chart_button.setCheckable(True)
        self.xlsx_button = self.add_action_button(
            make_button("导出 Excel", icon="table", on_click=lambda: self.save_as("xlsx"))
        )
        self.pdf_button = self.add_action_button(
            make_button("导出 PDF", icon="file", on_click=lambda: self.save_as("pdf"))
        )
        self.print_button = self.add_action_button(make_button("打印预览", icon="printer", on_click=self.preview))
        self.all_button = self.add_action_button(
            make_button("导出全部(&E)…", kind="primary", icon="export", on_click=self.export_all)
        )

    def _query_bar(self) -> QWidget:
        look = theme.current()
        self.month = PeriodPicker()
        self.month.changed.connect(lambda _period: self._ask())
        self.which = make_button("全部村(&V)…", on_click=self._choose_villages)
        self.line = QComboBox()
        self.line.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.line.setMaximumWidth(look.scaled(260))
        self.line.activated.connect(lambda _place: self._ask())
        self.eliminate = QCheckBox("抵销村际往来(&X)")
        self.eliminate.toggled.connect(lambda _on: self._ask())
        bar = QWidget()
        flow = FlowLayout(bar)
        for widget in (self.month, self.which, self.line, self.eliminate):
            flow.add(widget)
        return bar

    def _sheet(self) -> QWidget:
        look = theme.current()
        bar = self._query_bar()
        self.head = theme.mark(QLabel(), "strong")
        self.head.setMinimumWidth(1)
        self.notes = theme.mark(QLabel(), "hint")
        self.notes.setWordWrap(True)
        self.view = ReportView()
        self.charts = QScrollArea()
        self.charts.setWidgetResizable(True)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.view)
        self.stack.addWidget(self.charts)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(look.px("gap"), 0, 0, 0)
        column.setSpacing(look.px("gap_small"))
        for widget in (bar, self.head):
            column.addWidget(widget)
        column.addWidget(self.stack, 1)
        column.addWidget(self.notes)
        return right

    @property
    def kind(self) -> SumKind:
        """The sum chosen."""
        item = self.names.currentItem()
        key = item.data(0, _KEY) if item is not None else None
        return next((one for one in KINDS if one.key == key), KINDS[0])

    def refresh(self) -> None:
        """Read what there is and run the sum again."""

        def read(desk: Desk) -> _Known | None:
            try:
                first, last = months.years(desk)
            except BadInput:
                return None
            return _Known(first, last, months.newest(desk), summing.lines(desk))

        self.operations.read(read, self._know, topic="known")

    def save_as(self, kind: str) -> None:
        """Ask for a file name and write the sum as xlsx or pdf."""
        report = self.report
        if report is None:
            return
        name = f"{report.entity}_{report.title}_{report.as_of}.{kind}".replace("/", "-").replace("：", "_")
        folder = machine.text(_FOLDER, str(Path.home()))
        filters = "Excel 工作簿 (*.xlsx)" if kind == "xlsx" else "PDF 文件 (*.pdf)"
        path = dialogs.save_file(self, f"导出{report.title}", str(Path(folder) / name), filters)
        if path is not None:
            machine.remember(_FOLDER, str(path.parent))
            target = path if path.suffix else path.with_suffix(f".{kind}")
            self._write(
                lambda desk, progress: summing.write_sum(desk, report, target, kind, progress),
                report.title,
                self._exported,
            )

    def preview(self) -> None:
        """Write the sum as a PDF and show it in the system's viewer, where it can be printed."""
        report = self.report
        if report is not None:
            path = self.operations.papers_folder() / f"{report.key}.pdf"

            def write(_desk: Desk, progress: Progress) -> Path:
                publishing.write_report(report, path, "pdf", progress)
                return path

            self._write(write, report.title, _open)

    def export_all(self) -> None:
        """Write every sum of the month: one workbook and one PDF."""
        folder = dialogs.pick_folder(self, "导出到哪个文件夹", machine.text(_FOLDER, str(Path.home())))
        if folder is None:
            return
        machine.remember(_FOLDER, str(folder))
        period = self.month.period()
        self.operations.long(
            lambda desk, progress: summing.book_of_sums(desk, period, folder, progress),
            lambda paths: self._exported(paths[0]),
            title=f"正在导出{period.label}的全部汇总表",
            touches=LOG,
            initiator=self,
        )

    def state(self) -> object:
        """The sum chosen."""
        return self.kind.key

    @staticmethod
    def _name_tree() -> QTreeWidget:
        names = QTreeWidget()
        names.setHeaderHidden(True)
        names.setRootIsDecorated(False)
        names.setIndentation(theme.current().scaled(12))
        names.setAccessibleName("汇总表")
        groups: dict[str, QTreeWidgetItem] = {}
        for kind in KINDS:
            if kind.group not in groups:
                group = QTreeWidgetItem(names, [kind.group])
                group.setFlags(Qt.ItemFlag.ItemIsEnabled)
                group.setFont(0, theme.current().font("small", bold=True))
                group.setForeground(0, theme.current().colour("muted"))
                group.setExpanded(True)
                groups[kind.group] = group
            item = QTreeWidgetItem(groups[kind.group], [kind.title.replace("汇总表", "")])
            item.setData(0, _KEY, kind.key)
            item.setToolTip(0, kind.title)
        first = names.topLevelItem(0)
        if first is not None:
            names.setCurrentItem(first.child(0))
        return names

    def _know(self, known: _Known | None) -> None:
        self.empty.setVisible(known is None)
        self.split.setVisible(known is not None)
        if known is None:
            return
        fresh = self._known is None
        self._known = known
        self.month.set_years(known.first, known.last)
        if fresh:
            self.month.set_period(known.newest)
        if [self.line.itemText(place) for place in range(self.line.count())] != list(known.lines):
            chosen = self.line.currentText()
            self.line.clear()
            self.line.addItems(known.lines)
            self.line.setCurrentText(chosen or known.lines[0])
        self._ask()

    def _choose(self) -> None:
        if self._known is not None and self.names.currentItem() is not None and self.names.currentItem().data(0, _KEY):
            self._ask()

    def _ask(self) -> None:
        if self._known is None:
            return
        kind, period, villages = self.kind, self.month.period(), self._villages
        self.line.setVisible(kind.line)
        self.eliminate.setVisible(kind.eliminates)
        eliminate = kind.eliminates and self.eliminate.isChecked()
        line = self.line.currentText() if kind.line else ""
        self.operations.read(
            lambda desk: summing.run(desk, kind.key, period, villages=villages, eliminate=eliminate, line=line),
            self._show,
            topic="sum",
        )

    def _show(self, report: Report) -> None:
        self.report = report
        self.clear_message()
        self.head.setText(f"{report.title}　{report.as_of}　单位：{report.unit}")
        self.notes.setText("　".join(report.notes))
        self.notes.setVisible(bool(report.notes))
        self.view.show_report(report)
        self.chart_button.setEnabled(bool(report.charts))
        if not report.charts:
            self.chart_button.setChecked(False)
        self._show_charts(report)
        self.stack.setCurrentIndex(1 if self.chart_button.isChecked() else 0)

    def _show_charts(self, report: Report) -> None:
        card = Card()
        for shown in report.charts:
            card.body.addWidget(ChartView(chart(report, shown)))
        card.body.addStretch(1)
        self.charts.setWidget(card)

    def _toggle_chart(self) -> None:
        self.stack.setCurrentIndex(1 if self.chart_button.isChecked() else 0)

    def _choose_villages(self) -> None:
        dialog = VillagesDialog(self.facts.villages, self._villages, self)
        dialog.chosen.connect(self._set_villages)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _set_villages(self, codes: tuple[str, ...]) -> None:
        self._villages = codes
        self.which.setText(f"{len(codes)} 个村(&V)…" if codes else "全部村(&V)…")
        self._ask()

    def _write(self, write: Callable[[Desk, Progress], Path], title: str, then: Callable[[Path], None]) -> None:
        self.operations.long(write, then, title=f"正在排版{title}", touches=LOG, initiator=self)

    def _exported(self, path: Path) -> None:
        self.message_bar.show_message(f"已导出：{path}", "success", "打开文件夹", lambda: _open(path.parent))


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

"""疑点: what the rules find in a year of all villages, narrowed by village, rule, severity and state."""

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from village_ledger.domain.desk import STATUSES
from village_ledger.rules.model import SEVERITIES
from village_ledger.services.township import flags, months
from village_ledger.services.township.desk import Desk
from village_ledger.services.township.months import Suspicion
from village_ledger.ui import theme
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.flow_layout import FlowLayout

from .doubts_view import DoubtsView
from .operations import DOUBTS, LOG, PARAMETERS, RECEIVED, DeskOperations
from .page import DeskPage

_EMPTY = "没有符合条件的疑点。\n收报送包的时候，程序按规则逐条检查；规则和界限在“规则参数”里。"


class DoubtsPage(DeskPage):
    """A doubt is to be looked into; it is no verdict."""

    title = "疑点"
    subtitle = "疑点只是线索，核实以后才能下结论"
    touched_by = RECEIVED | DOUBTS | PARAMETERS

    def __init__(self, operations: DeskOperations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        look = theme.current()
        self._found: tuple[Suspicion, ...] = ()
        self._year = 0
        self.examine_button = self.add_action_button(
            make_button(
                "重新检查(&C)", icon="refresh", tip="改过规则参数以后，把这一年各村重查一遍", on_click=self.examine
            )
        )
        self.year = QComboBox()
        self.which = QComboBox()
        self.which.setMaximumWidth(look.scaled(260))
        self.rule = QComboBox()
        self.rule.setMaximumWidth(look.scaled(260))
        self.severity = QComboBox()
        self.severity.addItems(("全部轻重", *SEVERITIES))
        self.status = QComboBox()
        self.status.addItems(("全部情况", *STATUSES))
        self.status.setCurrentText("待核")
        self.count = theme.mark(QLabel(), "muted")
        filters = QWidget()
        flow = FlowLayout(filters)
        for box in (self.year, self.which, self.rule, self.severity, self.status):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            flow.add(box)
        bar = QHBoxLayout()
        bar.addWidget(filters, 1)
        bar.addWidget(self.count)
        self.view = DoubtsView(operations)
        self.body.addLayout(bar)
        self.body.addWidget(self.view, 1)
        self.setFocusProxy(self.view)
        self.view.voucher_requested.connect(self.voucher_requested)
        self.view.said.connect(lambda text: self.message(text, "success"))
        self.year.activated.connect(lambda _place: self._choose_year())
        for box in (self.which, self.rule, self.severity, self.status):
            box.activated.connect(lambda _place: self._show_rows())

    def refresh(self) -> None:
        """Read the year again; the filters stay."""
        wanted = self._year

        def read(desk: Desk) -> tuple[int, int, int, tuple[Suspicion, ...]]:
            if not desk.villages:
                return 0, 0, 0, ()
            first, last = months.years(desk)
            year = min(max(wanted or last, first), last)
            return first, last, year, months.suspicions(desk, year)

        self.operations.read(read, self._show, topic="doubts")

    def examine(self) -> None:
        """Run the rules over every village's year anew."""
        year = self._year
        self.operations.long(
            lambda desk, progress: flags.examine_all(desk, year, progress),
            lambda count: self._examined(year, count),
            title=f"正在检查 {year} 年的账",
            touches=DOUBTS | LOG,
            initiator=self,
        )

    def _examined(self, year: int, count: int) -> None:
        self.message(f"检查完成，{year} 年共有疑点 {count} 条", "success")
        self.refresh()

    def state(self) -> object:
        """The year."""
        return self._year

    def restore(self, state: object) -> None:
        """Back to a year."""
        if isinstance(state, int):
            self._year = state

    def _choose_year(self) -> None:
        self._year = int(self.year.currentData())
        self.refresh()

    def _show(self, told: tuple[int, int, int, tuple[Suspicion, ...]]) -> None:
        first, last, self._year, self._found = told
        self.year.clear()
        for year in range(first, last + 1):
            if year:
                self.year.addItem(f"{year} 年", year)
        self.year.setCurrentIndex(self.year.findData(self._year))
        self._fill(self.which, "全部村", {one.village.code: one.village.name for one in self._found})
        self._fill(self.rule, "全部规则", {one.doubt.rule: one.title for one in self._found})
        self.examine_button.setEnabled(bool(self._year) and not self.facts.read_only)
        self._show_rows()

    @staticmethod
    def _fill(box: QComboBox, every: str, named: dict[str, str]) -> None:
        chosen = box.currentData()
        box.clear()
        box.addItem(every, "")
        for key, name in sorted(named.items(), key=lambda pair: pair[1]):
            box.addItem(name, key)
        box.setCurrentIndex(max(box.findData(chosen), 0))

    def _show_rows(self) -> None:
        village, rule = self.which.currentData(), self.rule.currentData()
        severity = self.severity.currentText() if self.severity.currentIndex() else ""
        status = self.status.currentText() if self.status.currentIndex() else ""
        shown = [
            one
            for one in self._found
            if (not village or one.village.code == village)
            and (not rule or one.doubt.rule == rule)
            and (not severity or one.severity == severity)
            and (not status or one.doubt.status == status)
        ]
        self.view.show_doubts(shown, _EMPTY)
        self.count.setText(f"{len(shown)} 条 / 共 {len(self._found)} 条" if self._found else "")

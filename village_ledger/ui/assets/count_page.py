"""资产盘点: open a sheet, note what was found, approve; surplus is registered as a card of its own."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QStackedWidget,
    QTableView,
    QWidget,
)

from village_ledger.domain.assets.card import Card
from village_ledger.domain.assets.count import Count
from village_ledger.domain.period import Period
from village_ledger.reports.query import Query
from village_ledger.services import asset_counts
from village_ledger.services.book import Book
from village_ledger.ui import dialogs, theme
from village_ledger.ui.operations import ASSETS, VOUCHERS, Operations
from village_ledger.ui.page import Page
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.card import EmptyState
from village_ledger.ui.widgets.table import dress_table

from .count_dialogs import ApproveCountDialog, StartDialog
from .count_model import NOTE, WIDTHS, CountModel
from .surplus_dialog import SurplusDialog

_EMPTY = (
    "还没有盘点过资产。\n每年年底清产核资时，用“开始盘点”列出全部在册资产，逐项填写实盘数和实际状态；\n"
    "批准以后，盘亏的资产转入待处理财产损溢，盘点表和清查登记表可以打印。"
)


class CountPage(Page):
    """The newest count; older ones by the box."""

    title = "资产盘点"
    touched_by = ASSETS | VOUCHERS

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        look = theme.current()
        self._counts: tuple[Count, ...] = ()
        self._cards: dict[int, Card] = {}
        self.more_button = self.add_action_button(make_button("更多(&M)", icon="list"))
        menu = QMenu(self.more_button)
        self.surplus_action = menu.addAction("登记盘盈…", self.surplus)
        self.drop_action = menu.addAction("撤销盘点…", self.withdraw)
        menu.addSeparator()
        for title, key in (
            ("资产盘点表", "asset-count"),
            ("资产清查登记表", "asset-clearing"),
            ("资产清查汇总表", "asset-clearing-summary"),
        ):
            menu.addAction(title, partial(self._open_report, key))
        self.more_button.setMenu(menu)
        self.save_button = self.add_action_button(make_button("保存(&S)", icon="save", on_click=self.save))
        self.approve_button = self.add_action_button(make_button("批准(&A)…", icon="check", on_click=self.approve))
        self.start_button = self.add_action_button(
            make_button("开始盘点(&N)…", kind="primary", icon="flag", on_click=self.start)
        )
        self.box = QComboBox()
        self.box.setMinimumWidth(look.scaled(260))
        self.box.setAccessibleName("盘点")
        self.words = theme.mark(QLabel(), "muted")
        bar = QHBoxLayout()
        bar.setSpacing(look.px("gap"))
        bar.addWidget(self.box)
        bar.addWidget(self.words, 1)
        self.model = CountModel(self)
        self.table = QTableView()
        dress_table(self.table, whole_rows=False, editable=True)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.setModel(self.model)
        for column, width in enumerate(WIDTHS):
            self.table.horizontalHeader().resizeSection(column, look.scaled(width))
        for column in (1, NOTE):
            self.table.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(EmptyState(_EMPTY))
        self.body.addLayout(bar)
        self.body.addWidget(self.stack, 1)
        self.setFocusProxy(self.table)
        self.box.currentIndexChanged.connect(lambda _place: self._show_count())
        self.model.dataChanged.connect(lambda *_args: self._show_possible())

    @property
    def count(self) -> Count | None:
        """The count shown."""
        place = self.box.currentIndex()
        return self._counts[place] if 0 <= place < len(self._counts) else None

    def refresh(self) -> None:
        """Read the counts anew; what is being typed stays."""
        if self.model.changed:
            return

        def ask(book: Book) -> tuple[tuple[Count, ...], dict[int, Card]]:
            return asset_counts.counts(book), asset_counts.cards_of(book)

        self.operations.read(ask, self._take, topic="counts")

    def may_leave(self) -> bool:
        """Unsaved figures: ask."""
        if not self.model.changed:
            return True
        left = dialogs.ask(
            self, "盘点数还没有保存", "离开后，没有保存的盘点数会丢失。", accept="不保存，离开", danger=True
        )
        if left:
            self.model.changed = {}
        return left

    def _take(self, answer: tuple[tuple[Count, ...], dict[int, Card]]) -> None:
        shown = self.count.id if self.count else 0
        self._counts, self._cards = answer
        self.box.blockSignals(True)
        self.box.clear()
        for one in self._counts:
            self.box.addItem(f"{one.day}　{one.title}　{one.state}", one.id)
        place = next((place for place, one in enumerate(self._counts) if one.id == shown), 0)
        self.box.setCurrentIndex(place if self._counts else -1)
        self.box.blockSignals(False)
        self._show_count()

    def _show_count(self) -> None:
        count = self.count
        editable = count is not None and count.state == "盘点中" and not self.facts.read_only
        self.model.show_count(count.lines if count else (), self._cards, editable=editable)
        self.stack.setCurrentIndex(0 if self._counts else 1)
        self._show_possible()

    def _show_possible(self) -> None:
        count = self.count
        writable = not self.facts.read_only
        is_open = count is not None and count.state == "盘点中"
        self.box.setVisible(bool(self._counts))
        self.start_button.setEnabled(writable and not any(one.state == "盘点中" for one in self._counts))
        for part in (self.approve_button, self.drop_action, self.surplus_action):
            part.setEnabled(writable and is_open)
        self.save_button.setEnabled(writable and is_open and bool(self.model.changed))
        self.more_button.setEnabled(count is not None)
        missing = sum(1 for line in self.model.rows if line.missing)
        if count:
            self.words.setText(
                f"{len(count.lines)} 项，盘亏 {missing} 项；盘点人：{count.people}"
                + (f"；批准：{count.approval.label}" if count.approval.who else "")
            )
        else:
            self.words.setText("")

    def start(self) -> None:
        """Open a sheet."""
        dialog = StartDialog(self.operations, self)
        dialog.saved.connect(self._started)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _started(self) -> None:
        self.box.setCurrentIndex(-1)
        self.refresh()
        self.message("逐项填写实盘数和实际状态，相符的不用改；填完后保存、批准", "info")

    def save(self) -> None:
        """Keep what was typed."""
        self._save(lambda: self.message("盘点数已保存", "success"))

    def _save(self, then: object) -> None:
        count = self.count
        if count is None:
            return
        lines = tuple(self.model.changed.values())

        def saved(_count: Count) -> None:
            self.model.changed = {}
            self.refresh()
            if callable(then):
                then()

        self.operations.write(
            lambda book: asset_counts.save_lines(book, count.id, lines), saved, touches=ASSETS, initiator=self
        )

    def approve(self) -> None:
        """Approve the count, keeping first what was typed."""
        if self.model.changed:
            self._save(self._ask_approval)
        else:
            self._ask_approval()

    def _ask_approval(self) -> None:
        count = self.count
        if count is not None:
            dialog = ApproveCountDialog(self.operations, count, self)
            dialog.saved.connect(self._approved)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

    def _approved(self, made: int) -> None:
        self.refresh()
        text = f"盘点已批准，登记变动 {made} 项；盘亏的凭证草稿等待审核，处理结果在“资产变动”里结转"
        self.message(text if made else "盘点已批准，账实相符", "success")

    def surplus(self) -> None:
        """Register something found that no card knows."""
        count = self.count
        if count is not None:
            dialog = SurplusDialog(self.operations, count, self)
            dialog.saved.connect(self._surplus_saved)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

    def _surplus_saved(self, text: str) -> None:
        self.refresh()
        self.message(text, "success")

    def withdraw(self) -> None:
        """Drop the count."""
        count = self.count
        words = "这次盘点作废，盘点表保留备查。"
        if count is not None and dialogs.ask(self, "撤销盘点", words, accept="撤销", danger=True):
            self.model.changed = {}
            self.operations.write(
                lambda book: asset_counts.withdraw(book, count.id),
                lambda _done: self.refresh(),
                touches=ASSETS,
                initiator=self,
            )

    def _open_report(self, key: str) -> None:
        count = self.count
        period = Period.of(count.day) if count else self.facts.open_period
        self.open_report_requested.emit(key, Query(period, period))

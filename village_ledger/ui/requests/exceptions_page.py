"""例外事项: vouchers posted by urgent exception, what each still lacks, and making it good."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QTableView,
    QWidget,
)

from village_ledger import clock
from village_ledger.domain.exemption import UrgentException
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Period
from village_ledger.domain.request_register import ExceptionRecord
from village_ledger.reports.query import Query
from village_ledger.services import exceptions, gate, vouchers
from village_ledger.services.book import Book
from village_ledger.ui import theme
from village_ledger.ui.act_dialog import ReasonDialog
from village_ledger.ui.operations import DECISIONS, REQUESTS, VOUCHERS, Operations
from village_ledger.ui.page import Page
from village_ledger.ui.tables.text_rows import TextRows
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.card import Card, EmptyState
from village_ledger.ui.widgets.table import dress_table, select_row

from .link_dialog import LinkDialog
from .rows import EXCEPTION_FILTERS, EXCEPTION_HEADERS, EXCEPTION_WIDTHS, exception_row

_EMPTY = (
    "没有例外事项。\n手续不全的付款不能记账；确实紧急的，由负责人或乡镇在凭证上批准“紧急例外”并写明原因，"
    "记账以后列在这里，也会写进公开榜，直到补齐手续。"
)


class ExceptionsPage(Page):
    """Enter opens the voucher of the chosen exception."""

    title = "例外事项"
    touched_by = REQUESTS | VOUCHERS | DECISIONS

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        self._records: tuple[ExceptionRecord, ...] = ()
        more = make_button("更多(&M)", icon="list")
        menu = QMenu(more)
        self.settle_action = menu.addAction("了结…", self.settle)
        menu.addAction("例外事项表", self.open_report)
        more.setMenu(menu)
        self.add_action_button(more)
        self.recheck_button = self.add_action_button(
            make_button("复查(&K)", icon="refresh", tip="补齐手续的自动了结", on_click=self.recheck)
        )
        self.link_button = self.add_action_button(make_button("关联用款申请(&L)…", icon="stamp", on_click=self.link))
        self.open_button = self.add_action_button(
            make_button("打开凭证(&E)", kind="primary", icon="file", tip="回车", on_click=self.open_voucher)
        )
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        for name in EXCEPTION_FILTERS:
            self.tabs.addTab(name)
        bar = QHBoxLayout()
        bar.addWidget(self.tabs)
        bar.addStretch(1)
        self.body.addLayout(bar)
        self.model = TextRows(EXCEPTION_HEADERS, right=(2,), parent=self)
        self.table = QTableView()
        dress_table(self.table)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.setModel(self.model)
        header = self.table.horizontalHeader()
        for column, width in enumerate(EXCEPTION_WIDTHS):
            header.resizeSection(column, theme.current().scaled(width))
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self.card = Card("")
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.card.body.addWidget(self.words, 1)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.table)
        split.addWidget(self.card)
        split.setSizes([theme.current().scaled(380), theme.current().scaled(180)])
        split.setChildrenCollapsible(False)
        self.stack = QStackedWidget()
        self.stack.addWidget(split)
        self.stack.addWidget(EmptyState(_EMPTY))
        self.body.addWidget(self.stack, 1)
        self.setFocusProxy(self.table)
        self.tabs.currentChanged.connect(lambda _place: self._narrow())
        self.table.activated.connect(lambda _index: self.open_voucher())
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._chosen())
        self._show_possible()

    def selected(self) -> ExceptionRecord | None:
        """The exception of the current row."""
        found: ExceptionRecord | None = self.model.value(self.table.currentIndex().row())
        return found

    def refresh(self) -> None:
        """Read the exceptions anew, keeping the choice."""
        self.operations.read(exceptions.exceptions, self._take, topic="exceptions")

    def _take(self, records: tuple[ExceptionRecord, ...]) -> None:
        self._records = tuple(reversed(records))
        for place, name in enumerate(EXCEPTION_FILTERS):
            count = sum(name in ("全部", one.state) for one in records)
            self.tabs.setTabText(place, f"{name}  {count}")
        self.stack.setCurrentIndex(0 if records else 1)
        self._narrow()

    def _narrow(self) -> None:
        before = self.selected()
        wanted = before.exception.id if before else 0
        name = EXCEPTION_FILTERS[self.tabs.currentIndex()]
        shown = [one for one in self._records if name in ("全部", one.state)]
        self.model.show_rows([exception_row(one) for one in shown])
        select_row(self.table, next((row for row, one in enumerate(shown) if one.exception.id == wanted), 0))
        self._chosen()

    def _chosen(self) -> None:
        found = self.selected()
        self._show_possible()
        if found is None:
            self.words.setText("")
            return
        self.words.setText(_words(found, ()))
        if found.state == "待补办":
            voucher = found.voucher
            self.operations.read(
                lambda book: (found, _lacking(book, voucher)), self._show_lacking, topic="lacking", initiator=self
            )

    def _show_lacking(self, told: tuple[ExceptionRecord, tuple[str, ...]]) -> None:
        self.words.setText(_words(*told))

    def _show_possible(self) -> None:
        found, facts = self.selected(), self.operations.facts
        writable = facts is not None and not facts.read_only
        is_open = found is not None and found.state == "待补办"
        self.open_button.setEnabled(found is not None and bool(found.voucher or found.exception.draft))
        for widget in (self.link_button, self.settle_action):
            widget.setEnabled(writable and is_open)
        self.recheck_button.setEnabled(writable and any(one.state == "待补办" for one in self._records))

    def open_voucher(self) -> None:
        """Show the voucher the exception let pass, or the draft it waits for."""
        found = self.selected()
        if found is None:
            return
        if found.voucher:
            self.open_voucher_requested.emit(found.voucher)
        else:
            self.open_draft_requested.emit(found.exception.draft)

    def link(self) -> None:
        """Link the requests that make the exception good."""
        found = self.selected()
        if found is not None:
            dialog = LinkDialog(self.operations, self, voucher_uid=found.exception.voucher)
            dialog.done_text.connect(self._done)
            self._open(dialog)

    def recheck(self) -> None:
        """Settle what has been made good since."""
        self.operations.write(
            exceptions.recheck,
            lambda count: self._done(f"{count} 项例外已补齐手续，已了结"),
            touches=REQUESTS,
            initiator=self,
        )

    def settle(self) -> None:
        """Close an exception with a reason."""
        found = self.selected()
        if found is not None:
            act = partial(_settle, found.exception.id)
            title, touches = f"了结　{found.label}", REQUESTS | VOUCHERS
            dialog = ReasonDialog(self.operations, title, act, "例外已了结", self, touches=touches)
            self._open(self._told(dialog))

    def _told(self, dialog: ReasonDialog) -> ReasonDialog:
        dialog.done_text.connect(self._done)
        return dialog

    def open_report(self) -> None:
        """Show the exceptions as a report."""
        today = Period.of(clock.today())
        self.open_report_requested.emit("exceptions", Query(today.january, today))

    @staticmethod
    def _open(dialog: LinkDialog | ReasonDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _done(self, text: str) -> None:
        self.refresh()
        self.message(text, "success")


def _settle(exception_id: int, book: Book, reason: str) -> UrgentException:
    return exceptions.settle(book, exception_id, reason)


def _lacking(book: Book, voucher_id: int) -> tuple[str, ...]:
    return gate.missing_of(book, vouchers.voucher(book, voucher_id))


def _words(found: ExceptionRecord, lacking: tuple[str, ...]) -> str:
    """Who let what pass and why; what it still lacks today, or how it was settled."""
    one = found.exception
    lines = [f"{one.granted} 由 {one.granted_by} 批准，{format_fen(one.amount_fen)} 元。原因：{one.reason}"]
    lines += [f"记账时：{text}" for text in one.missing]
    if found.state == "待补办":
        lines += [f"现在：{text}" for text in lacking] or ["现在手续已经齐了，按“复查”了结"]
    elif one.settled:
        lines.append(f"{one.settled} {one.settled_by} 了结：{one.settlement}")
    else:
        lines.append("还没有凭它记账；草稿改动以后，这项例外就不再有效")
    return "\n".join(lines)

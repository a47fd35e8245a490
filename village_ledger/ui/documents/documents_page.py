"""票据登记: the source documents of a year, with the vouchers they are with, and the gaps in the run of receipts."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QStackedWidget,
    QTableView,
    QWidget,
)

from village_ledger import clock
from village_ledger.domain.period import Period
from village_ledger.domain.source_document import DocumentRecord, Gap
from village_ledger.reports.query import Query
from village_ledger.services import documents
from village_ledger.services.book import Book
from village_ledger.ui import theme
from village_ledger.ui.act_dialog import ActDialog, ReasonDialog
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.file_import import ImportDialog
from village_ledger.ui.operations import DOCUMENTS, VOUCHERS, Operations
from village_ledger.ui.page import Page
from village_ledger.ui.tables.text_rows import TextRows
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.card import EmptyState
from village_ledger.ui.widgets.table import dress_table, select_row

from .document_dialog import DocumentDialog, Place, Proposal
from .rows import AMOUNT, HEADERS, ISSUER, WIDTHS, document_row, matches

_EMPTY = (
    "还没有登记票据。\n填凭证时按 Ctrl+B 登记这张凭证的发票、收据、回单；\n"
    "本村开出的统一收据也登记在这里，写坏作废的一样登记，号码才连得上。\n"
    "同一张发票第二次登记会被拦住，并告诉你第一次附在哪张凭证上。"
)
_TOLD = 6
Answer = tuple[tuple[int, ...], tuple[DocumentRecord, ...], tuple[Gap, ...]]


class DocumentsPage(Page):
    """Enter opens the voucher of the chosen document, Insert registers one."""

    title = "票据登记"
    touched_by = DOCUMENTS | VOUCHERS

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        self._records: tuple[DocumentRecord, ...] = ()
        self.dialog: Dialog | None = None
        more = self.add_action_button(make_button("更多(&M)", icon="list"))
        menu = QMenu(more)
        self.import_action = menu.addAction("导入票据…", self.bring_in)
        menu.addAction("票据登记簿", self.open_report)
        more.setMenu(menu)
        self.strike_button = self.add_action_button(make_button("划去(&D)…", icon="trash", on_click=self.strike))
        self.void_button = self.add_action_button(make_button("作废(&V)…", icon="close", on_click=self.void))
        self.add_button = self.add_action_button(
            make_button("登记票据(&A)…", kind="primary", icon="plus", tip="Insert", on_click=self.add)
        )
        self._build_bar()
        self._build_table()
        self.setFocusProxy(self.search)
        for keys, slot in (("Insert", self.add), ("Ctrl+F", self._find)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)
        self._show_possible()

    def _build_bar(self) -> None:
        self.year = QComboBox()
        self.year.activated.connect(lambda _place: self.refresh())
        self.gaps = theme.mark(QLabel(), "warning")
        self.gaps.setMinimumWidth(1)
        self.search = QLineEdit()
        self.search.setPlaceholderText("按号码、单位、凭证、金额查找（Ctrl+F）")
        self.search.setClearButtonEnabled(True)
        self.search.addAction(theme.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setMinimumWidth(theme.current().scaled(350))
        self.search.textChanged.connect(self._narrow)
        self.search.returnPressed.connect(self._enter_table)
        bar = QHBoxLayout()
        bar.addWidget(self.year)
        bar.addWidget(self.gaps, 1)
        bar.addWidget(self.search)
        self.body.addLayout(bar)

    def _build_table(self) -> None:
        self.model = TextRows(HEADERS, right=(AMOUNT,), parent=self)
        self.table = QTableView()
        dress_table(self.table)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.setModel(self.model)
        header = self.table.horizontalHeader()
        for column, width in enumerate(WIDTHS):
            header.resizeSection(column, theme.current().scaled(width))
        header.setSectionResizeMode(ISSUER, QHeaderView.ResizeMode.Stretch)
        self.table.activated.connect(lambda _index: self.open_voucher())
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show_possible())
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(EmptyState(_EMPTY))
        self.body.addWidget(self.stack, 1)

    @property
    def chosen(self) -> DocumentRecord | None:
        """The document of the current row."""
        found: DocumentRecord | None = self.model.value(self.table.currentIndex().row())
        return found

    def refresh(self) -> None:
        """Read the year's documents anew, newest first, keeping the choice."""
        wanted = self.year.currentData() or 0

        def read(book: Book) -> Answer:
            years = documents.years(book)
            year = wanted if wanted in years else years[0]
            return years, documents.of_year(book, year), documents.missing_receipts(book)

        self.operations.read(read, self._take, topic="documents")

    def _take(self, answer: Answer) -> None:
        years, records, missing = answer
        chosen = self.year.currentData()
        self.year.clear()
        for year in years:
            self.year.addItem(f"{year}年", year)
        self.year.setCurrentIndex(max(self.year.findData(chosen), 0))
        more = f" 等 {len(missing)} 处" if len(missing) > _TOLD else ""
        told = "、".join(str(gap) for gap in missing[:_TOLD])
        self.gaps.setText(f"统一收据缺号：{told}{more}" if missing else "")
        self.gaps.setToolTip("、".join(str(gap) for gap in missing))
        self._records = tuple(reversed(records))
        self.stack.setCurrentIndex(0 if records else 1)
        self._narrow()

    def _narrow(self) -> None:
        before = self.chosen
        uid = before.document.uid if before else ""
        text = self.search.text()
        shown = [one for one in self._records if not text.strip() or matches(one, text)]
        self.model.show_rows([document_row(one) for one in shown])
        select_row(self.table, next((row for row, one in enumerate(shown) if one.document.uid == uid), 0))
        self._show_possible()

    def _show_possible(self) -> None:
        one, writable = self.chosen, not self.facts.read_only
        living = writable and one is not None and not one.document.struck
        self.add_button.setEnabled(writable)
        self.import_action.setEnabled(writable)
        self.strike_button.setEnabled(living)
        self.void_button.setEnabled(living and one is not None and not one.document.void)

    def _find(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _enter_table(self) -> None:
        self.table.setFocus()

    def open_voucher(self) -> None:
        """Show the voucher or draft the chosen document is with."""
        one = self.chosen
        if one is None:
            return
        if one.voucher:
            self.open_voucher_requested.emit(one.voucher)
        elif one.draft:
            self.open_draft_requested.emit(one.draft)
        else:
            self.message("这张票据还没有附到凭证上；打开那张凭证，按 Ctrl+B 选择它", "info")

    def add(self) -> None:
        """Register a document that is with no voucher yet, such as a receipt just written."""
        if not self.facts.read_only:
            self._open(DocumentDialog(self.operations, Proposal(clock.today()), Place(), self))

    def void(self) -> None:
        """Note that the chosen document does not count any more."""
        self._ask("作废", documents.void, "已作废", "写坏的收据三联都要留着；发票被开票方作废或红冲的也在这里登记")

    def strike(self) -> None:
        """Strike the chosen document, registered by mistake."""
        self._ask("划去", documents.strike, "已划去", "登记错了的划去，号码可以重新登记；划去的仍然看得见")

    def _ask(self, verb: str, act: Callable[[Book, str, str], object], done: str, hint: str) -> None:
        one = self.chosen
        if one is not None:
            document = one.document
            title = f"{verb}　{document}"
            self._open(
                ReasonDialog(
                    self.operations,
                    title,
                    lambda book, reason: act(book, document.uid, reason),
                    f"{done} {document}",
                    self,
                    touches=DOCUMENTS,
                    hint=hint,
                )
            )

    def bring_in(self) -> None:
        """Import documents from a sheet."""
        dialog = ImportDialog(self.operations, "documents", self)
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

    def open_report(self) -> None:
        """The register of the year shown."""
        year = self.year.currentData() or self.facts.open_period.year
        self.open_report_requested.emit("document-register", Query(Period(year, 1), Period(year, 12)))

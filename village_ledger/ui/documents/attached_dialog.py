"""The documents of one voucher: registering one, taking one that is registered already, taking one off a draft."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from village_ledger.domain.errors import Refusal
from village_ledger.domain.source_document import DocumentRecord
from village_ledger.services import documents
from village_ledger.services.book import Book
from village_ledger.ui import theme
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.operations import DOCUMENTS, Operations
from village_ledger.ui.tables.text_rows import TextRows
from village_ledger.ui.widgets.table import dress_table, select_row

from .document_dialog import DocumentDialog, Place, Proposal
from .rows import AMOUNT, HEADERS, ISSUER, WIDTHS, document_row


def document_table(parent: Dialog) -> tuple[QTableView, TextRows]:
    """A table of documents within a dialog."""
    model = TextRows(HEADERS, right=(AMOUNT,), parent=parent)
    table = QTableView()
    dress_table(table)
    table.setModel(model)
    header = table.horizontalHeader()
    for column, width in enumerate(WIDTHS):
        header.resizeSection(column, theme.current().scaled(width))
    header.setSectionResizeMode(ISSUER, QHeaderView.ResizeMode.Stretch)
    return table, model


class AttachedDialog(Dialog):
    """Shows what is attached to a draft or a posted voucher; `changed(count)` fires whenever that changes."""

    changed = Signal(int)

    def __init__(self, operations: Operations, place: Place, proposal: Proposal, label: str, parent: QWidget) -> None:
        super().__init__(f"票据　{label}", parent, operations=operations, width=1000, height=380)
        self._operations, self._place, self._proposal = operations, place, proposal
        self._left = proposal.fen
        self.dialog: Dialog | None = None
        self.table, self.model = document_table(self)
        for column in (7, 9):  # which voucher it is with is known here, and a struck one is not shown
            self.table.setColumnHidden(column, True)
        self.body.addWidget(self.table, 1)
        writable = operations.facts is not None and not operations.facts.read_only
        self.detach_button = self.add_button("去掉(&D)", self.detach)
        self.pick_button = self.add_button("选已登记的(&P)…", self.pick)
        self.add_button("关闭", self.reject)
        self.new_button = self.add_button("登记票据(&N)…", self.register, kind="primary")
        self.detach_button.setVisible(writable and not place.voucher)
        for button in (self.pick_button, self.new_button):
            button.setVisible(writable)
        self.new_button.setFocus()
        self._read()

    def _read(self) -> None:
        draft, voucher = self._place
        self._operations.read(
            lambda book: documents.attached(book, draft, voucher), self._show, topic="attached", initiator=self
        )

    def _show(self, records: tuple[DocumentRecord, ...]) -> None:
        self.model.show_rows([document_row(one) for one in records])
        select_row(self.table, len(records) - 1)
        self.detach_button.setEnabled(bool(records))
        own = sum(one.document.amount_fen for one in records if one.document.direction == self._proposal.direction)
        self._left = max(self._proposal.fen - own, 0)
        self.changed.emit(len(records))

    def register(self) -> None:
        """Write down the next paper of the voucher."""
        proposal = self._proposal._replace(fen=self._left)
        self._open(DocumentDialog(self._operations, proposal, self._place, self))

    def pick(self) -> None:
        """Attach documents that were registered before."""
        self._open(PickDialog(self._operations, self._place, self))

    def _open(self, dialog: "DocumentDialog | PickDialog") -> None:
        self.dialog = dialog
        dialog.done_text.connect(self._told)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _told(self, text: str) -> None:
        self.message(text, "success")
        self._read()

    def detach(self) -> None:
        """Take the chosen document off the draft."""
        record: DocumentRecord | None = self.model.value(self.table.currentIndex().row())
        if record is not None:
            uid = record.document.uid
            self._operations.write(
                lambda book: documents.detach(book, uid),
                lambda _done: self._told(f"已去掉 {record.document}"),
                touches=DOCUMENTS,
                initiator=self,
            )


class PickDialog(Dialog):
    """Choosing among the documents that are with no voucher; several at once."""

    done_text = Signal(str)

    def __init__(self, operations: Operations, place: Place, parent: QWidget) -> None:
        super().__init__("选择票据", parent, operations=operations, width=1000, height=380)
        self._operations, self._place = operations, place
        self.table, self.model = document_table(self)
        for column in (7, 9):
            self.table.setColumnHidden(column, True)
        self.body.addWidget(self.table, 1)
        self.add_button("取消", self.reject)
        self.pick_button = self.add_button("附上(&S)", self.attach, kind="primary")
        self.table.activated.connect(lambda _index: self.attach())
        operations.read(documents.free, self._show, initiator=self)

    def _show(self, records: tuple[DocumentRecord, ...]) -> None:
        self.model.show_rows([document_row(one) for one in records])
        select_row(self.table, 0)
        self.table.setFocus()
        self.pick_button.setEnabled(bool(records))
        if not records:
            self.message("没有还没附到凭证上的票据", "info")

    def attach(self) -> None:
        """Attach the chosen ones."""
        rows = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        uids = tuple(record.document.uid for row in rows if (record := self.model.value(row)) is not None)
        if uids:
            self._operations.write(
                partial(_attach, uids, self._place),
                lambda _done: self._attached(len(uids)),
                touches=DOCUMENTS,
                initiator=self,
                on_failed=self._failed,
            )

    def _attached(self, count: int) -> None:
        self.accept()
        self.done_text.emit(f"已附上 {count} 张票据")

    def _failed(self, refusal: Refusal) -> None:
        self.message(str(refusal), "danger")


def _attach(uids: tuple[str, ...], place: Place, book: Book) -> None:
    documents.attach(book, uids, draft=place.draft, voucher=place.voucher)

"""Choosing the requests a voucher pays for: those approved or going round, and not used for another one."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from village_ledger.domain.errors import Refusal
from village_ledger.domain.money import format_fen
from village_ledger.domain.request_register import RequestRecord
from village_ledger.services import requests
from village_ledger.services.book import Book
from village_ledger.ui import theme
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.operations import REQUESTS, VOUCHERS, Operations
from village_ledger.ui.tables.text_rows import Cells, TextRows
from village_ledger.ui.widgets.table import dress_table, select_row

_HEADERS = ("编号", "日期", "用途", "收款人", "金额", "状态")
_WIDTHS = (112, 104, 220, 140, 110, 80)


class LinkDialog(Dialog):
    """Of a draft, in place of what it was linked with; of a posted voucher, in addition. `done_text` says what was."""

    done_text = Signal(str)

    def __init__(
        self, operations: Operations, parent: QWidget, *, draft: int = 0, voucher_uid: str = "", fen: int = 0
    ) -> None:
        super().__init__("选择用款申请", parent, operations=operations, width=840, height=420)
        self._operations, self._draft, self._uid, self._fen = operations, draft, voucher_uid, fen
        self.model = TextRows(_HEADERS, right=(4,), parent=self)
        self.table = QTableView()
        dress_table(self.table)
        self.table.setModel(self.model)
        header = self.table.horizontalHeader()
        for column, width in enumerate(_WIDTHS):
            header.resizeSection(column, theme.current().scaled(width))
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.body.addWidget(self.table, 1)
        self.add_button("取消", self.reject)
        self.off_button = self.add_button("取消关联", partial(self._link, ()))
        self.off_button.setVisible(bool(draft))
        self.link_button = self.add_button("关联(&S)", self.link, kind="primary")
        self.table.activated.connect(lambda _index: self.link())
        operations.read(partial(_free, draft), self._show, initiator=self)

    def _show(self, records: tuple[RequestRecord, ...]) -> None:
        shown = sorted(records, key=lambda one: (one.request.amount_fen != self._fen, one.request.state != "已批准"))
        self.model.show_rows([_row(one) for one in shown])
        select_row(self.table, 0)
        self.link_button.setEnabled(bool(shown))
        if not shown:
            self.message("没有可以关联的用款申请，请先在“用款审批”里提出申请", "info")

    def link(self) -> None:
        """Link the selected requests."""
        rows = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        ids = tuple(record.request.id for row in rows if (record := self.model.value(row)) is not None)
        if ids:
            self._link(ids)

    def _link(self, ids: tuple[int, ...]) -> None:
        act = (
            partial(requests.link_voucher, voucher_uid=self._uid)
            if self._uid
            else partial(requests.link, draft_id=self._draft)
        )
        self._operations.write(
            lambda book: act(book, request_ids=ids),
            lambda _done: self._linked(len(ids)),
            touches=REQUESTS | VOUCHERS,
            initiator=self,
            on_failed=self._failed,
        )

    def _linked(self, count: int) -> None:
        self.accept()
        self.done_text.emit(f"已关联 {count} 份用款申请" if count else "已取消关联")

    def _failed(self, refusal: Refusal) -> None:
        self.message(str(refusal), "danger")


def _free(draft: int, book: Book) -> tuple[RequestRecord, ...]:
    """Requests that can be linked: not cancelled, and used nowhere else."""
    own = {one.id for one in requests.linked(book, draft)} if draft else set()
    return tuple(
        one
        for one in requests.records(book)
        if one.request.state != "已作废" and (not one.used or one.request.id in own)
    )


def _row(one: RequestRecord) -> Cells:
    request = one.request
    texts = (
        request.number,
        request.day.isoformat(),
        request.title,
        request.payee,
        format_fen(request.amount_fen),
        request.state,
    )
    return Cells(texts, "success" if request.state == "已批准" else "", one, (5,))

"""The record of a tender: notice, opening, the bids and who won."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from village_ledger.domain.errors import Refusal
from village_ledger.domain.money import MoneyError, format_fen, parse_fen
from village_ledger.domain.problems import Problem
from village_ledger.domain.project_account import ProjectAccount
from village_ledger.domain.tender import Bid, Tender
from village_ledger.services import project_entries
from village_ledger.services.cells import CellError
from village_ledger.ui import theme
from village_ledger.ui.act_dialog import required_day
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.operations import PROJECTS, Operations
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.day_field import DayField
from village_ledger.ui.widgets.form import FormGrid
from village_ledger.ui.widgets.money_edit import MoneyEdit
from village_ledger.ui.widgets.table import dress_table

from .act_dialogs import read_names

_HEADERS = ("投标（报价）人", "报价（元）", "无效的原因", "联系方式")
_WIDTHS = (200, 116, 160, 116)
_NOT_YET = "（还没有定标）"
_FAILED = "（流标）"


class TenderDialog(Dialog):
    """`tender` None begins a round; one that is settled is only shown. `done_text(text)` says what was done."""

    done_text = Signal(str)

    def __init__(
        self, operations: Operations, account: ProjectAccount, tender: Tender | None, day: date, parent: QWidget
    ) -> None:
        project = account.project
        super().__init__(f"{project.award}　{project.name}", parent, operations=operations, width=1020, height=480)
        self._operations = operations
        self._code = project.code
        self._tender = tender
        self._build_form(day)
        self._build_bids()
        row = QHBoxLayout()
        row.setSpacing(theme.current().scaled(24))
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addWidget(self.form)
        left.addStretch(1)
        right.addWidget(self.bids, 1)
        right.addLayout(self._tools())
        right.addWidget(self.result)
        row.addLayout(left, 4)
        row.addLayout(right, 6)
        self.body.addLayout(row, 1)
        settled = tender is not None and tender.is_settled
        self.add_button("关闭" if settled else "取消", self.reject)
        self.save_button = self.add_button("保存(&S)", self._save, kind="primary")
        self.save_button.setVisible(not settled)
        if tender:
            self._show(tender)
        else:
            for _ in range(3):
                self.add_bid()
        if settled:
            self.message("已经定标或流标，不能再改；流标以后可以重新登记一次招标", "info")
        self._offer_winners()

    def _build_form(self, day: date) -> None:
        form = self.form = FormGrid()
        self.announced, self.closed, self.opened = DayField(day), DayField(), DayField()
        self.place, self.supervisors, self.note = _text(60), _text(200), _text(200)
        self.control = MoneyEdit()
        form.add("公告日期(&D)", self.announced)
        form.add("公告截止日期", self.closed, "当天也算公告的一天")
        form.add("控制价(&A)", self.control, "最高限价，没有就空着")
        form.add("开标日期(&O)", self.opened)
        form.add("开标地点", self.place)
        form.add("到场监督的人(&P)", self.supervisors, "几个人用顿号隔开")
        form.add("备注", self.note)

    def _build_bids(self) -> None:
        look = theme.current()
        self.bids = QTableWidget(0, len(_HEADERS))
        dress_table(self.bids, whole_rows=False, editable=True)
        self.bids.setHorizontalHeaderLabels(_HEADERS)
        header = self.bids.horizontalHeader()
        for column, width in enumerate(_WIDTHS):
            header.resizeSection(column, look.scaled(width))
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.bids.itemChanged.connect(lambda _item: self._offer_winners())
        shortcut = QShortcut(QKeySequence("Insert"), self.bids)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(self.add_bid)
        self.winner, self.reason = QComboBox(), _text(200)
        self.result = FormGrid()
        self.result.add("中标人(&W)", self.winner)
        self.result.add("理由(&R)", self.reason, "中标价不是最低的写理由；流标的写流标原因")

    def _tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(make_button("增加一家(&I)", icon="plus", tip="Insert", on_click=self.add_bid))
        row.addWidget(make_button("去掉", icon="trash", on_click=self.remove_bid))
        row.addWidget(theme.mark(QLabel("在表里直接输入；有效的报价，无效原因空着"), "hint"))
        row.addStretch(1)
        return row

    def add_bid(self, bid: Bid | None = None) -> None:
        """Add a line for a bid."""
        texts = (bid.bidder, format_fen(bid.fen), bid.flaw, bid.contact) if bid else ("",) * len(_HEADERS)
        row = self.bids.rowCount()
        self.bids.blockSignals(True)
        self.bids.insertRow(row)
        for column, text in enumerate(texts):
            cell = QTableWidgetItem(text)
            if column == 1:
                cell.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.bids.setItem(row, column, cell)
        self.bids.blockSignals(False)

    def remove_bid(self) -> None:
        """Take the current line out."""
        self.bids.removeRow(self.bids.currentRow())
        self._offer_winners()

    def _cell(self, row: int, column: int) -> str:
        cell = self.bids.item(row, column)
        return cell.text().strip() if cell else ""

    def _offer_winners(self) -> None:
        chosen = self.winner.currentText()
        if not chosen and self._tender:
            chosen = self._tender.winner or (_FAILED if self._tender.failed else "")
        names = [name for row in range(self.bids.rowCount()) if (name := self._cell(row, 0))]
        self.winner.clear()
        self.winner.addItems([_NOT_YET, *names, _FAILED])
        self.winner.setCurrentIndex(max(self.winner.findText(chosen), 0))

    def _show(self, one: Tender) -> None:
        self.announced.set_value(one.announced)
        self.closed.set_value(one.closed)
        self.opened.set_value(one.opened)
        self.place.setText(one.place)
        self.control.set_value_fen(one.control_fen or None)
        self.supervisors.setText("、".join(one.supervisors))
        self.note.setText(one.note)
        self.reason.setText(one.failed or one.reason)
        for bid in one.bids:
            self.add_bid(bid)

    def tender(self) -> Tender:
        """The round as typed; raises CellError or MoneyError for what cannot be read."""
        announced = required_day(self.announced, "公告日期")
        winner, words = self.winner.currentText(), self.reason.text().strip()
        failed = winner == _FAILED
        if failed and not words:
            raise CellError("请写明流标的原因")
        made = Tender(
            announced,
            required_day(self.closed, "公告截止日期"),
            self.opened.value(),
            self.place.text().strip(),
            self.control.value_fen() or 0,
            read_names(self.supervisors.text()),
            tuple(self._bids()),
            "" if failed or winner == _NOT_YET else winner,
            "" if failed else words,
            words if failed else "",
            self.note.text().strip(),
        )
        return made._replace(id=self._tender.id, version=self._tender.version) if self._tender else made

    def _bids(self) -> list[Bid]:
        found = []
        for row in range(self.bids.rowCount()):
            name, price, flaw, contact = (self._cell(row, column) for column in range(len(_HEADERS)))
            if name or price:
                found.append(Bid(name, parse_fen(price) if price else 0, flaw, contact))
        return found

    def _save(self) -> None:
        try:
            wanted = self.tender()
        except (CellError, MoneyError) as wrong:
            self.message(str(wrong), "danger")
            return
        code = self._code
        self._operations.write(
            lambda book: (
                project_entries.save_tender(book, code, wanted),
                project_entries.tender_problems(book, code, wanted),
            ),
            self._saved,
            touches=PROJECTS,
            initiator=self,
            on_failed=self._failed,
            disable=(self.save_button,),
        )

    def _saved(self, answer: tuple[Tender, tuple[Problem, ...]]) -> None:
        saved, remarks = answer
        what = f"中标 {saved.winner}，请在“修改”里登记合同" if saved.winner else "已流标" if saved.failed else "已保存"
        self.accept()
        self.done_text.emit("；".join(("招投标记录" + what, *(one.message for one in remarks))))

    def _failed(self, refusal: Refusal) -> None:
        self.message(str(refusal), "danger")


def _text(length: int) -> QLineEdit:
    field = QLineEdit()
    field.setMaxLength(length)
    return field

"""The chosen contract beside the list: its terms in a few lines, every payment, and its attachments."""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHeaderView, QLabel, QTableView, QVBoxLayout, QWidget

from village_ledger import clock
from village_ledger.domain.contract import CYCLES, INCOMING, LISTED, Attachment, Contract
from village_ledger.domain.contract_account import ContractAccount, Standing, Voucher
from village_ledger.domain.contract_schedule import total_fen
from village_ledger.domain.money import format_fen
from village_ledger.domain.review_standing import CommentStanding
from village_ledger.reports.contract_figures import price_label, rent_now
from village_ledger.services.contract_deposits import Deposit
from village_ledger.ui import review_words, theme
from village_ledger.ui.tables.text_rows import TextRows
from village_ledger.ui.widgets.table import dress_table, select_row

from .schedule_rows import STANDING_HEADERS, STANDING_HEADERS_PAYING, standing_row

_NOTHING = "选一份合同，这里显示它的条款和各期款项。"
_WIDTHS = (46, 192, 106, 96, 96, 96, 150)


class ContractPanel(QFrame):
    """Shows one contract; reading only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.current()
        self.setObjectName("Card")
        self.account: ContractAccount | None = None
        self.heading = theme.mark(QLabel(), "heading")
        self.heading.setWordWrap(True)
        self.facts = QLabel(_NOTHING)
        self.facts.setWordWrap(True)
        self.facts.setTextFormat(Qt.TextFormat.RichText)
        self.facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.model = TextRows(STANDING_HEADERS, right=(3, 4, 5), parent=self)
        self.table = QTableView()
        dress_table(self.table)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.setModel(self.model)
        header = self.table.horizontalHeader()
        for column, width in enumerate(_WIDTHS):
            header.resizeSection(column, look.scaled(width))
        header.setSectionResizeMode(len(_WIDTHS) - 1, QHeaderView.ResizeMode.Stretch)
        self.files = theme.mark(QLabel(), "muted")
        self.files.setWordWrap(True)
        self.remarks = QLabel()
        self.remarks.setWordWrap(True)
        self.remarks.setTextFormat(Qt.TextFormat.RichText)
        self.remarks.hide()
        column = QVBoxLayout(self)
        margin = look.scaled(12)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(look.px("gap"))
        for widget in (self.heading, self.facts, self.remarks):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        column.addWidget(self.files)

    def seq(self) -> int:
        """The payment chosen, -1 if none."""
        one = self.model.value(self.table.currentIndex().row())
        return one.instalment.seq if one else -1

    def voucher(self) -> Voucher | None:
        """The voucher behind the chosen payment, None if it was not charged."""
        one: Standing | None = self.model.value(self.table.currentIndex().row())
        booked = (*one.charged, *(waiver for waiver in one.waived if waiver.source)) if one else ()
        return booked[0].voucher if booked else None

    def show_account(
        self,
        account: ContractAccount | None,
        files: tuple[Attachment, ...] = (),
        deposit: Deposit | None = None,
        comments: tuple[CommentStanding, ...] = (),
    ) -> None:
        """Show a contract with its payments, the earliest open one in view, and what the township says of it."""
        self.account = account
        self.remarks.setText(review_words.lines(comments, clock.today()))
        self.remarks.setVisible(bool(comments))
        self.heading.setVisible(account is not None)
        self.table.setVisible(account is not None)
        self.files.setText("附件：" + "、".join(one.name for one in files) if files else "")
        self.files.setVisible(bool(files))
        if account is None:
            self.facts.setText(_NOTHING)
            self.model.show_rows(())
            return
        today = clock.today()
        contract = account.contract
        self.heading.setText(f"{contract.code}　{contract.subject}　{contract.party.name}")
        muted = theme.current().colours["muted"]
        self.facts.setText(
            "　".join(
                f'<span style="color:{muted}">{title}</span> {escape(text)}' for title, text in terms(contract, deposit)
            )
        )
        headers = STANDING_HEADERS if contract.direction == INCOMING else STANDING_HEADERS_PAYING
        self.model.show_rows([standing_row(one, today) for one in account.standings], headers)
        first = next((row for row, one in enumerate(account.standings) if one.counts and one.outstanding_fen > 0), 0)
        select_row(self.table, first)


def terms(contract: Contract, deposit: Deposit | None = None) -> list[tuple[str, str]]:
    """Title and text of each thing worth knowing about a contract."""
    price = contract.price
    cycle = "" if price.form == LISTED else f"{CYCLES[price.cycle]}{price.timing}"
    rent = rent_now(contract, clock.today())
    rows = [
        ("期限", f"{contract.start} 至 {contract.last_day}"),
        ("计价", f"{price_label(contract)} {cycle}"),
        ("现年租金", f"{format_fen(rent)} 元" if rent else ""),
        ("总额", f"{format_fen(total_fen(contract))} 元"),
        ("押金", _deposit_words(contract, deposit)),
        ("交易", contract.award),
        ("决议", contract.decision),
        ("标的编号", contract.subject_code),
        ("科目", f"{contract.account}／{contract.counter or '不计提'}"),
        ("电话", contract.contact),
        ("终止原因", contract.ended_reason),
        ("收回", str(contract.returned or "")),
        ("备注", contract.note),
    ]
    return [(title, text) for title, text in rows if text.strip()]


def _deposit_words(contract: Contract, deposit: Deposit | None) -> str:
    if not contract.deposit_fen:
        return ""
    words = f"{format_fen(contract.deposit_fen)} 元"
    if deposit and deposit.entries:
        words += f"（已收 {format_fen(deposit.paid_fen)}，已退 {format_fen(deposit.returned_fen)}）"
    return words

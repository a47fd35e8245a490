"""What proves a closed month: kept on the signed closing sheet, so that the book can be checked against it later."""

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget

from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Period
from village_ledger.services import journal
from village_ledger.services.book import Book
from village_ledger.services.periods import CloseResult
from village_ledger.ui import theme
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.instants import local_time
from village_ledger.ui.widgets.form import FormGrid


class ClosingSheet(NamedTuple):
    """The facts of one closing. `head` is the log's hash at that moment, `sm3` covers the month's balances."""

    period: Period
    closed_at: str
    closed_by: str
    vouchers: int
    debit_fen: int
    credit_fen: int
    head: str
    sm3: str
    carried: int | None = None
    backup: Path | None = None

    def as_text(self, village: str) -> str:
        """The sheet as plain text, for keeping it elsewhere."""
        return "\n".join(
            [
                f"{village}　{self.period.label}结账单",
                f"结账时间：{local_time(self.closed_at)}　结账人：{self.closed_by}",
                f"凭证：{self.vouchers} 张　本月借方发生额：{format_fen(self.debit_fen)}"
                f"　本月贷方发生额：{format_fen(self.credit_fen)}",
                f"账簿校验码（SHA-256 链头）：{self.head}",
                f"余额校验码（SM3）：{self.sm3 or '—'}",
            ]
        )


def read_sheet(book: Book, period: Period, result: CloseResult | None = None) -> ClosingSheet | None:
    """The newest closing of a month as the log tells it; None when it was never closed."""
    for entry in journal.entries(book, text="close", limit=2000):
        if entry.action == "close" and entry.subject == str(period):
            detail = entry.detail
            return ClosingSheet(
                period,
                entry.at,
                entry.actor,
                int(detail["vouchers"]),
                int(detail["debit_fen"]),
                int(detail["credit_fen"]),
                entry.hash,
                str(detail["balances_sm3"]),
                len(result.carry_vouchers) if result else None,
                result.backup if result else None,
            )
    return None


class ClosingSheetDialog(Dialog):
    """Shows the sheet; the hashes can be copied. `notice_wanted`: on to the disclosure notice of the month."""

    notice_wanted = Signal()

    def __init__(self, village: str, sheet: ClosingSheet, parent: QWidget) -> None:
        super().__init__(f"{sheet.period.label}结账单", parent, width=620)
        self._text = sheet.as_text(village)
        form = FormGrid()
        rows = [
            ("单位", village),
            ("结账", f"{local_time(sheet.closed_at)}　{sheet.closed_by}"),
            ("凭证", f"{sheet.vouchers} 张" + (f"，其中本次自动结转 {sheet.carried} 张" if sheet.carried else "")),
            ("本月发生额", f"借方 {format_fen(sheet.debit_fen)}　贷方 {format_fen(sheet.credit_fen)}"),
            ("账簿校验码", _broken(sheet.head)),
            ("余额校验码", _broken(sheet.sm3) if sheet.sm3 else "—"),
        ]
        if sheet.backup is not None:
            rows.append(("已备份到", str(sheet.backup)))
        for caption, value in rows:
            label = QLabel(value)
            label.setWordWrap(True)
            label.setMinimumHeight(theme.current().px("control"))
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            form.add(caption, label)
        note = theme.mark(
            QLabel(
                "请把账簿校验码抄写或打印在签字的结账单上、另行保管。以后用“账簿校验”输入它，就能证明这本账没有被改过。"
            ),
            "muted",
        )
        note.setWordWrap(True)
        self.body.addWidget(form)
        self.body.addWidget(note)
        self.copy_button = self.add_button("复制(&C)", self._copy)
        self.notice_button = self.add_button("制作公开榜(&G)", self._notice)
        self.add_button("知道了", self.accept, kind="primary").setFocus()

    def _notice(self) -> None:
        self.accept()
        self.notice_wanted.emit()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text)
        self.message("结账单的内容已复制", "success")


def _broken(digest: str) -> str:
    """A hash in groups of eight, so that it can be read off and wraps."""
    return " ".join(digest[place : place + 8] for place in range(0, len(digest), 8))

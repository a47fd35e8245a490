"""The documents of the voucher that is shown: how many there are, and the dialog that registers and attaches them."""

from PySide6.QtCore import QObject

from village_ledger.domain.source_document import PAID, RECEIVED
from village_ledger.domain.voucher import Draft, Voucher
from village_ledger.services import documents
from village_ledger.ui.documents.attached_dialog import AttachedDialog
from village_ledger.ui.documents.document_dialog import Place, Proposal

from ..page import Page
from .heading import VoucherHeading


class Papers(QObject):
    """Asks for the count whenever another voucher is shown, never while one is typed."""

    def __init__(self, page: Page, heading: VoucherHeading) -> None:
        super().__init__(page)
        self._page, self._heading = page, heading
        self.dialog: AttachedDialog | None = None

    def look_at(self, draft: Draft, voucher: Voucher | None) -> None:
        """Show how many documents a draft or a posted voucher has."""
        place = _place(draft, voucher)
        if place == Place():
            self._heading.show_documents(0)
            return
        self._page.operations.read(
            lambda book: len(documents.attached(book, *place)), self._heading.show_documents, topic="papers"
        )

    def open(self, draft: Draft, voucher: Voucher | None) -> None:
        """Show them, to add to them."""
        label = f"{voucher.period} {voucher.label}" if voucher else f"{draft.day} {draft.word}字凭证（草稿{draft.id}）"
        dialog = AttachedDialog(self._page.operations, _place(draft, voucher), self._proposal(draft), label, self._page)
        self.dialog = dialog
        dialog.changed.connect(self._heading.show_documents)
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(self._closed)
        dialog.open()

    def _closed(self) -> None:
        self.dialog = None

    def _proposal(self, draft: Draft) -> Proposal:
        """What the voucher says of its paper: where the money goes, how much, and the first party on it."""
        settings = self._page.facts.settings
        money = (*settings.cash_accounts, *settings.bank_accounts)
        paid = sum(line.credit_fen - line.debit_fen for line in draft.lines if line.account.startswith(money))
        parties = (name for line in draft.lines for category, name in line.items if category == "往来户")
        fen = abs(paid) or draft.debit_total_fen
        return Proposal(draft.day, RECEIVED if paid < 0 else PAID, fen, next(parties, ""))


def _place(draft: Draft, voucher: Voucher | None) -> Place:
    return Place(voucher=voucher.uid) if voucher else Place(draft.id)

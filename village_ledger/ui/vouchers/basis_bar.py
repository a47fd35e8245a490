"""依据: a calm line under a voucher that pays: the requests it rests on, what is missing, and the way to either.

Asked on the worker after each pause in typing, so that no key waits for it; hidden where nothing is asked.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from village_ledger.domain.request import Request
from village_ledger.domain.voucher import Draft
from village_ledger.services import gate, requests
from village_ledger.services.basis import Basis, basis
from village_ledger.services.book import Book
from village_ledger.services.origins import Origin
from village_ledger.ui.act_dialog import ReasonDialog
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.requests.link_dialog import LinkDialog
from village_ledger.ui.requests.request_dialog import RequestDialog

from .. import theme
from ..operations import REQUESTS, VOUCHERS
from ..page import Page
from ..widgets.button import make_button

Saved = Callable[[Callable[[Draft], None]], None]


class BasisBar(QFrame):
    """`saved(then)` saves what is typed first: requests and exceptions belong to a stored draft."""

    def __init__(self, page: Page, saved: Saved, reload: Callable[[int, str], None]) -> None:
        super().__init__(page)
        look = theme.current()
        self._page, self._saved, self._reload = page, saved, reload
        self._draft: Draft | None = None
        self.basis = Basis()
        self.setObjectName("Plain")
        self._icon = QLabel(self)
        self.text = QLabel(self)
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.open_button = make_button("看申请", kind="quiet", icon="stamp", on_click=self.open_request)
        self.link_button = make_button("选择申请…", kind="quiet", icon="search", on_click=self.link)
        self.new_button = make_button("提出申请…", kind="quiet", icon="plus", on_click=self.propose)
        self.excuse_button = make_button("紧急例外…", kind="quiet", icon="warning", on_click=self.excuse)
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px("gap"), 0, look.px("gap"), 0)
        row.setSpacing(look.px("gap"))
        row.addWidget(self._icon)
        row.addWidget(self.text, 1)
        for button in (self.open_button, self.link_button, self.new_button, self.excuse_button):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
        self.hide()

    def look_at(self, draft: Draft, *, shown: bool) -> None:
        """Ask what a draft needs; nothing is asked of a voucher that is posted or in a book without control."""
        facts = self._page.facts
        self._draft = draft
        if not shown or not draft.lines or not (facts.settings.control or draft.id):
            self._show(Basis())
            return
        self._page.operations.read(partial(_read, draft), self._show, topic="basis", initiator=self)

    def _show(self, found: Basis) -> None:
        self.basis = found
        self.setVisible(found.asked)
        if not found.asked:
            return
        numbers = "、".join(one.number for one in found.requests)
        rests = f"用款申请 {numbers}" if numbers else ""
        if found.excused:
            words, icon, role = f"依据：紧急例外已批准；{'；'.join(found.lacks)}", "warning", "warning"
        elif found.lacks:
            words, icon, role = f"依据：{'；'.join(found.lacks)}", "info", "warning"
        else:
            words, icon, role = f"依据：{rests or '手续齐全'}", "check", "success"
        self.text.setText(words)
        self.text.setToolTip("\n".join((rests, *found.lacks)).strip())
        theme.mark(self.text, role)
        side = theme.current().px("icon")
        self._icon.setPixmap(theme.icon(icon, role).pixmap(QSize(side, side)))
        writable = not self._page.facts.read_only
        self.open_button.setVisible(bool(found.requests))
        self.link_button.setVisible(writable and (bool(found.lacks) or bool(found.requests)))
        self.new_button.setVisible(writable and found.proposal is not None)
        self.excuse_button.setVisible(writable and bool(found.lacks) and not found.excused)

    def open_request(self) -> None:
        """Show the first request the voucher rests on."""
        one = self.basis.requests[0]
        self._page.open_origin_requested.emit(Origin("request", one.id, f"用款申请 {one.number}"))

    def link(self) -> None:
        """Choose the requests the voucher pays for."""
        self._saved(self._link)

    def propose(self) -> None:
        """Draw up the request for what the voucher pays, and link it."""
        self._saved(self._propose)

    def excuse(self) -> None:
        """Ask the head or the township for leave to post all the same."""
        self._saved(self._excuse)

    def _link(self, draft: Draft) -> None:
        dialog = LinkDialog(self._page.operations, self._page, draft=draft.id, fen=self.basis.fen)
        dialog.done_text.connect(partial(self._reload, draft.id))
        _open(dialog)

    def _propose(self, draft: Draft) -> None:
        if self.basis.proposal is not None:
            dialog = RequestDialog(self._page.operations, self.basis.proposal, self._page)
            dialog.saved.connect(partial(self._proposed, draft.id))
            _open(dialog)

    def _proposed(self, draft_id: int, kept: Request) -> None:
        self._page.operations.write(
            lambda book: requests.link(book, draft_id, (kept.id,)),
            lambda _done: self._reload(draft_id, f"已关联用款申请 {kept.number}（{kept.state}）"),
            touches=REQUESTS | VOUCHERS,
            initiator=self._page,
        )

    def _excuse(self, draft: Draft) -> None:
        act = partial(_grant, draft.id)
        title = f"批准紧急例外　{draft.day} {draft.word}字凭证"
        page, done = self._page, "紧急例外已批准，会列入公开和例外事项"
        dialog = ReasonDialog(page.operations, title, act, done, page, touches=REQUESTS | VOUCHERS)
        dialog.message("\n".join(self.basis.lacks), "warning")
        dialog.done_text.connect(partial(self._reload, draft.id))
        _open(dialog)


def _read(draft: Draft, book: Book) -> Basis:
    return basis(book, draft)


def _grant(draft_id: int, book: Book, reason: str) -> object:
    return gate.grant_exception(book, draft_id, reason)


def _open(dialog: Dialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()

"""A voucher as the village handed it over: its lines and signatures, its way to request, decision and papers, what was
said of it.
"""

from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QSplitter, QTabWidget, QVBoxLayout, QWidget

from village_ledger.domain.period import Period
from village_ledger.domain.review import Comment
from village_ledger.domain.voucher import Voucher
from village_ledger.reports.model import Report
from village_ledger.services.township import ledgers, months, papers
from village_ledger.services.township.desk import Desk
from village_ledger.services.township.months import Month
from village_ledger.ui import shortcuts, theme
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.card import EmptyState

from .comment_dialog import CommentDialog
from .comments_panel import CommentsPanel
from .doubts_view import DoubtsView
from .operations import COMMENTS, DOUBTS, RECEIVED, DeskOperations
from .page import DeskPage
from .trail_table import TrailTable
from .voucher_sheet import VoucherSheet
from .words import short_name

_NO_TRAIL = "村里没有报送这张凭证的溯源（只有付款凭证才有用款申请、决策和附件）。"
_TRAIL, _COMMENTS, _DOUBTS = range(3)


class _Seen(NamedTuple):
    """A voucher with all that belongs to it."""

    voucher: Voucher
    names: dict[str, str]
    trail: Report | None
    month: Month
    labels: tuple[str, ...]


class VoucherPage(DeskPage):
    """`show_voucher(code, label)` fills it."""

    title = "凭证"
    touched_by = RECEIVED | COMMENTS | DOUBTS

    def __init__(self, operations: DeskOperations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        self.heading.setMinimumWidth(1)
        self._code, self._label = "", ""
        self.seen: _Seen | None = None
        self.before_button = self.add_action_button(
            make_button(
                "上一张",
                icon="chevron-left",
                tip=shortcuts.label("voucher.previous"),
                on_click=lambda: self._step(-1),
            )
        )
        self.after_button = self.add_action_button(
            make_button(
                "下一张", icon="chevron-right", tip=shortcuts.label("voucher.next"), on_click=lambda: self._step(1)
            )
        )
        self.comment_button = self.add_action_button(
            make_button("加意见(&M)…", kind="primary", icon="pen", on_click=self.comment)
        )
        self.sheet = VoucherSheet()
        self.trail = TrailTable()
        self.no_trail = EmptyState(_NO_TRAIL)
        self.no_trail.hide()
        trail = QWidget()
        column = QVBoxLayout(trail)
        column.setContentsMargins(0, theme.current().px("gap_small"), 0, 0)
        column.addWidget(self.trail, 1)
        column.addWidget(self.no_trail, 1)
        self.trail_hint = theme.mark(QLabel("附件一行按回车打开（村里报送时带了附件的）"), "hint")
        column.addWidget(self.trail_hint)
        self.comments = CommentsPanel(operations)
        self.doubts = DoubtsView(operations, one_village=True)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        for panel, title in ((trail, "溯源(&1)"), (self.comments, "意见(&2)"), (self.doubts, "疑点(&3)")):
            self.tabs.addTab(panel, title)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(self.sheet)
        split.addWidget(self.tabs)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 1)
        self.body.addWidget(split, 1)
        self.trail.activated.connect(lambda _index: self.open_paper())
        self.comments.said.connect(lambda text: self.message(text, "success"))
        self.doubts.said.connect(lambda text: self.message(text, "success"))
        self.doubts.voucher_requested.connect(self._other)
        shortcuts.bind(self, "voucher.previous", lambda: self._step(-1))
        shortcuts.bind(self, "voucher.next", lambda: self._step(1))
        self.setFocusProxy(self.sheet.table)

    def show_voucher(self, code: str, label: str) -> None:
        """Show a voucher of a village by label (`2025-06 记-5`)."""
        self._code, self._label, self.stale = code, label, False
        self.clear_message()
        self.refresh()

    def refresh(self) -> None:
        """Read the voucher again."""
        if not self._code:
            return
        village, label = self.village(self._code), self._label

        def read(desk: Desk) -> _Seen:
            voucher = ledgers.village_voucher(desk, village, label=label)
            heads = months.vouchers(desk, village, voucher.period)
            return _Seen(
                voucher,
                months.account_names(desk, village, {line.account for line in voucher.lines}),
                papers.voucher_trail(desk, village, label),
                months.month(desk, village, voucher.period),
                tuple(one.label for one in heads),
            )

        self.operations.read(read, self._show, topic="voucher")

    def take_focus(self) -> None:
        """The lines."""
        self.sheet.table.setFocus()

    def state(self) -> object:
        """Which voucher."""
        return self._code, self._label

    def restore(self, state: object) -> None:
        """Back to a voucher."""
        if isinstance(state, tuple):
            self._code, self._label = state
            self.stale = True

    def comment(self) -> None:
        """Write a comment on the voucher."""
        seen = self.seen
        if seen is None or self.facts.read_only:
            return
        draft = Comment("", seen.voucher.period, "凭证", seen.voucher.uid, self._label, "")
        dialog = CommentDialog(self.operations, seen.month.village, draft, self)
        dialog.done.connect(lambda _kept: self.message("意见已保存，出审核意见时一起发给村里", "success"))
        dialog.open()

    def open_paper(self) -> None:
        """Take the attachment of the current line out of the package and open it in the system's viewer."""
        digest = self.trail.attachment()
        if not digest:
            return
        village, folder = self.village(self._code), self.operations.papers_folder()

        def take(desk: Desk, _progress: Any) -> Path:
            return papers.attachment(desk, village, digest, folder)

        self.operations.long(take, _open, title="正在取出附件", initiator=self, cancellable=False)

    def _other(self, code: str, label: str) -> None:
        if label != self._label:
            self.voucher_requested.emit(code, label)

    def _step(self, count: int) -> None:
        seen = self.seen
        if seen is None or self._label not in seen.labels:
            return
        place = seen.labels.index(self._label) + count
        if 0 <= place < len(seen.labels):
            self.show_voucher(self._code, seen.labels[place])
        else:
            self.message("已经是这个月的第一张" if count < 0 else "已经是这个月的最后一张")

    def _show(self, seen: _Seen) -> None:
        self.seen = seen
        voucher, month = seen.voucher, seen.month
        self.set_title(f"{short_name(month.village.name)} {Period.of(voucher.day).label} {voucher.label}")
        self.sheet.show_voucher(voucher, seen.names)
        self.comment_button.setVisible(not self.facts.read_only)
        self.comment_button.setEnabled(month.stands.state != "通过")
        self.trail.show_trail(seen.trail)
        for widget in (self.trail, self.trail_hint):
            widget.setVisible(seen.trail is not None)
        self.no_trail.setVisible(seen.trail is None)
        said = tuple(one for one in month.comments if one.comment.subject == voucher.uid)
        suspected = tuple(one for one in month.doubts if self._label in one.doubt.vouchers)
        self.comments.show_threads(month, said)
        self.doubts.show_doubts(suspected, "这张凭证没有发现疑点。")
        self.tabs.setTabText(_COMMENTS, f"意见{f' {len(said)} 条' if said else ''}(&2)")
        self.tabs.setTabText(_DOUBTS, f"疑点{f' {len(suspected)} 条' if suspected else ''}(&3)")
        self.tabs.setTabVisible(_COMMENTS, not self.facts.audit)


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

"""What can be done with saved vouchers, from the entry page and from the list: review, post, delete, reverse, print."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject

from village_ledger.domain.errors import NotAllowed, Refusal
from village_ledger.domain.period import Period
from village_ledger.domain.voucher import DraftLine, Voucher
from village_ledger.reports.query import Query
from village_ledger.services import accounts, vouchers
from village_ledger.services.book import Book
from village_ledger.services.vouchers import Template, VoucherFilter, VoucherSummary

from .. import dialogs, shortcuts
from ..operations import ITEMS, VOUCHERS
from ..page import Page
from . import reads
from .operator_dialog import OperatorDialog
from .print_dialog import PrintDialog
from .reverse_dialog import ReverseDialog
from .templates import TemplateKeeper, TemplatePicker

SHOWN_LINES = 4
Ids = tuple[int, ...]
Done = Callable[[], None]


class VoucherActs(QObject):
    """Carries acts out for a page and shows refusals in its message bar; `done` runs after success."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self.dialog: dialogs.Dialog | None = None

    def review(self, ids: Ids, done: Done) -> None:
        """Review drafts (审核)."""
        self._write(lambda book: vouchers.review(book, ids), lambda _none: done(), "正在审核…")

    def unreview(self, ids: Ids, done: Done) -> None:
        """Take reviews back (取消审核)."""
        self._write(lambda book: vouchers.unreview(book, ids), lambda _none: done(), "正在取消审核…")

    def post(self, ids: Ids, done: Callable[[tuple[Voucher, ...]], None]) -> None:
        """Post reviewed drafts (记账)."""
        self._write(lambda book: vouchers.post(book, ids), done, "正在记账…")

    def delete(self, ids: Ids, done: Done) -> None:
        """Delete drafts after a question."""
        which = "这张草稿" if len(ids) == 1 else f"选中的 {len(ids)} 张草稿"
        question = dialogs.question(
            self._page, "删除草稿", f"删除{which}？后面凭证的预计编号会自动补上。", accept="删除", danger=True
        )
        question.accepted.connect(
            lambda: self._write(lambda book: vouchers.delete_drafts(book, ids), lambda _none: done(), "正在删除…")
        )
        self.open(question)

    def move(self, draft_id: int, offset: int, done: Done) -> None:
        """Move a draft among its month's drafts."""
        self._write(lambda book: vouchers.move_draft(book, draft_id, offset), lambda _none: done(), "")

    def reverse(self, voucher: Voucher, day: date, done: Callable[[int], None]) -> None:
        """Ask for the day and make the red draft; `done` gets its id."""
        dialog = ReverseDialog(self._page.operations, voucher, day, self._page)
        dialog.made.connect(done)
        self.open(dialog)

    def print(self, ids: Ids, name: str) -> None:
        """Write posted vouchers as PDF."""
        dialog = PrintDialog(self._page.operations, ids, name, self._page)
        dialog.written.connect(self._printed)
        self.open(dialog)

    def _printed(self, path: Path, opened: bool) -> None:
        how = "已打开，请在打开的窗口里打印" if opened else "请打开这个文件打印"
        self._page.message(f"凭证 PDF 已生成，{how}：{path}", "success")

    def review_all(self, wanted: VoucherFilter, done: Callable[[int], None]) -> None:
        """Review every draft that matches; `done` gets how many there were."""
        self._long(lambda book, _progress: _review_all(book, wanted), done, "正在审核")

    def post_all(self, done: Callable[[tuple[Voucher, ...]], None]) -> None:
        """Post everything reviewed, with progress; cancelling posts nothing."""
        self._long(lambda book, progress: vouchers.post(book, None, progress), done, "正在记账")

    def step(
        self, period: Period, shown: tuple[bool, int] | None, step: int, found: Callable[[VoucherSummary], None]
    ) -> None:
        """Find the voucher before (-1) or after (+1) the one shown (posted?, id)."""

        def answered(row: VoucherSummary | None) -> None:
            if row is None:
                self._page.message("已经是第一张凭证了" if step < 0 else "后面没有凭证了", "info")
            else:
                found(row)

        self._page.operations.read(
            lambda book: reads.neighbour(book, period, shown, step), answered, topic="step", initiator=self._page
        )

    def add_item(self, category: str, name: str) -> None:
        """Register a new member of a dimension."""
        self._page.operations.write(
            lambda book: accounts.add_item(book, category, name),
            touches=ITEMS,
            initiator=self._page,
            on_failed=self.refused,
        )

    def open_ledger(self, account: str, period: Period) -> None:
        """Ask for the ledger of a line's account."""
        if account:
            self._page.open_report_requested.emit("subsidiary-ledger", Query(period, period, account))

    def pick_template(self, use: Callable[[Template], None]) -> None:
        """Let the user choose a template."""
        dialog = TemplatePicker(self._page.operations, self._page.facts.chart, self._page)
        dialog.picked.connect(use)
        self.open(dialog)

    def keep_template(self, lines: tuple[DraftLine, ...]) -> None:
        """Keep lines as a template."""
        if lines:
            dialog = TemplateKeeper(self._page.operations, lines, lines[0].summary, self._page)
            dialog.kept.connect(self._template_kept)
            self.open(dialog)

    def switch_operator(self) -> None:
        """Let somebody else take the keyboard."""
        dialog = OperatorDialog(self._page.operations, self._page)
        dialog.switched.connect(lambda name: self._page.message(f"现在由 {name} 操作", "success"))
        self.open(dialog)

    def open(self, dialog: dialogs.Dialog) -> None:
        """Open a dialog over the page without stopping the program."""
        self.dialog = dialog
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(self._closed)
        dialog.open()

    def refused(self, refusal: Refusal) -> None:
        """Say why not, and offer the way out where there is one."""
        lines = str(refusal).splitlines()
        text = "\n".join(lines[:SHOWN_LINES]) + (f"\n……共 {len(lines) - 1} 处" if len(lines) > SHOWN_LINES else "")
        if isinstance(refusal, NotAllowed) and "切换操作员" in refusal.message:
            self._page.message_bar.show_message(text, "warning", "切换操作员(&U)", self.switch_operator)
        else:
            self._page.message(text, "danger")

    def _write(self, function: Callable[[Book], object], done: Callable[..., None], busy: str) -> None:
        self._page.operations.write(
            function, done, touches=VOUCHERS, initiator=self._page, on_failed=self.refused, busy_text=busy
        )

    def _long(self, function: Callable[..., object], done: Callable[..., None], title: str) -> None:
        self._page.operations.long(
            function, done, title=title, touches=VOUCHERS, initiator=self._page, on_failed=self.refused
        )

    def _template_kept(self, name: str) -> None:
        key = shortcuts.label("voucher.templates")
        self._page.message(f"模板“{name}”已保存，在填制凭证时按 {key} 使用", "success")

    def _closed(self) -> None:
        self.dialog = None


def _review_all(book: Book, wanted: VoucherFilter) -> int:
    drafts = wanted._replace(state="draft")
    ids = tuple(row.id for row in vouchers.find(book, drafts, 0, vouchers.count(book, drafts)))
    if not ids:
        raise NotAllowed("没有等待审核的凭证")
    vouchers.review(book, ids)
    return len(ids)

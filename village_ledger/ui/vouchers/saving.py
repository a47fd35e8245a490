"""Saving what is typed: complete or parked, against another window's change, and a copy against power cuts."""

from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QObject, QTimer

from village_ledger.domain.errors import Refusal, StaleDraft
from village_ledger.domain.voucher import Draft
from village_ledger.services import vouchers

from ..operations import VOUCHERS
from ..page import Page
from .leave_dialog import StaleDialog, UnsavedDialog
from .paper import VoucherPaper
from .recovery import RecoveryCopy

COPY_PAUSE_MS = 1500
Then = Callable[[Draft], None]


class Saving(QObject):
    """Saves the paper's draft for a page. `then` gets the stored draft."""

    def __init__(self, page: Page, paper: VoucherPaper, show_stored: Callable[[int], None]) -> None:
        super().__init__(page)
        self._page = page
        self._paper = paper
        self._show_stored = show_stored
        self._stale: StaleDialog | None = None
        self._asked = False
        self.recalled = False
        self.copy = RecoveryCopy(page.facts.path)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(COPY_PAUSE_MS)
        self._pause.timeout.connect(self.keep_copy)
        paper.edited.connect(self._pause.start)
        paper.checked.connect(self._completed)

    @property
    def has_unsaved(self) -> bool:
        """Whether typing would be lost."""
        model = self._paper.model
        return not model.read_only and model.is_changed and not (model.is_blank and not model.draft().id)

    def save(self, then: Then, *, complete: bool = True) -> None:
        """Save; with `complete`, only if nothing is missing. What is missing gets the cursor."""
        self._paper.finish_typing()
        problems = self._paper.model.unreadable()
        if complete and not problems:
            problems = tuple(problem for problem in self._paper.problems() if problem.blocking)
        if self._paper.model.is_blank:
            self._page.message("还没有录入内容", "info")
        elif problems:
            self._paper.check(unfinished=True)
            self._asked = True
            self._paper.go_to_problem(problems[0])
            more = f"（共 {len(problems)} 处）" if len(problems) > 1 else ""
            text = f"{problems[0].message}{more}"
            if self._paper.model.unreadable():
                self._page.message(text, "warning")
            else:
                self._page.message_bar.show_message(
                    f"还没有填完：{text}。补齐后再保存，也可以先暂存",
                    "warning",
                    "暂存",
                    lambda: self.save(then, complete=False),
                )
        else:
            self._write(self._paper.draft, then, self._failed)

    def save_now(self) -> bool:
        """Park and wait for the answer; False if it was refused (the page says why)."""
        loop = QEventLoop(self)
        outcome: list[bool] = []

        def answered(saved: bool) -> None:
            outcome.append(saved)
            loop.quit()

        def refused(refusal: Refusal) -> None:
            self._failed(refusal)
            answered(False)

        self._paper.finish_typing()
        if self._paper.model.unreadable():
            self.save(lambda _draft: None, complete=False)
            return False
        self._write(self._paper.draft, lambda _draft: answered(True), refused)
        if not outcome:
            loop.exec()
        return outcome[0]

    def may_replace(self) -> bool:
        """Ask about unsaved typing; True when it may go."""
        self._paper.finish_typing()
        if not self.has_unsaved:
            return True
        dialog = UnsavedDialog(self._page)
        dialog.exec()
        if dialog.answer == "discard":
            self.forget_copy()
            return True
        return dialog.answer == "save" and self.save_now()

    def recall(self) -> Draft | None:
        """What an earlier session left unsaved; from now on the copy is this session's."""
        self.recalled = True
        return self.copy.recall()

    def keep_copy(self) -> None:
        """Write the recovery copy of unsaved typing, if there is any."""
        if self.has_unsaved:
            self.copy.keep(self._paper.draft)
        elif self.recalled:
            self.copy.forget()

    def forget_copy(self) -> None:
        """The recovery copy is no longer needed."""
        self._pause.stop()
        self.copy.forget()

    def _completed(self, problems: int) -> None:
        if self._asked and not problems:
            self._asked = False
            self._page.clear_message()

    def _write(self, draft: Draft, then: Then, failed: Callable[[Refusal], None]) -> None:
        def done(saved: Draft) -> None:
            self.forget_copy()
            then(saved)

        self._page.operations.write(
            lambda book: vouchers.save_draft(book, draft),
            done,
            touches=VOUCHERS,
            initiator=self._page,
            on_failed=failed,
            disable=(self._paper,),
        )

    def _failed(self, refusal: Refusal) -> None:
        self._paper.table.setFocus()
        if not isinstance(refusal, StaleDraft):
            self._page.message(str(refusal), "danger")
            return
        self._page.message(str(refusal), "warning")
        dialog = StaleDialog(refusal.message, self._page)
        dialog.mine_wanted.connect(self._use_mine)
        dialog.theirs_wanted.connect(lambda: self._show_stored(self._paper.draft.id))
        dialog.copy_wanted.connect(self._use_copy)
        self._stale = dialog
        dialog.open()

    def _use_mine(self) -> None:
        draft_id = self._paper.draft.id
        self._page.operations.read(
            lambda book: vouchers.draft(book, draft_id),
            self._overwrite,
            on_failed=lambda _gone: self._use_copy(),
            initiator=self._page,
        )

    def _overwrite(self, stored: Draft) -> None:
        self._paper.model.set_base(stored)
        self.save(self._saved_after_question, complete=False)

    def _use_copy(self) -> None:
        self._paper.model.set_base(self._paper.draft._replace(id=0, version=0, position=0, state="draft"))
        self.save(self._saved_after_question, complete=False)

    def _saved_after_question(self, saved: Draft) -> None:
        self._show_stored(saved.id)
        self._page.message("已按您录入的内容保存", "success")

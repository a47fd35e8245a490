"""What can be done with the decision chosen in the register: make final, withdraw, notices, files, papers."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt

from village_ledger import clock
from village_ledger.domain.decision import DRAFT, Decision, Notice
from village_ledger.domain.decision_register import Standing
from village_ledger.domain.governance import DONE, RESOLVED
from village_ledger.services import decision_papers, decisions, evidence
from village_ledger.services.book import Book
from village_ledger.ui import dialogs, machine
from village_ledger.ui.act_dialog import ReasonDialog
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.evidence_dialog import EvidenceDialog, Owner
from village_ledger.ui.operations import DECISIONS, LOG
from village_ledger.ui.page import Page

from .act_dialogs import NoticeDialog
from .decision_dialog import DecisionDialog

Paper = Callable[[Book, str, Path], None]


class DecisionActs(QObject):
    """Carries acts out for a page; `done(text)` runs after success, `show(number)` after a decision was kept."""

    def __init__(self, page: Page, done: Callable[[str], object], show: Callable[[str], object]) -> None:
        super().__init__(page)
        self._page, self._done, self._show = page, done, show

    def enter(self, decision: Decision | None) -> None:
        """Open a decision, or a form for a new one."""
        dialog = DecisionDialog(self._page.operations, decision, self._page)
        dialog.saved.connect(self._show)
        self.open(dialog)

    def replace(self, old: Decision) -> None:
        """Enter a decision that corrects a final one."""
        new = old._replace(id=0, version=0, uid="", number="", state=DRAFT, rules="", steps=(), opinion="")
        self.enter(new._replace(replaces=old.number, day=clock.today()))

    def finalise(self, found: Standing) -> None:
        """Make a decision final, after saying what it lacks."""
        lacking = [one for one in found.failures if not one.code.startswith("notice")]
        text = f"“{found.decision}”定稿以后，内容和表决结果都不能再改；要更正只能另作一项决策代替它。"
        if lacking:
            reasons = "\n".join(f"· {one}" for one in lacking[:6])
            text += f"\n\n这项决策不符合规则，定稿后记为“不成立”，不能据以动用资金：\n{reasons}"
        question = dialogs.question(self._page, "定稿", text, accept="定稿", danger=bool(lacking))
        question.accepted.connect(partial(self.finalise_now, found.decision))
        self.open(question)

    def finalise_now(self, decision: Decision) -> None:
        """Make a decision final without asking."""
        self._page.operations.write(
            lambda book: decisions.finalise(book, decision.id, decision.version),
            lambda _made: self._done(f"{decision.number} 已定稿；请张贴决议并登记公示"),
            touches=DECISIONS,
            initiator=self._page,
        )

    def void(self, decision: Decision) -> None:
        """Withdraw a decision, with a reason."""
        self._ask(
            f"作废　{decision.number}",
            "作废以后不能恢复，文号不再使用",
            lambda book, reason: decisions.void(book, decision.id, decision.version, reason),
            f"{decision.number} 已作废",
        )

    def add_notice(self, found: Standing) -> None:
        """Note a public notice: of the decision, then of what came of it."""
        posted = any(one.kind == RESOLVED and not one.struck for one in found.notices)
        decision, kind, today = found.decision, DONE if posted else RESOLVED, clock.today()
        page = self._page
        page.operations.read(
            lambda book: decisions.rules_of(book, decision),
            lambda rules: self._act(NoticeDialog(page.operations, decision, rules, kind, today, page)),
            initiator=page,
        )

    def strike(self, decision: Decision, notice: Notice | None) -> None:
        """Strike a notice noted by mistake."""
        if notice is None or notice.struck:
            self._page.message("请先在下面“公示”里选中登记错的那一条")
            return
        self._ask(
            f"划去　{notice.kind} {notice.start} 至 {notice.end}",
            "划去的公示不再算数，记录仍然保留",
            lambda book, reason: decisions.strike(book, decision.id, notice.uid, reason),
            "已划去这条公示",
        )

    def open_files(self, decision: Decision) -> None:
        """Show the photos and scans of a decision."""
        owner = Owner(evidence.DECISION, decision.uid, decision.number)
        fixed = decision.state != DRAFT
        dialog = EvidenceDialog(self._page.operations, owner, DECISIONS, self._page, fixed=fixed)
        dialog.finished.connect(lambda _code: self._page.refresh())
        self.open(dialog)

    def print_minutes(self, decision: Decision) -> None:
        """Print the minutes of a decision's meetings to a PDF."""
        self._print("会议记录", decision, decision_papers.print_minutes)

    def print_resolution(self, decision: Decision) -> None:
        """Print the resolution to a PDF."""
        today = clock.today()
        self._print(
            "决议", decision, lambda book, number, path: decision_papers.print_resolution(book, number, path, today)
        )

    def _print(self, what: str, decision: Decision, write: Paper) -> None:
        proposal = str(Path(machine.text("export_folder")) / f"{what} {decision.number}.pdf")
        path = dialogs.save_file(self._page, f"打印{what}", proposal, "PDF (*.pdf)")
        if path is not None:
            number = decision.number
            self._page.operations.write(
                lambda book: write(book, number, path),
                lambda _made: self._page.message(f"已写出{what}：{path}", "success"),
                touches=LOG,
                initiator=self._page,
            )

    def _ask(self, title: str, hint: str, act: Callable[[Book, str], object], done: str) -> None:
        page = self._page
        self._act(ReasonDialog(page.operations, title, act, done, page, touches=DECISIONS, hint=hint))

    def _act(self, dialog: NoticeDialog | ReasonDialog) -> None:
        dialog.done_text.connect(self._done)
        self.open(dialog)

    @staticmethod
    def open(dialog: Dialog) -> None:
        """Show a dialog; it goes when it is closed."""
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

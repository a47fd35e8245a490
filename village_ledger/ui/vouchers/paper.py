"""One voucher as it looks on paper: heading, lines, totals, signatures, and the quiet list of problems below."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from village_ledger.domain.checks import check_draft
from village_ledger.domain.problems import Problem
from village_ledger.domain.spending_watch import spending_remarks
from village_ledger.domain.voucher import Draft

from .. import shortcuts, theme
from ..tables.draft_model import DraftModel
from ..tables.draft_rows import FIELDS, Column
from ..tables.entry_context import EntryContext
from .grid import DraftTable
from .heading import VoucherHeading
from .problem_strip import INCOMPLETE, ProblemStrip
from .totals import SignatureBar, TotalsBar

CHECK_PAUSE_MS = 250
LOW = 500
"""Below this height (pixels at 100 %) the sheet does without its title."""


class VoucherPaper(QWidget):
    """Shows and edits a draft, or shows a posted voucher; checks it on every pause."""

    edited = Signal()
    numbering_changed = Signal()
    checked = Signal(int)
    """After each check: how many problems there are."""
    item_added = Signal(str, str)
    line_activated = Signal(int)

    def __init__(self, context: EntryContext, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.current()
        self.model = DraftModel(context, draft, self)
        self.heading = VoucherHeading(draft.day, self)
        self.table = DraftTable(self)
        self.totals = TotalsBar(self)
        self.signatures = SignatureBar(self)
        self.strip = ProblemStrip(self)
        self._numbered_by = (draft.period, draft.word)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(CHECK_PAUSE_MS)
        self._pause.timeout.connect(self.check)
        sheet = QFrame(self)
        sheet.setObjectName("Card")
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(look.px("gap_large"), look.px("gap"), look.px("gap_large"), look.px("gap"))
        inside.setSpacing(look.px("gap"))
        inside.addWidget(self.heading)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(self.table, 1)
        lines.addWidget(self.totals)
        inside.addLayout(lines, 1)
        inside.addWidget(self.signatures)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px("gap_small"))
        column.addWidget(sheet, 1)
        column.addWidget(self.strip)
        self._connect()
        self._offer_words(context)
        self.table.set_draft_model(self.model)
        self._show_draft()

    def _connect(self) -> None:
        self.heading.day_changed.connect(lambda day: self.model.set_heading(day=day))
        self.heading.word_changed.connect(lambda word: self.model.set_heading(word=word))
        self.heading.attachments_changed.connect(lambda count: self.model.set_heading(attachments=count))
        self.heading.finished.connect(self.table.start_typing)
        self.table.left_upwards.connect(self.heading.day.setFocus)
        self.heading.complaint.connect(self.strip.show_complaint)
        self.table.complaint.connect(self.strip.show_complaint)
        self.table.item_added.connect(self.item_added)
        self.table.line_activated.connect(self.line_activated)
        self.table.columns_fitted.connect(self.totals.fit)
        self.strip.problem_activated.connect(self.go_to_problem)
        self.model.changed.connect(self._show_draft)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: on a low screen the title gives its room to the lines."""
        super().resizeEvent(event)
        self.heading.show_title(self.height() > theme.current().scaled(LOW))

    @property
    def draft(self) -> Draft:
        """The voucher as typed."""
        return self.model.draft()

    def show_voucher(self, draft: Draft, *, read_only: bool, changed: bool = False) -> None:
        """Show another voucher."""
        self.table.close_editor()
        self.model.read_only = read_only
        self.heading.set_read_only(read_only)
        self.table.show_whole_rows(read_only)
        self.strip.show_complaint("")
        self.strip.show_notice("")
        self.strip.setVisible(not read_only)
        self.strip.show_hint(_keys())
        self.model.load(draft, changed=changed)
        self.check()

    def set_context(self, context: EntryContext) -> None:
        """Use a newer view of the book."""
        self._offer_words(context)
        self.model.set_context(context)
        self.check()

    def _offer_words(self, context: EntryContext) -> None:
        if self.heading.word.count() != len(context.check.words):
            self.heading.set_words(context.check.words)
            self.heading.set_read_only(self.model.read_only)

    def problems(self) -> tuple[Problem, ...]:
        """Everything wrong with the voucher as typed."""
        if self.model.read_only or not self.model.state.rows:
            return ()
        unreadable = self.model.unreadable()
        marked = {(problem.line, problem.field) for problem in unreadable}
        marked |= {(line, "debit") for line, field in marked if field == "credit"}
        checked = check_draft(self.draft, self.model.context.check)
        return unreadable + tuple(problem for problem in checked if (problem.line, problem.field) not in marked)

    def _remarks(self) -> tuple[str, ...]:
        """What to remark on the spending, which stops nothing."""
        if self.model.read_only or self.model.is_blank:
            return ()
        context = self.model.context
        return spending_remarks(context.watch, context.chart, self.draft)

    def check(self, *, unfinished: bool = False) -> None:
        """Paint the cells concerned and list the problems; what is merely unfinished is painted only when asked."""
        self._pause.stop()
        problems = self.problems()
        mistakes = tuple(problem for problem in problems if problem.code not in INCOMPLETE)
        if self.model.is_blank and not unfinished:
            problems = mistakes
        self.model.set_problems(problems if unfinished else mistakes)
        self.strip.show_problems(tuple(problem for problem in problems if problem.code != "unbalanced"))
        self.strip.show_remarks(self._remarks())
        self.checked.emit(len(problems))

    def go_to_problem(self, problem: Problem) -> None:
        """Put the cursor where the problem can be mended."""
        if problem.field == "date":
            self.heading.day.setFocus()
        elif problem.line is not None:
            row = self.model.row_of_line(problem.line)
            self.table.go_to(row, FIELDS.get(problem.field, Column.SUMMARY))
        elif problem.field == "attachments":
            self.heading.attachments.setFocus()
        else:
            self.table.start_typing()

    def finish_typing(self) -> None:
        """Take over what is being typed in a cell or the heading."""
        self.heading.day.take_over()
        self.table.commit()

    def typed_draft(self) -> Draft:
        """The voucher including what is just being typed."""
        self.finish_typing()
        return self.draft

    def _show_draft(self) -> None:
        draft = self.draft
        self.heading.show_heading(draft.day, draft.word, draft.attachments)
        self.totals.show_totals(draft.debit_total_fen, draft.credit_total_fen)
        self._pause.start()
        self.edited.emit()
        if self._numbered_by != (draft.period, draft.word):
            self._numbered_by = (draft.period, draft.word)
            self.numbering_changed.emit()


def _keys() -> str:
    """The keys worth knowing, in one line."""
    known = (
        ("回车", "下一格"),
        ("首行 ↑", "改日期"),
        (shortcuts.label("voucher.find_account"), "查找"),
        ("=", "补平金额"),
        ("空格", "借贷换边"),
        ("..", "复制上行摘要"),
        (shortcuts.label("voucher.insert_line"), "插入行"),
        (shortcuts.label("voucher.delete_line"), "删除行"),
        (shortcuts.label("voucher.save"), "保存"),
    )
    return "&nbsp;&nbsp;&nbsp;&nbsp;".join(f"<b>{key}</b> {what}" for key, what in known)

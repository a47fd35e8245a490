"""Taking over balances kept by the 2004 accounts: where they are, what splits, and proof that both sides tie."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from village_ledger.domain.conversion import Converted, Question, Share
from village_ledger.domain.errors import Refusal
from village_ledger.services import adoption, conversion
from village_ledger.services.adoption import OldBalances
from village_ledger.ui import theme
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.operations import ACCOUNTS, ITEMS, OPENINGS, Operations

from .conversion_question import QuestionPanel, balance_in_words
from .conversion_result import ResultPanel
from .conversion_source import SourcePanel

_TITLES = ("第 1 步　选择旧账", "第 2 步　逐项确定去向", "第 3 步　核对并写入")


class ConversionDialog(Dialog):
    """Three steps; `converted(text)` fires when the new book's openings have been written."""

    converted = Signal(str)

    def __init__(self, operations: Operations, parent: QWidget) -> None:
        super().__init__("从 2004 年旧科目转入期初余额", parent, operations=operations, width=980, height=600)
        self._operations = operations
        self._old: OldBalances | None = None
        self._questions: tuple[Question, ...] = ()
        self._answers: dict[int, tuple[Share, ...]] = {}
        self._result: Converted | None = None
        self.panels: list[QuestionPanel] = []
        facts = operations.facts
        if facts is None:
            raise RuntimeError("the conversion writes into an open book")
        self._chart = facts.chart
        self._start = facts.entity.first_period
        self.step = theme.mark(QLabel(), "accent")
        self.source = SourcePanel(self._start)
        self.source.path_changed.connect(self._show_step)
        self.result = ResultPanel()
        self.steps = QStackedWidget()
        self.steps.addWidget(self.source)
        self.steps.addWidget(self._build_questions())
        self.steps.addWidget(self.result)
        self.body.addWidget(self.step)
        self.body.addWidget(self.steps, 1)
        self.add_button("取消", self.reject)
        self.back_button = self.add_button("上一步(&B)", self._back)
        self.next_button = self.add_button("下一步(&N)", self._next, kind="primary")
        self._show_step()

    def _build_questions(self) -> QWidget:
        look = theme.current()
        page = QWidget()
        self.list = QListWidget()
        self.list.setFixedWidth(look.scaled(300))
        self.panel_stack = QStackedWidget()
        self.list.currentRowChanged.connect(self.panel_stack.setCurrentIndex)
        self.progress = theme.mark(QLabel(), "muted")
        row = QHBoxLayout()
        row.addWidget(self.list)
        row.addWidget(self.panel_stack, 1)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        intro = QLabel("下面这些科目在新制度里要拆分或没有直接对应的科目，程序不会替您猜，请逐项确定转到哪里。")
        intro.setWordWrap(True)
        column.addWidget(intro)
        column.addLayout(row, 1)
        column.addWidget(self.progress)
        return page

    def _show_step(self) -> None:
        place = self.steps.currentIndex()
        self.step.setText(_TITLES[place])
        self.back_button.setVisible(place > 0)
        self.next_button.setText("写入期初余额(&W)" if place == 2 else "下一步(&N)")
        ready = (
            self.source.path() is not None,
            len(self._answers) == len(self._questions),
            self._result is not None,
        )
        self.next_button.setEnabled(ready[place])
        self.progress.setText(f"已确定 {len(self._answers)} / {len(self._questions)} 项")

    def _back(self) -> None:
        self.message_bar.clear()
        place = self.steps.currentIndex()
        self.steps.setCurrentIndex(0 if place == 2 and not self._questions else place - 1)
        self._show_step()

    def _next(self) -> None:
        self.message_bar.clear()
        match self.steps.currentIndex():
            case 0:
                self._read_source()
            case 1:
                self._convert()
            case _:
                self._write()

    def _read_source(self) -> None:
        path, accounts, start = self.source.path(), self.source.accounts_path(), self._start
        if path is None:
            return

        def read(_book: object) -> OldBalances:
            if path.suffix.lower() == ".vlb":
                return adoption.old_balances_of_book(path, start)
            return adoption.old_balances_of_file(path, start, accounts)

        self._operations.read(read, self._source_read, on_failed=self._failed, initiator=self)

    def _source_read(self, old: OldBalances) -> None:
        if not old.openings:
            self.message(f"{old.source}：没有余额可以转入", "warning")
            return
        self._old = old
        self._questions = conversion.conversion_questions(old.openings, old.chart, self._chart)
        self._answers = {}
        self._fill_questions()
        if self._questions:
            self.steps.setCurrentIndex(1)
            self.list.setCurrentRow(0)
            self._show_step()
        else:
            self._convert()

    def _fill_questions(self) -> None:
        self.list.clear()
        for panel in self.panels:
            self.panel_stack.removeWidget(panel)
            panel.deleteLater()
        self.panels = []
        for question in self._questions:
            self.list.addItem(QListWidgetItem())
            panel = QuestionPanel(question, self._chart)
            panel.answered.connect(self._answered)
            panel.same_for_all.connect(lambda code, asked=question: self._apply_to_like(asked, code))
            self.panels.append(panel)
            self.panel_stack.addWidget(panel)
            self._answered(question.position, None)

    def _answered(self, position: int, shares: tuple[Share, ...] | None) -> None:
        if shares:
            self._answers[position] = shares
        else:
            self._answers.pop(position, None)
        for row, question in enumerate(self._questions):
            if question.position == position:
                members = "、".join(item.name for item in question.opening.items)
                label = f"{'✓' if shares else '○'}  {question.name}{f'　{members}' if members else ''}"
                self.list.item(row).setText(label)
                self.list.item(row).setToolTip(balance_in_words(question.opening.balance_fen))
        self._show_step()

    def _apply_to_like(self, asked: Question, code: str) -> None:
        for panel in self.panels:
            like = panel.question.opening.account == asked.opening.account
            if like and panel.question is not asked and panel.shares() is None:
                panel.set_target(code)

    def _convert(self) -> None:
        if self._old is None:
            return
        try:
            result = conversion.convert_openings(self._old.openings, self._answers, self._old.chart, self._chart)
        except Refusal as refusal:
            self._failed(refusal)
            return
        self._result = result
        self.result.show_result(self._old, result, with_year=self._start.month > 1)
        self.steps.setCurrentIndex(2)
        self._show_step()

    def _write(self) -> None:
        result = self._result
        if result is None:
            return
        self._operations.write(
            lambda book: adoption.adopt(book, result),
            self._written,
            touches=OPENINGS | ACCOUNTS | ITEMS,
            busy_text="正在写入期初余额…",
            initiator=self,
            on_failed=self._failed,
            disable=(self.next_button,),
        )

    def _written(self, _tie: object) -> None:
        count = len(self._result.openings) if self._result else 0
        self.accept()
        self.converted.emit(f"已按新科目写入 {count} 笔期初余额，借贷平衡")

    def _failed(self, refusal: Refusal) -> None:
        self.message(str(refusal), "danger")

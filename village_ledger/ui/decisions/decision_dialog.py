"""Entering a decision, step by step; what it lacks under the rules is told while it is typed."""

from contextlib import suppress

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from village_ledger import clock
from village_ledger.domain.decision import DRAFT, MOTIONS, Decision, Notice, Step, check_decision
from village_ledger.domain.decision_rules import evaluate, remarks
from village_ledger.domain.errors import Refusal
from village_ledger.domain.governance import PARTY, RuleSet
from village_ledger.domain.money import MoneyError
from village_ledger.services import decisions
from village_ledger.services.book import Book
from village_ledger.services.cells import CellError
from village_ledger.services.governance import Rulebook
from village_ledger.ui import theme
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.operations import DECISIONS, Operations
from village_ledger.ui.widgets.form import FormGrid
from village_ledger.ui.widgets.money_edit import MoneyEdit

from .step_form import StepForm

_PAUSE_MS = 250
_USUAL = ("会议记录", "签到表", "表决票", "照片")
Given = tuple[Rulebook, tuple[Notice, ...], str]


class DecisionDialog(Dialog):
    """`decision` with id 0 is a new one (perhaps one that replaces another); `saved(number)` tells what was kept."""

    saved = Signal(str)

    def __init__(self, operations: Operations, decision: Decision | None, parent: QWidget) -> None:
        kept = decision is not None and decision.id > 0
        title = f"决策　{decision.number}" if decision is not None and kept else "新增决策"
        super().__init__(title, parent, operations=operations, width=1180, height=640)
        self._operations = operations
        self._decision = decision
        self._rulebook: Rulebook | None = None
        self._notices: tuple[Notice, ...] = ()
        self._forms: list[StepForm] = []
        self._filling = True
        self.editable = decision is None or decision.state == DRAFT
        self.form = FormGrid()
        self._build_head()
        self.tabs = QTabWidget()
        self.findings = QListWidget()
        self.findings.setWordWrap(True)
        self.findings.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.findings.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.findings.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.findings.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self.findings.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.findings.setFixedHeight(theme.current().scaled(100))
        self.verdict = theme.mark(QLabel(), "muted")
        self._lay_out()
        self.add_button("取消" if self.editable else "关闭", self.reject)
        self.save_button = self.add_button("保存(&S)", self._save, kind="primary")
        facts = operations.facts
        self.save_button.setEnabled(self.editable and facts is not None and not facts.read_only)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self.preview)
        number = decision.id if decision else 0

        def read(book: Book) -> Given:
            rulebook = Rulebook(book.connection)
            rulebook.on(clock.today())  # parsed here, not on the window's thread
            return rulebook, decisions.notices(book, number), decisions.next_number(book, clock.today())

        operations.read(read, self._begin, initiator=self)
        (self.title if kept else self.number).setFocus()

    def _build_head(self) -> None:
        form = self.form
        self.number, self.title, self.replaces = QLineEdit(), QLineEdit(), QLineEdit()
        for field, longest in ((self.number, 60), (self.title, 120), (self.replaces, 60)):
            field.setMaxLength(longest)
        form.add("决议文号(&N)", self.number)
        form.add("决策事项(&T)", self.title)
        self.matter, self.procedure = QComboBox(), QComboBox()
        self.matter.setMaxVisibleItems(20)
        form.add("类别(&M)", self.matter)
        form.add("程序(&R)", self.procedure)
        self.cap = MoneyEdit()
        form.add("金额上限(&L)", self.cap, "据以支付、签约、处置的金额合计不得超过它；空着就不能动用资金")
        self.motion = QComboBox()
        self.motion.addItems(("", *MOTIONS))
        form.add("动议事由", self.motion)
        self.text, self.opinion, self.note = QPlainTextEdit(), QLineEdit(), QLineEdit()
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(theme.current().scaled(72))
        self.text.setMaximumHeight(theme.current().scaled(120))
        self.opinion.setMaxLength(500)
        self.note.setMaxLength(500)
        form.add("决议内容(&W)", self.text)
        form.add("监督意见", self.opinion)
        form.add("代替（文号）", self.replaces)
        form.add("备注", self.note)

    def _lay_out(self) -> None:
        look = theme.current()
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        column.addStretch(1)
        left.setFixedWidth(look.scaled(360))
        right = QVBoxLayout()
        right.addWidget(self.tabs, 1)
        right.addWidget(self.verdict)
        right.addWidget(self.findings)
        row = QHBoxLayout()
        row.setSpacing(look.scaled(20))
        row.addWidget(left)
        row.addLayout(right, 1)
        self.body.addLayout(row, 1)

    def _begin(self, given: Given) -> None:
        """Fill in what there is, once the rules are known."""
        self._rulebook, self._notices, number = given
        decision = self._decision
        rules = self._rules()
        self.matter.addItems([one.name for one in rules.matters])
        if decision is None:
            self.number.setText(number)
            self.matter.setCurrentText("其他")
            self._offer_procedures()
            self._build_steps(())
        else:
            self.number.setText(decision.number or number)
            self._show_head(decision)
        self._filling = False
        self._listen()
        self._lock()
        self.preview()

    def _show_head(self, decision: Decision) -> None:
        self.title.setText(decision.title)
        _choose(self.matter, decision.matter)
        self._offer_procedures()
        _choose(self.procedure, decision.procedure)
        self.cap.set_value_fen(decision.cap_fen or None)
        self.motion.setCurrentText(decision.motion)
        self.text.setPlainText(decision.text)
        self.opinion.setText(decision.opinion)
        self.replaces.setText(decision.replaces)
        self.note.setText(decision.note)
        self._build_steps(decision.steps)

    def _listen(self) -> None:
        self.matter.currentIndexChanged.connect(self._matter_chosen)
        self.procedure.currentIndexChanged.connect(self._rebuild)
        for field in (self.number, self.title, self.cap, self.replaces, self.opinion):
            field.textChanged.connect(self._timer.start)
        self.text.textChanged.connect(self._timer.start)

    def _lock(self) -> None:
        """A final decision is shown, not edited."""
        if not self.editable:
            for child in (self.form, self.tabs):
                for field in child.findChildren(QWidget):
                    if isinstance(field, QLineEdit | QPlainTextEdit):
                        field.setReadOnly(True)
                    elif field.inherits("QComboBox") or field.inherits("QCheckBox"):
                        field.setEnabled(False)

    def _rules(self) -> RuleSet:
        """The rules of the day of the vote."""
        if self._rulebook is None:
            raise RuntimeError("the rules have not been read")
        decision = self._decision
        if decision is not None and decision.rules:
            return self._rulebook.named(decision.rules, decision.day)
        day = clock.today()
        if self._forms:
            with suppress(CellError):
                day = self._forms[-1].day.value() or day
        return self._rulebook.on(day)

    def _offer_procedures(self) -> None:
        known, before = self._rules(), self.procedure.currentText()
        self.procedure.blockSignals(True)
        self.procedure.clear()
        self.procedure.addItems([one.name for one in known.procedures_for(self.matter.currentText())])
        self.procedure.setCurrentIndex(max(self.procedure.findText(before), 0))
        self.procedure.blockSignals(False)

    def _matter_chosen(self) -> None:
        self._offer_procedures()
        self._rebuild()

    def _rebuild(self) -> None:
        """Other steps for another procedure; what was typed for steps of the same name stays."""
        try:
            typed = self._steps()
        except CellError:
            typed = ()
        self._build_steps(typed)
        self.preview()

    def _build_steps(self, steps: tuple[Step, ...]) -> None:
        rules = self._rules()
        self._forms = []
        self.tabs.clear()
        procedure, matter = rules.procedure(self.procedure.currentText()), rules.matter(self.matter.currentText())
        for rule in procedure.steps if procedure else ():
            held = next((step for step in steps if step.key == rule.name), None)
            bodies = rules.bodies_for(self.matter.currentText(), procedure.name) if procedure and rule.decides else ()
            wanted = (*rule.documents, *(matter.documents if matter and rule.decides else ()), *_USUAL)
            documents = tuple(dict.fromkeys((*wanted, *(held.documents if held else ()))))
            form = StepForm(rule, bodies or rule.bodies, documents, self._timer.start)
            self._forms.append(form)
            self.tabs.addTab(form, rule.name)
            if held:
                form.show_step(held)
            if rule.merges_into and any(step.key == rule.merges_into and step.merged for step in steps):
                form.together.setChecked(True)
        if not self._filling:
            self._lock()

    def _steps(self) -> tuple[Step, ...]:
        together = {form.rule.merges_into for form in self._forms if form.together.isChecked()}
        made = (form.step(merged=form.rule.name in together) for form in self._forms)
        return tuple(step for step in made if step is not None)

    def decision(self) -> Decision:
        """The decision typed. Raises CellError or MoneyError for what cannot be read."""
        steps, rules = self._steps(), self._rules()
        before = self._decision
        body = rules.body(steps[-1].body) if steps else None
        side = body.side if body and body.side != PARTY else "村民委员会"
        if wrong := self.cap.error():
            raise CellError(f"金额上限：{wrong}")
        made = Decision(
            self.number.text().strip(),
            self.title.text().strip(),
            self.matter.currentText(),
            self.procedure.currentText(),
            side,
            steps[-1].day if steps else before.day if before and before.id else clock.today(),
            self.cap.value_fen() or 0,
            self.text.toPlainText().strip(),
            steps,
            replaces=self.replaces.text().strip(),
            motion=self.motion.currentText(),
            opinion=self.opinion.text().strip(),
            note=self.note.text().strip(),
        )
        return made._replace(id=before.id, version=before.version, uid=before.uid) if before else made

    def preview(self) -> None:
        """Say what is lacking of what has been typed so far."""
        self._timer.stop()
        if self._rulebook is None:
            return
        self.findings.clear()
        try:
            made = self.decision()
        except (CellError, MoneyError) as wrong:
            self.verdict.setText("有一处看不懂：")
            self._tell(str(wrong), "danger")
            return
        rules = self._rules()
        failures = evaluate(made, self._notices, rules, clock.today())
        problems = [] if not made.title else [one.message for one in check_decision(made)]
        for text in problems:
            self._tell(text, "danger")
        for failure in failures:
            self._tell(str(failure), "danger")
        for text in remarks(made, self._notices, rules, clock.today()):
            self._tell(f"注：{text}", "muted")
        count = len(failures) + len(problems)
        state = f"还有 {count} 处不符合规则" if count else "应到实到、比例、通知、公示和材料都符合规则"
        self.verdict.setText(f"程序核对（{rules.title} {rules.label}）：{state}")
        theme.mark(self.verdict, "danger" if count else "success")

    def _tell(self, text: str, name: str) -> None:
        item = QListWidgetItem(text)
        item.setForeground(theme.current().colour(name))
        item.setToolTip(text)
        self.findings.addItem(item)

    def _save(self) -> None:
        try:
            made = self.decision()
        except (CellError, MoneyError) as wrong:
            self.message(str(wrong), "danger")
            return
        self._operations.write(
            lambda book: decisions.save(book, made),
            self._saved,
            touches=DECISIONS,
            initiator=self,
            on_failed=self._failed,
            disable=(self.save_button,),
        )

    def _saved(self, decision: Decision) -> None:
        self.accept()
        self.saved.emit(decision.number)

    def _failed(self, refusal: Refusal) -> None:
        self.message(str(refusal), "danger")


def _choose(combo: QComboBox, text: str) -> None:
    """Choose a text, also one the rules of today do not offer."""
    if combo.findText(text) < 0:
        combo.addItem(text)
    combo.setCurrentText(text)

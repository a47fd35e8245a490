"""The fields of one meeting on the way to a decision."""

from collections.abc import Callable

from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from village_ledger.domain.decision import MAX_PEOPLE, WAYS, Step
from village_ledger.domain.governance import TOLD_OF, StepRule
from village_ledger.services.decision_cells import read_names
from village_ledger.ui import theme
from village_ledger.ui.widgets.day_field import DayField
from village_ledger.ui.widgets.flow_layout import FlowLayout
from village_ledger.ui.widgets.form import FormGrid

_COUNTS = (
    ("eligible", "应到"),
    ("present", "实到"),
    ("online", "其中线上"),
    ("proxy", "委托"),
    ("yes", "赞成"),
    ("no", "反对"),
    ("abstain", "弃权"),
)


class StepForm(QWidget):
    """One step of a procedure; a step without a date has not been held yet."""

    def __init__(
        self, rule: StepRule, bodies: tuple[str, ...], documents: tuple[str, ...], changed: Callable[[], object]
    ) -> None:
        super().__init__()
        self.rule = rule
        self._changed = changed
        left, right = FormGrid(), FormGrid()
        self._build_meeting(left, bodies)
        self._build_votes(right, documents)
        row = QHBoxLayout(self)
        row.setSpacing(theme.current().scaled(20))
        row.setContentsMargins(0, theme.current().px("gap_small"), 0, 0)
        for form in (left, right):
            column = QVBoxLayout()
            column.addWidget(form)
            column.addStretch(1)
            row.addLayout(column, 1)
        self._listen()

    def _build_meeting(self, form: FormGrid, bodies: tuple[str, ...]) -> None:
        self.body = QComboBox()
        self.body.addItems(bodies)
        self.day, self.place = DayField(), _line(100)
        self.host, self.recorder, self.guests = _line(40), _line(40), _line(200)
        self.together = QCheckBox(f"与“{self.rule.merges_into}”合并召开（支书、主任一肩挑）")
        if self.rule.merges_into:
            form.add_wide(self.together)
        form.add("会议(&H)", self.body)
        form.add("日期(&D)", self.day)
        form.add("地点(&P)", self.place)
        form.add("主持、记录", _row(self.host, self.recorder))
        self.told = DayField()
        self.told_of = [QCheckBox(one) for one in TOLD_OF]
        for box in self.told_of:
            box.setChecked(True)
        form.add("通知日期", self.told)
        form.add("通知写明", _row(*self.told_of, stretch=True))
        self.text = _text(72)
        form.add("会议内容(&C)", self.text)

    def _build_votes(self, form: FormGrid, documents: tuple[str, ...]) -> None:
        self.counts = {name: QLineEdit() for name, _title in _COUNTS}
        for field in self.counts.values():
            field.setValidator(QIntValidator(0, MAX_PEOPLE, field))
            field.setMaximumWidth(theme.current().scaled(64))
        for names in (("eligible", "present"), ("online", "proxy"), ("yes", "no", "abstain")):
            titles = [title for name, title in _COUNTS if name in names]
            parts: list[QWidget] = [self.counts[names[0]]]
            for name, title in zip(names[1:], titles[1:], strict=True):
                parts += [QLabel(title), self.counts[name]]
            form.add(titles[0], _row(*parts, stretch=True))
        self.way = QComboBox()
        self.way.addItems(("", *WAYS))
        form.add("表决方式", self.way)
        self.documents = [QCheckBox(one) for one in documents]
        if documents:
            boxes = QWidget()
            flow = FlowLayout(boxes, gap=theme.current().px("gap_small"))
            for box in self.documents:
                flow.add(box)
            boxes.setFocusProxy(self.documents[0])
            form.add("已有材料", boxes)
        form.add("乡镇人员", self.guests)
        self.attendees = _text(72)
        self.attendees.setPlaceholderText("姓名用顿号或换行隔开，例如：石建国、李秀英（线上）、赵小军（委托石建国）")
        form.add("参会人员(&Y)", self.attendees)

    def _listen(self) -> None:
        for line in self.findChildren(QLineEdit):
            line.textChanged.connect(lambda _text: self._changed())
        for box in self.findChildren(QCheckBox):
            box.toggled.connect(lambda _on: self._changed())
        for combo in self.findChildren(QComboBox):
            combo.currentIndexChanged.connect(lambda _place: self._changed())
        for edit in (self.text, self.attendees):
            edit.textChanged.connect(self._typed)
        self.together.toggled.connect(self._show_together)

    def _typed(self) -> None:
        self._changed()

    def _show_together(self, together: bool) -> None:
        for child in self.findChildren(QWidget):
            if child is not self.together and not child.isAncestorOf(self.together):
                child.setEnabled(not together)

    def step(self, *, merged: bool) -> Step | None:
        """The meeting typed; None when it has no date or is held with the next one. Raises CellError."""
        day = self.day.value()
        if day is None or self.together.isChecked():
            return None
        known = [box.text() for box in self.documents]
        return Step(
            self.rule.name,
            self.body.currentText(),
            day,
            self.place.text().strip(),
            self.host.text().strip(),
            self.recorder.text().strip(),
            **{name: int(field.text() or 0) for name, field in self.counts.items()},
            attendees=read_names(self.attendees.toPlainText()),
            text=self.text.toPlainText().strip(),
            told=self.told.value(),
            told_of=tuple(box.text() for box in self.told_of if box.isChecked()),
            documents=tuple(one for one, box in zip(known, self.documents, strict=True) if box.isChecked()),
            way=self.way.currentText(),
            guests=self.guests.text().strip(),
            merged=merged,
        )

    def show_step(self, step: Step) -> None:
        """Fill in a meeting."""
        if self.body.findText(step.body) < 0:
            self.body.addItem(step.body)
        self.body.setCurrentText(step.body)
        self.day.set_value(step.day)
        self.told.set_value(step.told)
        for line, text in (
            (self.place, step.place),
            (self.host, step.host),
            (self.recorder, step.recorder),
            (self.guests, step.guests),
        ):
            line.setText(text)
        for name, field in self.counts.items():
            number = getattr(step, name)
            field.setText(str(number) if number or (name in ("no", "abstain") and step.voted) else "")
        for box in (*self.told_of, *self.documents):
            box.setChecked(box.text() in (*step.told_of, *step.documents))
        self.way.setCurrentText(step.way)
        self.attendees.setPlainText("、".join(step.attendees))
        self.text.setPlainText(step.text)


def _line(limit: int) -> QLineEdit:
    field = QLineEdit()
    field.setMaxLength(limit)
    return field


def _text(height: int) -> QPlainTextEdit:
    field = QPlainTextEdit()
    field.setTabChangesFocus(True)
    field.setMinimumHeight(theme.current().scaled(48))
    field.setMaximumHeight(theme.current().scaled(height))
    return field


def _row(*widgets: QWidget, stretch: bool = False) -> QWidget:
    held = QWidget()
    row = QHBoxLayout(held)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.current().px("gap_small"))
    for widget in widgets:
        row.addWidget(widget)
    if stretch:
        row.addStretch(1)
    held.setFocusProxy(widgets[0])
    return held

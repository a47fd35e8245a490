"""The form for a public notice of a decision."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QWidget

from village_ledger.domain.decision import Decision, Notice
from village_ledger.domain.governance import BEFORE, NOTICES, RESOLVED, RuleSet
from village_ledger.services import decisions, evidence
from village_ledger.services.book import Book
from village_ledger.ui import dialogs, machine
from village_ledger.ui.act_dialog import ActDialog, required_day
from village_ledger.ui.operations import DECISIONS, Operations
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.day_field import DayField

PHOTOS = "照片 (*.jpg *.jpeg *.png *.pdf);;所有文件 (*)"


class NoticeDialog(ActDialog):
    """A public notice with its days, and a photo of the board."""

    touches = DECISIONS

    def __init__(
        self, operations: Operations, decision: Decision, rules: RuleSet, kind: str, today: date, parent: QWidget
    ) -> None:
        super().__init__(operations, f"登记公示　{decision.number}", "登记(&S)", parent)
        self._decision, self._rules, self._today = decision, rules, today
        self.kind = QComboBox()
        self.kind.addItems(NOTICES)
        self.kind.setCurrentText(kind)
        self.start, self.end, self.place = DayField(), DayField(), QLineEdit("村务公开栏")
        self.place.setMaxLength(100)
        self._photo: Path | None = None
        self.photo = QLabel("没有选照片")
        pick = make_button("选照片(&F)…", icon="folder", on_click=self._pick)
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(pick)
        line.addWidget(self.photo, 1)
        row.setFocusProxy(pick)
        self.form.add("类别(&K)", self.kind)
        self.form.add("开始日期(&D)", self.start, "公示栏照片上要看得到日期")
        self.form.add("结束日期(&E)", self.end)
        self.form.add("地点(&P)", self.place)
        self.form.add("照片", row)
        self.kind.currentIndexChanged.connect(lambda _place: self.propose())
        self.start.editingFinished.connect(self._propose_end)
        self.propose()
        self.start.setFocus()

    def _days(self) -> int:
        """The days the rules ask for."""
        kind = self.kind.currentText()
        procedure, matter = self._rules.procedure(self._decision.procedure), self._rules.matter(self._decision.matter)
        asked = (*(procedure.notices if procedure else ()), *(matter.notices if matter else ()))
        return max([one.days for one in asked if one.kind == kind], default=7)

    def propose(self) -> None:
        """Fill in the days the rules ask for."""
        kind, day = self.kind.currentText(), self._decision.day
        if kind == BEFORE:
            self.start.set_value(day - timedelta(days=self._days()))
        else:
            self.start.set_value(day + timedelta(days=1) if kind == RESOLVED else self._today)
        self._propose_end()

    def _propose_end(self) -> None:
        if self.start.error():
            return
        start = self.start.value()
        if start:
            self.end.set_value(start + timedelta(days=self._days() - 1))

    def _pick(self) -> None:
        path = dialogs.pick_file(self, "公示照片", PHOTOS, machine.text("import_folder"))
        if path is not None:
            machine.remember("import_folder", str(path.parent))
            self.take_photo(path)

    def take_photo(self, path: Path) -> None:
        """Keep this photo with the notice."""
        self._photo = path
        self.photo.setText(path.name)

    def act(self) -> Callable[[Book], Any]:
        """See `ActDialog`."""
        start, end = required_day(self.start, "开始日期"), required_day(self.end, "结束日期")
        wanted = Notice(self.kind.currentText(), start, end, self.place.text().strip())
        number, photo, label = self._decision.id, self._photo, self._decision.number

        def add(book: Book) -> Notice:
            made = decisions.add_notice(book, number, wanted)
            if photo is not None:
                evidence.attach(book, evidence.NOTICE, made.uid, photo, f"{made.kind}照片", label)
            return made

        return add

    def told(self, result: Notice) -> str:
        """See `ActDialog`."""
        return f"已登记{result.kind}：{result.start} 至 {result.end}，{result.days} 天"

"""Making a special notice (专项公开): what it is about, of which months, and which sheets it has."""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget

from village_ledger import clock
from village_ledger.domain.disclosure import Disclosure
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Period
from village_ledger.services import disclosure_majors, disclosures, notice_sheets
from village_ledger.services.book import Book
from village_ledger.services.disclosure_profiles import profile_of
from village_ledger.ui.act_dialog import ActDialog
from village_ledger.ui.operations import DISCLOSURES, Operations
from village_ledger.ui.widgets.period_picker import PeriodRange

_USUAL = ("large", "benefits")
"""Sheets ticked to begin with, where there is something for them."""


class SpecialChoices(NamedTuple):
    """What can be chosen: the sheets (key, title), and major matters that wait for a notice of their own."""

    sheets: tuple[tuple[str, str], ...]
    waiting: tuple[disclosure_majors.Major, ...] = ()


def special_choices(book: Book) -> SpecialChoices:
    """Read them."""
    sheets = tuple((one.key, notice_sheets.TITLES[one.key]) for one in profile_of(book).sheets_of("special"))
    return SpecialChoices(sheets, disclosure_majors.waiting(book, date.max))


class SpecialDialog(ActDialog):
    """Subject, months and sheets; the notice then goes its way like any other."""

    touches = DISCLOSURES

    def __init__(
        self, operations: Operations, choices: SpecialChoices, first: Period, last: Period, parent: QWidget
    ) -> None:
        super().__init__(operations, "制作专项公开", "制作(&S)", parent)
        self.subject = QLineEdit()
        self.subject.setMaxLength(40)
        self.subject.setPlaceholderText("例如：通道绿化征地补偿")
        self.months = PeriodRange()
        self.months.set_years(first.year, max(last.year, clock.today().year))
        self.sheets = {key: QCheckBox(title) for key, title in choices.sheets}
        boxes = QWidget()
        grid = QGridLayout(boxes)
        grid.setContentsMargins(0, 0, 0, 0)
        for place, box in enumerate(self.sheets.values()):
            grid.addWidget(box, place // 3, place % 3)
        self.form.add("公开什么事项(&A)", self.subject, _hint(choices))
        self.form.add("哪几个月(&M)", self.months, "没有结账的月份也可以，数字到今天为止")
        self.form.add("公开哪些表", boxes)
        month = choices.waiting[0].period if choices.waiting else last
        self.months.set_span(month, month)
        for key in _USUAL if choices.waiting else ():
            if key in self.sheets:
                self.sheets[key].setChecked(key == "large")
        self.subject.setFocus()

    def act(self) -> Callable[[Book], Any]:
        """See `ActDialog`."""
        subject, (start, end) = self.subject.text().strip(), self.months.span()
        sheets = tuple(key for key, box in self.sheets.items() if box.isChecked())
        return lambda book: disclosures.prepare_special(book, subject, sheets, start, end)

    def told(self, _result: Disclosure) -> str:
        """See `ActDialog`."""
        return "专项公开榜已制作，请村监会审核签字后张榜"


def _hint(choices: SpecialChoices) -> str:
    if not choices.waiting:
        return ""
    first = choices.waiting[0]
    return f"{first.label}（{format_fen(first.amount_fen)} 元）是重大收支，应在 {first.due} 前公开"

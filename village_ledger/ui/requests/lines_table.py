"""What is to be paid, line by line: summary, account and members by typing to find, amount."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHeaderView, QLineEdit, QTableWidget, QWidget

from village_ledger.domain.money import format_fen
from village_ledger.domain.request import RequestLine
from village_ledger.domain.search import find_accounts
from village_ledger.ui import theme
from village_ledger.ui.choices import LIMIT, account_choice, dimension_items
from village_ledger.ui.operations import Facts
from village_ledger.ui.widgets.finder import Choice, FinderEdit
from village_ledger.ui.widgets.money_edit import MoneyEdit
from village_ledger.ui.widgets.table import dress_table

_HEADERS = ("摘要", "科目", "辅助核算", "辅助核算二", "金额（元）")
_WIDTHS = (220, 230, 150, 130, 120)
SUMMARY, ACCOUNT, ITEM, OTHER, AMOUNT = range(len(_HEADERS))


class LinesTable(QTableWidget):
    """One field a cell; `changed` fires when anything was typed or chosen."""

    changed = Signal()

    def __init__(self, facts: Callable[[], Facts], parent: QWidget | None = None) -> None:
        super().__init__(0, len(_HEADERS), parent)
        self._facts = facts
        dress_table(self, whole_rows=False)
        self.setHorizontalHeaderLabels(_HEADERS)
        self.setTabKeyNavigation(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        header = self.horizontalHeader()
        look = theme.current()
        for column, width in enumerate(_WIDTHS):
            header.resizeSection(column, look.scaled(width))
        header.setSectionResizeMode(SUMMARY, QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setDefaultSectionSize(look.px("control") + look.px("gap_small"))
        self.setMinimumHeight(look.scaled(150))
        shortcut = QShortcut(QKeySequence("Insert"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.add)

    def add(self, line: RequestLine | None = None) -> None:
        """Add a line, empty or showing one."""
        row = self.rowCount()
        self.insertRow(row)
        summary, amount = QLineEdit(), MoneyEdit()
        summary.setMaxLength(100)
        account = FinderEdit(self._find_account, "编码、名称或拼音")
        item, other = (FinderEdit(self._find_item(account, place), "") for place in (0, 1))
        for column, field in ((SUMMARY, summary), (ACCOUNT, account), (ITEM, item), (OTHER, other), (AMOUNT, amount)):
            self.setCellWidget(row, column, field)
            field.textChanged.connect(self.changed)
        account.chosen.connect(lambda _value: self._offer_items(account, item, other))
        if line:
            summary.setText(line.summary)
            summary.setCursorPosition(0)
            account.set_choice(account_choice(self._facts().chart, line.account))
            for field, pair in zip((item, other), line.items, strict=False):
                field.set_choice(Choice("", pair[1], pair[0], pair))
            amount.set_value_fen(line.fen or None)
        self._offer_items(account, item, other)
        self.changed.emit()

    def remove(self) -> None:
        """Take out the line the focus is in, else the last."""
        focus = self.focusWidget()
        rows = [
            row
            for row in range(self.rowCount())
            if any(self.cellWidget(row, column) is focus for column in range(len(_HEADERS)))
        ]
        self.removeRow(rows[0] if rows else self.rowCount() - 1)
        self.changed.emit()

    def lines(self) -> tuple[RequestLine, ...]:
        """The lines as typed, blank ones left out. Raises MoneyError for an amount that cannot be read."""
        found = []
        for row in range(self.rowCount()):
            summary, account, item, other, amount = (self.cellWidget(row, column) for column in range(len(_HEADERS)))
            assert isinstance(summary, QLineEdit)
            assert isinstance(account, FinderEdit)
            assert isinstance(item, FinderEdit)
            assert isinstance(other, FinderEdit)
            assert isinstance(amount, MoneyEdit)
            pairs = [_pair(field.value()) for field in (item, other) if field.value() is not None]
            fen = amount.value_fen() or 0
            if summary.text().strip() or account.value() or fen:
                found.append(RequestLine(summary.text().strip(), account.value() or "", tuple(sorted(pairs)), fen))
        return tuple(found)

    def total_text(self) -> str:
        """The sum of the amounts that can be read."""
        fields = (self.cellWidget(row, AMOUNT) for row in range(self.rowCount()))
        sums = [field.value_fen() or 0 for field in fields if isinstance(field, MoneyEdit) and not field.error()]
        return format_fen(sum(sums))

    def _find_account(self, text: str) -> Sequence[Choice]:
        facts = self._facts()
        found = find_accounts(facts.chart, text, facts.usage, LIMIT)
        return [choice for one in found if (choice := account_choice(facts.chart, one.code))]

    def _categories(self, account: FinderEdit) -> tuple[str, ...]:
        found = self._facts().chart.get(account.value() or "")
        return tuple(one.category for one in found.auxiliaries) if found else ()

    def _find_item(self, account: FinderEdit, place: int) -> Callable[[str], Sequence[Choice]]:
        def category() -> str:
            categories = self._categories(account)
            return categories[place] if place < len(categories) else "无"

        return dimension_items(self._facts, category)

    def _offer_items(self, account: FinderEdit, *fields: FinderEdit) -> None:
        """Only accounts kept by members ask for them."""
        categories = self._categories(account)
        for place, field in enumerate(fields):
            field.setEnabled(place < len(categories))
            field.setPlaceholderText(categories[place] if place < len(categories) else "")
            if place >= len(categories):
                field.set_choice(None)


def _pair(value: object) -> tuple[str, str]:
    """A member as (category, name), whether found just now or shown from the request."""
    category, name = (value.category, value.name) if hasattr(value, "category") else tuple(value)  # type: ignore[arg-type]
    return str(category), str(name)

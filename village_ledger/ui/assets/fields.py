"""What the asset forms share: quantities, a record of the procedure, an account to find, a form printed at once."""

from collections.abc import Callable

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from village_ledger.domain.account import Account
from village_ledger.domain.assets.change import Paper
from village_ledger.paths import user_data
from village_ledger.reports.model import Report
from village_ledger.services import publishing
from village_ledger.services.book import Book
from village_ledger.services.cells import CellError, read_quantity
from village_ledger.ui import theme
from village_ledger.ui.choices import account_choice, ledger_accounts
from village_ledger.ui.operations import Facts, Operations, Progress
from village_ledger.ui.tables.amount_text import quantity_text
from village_ledger.ui.widgets.day_field import DayField
from village_ledger.ui.widgets.finder import FinderEdit

TEXT_LENGTH = 80


class QuantityEdit(QLineEdit):
    """A quantity in thousandths; `value()` raises CellError for nonsense."""

    def __init__(self, thousandths: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(quantity_text(thousandths), parent)
        self.setMaxLength(16)

    def value(self) -> int:
        """Thousandths; 0 for an empty field."""
        return read_quantity(self.text().strip())

    def error(self) -> str:
        """What is wrong with the text, in Chinese; empty if nothing."""
        try:
            self.value()
        except CellError as wrong:
            return str(wrong)
        return ""


class PaperFields(QWidget):
    """Who, on what day, under which document number."""

    def __init__(self, paper: Paper, who: str, people: tuple[str, ...] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.who = QComboBox()
        self.who.setEditable(True)
        self.who.addItems(people)
        self.who.setCurrentText(paper.who)
        self.who.setAccessibleName(who)
        self.who.lineEdit().setPlaceholderText(who)
        self.day = DayField(paper.day)
        self.day.setAccessibleName("日期")
        self.day.setMaximumWidth(theme.current().scaled(120))
        self.number = QLineEdit(paper.number)
        self.number.setMaxLength(TEXT_LENGTH)
        self.number.setPlaceholderText("文号，没有就空着")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for field, stretch in ((self.who, 3), (self.day, 0), (self.number, 4)):
            row.addWidget(field, stretch)
        self.setFocusProxy(self.who)

    def error(self) -> str:
        """What is wrong, in Chinese; empty if nothing."""
        if not self.who.currentText().strip():
            return f"请填写{self.who.accessibleName()}"
        return self.day.error() or ("" if self.day.value() else "请填写日期")

    def value(self) -> Paper:
        """The record."""
        return Paper(self.who.currentText().strip(), self.day.value(), self.number.text().strip())


def account_field(
    facts: Callable[[], Facts], code: str, wanted: Callable[[Account], bool], placeholder: str
) -> FinderEdit:
    """A field that finds a leaf account of some kind; its value is the code."""

    def fits(account: Account) -> bool:
        return facts().chart.is_leaf(account.code) and not account.disabled and wanted(account)

    field = FinderEdit(ledger_accounts(facts, fits), placeholder)
    field.set_choice(account_choice(facts().chart, code) if code else None)
    return field


def show_form(operations: Operations, make: Callable[[Book], Report], initiator: QWidget) -> None:
    """Write a form as PDF and show it in the system's viewer, where it can be printed."""
    folder = user_data() / "preview"
    folder.mkdir(parents=True, exist_ok=True)

    def write(book: Book, progress: Progress) -> str:
        form = make(book)
        path = folder / f"{form.key}.pdf"
        publishing.write_report(form, path, "pdf", progress)
        return str(path)

    operations.long(write, _open, title="正在排版", initiator=initiator)


def _open(path: str) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(path))

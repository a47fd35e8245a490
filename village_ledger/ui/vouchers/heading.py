"""The head of a voucher as on paper: word and number, title and date, enclosures."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QWidget

from village_ledger.domain.checks import MAX_ATTACHMENTS
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.day_edit import DayEdit

from .. import shortcuts, theme

_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")


class CountEdit(QLineEdit):
    """The number of enclosures; arrows count, Enter goes on."""

    counted = Signal(int)
    entered = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setMaxLength(4)
        self.textEdited.connect(self._edited)
        self.set_count(0)

    @property
    def count(self) -> int:
        """The number."""
        text = self.text().translate(_FULL_WIDTH).strip()
        return int(text) if text.isascii() and text.isdigit() else 0

    def set_count(self, count: int) -> None:
        """Show a number, unless the same one is being typed."""
        if self.count != count or not self.text():
            self.setText(str(count))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: arrows count, Enter goes on; letters are not taken."""
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
        if step and not self.isReadOnly():
            self.set_count(max(0, min(MAX_ATTACHMENTS, self.count + step)))
            self.counted.emit(self.count)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt: everything selected, so that typing replaces."""
        super().focusInEvent(event)
        self.selectAll()

    def _edited(self, text: str) -> None:
        digits = "".join(sign for sign in text.translate(_FULL_WIDTH) if sign in "0123456789")
        if digits != text:
            self.setText(digits)
        self.counted.emit(self.count)


class VoucherHeading(QWidget):
    """Word, number, date, enclosures and documents; tells what the user changed and when to go on to the lines."""

    day_changed = Signal(object)
    word_changed = Signal(str)
    attachments_changed = Signal(int)
    finished = Signal()
    documents_wanted = Signal()
    complaint = Signal(str)

    def __init__(self, day: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.current()
        self.word = QComboBox(self)
        self.number = theme.mark(QLabel(self), "heading")
        self.note = theme.mark(QLabel(self), "badge-muted")
        self.day = DayEdit(day, self)
        self.attachments = CountEdit(self)
        self.documents = make_button("票据", kind="quiet", icon="inbox", on_click=self.documents_wanted.emit)
        self.documents.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the way from the enclosures to the lines stays short
        self.documents.setToolTip(f"这张凭证的发票、收据、回单（{shortcuts.label('voucher.documents')}）")
        self.title = theme.mark(QLabel("记 账 凭 证", self), "figure")
        self.only_word = theme.mark(QLabel(self), "heading")
        self.word.setFixedWidth(look.scaled(64))
        self.day.setFixedWidth(look.scaled(128))
        self.attachments.setFixedWidth(look.scaled(60))
        self.word.activated.connect(lambda _index: self.word_changed.emit(self.word.currentText()))
        self.day.day_changed.connect(self.day_changed)
        self.day.complaint.connect(self.complaint)
        self.day.entered.connect(self.attachments.setFocus)
        self.attachments.counted.connect(self.attachments_changed)
        self.attachments.entered.connect(self.finished)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.px("gap"))
        grid.setVerticalSpacing(look.px("gap_small"))
        grid.addWidget(self.title, 0, 1, Qt.AlignmentFlag.AlignCenter)
        grid.addLayout(_row(self.only_word, self.word, _word_label("字第"), self.number, self.note, None), 1, 0)
        grid.addLayout(_row(None, _word_label("日期"), self.day, None), 1, 1)
        grid.addLayout(_row(None, _word_label("附件"), self.attachments, _word_label("张"), self.documents), 1, 2)
        for column in (0, 1, 2):
            grid.setColumnStretch(column, 1)

    def show_title(self, visible: bool) -> None:
        """The title gives way where the lines need its room."""
        self.title.setVisible(visible)

    def show_heading(self, day: date, word: str, attachments: int) -> None:
        """Show the values without telling them back."""
        self.day.set_day(day)
        self.word.setCurrentText(word)
        self.attachments.set_count(attachments)

    def set_words(self, words: tuple[str, ...]) -> None:
        """Offer the voucher words of the book."""
        current = self.word.currentText()
        self.word.clear()
        self.word.addItems(words)
        self.word.setCurrentText(current)
        self.only_word.setText(words[0])
        self.only_word.setVisible(len(words) == 1)
        self.word.setVisible(len(words) > 1)

    def show_number(self, number: int, note: str) -> None:
        """The number (0: none yet) and a word about it, such as 预计."""
        self.number.setText(f"{number} 号" if number else "— 号")
        self.note.setText(note)
        self.note.setVisible(bool(note))

    def show_documents(self, count: int) -> None:
        """How many documents are registered for the voucher."""
        self.documents.setText(f"票据 {count}" if count else "票据")

    def set_read_only(self, read_only: bool) -> None:
        """Whether the heading can be changed."""
        self.day.setReadOnly(read_only)
        self.attachments.setReadOnly(read_only)
        self.word.setEnabled(not read_only and self.word.count() > 1)
        policy = Qt.FocusPolicy.NoFocus if read_only else Qt.FocusPolicy.StrongFocus
        self.day.setFocusPolicy(policy)
        self.attachments.setFocusPolicy(policy)


def _word_label(text: str) -> QLabel:
    return theme.mark(QLabel(text), "muted")


def _row(*widgets: QWidget | None) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.current().px("gap"))
    for widget in widgets:
        if widget is None:
            row.addStretch(1)
        else:
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
    return row

"""The line editors of the entry grid: they know the keys of the trade and utter wishes; the grid carries them out."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from village_ledger.domain.money import MoneyError, format_fen

from .. import theme
from .amount_text import MAX_LENGTH, is_expression, parse_amount
from .draft_rows import Column

ENTER_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)

Reader = Callable[[str], int]


class CellEdit(QLineEdit):
    """A cell's editor: Enter and Tab go on, arrows at the ends of the text go to the neighbours, Esc restores."""

    leave = Signal(str)
    """next, tab, back, up, down, left or right: commit and go there."""
    wish = Signal(str)
    """undo, redo, above, first, balance, flip or red: for the grid to carry out on this cell."""
    rows_pasted = Signal(str)
    complaint = Signal(str)

    def __init__(self, parent: QWidget, column: Column) -> None:
        super().__init__(parent)
        self.column = column
        self.original = ""
        self.setMaxLength(200)
        self.setFrame(False)
        self.setProperty("cell", True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def show_text(self, text: str) -> None:
        """Show the cell's text, unless the user is in the middle of changing it (or composing the first letter)."""
        if not self.isModified() and text != self.text():
            self.original = text
            self.setText(text)
            self.selectAll()

    def accept(self) -> bool:
        """Whether the text may be left with Enter; complains otherwise."""
        return True

    def value(self) -> object:
        """What goes into the model."""
        return self.text()

    def restore(self) -> None:
        """Take back what was typed since the cell was entered."""
        self.setText(self.original)
        self.setModified(False)
        self.selectAll()
        self.complaint.emit("")

    def go(self, where: str) -> None:
        """Commit and go, if the text allows."""
        if self.accept():
            self.leave.emit(where)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: the keys every cell understands."""
        if not self.handle(event):
            super().keyPressEvent(event)

    def handle(self, event: QKeyEvent) -> bool:
        """Deal with a key; False leaves it to the line edit."""
        key, modifiers = event.key(), event.modifiers()
        plain = not modifiers & ~Qt.KeyboardModifier.KeypadModifier
        if event.matches(QKeySequence.StandardKey.Undo):
            self.restore() if self.isModified() else self.wish.emit("undo")
        elif event.matches(QKeySequence.StandardKey.Redo) or (
            key == Qt.Key.Key_Y and modifiers == Qt.KeyboardModifier.ControlModifier
        ):
            self.wish.emit("redo")
        elif event.matches(QKeySequence.StandardKey.Paste) and _is_table(QGuiApplication.clipboard().text()):
            self.rows_pasted.emit(QGuiApplication.clipboard().text())
        elif key in (*ENTER_KEYS, Qt.Key.Key_Tab) and plain:
            self.go("tab" if key == Qt.Key.Key_Tab else "next")
        elif key == Qt.Key.Key_Backtab or (key in ENTER_KEYS and modifiers == Qt.KeyboardModifier.ShiftModifier):
            self.go("back")
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and plain:
            self.go("up" if key == Qt.Key.Key_Up else "down")
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and plain and self._at_end(key):
            self.go("left" if key == Qt.Key.Key_Left else "right")
        elif key == Qt.Key.Key_Escape and self.isModified():
            self.restore()
        else:
            return False
        return True

    def _at_end(self, key: int) -> bool:
        if self.isModified() and self.text():
            return False
        whole = self.selectedText() == self.text()
        place = 0 if key == Qt.Key.Key_Left else len(self.text())
        return whole or (self.cursorPosition() == place and not self.hasSelectedText())


class NumberEdit(CellEdit):
    """A cell for quantities and prices: digits only, the input method stays out."""

    def __init__(self, parent: QWidget, column: Column, reader: Reader) -> None:
        super().__init__(parent, column)
        self._reader = reader
        self.setMaxLength(MAX_LENGTH)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.textEdited.connect(self._edited)

    def accept(self) -> bool:
        """Refuse to go on from text that is no number, saying why."""
        reason = self.reason()
        self._mark(reason)
        if reason:
            self.complaint.emit(reason)
        return not reason

    def reason(self) -> str:
        """Why the text cannot be read; empty when it can."""
        try:
            self._reader(self.text())
        except MoneyError as error:
            return str(error)
        return ""

    def _edited(self, text: str) -> None:
        self._mark("" if text.strip("+-*/.(（＋－×÷。． ") == "" or text[-1:] in "+-*/(（＋－×÷" else self.reason())
        self.complaint.emit("")

    def _mark(self, reason: str) -> None:
        theme.set_state(self, "wrong", bool(reason))


class AmountEdit(NumberEdit):
    """An amount cell: arithmetic, `=` balances, Space changes sides, `-` on a finished amount makes it red."""

    def __init__(self, parent: QWidget, column: Column) -> None:
        super().__init__(parent, column, parse_amount)

    def handle(self, event: QKeyEvent) -> bool:
        """The amount keys, then those of every cell."""
        typed = event.text()
        balancing = event.key() == Qt.Key.Key_F7 and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if typed in ("=", "＝") or balancing:
            if self.isModified() and is_expression(self.text()):
                if self.accept():
                    self.setText(format_fen(parse_amount(self.text())))
                    self.setModified(True)
            else:
                self.setModified(False)
                self.wish.emit("balance")
            return True
        if typed in (" ", "\u3000"):
            if self.accept():
                self.wish.emit("flip")
            return True
        if typed in ("-", "－") and self.text() and not self.isModified() and self.selectedText() == self.text():
            self.wish.emit("red")
            return True
        return super().handle(event)


def _is_table(text: str) -> bool:
    return "\t" in text or "\n" in text.strip("\r\n")

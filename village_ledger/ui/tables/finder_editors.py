"""Grid cells with a list to choose from: summaries used before, accounts, and the members of a dimension."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from village_ledger.domain.money import format_fen
from village_ledger.domain.search import find_accounts, find_items

from .. import theme
from ..widgets.finder import Choice, FinderPopup
from .draft_rows import Column
from .editors import ENTER_KEYS, CellEdit
from .entry_context import EntryContext, Items

SUGGESTIONS = 8
LISTED = 60
_FULL_WIDTH = str.maketrans("０１２３４５６７８９　", "0123456789 ")


class FinderCellEdit(CellEdit):
    """A cell editor with a list under it: typing filters, arrows choose, Enter or Tab takes, Esc closes the list."""

    def __init__(self, parent: QWidget, column: Column, context: EntryContext) -> None:
        super().__init__(parent, column)
        self.context = context
        self._popup: FinderPopup | None = None
        self.textEdited.connect(self.typed)

    @property
    def popup(self) -> FinderPopup:
        """The list; made when first needed."""
        if self._popup is None:
            self._popup = FinderPopup(self)
            self._popup.chosen.connect(lambda choice: self.take(choice.value))
        return self._popup

    @property
    def is_list_open(self) -> bool:
        """Whether the list is visible."""
        return self._popup is not None and self._popup.isVisible()

    def choices_for(self, text: str) -> Sequence[Choice]:
        """The choices for a text, best first."""
        raise NotImplementedError

    def take(self, value: Any) -> None:
        """Use a choice's value."""
        raise NotImplementedError

    def typed(self, text: str) -> None:
        """The text was changed by typing: find anew."""
        self.complaint.emit("")
        self.popup.offer(self.choices_for(text.translate(_FULL_WIDTH).strip()) if text.strip() else ())

    def open_list(self) -> None:
        """Offer everything (F7)."""
        self.popup.offer(self.choices_for(""))

    def handle(self, event: QKeyEvent) -> bool:
        """The list's keys first, then those of every cell."""
        if self.is_list_open:
            if event.key() == Qt.Key.Key_Tab:
                choice = self.popup.current()
                self.popup.hide()
                self.take(choice.value if choice else None)
                return True
            if self.popup.handle_key(event):
                return True
        return super().handle(event)


class SummaryEdit(FinderCellEdit):
    """The summary cell: `..` copies the line above, `//` the first line; earlier summaries are suggested."""

    _ABOVE = ("..", "。。", "．．", "。.", ".。")
    _FIRST = ("//", "／／", "、、")

    def __init__(self, parent: QWidget, context: EntryContext) -> None:
        super().__init__(parent, Column.SUMMARY, context)

    def typed(self, text: str) -> None:
        """Carry out `..` and `//`, or suggest."""
        if text in self._ABOVE or text in self._FIRST:
            self.restore()
            self.wish.emit("above" if text in self._ABOVE else "first")
        else:
            super().typed(text)

    def choices_for(self, text: str) -> Sequence[Choice]:
        """What was typed first, so that Enter keeps it, then earlier summaries that contain it."""
        found = [Choice("", past, "", past) for past in self.context.summaries if text in past and past != text]
        if not text:
            return found[:LISTED]
        return [Choice("", text, "照此录入", text), *found[:SUGGESTIONS]] if found else ()

    def take(self, value: Any) -> None:
        """Take the summary and go on."""
        self.setText(value)
        self.setModified(True)
        self.go("next")


class AccountEdit(FinderCellEdit):
    """The account cell: code, name or pinyin initials; a parent's code narrows to its leaves."""

    def __init__(self, parent: QWidget, context: EntryContext) -> None:
        super().__init__(parent, Column.ACCOUNT, context)
        self._code = ""

    def typed(self, text: str) -> None:
        """Forget what was taken before and find."""
        self._code = ""
        super().typed(text)

    def choices_for(self, text: str) -> Sequence[Choice]:
        """Leaf accounts with their balance; one row saying so when there are none."""
        chart = self.context.chart
        found = find_accounts(chart, text, self.context.usage)
        if not found:
            return (Choice("", f"没有找到“{text}”，按 F7 看全部科目"),)
        return [
            Choice(account.code, chart.full_name(account.code), self._balance(account.code), account.code)
            for account in found
        ]

    def take(self, value: Any) -> None:
        """Take the account and go on; nothing found is said in words."""
        if not value:
            self.accept()
            return
        self._code = value
        self.setText(f"{value} {self.context.chart.full_name(value)}")
        self.setModified(True)
        self.go("next")

    def value(self) -> object:
        """The code taken, or the text typed."""
        return self._code or self.text()

    def accept(self) -> bool:
        """Refuse to go on from a text that means no account."""
        text = self.text().strip()
        if self._code or not self.isModified() or not text or self.context.resolve_account(text):
            return True
        self.complaint.emit(f"没有叫“{text}”的科目：输入编码、名称或拼音首字母，或按 F7 选择")
        return False

    def handle(self, event: QKeyEvent) -> bool:
        """Enter in an empty cell opens the list."""
        if event.key() in ENTER_KEYS and not self.text() and not self.is_list_open and not event.modifiers():
            self.open_list()
            return True
        return super().handle(event)

    def _balance(self, code: str) -> str:
        fen = self.context.balances.get(code, 0)
        return f"余额 {format_fen(fen)}" if fen else ""


class ItemsEdit(FinderCellEdit):
    """The dimensions cell: one category after another; a name not known yet can be added after a second Enter."""

    item_added = Signal(str, str)

    def __init__(self, parent: QWidget, context: EntryContext, account: str, items: Items) -> None:
        super().__init__(parent, Column.ITEMS, context)
        self._categories = context.categories(account)
        self._required = context.required(account)
        self._picked = dict(items)
        self._stage = 0
        self._changed = False
        self._show_stage()

    @property
    def category(self) -> str:
        """The category being asked for."""
        return self._categories[self._stage]

    def show_text(self, _text: str) -> None:
        """Qt hands over the whole cell's text; this editor shows one category's name instead."""

    def choices_for(self, text: str) -> Sequence[Choice]:
        """Members of the category, and a row that adds the typed name."""
        found = find_items(self.context.members(self.category), text)
        choices = [Choice("", record.item.name, record.note, ("pick", record.item.name)) for record in found]
        if text and all(record.item.name != text for record in found):
            choices.append(Choice("＋", f"新增{self.category}“{text}”", "", ("ask", text)))
        return choices or (Choice("", f"还没有{self.category}，直接输入名称即可新增"),)

    def take(self, value: Any) -> None:
        """Take a member, or ask once more before adding one."""
        if not value:
            return
        act, name = value
        if act == "ask":
            self.popup.offer(
                (Choice("＋", f"确认新增{self.category}“{name}”", "再按 Enter 确认，Esc 取消", ("add", name)),)
            )
            return
        if act == "add":
            self.context = self.context.with_item(self.category, name)
            self.item_added.emit(self.category, name)
        self._keep(name)
        self._forward()

    def value(self) -> object:
        """The pairs picked."""
        return tuple((category, self._picked[category]) for category in self._categories if category in self._picked)

    def accept(self) -> bool:
        """Keep a name typed in full; refuse one that is not registered."""
        name = self.text().strip()
        if name == self._picked.get(self.category, ""):
            return True
        if name and (self.category, name) not in self.context.check.items:
            self.complaint.emit(f"{self.category}里没有“{name}”：按 F7 选择，或继续输入后选“新增”")
            return False
        self._keep(name)
        return True

    def go(self, where: str) -> None:
        """Enter goes to the next category first, then to the next cell."""
        if where in ("next", "tab") and self._stage + 1 < len(self._categories):
            if self.accept():
                self._forward()
        else:
            super().go(where)

    def handle(self, event: QKeyEvent) -> bool:
        """Enter opens the list while a category that is required is empty."""
        empty = not self.text() and not self.is_list_open and not event.modifiers()
        if event.key() in ENTER_KEYS and empty and self.category in self._required:
            self.open_list()
            return True
        return super().handle(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: the category's name before the text."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(theme.current().colour("accent"))
        box = self.rect().adjusted(theme.current().px("gap"), 0, 0, 0)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, f"{self.category}：")
        painter.end()

    def _keep(self, name: str) -> None:
        if name:
            self._picked[self.category] = name
        else:
            self._picked.pop(self.category, None)
        self._changed = True

    def _forward(self) -> None:
        if self._stage + 1 < len(self._categories):
            self._stage += 1
            self._show_stage()
        else:
            self.setText(self._picked.get(self.category, ""))
            self.setModified(True)
            self.leave.emit("next")

    def _show_stage(self) -> None:
        label = self.fontMetrics().horizontalAdvance(f"{self.category}：")
        self.setTextMargins(label + theme.current().px("gap_small"), 0, 0, 0)
        self.original = self._picked.get(self.category, "")
        self.setText(self.original)
        self.selectAll()
        self.setModified(self._changed)

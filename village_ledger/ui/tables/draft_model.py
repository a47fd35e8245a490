"""The voucher being typed, as an editable table with undo. Values in, values out; it never asks the book."""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from village_ledger.domain.problems import Problem
from village_ledger.domain.voucher import Draft, DraftLine

from .draft_rows import FIELDS, Column, EntryState, Row, balanced, cell_text, edited, flipped, padded, reddened, rows_of
from .entry_context import EntryContext

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()

HEADERS = ("摘要", "会计科目", "辅助核算", "数量", "单价", "借方金额", "贷方金额")
PROBLEM_ROLE = Qt.ItemDataRole.UserRole + 1
"""The messages about a cell, joined by line breaks; empty when there are none."""
RED_ROLE = Qt.ItemDataRole.UserRole + 2
"""Whether the amount is a red-letter (negative) one."""
UNIT_ROLE = Qt.ItemDataRole.UserRole + 3
"""The unit the row's account is counted in, e.g. 亩; empty for most accounts."""

HINT_ROLE = Qt.ItemDataRole.UserRole + 4
"""What an empty dimensions cell waits for, e.g. 选填：项目."""


class _Edit(QUndoCommand):
    """One step: the state before and after."""

    def __init__(self, model: "DraftModel", after: EntryState, text: str) -> None:
        super().__init__(text)
        self._model, self._before, self._after = model, model.state, after

    def redo(self) -> None:
        self._model.show_state(self._after)

    def undo(self) -> None:
        self._model.show_state(self._before)


class DraftModel(QAbstractTableModel):
    """Rows of a `Draft`; there is always an empty row at the end to type into."""

    changed = Signal()

    def __init__(self, context: EntryContext, draft: Draft, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.undo_stack = QUndoStack(self)
        self.read_only = False
        self._base = draft
        self.state = self._state_of(draft)
        self._start = self.draft()
        self._problems: dict[tuple[int, int], list[str]] = {}

    def load(self, draft: Draft, *, changed: bool = False) -> None:
        """Show another draft with a fresh undo history; `changed` marks it as not saved yet (a copy)."""
        self.beginResetModel()
        self._base = draft
        self.state = self._state_of(draft)
        self._start = draft._replace(lines=()) if changed else self.draft()
        self._problems = {}
        self.undo_stack.clear()
        self.endResetModel()
        self.changed.emit()

    def set_base(self, draft: Draft) -> None:
        """Take over id and version of a newer stored version, keeping what has been typed."""
        self._base = draft
        self.changed.emit()

    def set_cashier(self, name: str) -> None:
        """Put a cashier's name under the voucher."""
        self.set_base(self._base._replace(cashier=name))

    def set_context(self, context: EntryContext) -> None:
        """Use a newer view of the book's accounts and items."""
        self.context = context
        self._all_cells_changed()

    def draft(self) -> Draft:
        """The draft as typed, without blank rows."""
        lines = tuple(row.line for row in self.state.rows if row.counts)
        day, word, attachments, _rows = self.state
        return self._base._replace(day=day, word=word, attachments=attachments, lines=lines)

    @property
    def is_changed(self) -> bool:
        """Whether there is anything that has not been saved."""
        return self.draft() != self._start or any(row.wrong for row in self.state.rows)

    @property
    def is_blank(self) -> bool:
        """Whether no line has been typed."""
        return not any(row.counts for row in self.state.rows)

    @property
    def has_quantities(self) -> bool:
        """Whether any line is on an account counted in units."""
        return any(self.unit(row) for row in range(len(self.state.rows)))

    def unit(self, row: int) -> str:
        """The unit of the row's account, or nothing."""
        account = self.context.account(self.state.rows[row].line.account)
        return account.unit if account else ""

    def row_of_line(self, line: int) -> int:
        """The grid row that shows the draft's line of that index (blank rows are no lines)."""
        counted = [index for index, row in enumerate(self.state.rows) if row.counts]
        return counted[line] if line < len(counted) else 0

    def set_heading(self, *, day: date | None = None, word: str | None = None, attachments: int | None = None) -> None:
        """Change the heading, undoable like a cell."""
        after = self.state._replace(
            day=day or self.state.day,
            word=word or self.state.word,
            attachments=self.state.attachments if attachments is None else attachments,
        )
        self._do(after, "修改表头")

    def set_cell(self, row: int, column: Column, value: str | tuple[tuple[str, str], ...]) -> None:
        """Put typed text or picked items into a cell."""
        self._change_row(row, lambda old: edited(old, column, value, self.context), f"填写{HEADERS[column]}")

    def balance(self, row: int, column: Column) -> Column:
        """Give the row the amount that balances the voucher; returns the side it landed on."""
        self._change_row(row, lambda _old: balanced(self.state.rows, row, column), "配平")
        return Column.CREDIT if self.state.rows[row].line.credit_fen else Column.DEBIT

    def flip(self, row: int) -> None:
        """Exchange debit and credit of the row."""
        self._change_row(row, flipped, "借贷互换")

    def redden(self, row: int) -> None:
        """Turn the sign of the row's amount."""
        self._change_row(row, reddened, "红字")

    def copy_summary(self, row: int, source: int) -> str:
        """Copy the summary of another row; returns it."""
        summary = self.state.rows[source].line.summary if 0 <= source < len(self.state.rows) else ""
        if summary:
            self.set_cell(row, Column.SUMMARY, summary)
        return summary

    def insert_row(self, row: int) -> None:
        """Insert an empty line before the row."""
        rows = self.state.rows
        self._do(self.state._replace(rows=(*rows[:row], Row(), *rows[row:])), "插入一行")

    def delete_row(self, row: int) -> None:
        """Delete the line."""
        rows = self.state.rows
        self._do(self.state._replace(rows=padded((*rows[:row], *rows[row + 1 :]))), "删除一行")

    def move_row(self, row: int, offset: int) -> int:
        """Exchange the line with its neighbour; returns where it is now."""
        target = row + offset
        rows = list(self.state.rows)
        if not 0 <= target < len(rows) or not (rows[row].counts and rows[target].counts):
            return row
        rows[row], rows[target] = rows[target], rows[row]
        self._do(self.state._replace(rows=tuple(rows)), "移动一行")
        return target

    def insert_rows(self, row: int, rows: tuple[Row, ...], text: str) -> None:
        """Put rows (pasted, or from a template) from the given row on, over empty rows and before filled ones."""
        old = self.state.rows
        end = row
        while end < len(old) and end - row < len(rows) and not old[end].counts:
            end += 1
        self._do(self.state._replace(rows=padded((*old[:row], *rows, *old[end:]))), text)

    def replace_lines(self, lines: tuple[DraftLine, ...], text: str) -> None:
        """Put other lines in the place of all, undoable."""
        self._do(self.state._replace(rows=rows_of(lines)), text)

    def unreadable(self) -> tuple[Problem, ...]:
        """The texts that could not be read, as problems; `line` counts like the draft's lines."""
        counted = [row for row in self.state.rows if row.counts]
        return tuple(
            Problem("unreadable", f"第 {line + 1} 行：{reason}", line, _field(column))
            for line, row in enumerate(counted)
            for column, _text, reason in row.wrong
        )

    def set_problems(self, problems: tuple[Problem, ...]) -> None:
        """Mark the cells concerned."""
        marks: dict[tuple[int, int], list[str]] = {}
        for problem in problems:
            column = FIELDS.get(problem.field)
            if problem.line is not None and column is not None:
                marks.setdefault((self.row_of_line(problem.line), column), []).append(problem.message)
        if marks != self._problems:
            self._problems = marks
            self._all_cells_changed()

    def show_state(self, after: EntryState) -> None:
        """Make the state visible, telling the views only about the rows that differ."""
        before = self.state.rows
        start = 0
        shorter = min(len(before), len(after.rows))
        while start < shorter and before[start] == after.rows[start]:
            start += 1
        surplus = len(before) - len(after.rows)
        if surplus > 0:
            self.beginRemoveRows(QModelIndex(), start, start + surplus - 1)
            self.state = after
            self.endRemoveRows()
        elif surplus < 0:
            self.beginInsertRows(QModelIndex(), start, start - surplus - 1)
            self.state = after
            self.endInsertRows()
        else:
            self.state = after
        self._problems = {}
        self._all_cells_changed()
        self.changed.emit()

    def rowCount(self, parent: Index = ROOT) -> int:
        """Qt: number of grid rows, empty ones included."""
        return 0 if parent.isValid() else len(self.state.rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        """Qt: number of columns."""
        return 0 if parent.isValid() else len(HEADERS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt: column titles and line numbers."""
        if role == Qt.ItemDataRole.DisplayRole:
            return HEADERS[section] if orientation == Qt.Orientation.Horizontal else str(section + 1)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt: a lookup, never a query."""
        if not index.isValid():
            return None
        row, column = self.state.rows[index.row()], Column(index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return cell_text(row, column, self.context)
        if role in (PROBLEM_ROLE, Qt.ItemDataRole.ToolTipRole):
            return self._messages(index.row(), column) or None
        if role == RED_ROLE:
            return column >= Column.DEBIT and row.amount(column) < 0
        if role == UNIT_ROLE:
            return self.unit(index.row())
        if role == HINT_ROLE:
            return "" if self.read_only else self._hint(row.line.account)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column >= Column.QUANTITY else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Qt: the delegates' way to `set_cell`."""
        if not index.isValid() or role != Qt.ItemDataRole.EditRole or self.read_only:
            return False
        self.set_cell(index.row(), Column(index.column()), value)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Qt: every cell can be edited, unless the book cannot."""
        flags = super().flags(index)
        return flags if self.read_only or not index.isValid() else flags | Qt.ItemFlag.ItemIsEditable

    def _hint(self, code: str) -> str:
        required = self.context.required(code)
        categories = "、".join(self.context.categories(code))
        return f"要填：{categories}" if required else f"选填：{categories}" if categories else ""

    def _messages(self, row: int, column: Column) -> str:
        unreadable = self.state.rows[row].wrong_text(column)
        own = [unreadable[1]] if unreadable else []
        return "\n".join(own + self._problems.get((row, column), []))

    def _change_row(self, row: int, change: Callable[[Row], Row], text: str) -> None:
        rows = self.state.rows
        after = change(rows[row])
        if after != rows[row]:
            self._do(self.state._replace(rows=padded((*rows[:row], after, *rows[row + 1 :]))), text)

    def _do(self, after: EntryState, text: str) -> None:
        if after != self.state and not self.read_only:
            self.undo_stack.push(_Edit(self, after, text))

    def _all_cells_changed(self) -> None:
        last = self.index(self.rowCount() - 1, self.columnCount() - 1)
        self.dataChanged.emit(self.index(0, 0), last)

    @staticmethod
    def _state_of(draft: Draft) -> EntryState:
        return EntryState(draft.day, draft.word, draft.attachments, rows_of(draft.lines))


def _field(column: Column) -> str:
    return next((field for field, where in FIELDS.items() if where == column), "quantity")

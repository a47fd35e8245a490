"""The comments on a month, and older ones still open: what was asked, answered and decided."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QLabel, QScrollArea, QSplitter, QTableView, QVBoxLayout, QWidget

from village_ledger import clock
from village_ledger.services.township import reviewing
from village_ledger.services.township.months import Month
from village_ledger.services.township.reviewing import Thread
from village_ledger.ui import theme
from village_ledger.ui.instants import local_time
from village_ledger.ui.tables.rows_model import RowsModel
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.card import Card, EmptyState
from village_ledger.ui.widgets.table import dress_table, select_row

from .operations import COMMENTS, LOG, DeskOperations
from .settle_dialog import SettleDialog
from .words import SEVERITY_COLOURS, comment_colour

_EMPTY = "这个月还没有审核意见。\n在凭证、账表或登记簿里选一行，按“加意见”。"
_WIDTHS = (170, 64, 130, 320, 100, 88)


class ThreadsModel(RowsModel[Thread]):
    """One row a comment."""

    headers = ("对象", "轻重", "类别", "问题", "期限", "情况")
    sides = "lcllll"

    def cell(self, value: Thread, column: int) -> str:
        """Qt text."""
        one = value.comment
        about = one.label or f"{one.period} {one.kind}"
        deadline = one.deadline.isoformat() if one.deadline else ""
        return (about, one.severity, one.category, one.text, deadline, value.state)[column]

    def look(self, value: Thread, column: int, role: int) -> Any:
        """What waits for the desk stands out; so does a deadline that has passed."""
        look = theme.current()
        if role == Qt.ItemDataRole.ForegroundRole:
            if not value.open:
                return look.colour("muted")
            if column == 1:
                return look.colour(SEVERITY_COLOURS.get(value.comment.severity, "text"))
            if column == 4 and value.comment.deadline and value.comment.deadline < clock.today():
                return look.colour("danger")
            if column == 5:
                return look.colour(comment_colour(value.state))
        if role == Qt.ItemDataRole.FontRole and column == 5 and value.state == "已答复":
            return look.font(bold=True)
        return value.comment.text if role == Qt.ItemDataRole.ToolTipRole else None


class CommentsPanel(QWidget):
    """The list, the current one whole, and what can be done about it."""

    voucher_requested = Signal(str)
    said = Signal(str)

    def __init__(self, operations: DeskOperations, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.current()
        self._operations = operations
        self._month: Month | None = None
        self.model = ThreadsModel(self)
        self.table = QTableView()
        dress_table(self.table)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.setModel(self.model)
        header = self.table.horizontalHeader()
        for column, width in enumerate(_WIDTHS):
            header.resizeSection(column, look.scaled(width))
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self.empty = EmptyState(_EMPTY)
        self.empty.hide()
        self.split = QSplitter(Qt.Orientation.Vertical)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.table)
        self.split.addWidget(self._panel())
        box = QVBoxLayout(self)
        box.setContentsMargins(0, look.px("gap"), 0, 0)
        box.addWidget(self.split, 1)
        box.addWidget(self.empty, 1)
        self.setFocusProxy(self.table)
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show_current())
        self.table.activated.connect(lambda _index: self._open())

    def show_month(self, month: Month) -> None:
        """Show the comments of a month, those the village has answered first."""
        ordered = sorted(month.comments, key=lambda one: (one.state != "已答复", not one.open))
        self.show_threads(month, tuple(ordered))

    def show_threads(self, month: Month, found: tuple[Thread, ...]) -> None:
        """Show some of the comments of a month."""
        before = self.current()
        self._month = month
        self.model.show_rows(found)
        self.empty.setVisible(not found)
        self.split.setVisible(bool(found))
        kept = self.model.find(lambda one: before is not None and one.comment.uid == before.comment.uid)
        select_row(self.table, max(kept, 0))
        self._show_current()

    def current(self) -> Thread | None:
        """The comment under the cursor."""
        return self.model.value(self.table.currentIndex().row())

    def withdraw(self) -> None:
        """Take back a comment that was not sent yet."""
        month, thread = self._month, self.current()
        if month is not None and thread is not None:
            self._operations.write(
                lambda desk: reviewing.withdraw(desk, month.village, thread.comment.uid),
                lambda _none: self.said.emit("意见已撤回"),
                touches=COMMENTS | LOG,
                initiator=self,
                disable=(self.withdraw_button,),
            )

    def settle(self) -> None:
        """Say the last word."""
        month, thread = self._month, self.current()
        if month is None or thread is None:
            return
        dialog = SettleDialog(self._operations, month.village, thread, self)
        dialog.done.connect(lambda _none: self.said.emit("处理结果已登记"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _panel(self) -> QWidget:
        card = Card()
        self.heading = theme.mark(QLabel(), "strong")
        self.withdraw_button = make_button("撤回(&W)", icon="undo", on_click=self.withdraw)
        self.settle_button = make_button("处理(&H)…", kind="primary", icon="check", on_click=self.settle)
        row = QHBoxLayout()
        row.addWidget(self.heading, 1)
        row.addWidget(self.withdraw_button)
        row.addWidget(self.settle_button)
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.told.setObjectName("ScrollBody")
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self.told)
        card.body.addLayout(row)
        card.body.addWidget(area, 1)
        return card

    def _open(self) -> None:
        thread = self.current()
        if thread is not None and thread.comment.kind == "凭证" and thread.comment.label:
            self.voucher_requested.emit(thread.comment.label)

    def _show_current(self) -> None:
        thread = self.current()
        facts = self._operations.facts
        writable = facts is not None and not facts.read_only and thread is not None and not thread.withdrawn
        self.withdraw_button.setEnabled(writable and thread is not None and not thread.sent)
        self.withdraw_button.setToolTip("已经发给村里的不能撤回，可以作“已排除”处理" if thread and thread.sent else "")
        self.settle_button.setEnabled(writable)
        if thread is not None:
            self.heading.setText(f"{thread.comment.kind} {thread.comment.label}　{thread.state}")
            self.told.setText(told(thread))


def told(thread: Thread) -> str:
    """A comment whole, with everything that was said since."""
    one = thread.comment
    deadline = one.deadline.isoformat() if one.deadline else "没有"
    lines = [
        f"问题：{one.text}",
        f"类别：{one.category or '—'}　轻重：{one.severity}　期限：{deadline}",
        f"依据：{one.clause or '—'}",
        f"要求：{one.demand or '—'}",
        f"{one.author} {local_time(one.at)}{'，已发给村里' if thread.sent else '，还没有发出'}",
    ]
    said = [(each.at, "村里答复", each.author, each.text, each.voucher) for each in thread.answers]
    said += [(each.at, each.state, each.author, each.text, "") for each in thread.settlements]
    for at, what, who, text, voucher in sorted(said):
        corrected = f"（更正凭证 {voucher}）" if voucher else ""
        lines.append(f"{what}：{text or '—'}{corrected}　{who} {local_time(at)}")
    return "\n".join(lines)

"""收件: files and folders dropped or chosen, USB sticks looked through, and what became of each file."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QLabel, QScrollArea, QSplitter, QTableView, QWidget

from village_ledger.services.township.desk import Desk
from village_ledger.services.township.importing import SUFFIXES, MonthChanged
from village_ledger.services.township.joining import KeyChanged
from village_ledger.ui import dialogs, machine, theme
from village_ledger.ui.places import usb_sticks
from village_ledger.ui.tables.rows_model import RowsModel
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.card import Card, EmptyState
from village_ledger.ui.widgets.table import dress_table, select_row
from village_ledger.ui.worker import Progress

from .inbox_dialogs import ChangedDialog, KeyDialog
from .operations import DOUBTS, RECEIVED, DeskOperations
from .page import DeskPage
from .takes import Fate, Taking, take_again, take_each
from .words import short_name

_EMPTY = (
    "把各村的报送包（.vlp）或整个文件夹拖到这里，也可以用右上角的按钮选择，或者插上U盘“扫描U盘”。\n\n"
    "每一个文件都先核验签名、日志链，用凭证重算余额和每张报表，和上个月接得上才收；\n"
    "有一处不对就整个不收，并写明原因。同一个文件再收一次不会重复。"
)
_FOLDER = "township_folder"


class FatesModel(RowsModel[Fate]):
    """One row a file."""

    headers = ("文件", "村", "月份", "结果", "说明")
    sides = "lllll"

    def cell(self, value: Fate, column: int) -> str:
        """Qt text."""
        return (value.path.name, short_name(value.village), value.month, value.result, value.line)[column]

    def look(self, value: Fate, column: int, role: int) -> Any:
        """What was refused stands out; the tip shows the whole path."""
        if role == Qt.ItemDataRole.ForegroundRole and column >= 3:
            return theme.current().colour(value.colour)
        if role == Qt.ItemDataRole.ToolTipRole:
            return str(value.path) if column == 0 else value.told
        return None


class InboxPage(DeskPage):
    """The files of this sitting; what is kept for good is in 审核."""

    title = "收件"
    subtitle = "收各村的报送包，核验以后登记"

    def __init__(self, operations: DeskOperations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        self.setAcceptDrops(True)
        self._fates: list[Fate] = []
        self.retry_button = self.add_action_button(make_button("再试没收进的(&T)", icon="refresh", on_click=self.retry))
        self.usb_button = self.add_action_button(make_button("扫描U盘(&U)", icon="usb", on_click=self.scan))
        self.folder_button = self.add_action_button(
            make_button("选文件夹(&D)…", icon="folder", on_click=self.pick_folder)
        )
        self.file_button = self.add_action_button(
            make_button("选文件(&F)…", kind="primary", icon="download", on_click=self.pick_files)
        )
        self.model = FatesModel(self)
        self.table = QTableView()
        dress_table(self.table)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.setModel(self.model)
        header = self.table.horizontalHeader()
        for column, width in enumerate((250, 130, 100, 90, 300)):
            header.resizeSection(column, theme.current().scaled(width))
        header.setSectionResizeMode(4, QHeaderView.ResizeMode.Stretch)
        self.empty = EmptyState(_EMPTY)
        self.split = QSplitter(Qt.Orientation.Vertical)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.table)
        self.split.addWidget(self._detail())
        self.split.setStretchFactor(0, 3)
        self.split.setStretchFactor(1, 2)
        self.body.addWidget(self.empty, 1)
        self.body.addWidget(self.split, 1)
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show_current())
        self.table.activated.connect(lambda _index: self.act())
        self.setFocusProxy(self.file_button)
        self._show_rows()

    def take_focus(self) -> None:
        """The list when there is one; else the button."""
        (self.table if self._fates else self.file_button).setFocus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Qt: files are welcome."""
        if event.mimeData().hasUrls() and not self.facts.read_only:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Qt: take in what was dropped."""
        places = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if places:
            event.acceptProposedAction()
            self.take(places)

    def pick_files(self) -> None:
        """Choose files."""
        kinds = " ".join(f"*{suffix}" for suffix in sorted(SUFFIXES))
        found = dialogs.pick_files(self, "选择报送包", f"报送包 ({kinds});;所有文件 (*)", machine.text(_FOLDER))
        if found:
            machine.remember(_FOLDER, str(found[0].parent))
            self.take(found)

    def pick_folder(self) -> None:
        """Choose a folder; everything in it that may be taken in is."""
        folder = dialogs.pick_folder(self, "选择存放报送包的文件夹", machine.text(_FOLDER))
        if folder is not None:
            machine.remember(_FOLDER, str(folder))
            self.take([folder])

    def scan(self) -> None:
        """Look through every USB stick."""
        sticks = usb_sticks()
        if not sticks:
            self.message("没有发现U盘。请插好以后再试，或者用“选文件夹”", "warning")
            return
        self.take([stick.path for stick in sticks])

    def retry(self) -> None:
        """Take in once more what was refused."""
        self.take([one.path for one in self._fates if one.refused])

    def take(self, places: Sequence[Path]) -> None:
        """Take in files, and what is in folders, months of a village in their order."""
        self.clear_message()

        def run(desk: Desk, progress: Progress) -> Taking:
            return take_each(desk, places, progress)

        self.operations.long(run, self._taken, title="正在核验、收取报送包", touches=RECEIVED | DOUBTS, initiator=self)

    def act(self) -> None:
        """What the current row asks for: compare, check the key, or go to the month."""
        if self.act_button.isVisible() and self.act_button.isEnabled():
            self.act_button.click()

    def _detail(self) -> Card:
        card = Card()
        self.reason_title = theme.mark(QLabel(), "heading")
        self.reason = QLabel()
        self.reason.setWordWrap(True)
        self.reason.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.reason.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.reason.setObjectName("ScrollBody")
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self.reason)
        self.act_button = make_button("", kind="primary", on_click=self._act)
        row = QHBoxLayout()
        row.addWidget(self.reason_title, 1)
        row.addWidget(self.act_button)
        card.body.addLayout(row)
        card.body.addWidget(area, 1)
        return card

    def _taken(self, taking: Taking) -> None:
        for one in taking.fates:
            place = next((number for number, old in enumerate(self._fates) if old.path == one.path), -1)
            if place >= 0:
                self._fates[place] = one
            else:
                self._fates.append(one)
        self._show_rows()
        refused = sum(1 for one in taking.fates if one.refused)
        text = taking.said
        self.message(text, "warning" if refused or taking.cancelled else "success")
        first = next((number for number, one in enumerate(self._fates) if one.refused), 0)
        select_row(self.table, first)
        self.table.setFocus()

    def _show_rows(self) -> None:
        self.model.show_rows(tuple(self._fates))
        self.empty.setVisible(not self._fates)
        self.split.setVisible(bool(self._fates))
        self.retry_button.setEnabled(any(one.refused for one in self._fates))
        for button in (self.file_button, self.folder_button, self.usb_button):
            button.setEnabled(not self.facts.read_only)
        self._show_current()

    def _current(self) -> Fate | None:
        return self.model.value(self.table.currentIndex().row())

    def _show_current(self) -> None:
        one = self._current()
        self.reason_title.setText(one.heading if one else "")
        theme.mark(self.reason_title, "danger" if one and one.refused else "heading")
        self.reason.setText(one.told if one else "")
        text = _ACTS.get(one.wants, "") if one else ""
        self.act_button.setText(text)
        self.act_button.setVisible(bool(text))

    def _act(self) -> None:
        one = self._current()
        if one is None:
            return
        if one.outcome.taken is not None:
            self.month_requested.emit(one.outcome.taken.village.code, one.outcome.taken.received.period)
            return
        refusal = one.outcome.refusal
        if isinstance(refusal, MonthChanged):
            asking: dialogs.Dialog = ChangedDialog(one.path.name, str(refusal), refusal.differences, self)
            asking.accepted.connect(lambda: self._take_again(one, replace=True))
        elif isinstance(refusal, KeyChanged):
            asking = KeyDialog(refusal, self)
            asking.accepted.connect(lambda: self._take_again(one, accept_key=True))
        else:
            return
        asking.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asking.open()

    def _take_again(self, one: Fate, *, replace: bool = False, accept_key: bool = False) -> None:
        replace, accept_key = replace or one.replace, accept_key or one.accept_key
        self.operations.long(
            lambda desk, _progress: take_again(desk, one.path, replace=replace, accept_key=accept_key),
            self._taken,
            title="正在收取",
            touches=RECEIVED | DOUBTS,
            initiator=self,
            cancellable=False,
        )


_ACTS = {"changed": "看不同，决定换不换(&C)…", "key": "核对新旧密钥(&K)…", "open": "打开这个月(&O)"}

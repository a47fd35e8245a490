"""Backups of the book and its proof of integrity."""

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QLabel, QStackedWidget, QTableView, QVBoxLayout, QWidget

from village_ledger.domain.errors import Refusal
from village_ledger.services import backups
from village_ledger.services.backups import BackupFile
from village_ledger.services.book import Book
from village_ledger.ui import dialogs, messages, theme
from village_ledger.ui.instants import local_time
from village_ledger.ui.operations import BACKUPS, SETTINGS, Operations
from village_ledger.ui.page import Page
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.card import EmptyState
from village_ledger.ui.widgets.table import dress_table, select_row

from .backups_model import BackupsModel
from .verify_card import VerifyCard


class BackupsPage(Page):
    """The list of backups on the left, the proof on the right."""

    title = "备份与恢复"
    touched_by = BACKUPS | SETTINGS

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        look = theme.current()
        self.other_button = self.add_action_button(
            make_button("从其他位置恢复(&O)…", icon="folder", tip="例如 U 盘上的备份", on_click=self.restore_other)
        )
        self.back_up_button = self.add_action_button(
            make_button("立即备份(&B)", kind="primary", icon="shield", on_click=self.back_up)
        )
        self.place = theme.mark(QLabel(), "muted")
        self.place.setWordWrap(True)
        self.model = BackupsModel(self)
        self.table = QTableView()
        dress_table(self.table)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.setModel(self.model)
        header = self.table.horizontalHeader()
        for column, width in enumerate((190, 160, 100, 110)):
            header.resizeSection(column, look.scaled(width))
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.empty = EmptyState("还没有备份。\n结账和退出时会自动备份，也可以现在就点“立即备份”。")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        self.check_button = make_button("检查这个备份(&K)", icon="check", on_click=self.check)
        self.restore_button = make_button("恢复到这个备份(&R)…", kind="danger", icon="undo", on_click=self.restore)
        buttons = QHBoxLayout()
        buttons.setSpacing(look.px("gap"))
        buttons.addWidget(self.check_button)
        buttons.addStretch(1)
        buttons.addWidget(self.restore_button)
        self.verify = VerifyCard(operations)
        self.verify.setMinimumWidth(look.scaled(290))
        self.verify.setMaximumWidth(look.scaled(400))
        columns = QHBoxLayout()
        columns.setSpacing(look.px("gap_large"))
        left = QVBoxLayout()
        left.setSpacing(look.px("gap"))
        left.addWidget(self.place)
        left.addWidget(self.stack, 1)
        left.addLayout(buttons)
        columns.addLayout(left, 1)
        columns.addWidget(self.verify)
        self.body.addLayout(columns, 1)
        self.setFocusProxy(self.table)
        self.table.selectionModel().currentChanged.connect(lambda _now, _before: self._show_possible())

    def refresh(self) -> None:
        """Read the folder again."""
        self.operations.read(_read, self._show, topic="backups")

    def _show(self, found: tuple[Path, tuple[BackupFile, ...]]) -> None:
        folder, files = found
        before = self.selected()
        self.place.setText(f"备份文件夹：{folder}　（在“账套设置”里可以改到 U 盘或另一块硬盘）")
        self.model.show_rows(files)
        self.stack.setCurrentWidget(self.table if files else self.empty)
        select_row(self.table, max(self.model.row_of(before.path) if before else 0, 0))
        self._show_possible()

    def selected(self) -> BackupFile | None:
        """The backup of the current row."""
        return self.model.value(self.table.currentIndex().row())

    def _show_possible(self) -> None:
        chosen = self.selected() is not None
        self.check_button.setEnabled(chosen)
        self.restore_button.setEnabled(chosen)

    def back_up(self) -> None:
        """Make a verified copy now."""
        self.operations.long(
            lambda book, progress: (backups.back_up(book, "手工备份", progress), backups.lost_attachments(book)),
            self._backed_up,
            title="正在备份",
            touches=BACKUPS,
            initiator=self,
        )

    def _backed_up(self, answer: tuple[Path, tuple[str, ...]]) -> None:
        path, lost = answer
        if lost:
            names = f"{'、'.join(lost[:3])}{'等' if lost[3:] else ''}"
            self.message(f"账已备份，但有 {len(lost)} 个合同附件找不到：{names}，请在合同里重新添加", "warning")
        else:
            self.message(messages.backed_up(path), "success")
        self.model.set_checked(path, sound=True)
        self.refresh()

    def check(self) -> None:
        """Open the chosen backup and check it whole."""
        chosen = self.selected()
        if chosen is None:
            return
        path = chosen.path
        self.operations.long(
            lambda _book, _progress: backups.check_backup(path),
            lambda text: self._checked(path, text),
            title="正在检查备份",
            initiator=self,
            on_failed=lambda refusal: self._broken(path, refusal),
        )

    def _checked(self, path: Path, text: str) -> None:
        self.model.set_checked(path, sound=True)
        self.message(f"这个备份完好：{_in_local_time(text)}", "success")

    def _broken(self, path: Path, refusal: Refusal) -> None:
        self.model.set_checked(path, sound=False)
        self.message(str(refusal), "danger")

    def restore(self) -> None:
        """Put the chosen backup in place of the book."""
        chosen = self.selected()
        if chosen is not None:
            self._ask_and_restore(chosen.path, self.model.time_of(chosen))

    def restore_other(self) -> None:
        """Put a backup from elsewhere in place of the book."""
        path = dialogs.pick_file(self, "选择备份文件")
        if path is not None:
            self._ask_and_restore(path, path.name)

    def _ask_and_restore(self, path: Path, what: str) -> None:
        self.operations.long(
            lambda _book, _progress: backups.check_backup(path),
            lambda text: self._confirm(path, what, text),
            title="正在检查备份",
            initiator=self,
        )

    def _confirm(self, path: Path, what: str, text: str) -> None:
        question = dialogs.question(
            self,
            "恢复账套",
            f"要恢复到备份“{what}”吗？\n\n备份内容：{_in_local_time(text)}。\n\n"
            "这之后记的账在恢复后的账套里就没有了。现在的账套文件不会删除，会改名留在原处（文件名带“恢复前”）。",
            accept="恢复到这个备份",
            reject="取消",
            danger=True,
        )
        question.accepted.connect(lambda: self.restore_requested.emit(path))
        question.open()


def _in_local_time(text: str) -> str:
    """The checked backup's description, its last word an instant in UTC."""
    words, space, instant = text.rpartition(" ")
    return words + space + local_time(instant)


def _read(book: Book) -> tuple[Path, tuple[BackupFile, ...]]:
    return backups.backup_folder(book), backups.backups(book)

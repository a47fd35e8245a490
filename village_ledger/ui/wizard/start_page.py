"""What is shown without a book: open one, make one, try the sample, get one back from a backup."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from village_ledger.paths import user_data
from village_ledger.services import backups, sample
from village_ledger.ui import dialogs, machine, theme
from village_ledger.ui.operations import Operations
from village_ledger.ui.page import Page
from village_ledger.ui.widgets.card import Card

from .action_card import ActionCard
from .new_book_dialog import NewBookDialog

SAMPLE_NAME = "样板村.vlb"


def documents_folder() -> Path:
    """Where people keep their files on this computer."""
    found = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(found) if found and Path(found).is_dir() else Path.home()


class StartPage(Page):
    """Asks for a book by `open_book_requested(path)`."""

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        look = theme.current()
        self.heading.hide()
        self.new_button = ActionCard(
            "新建账套(&N)", "为一个村（合作社）建一本新账", icon="plus", on_click=self.new_book
        )
        self.open_button = ActionCard(
            "打开账套(&O)", "选择已有的账套文件（.vlb）", icon="folder", on_click=self.open_book
        )
        self.sample_button = ActionCard(
            "打开样板村(&D)", "一个村一整年的账，可以随便练习", icon="village", on_click=self.open_sample
        )
        self.restore_button = ActionCard(
            "从备份恢复(&R)", "账套损坏或丢失时，用备份找回来", icon="shield", on_click=self.restore_backup
        )
        actions = QVBoxLayout()
        actions.setSpacing(look.scaled(12))
        for button in (self.new_button, self.open_button, self.sample_button, self.restore_button):
            actions.addWidget(button)
        actions.addStretch(1)
        self.recent = Card("最近打开的账套")
        self.recent_buttons: list[ActionCard] = []
        columns = QHBoxLayout()
        columns.setSpacing(look.scaled(24))
        columns.addLayout(actions, 5)
        columns.addWidget(self.recent, 6)
        title = theme.mark(QLabel("村级三资账本"), "title")
        welcome = theme.mark(QLabel("农村集体经济组织的资金、资产、资源账。数据只在这台电脑上，不需要上网。"), "muted")
        inside = QWidget()
        inside.setMaximumWidth(look.scaled(1000))
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px("gap"))
        column.addWidget(title)
        column.addWidget(welcome)
        column.addSpacing(look.px("gap_large"))
        column.addLayout(columns)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(inside, 20)
        line.addStretch(1)
        self.body.addStretch(1)
        self.body.addLayout(line)
        self.body.addStretch(2)
        self.setFocusProxy(self.new_button)
        self._fill_recent()

    def refresh(self) -> None:
        """Read the list of recent books again."""
        self._fill_recent()

    def _fill_recent(self) -> None:
        layout = self.recent.body
        while layout.count():
            widget = layout.takeAt(0).widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.recent_buttons = []
        for path in machine.recent_books()[:6]:
            button = ActionCard(path.stem, _short(path.parent), icon="book", kind="row")
            button.setToolTip(str(path))
            button.clicked.connect(lambda _checked=False, chosen=path: self.open_book_requested.emit(chosen))
            self.recent_buttons.append(button)
            layout.addWidget(button)
        if not self.recent_buttons:
            empty = theme.mark(QLabel("还没有打开过账套。\n第一次使用，可以先打开样板村看看。"), "empty")
            empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(empty, 1)
        layout.addStretch(0 if not self.recent_buttons else 1)

    def new_book(self) -> None:
        """Ask the questions a new book begins with."""
        dialog = NewBookDialog(self.operations, documents_folder(), self)
        dialog.created.connect(self.open_book_requested)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def open_book(self) -> None:
        """Choose an existing book."""
        path = dialogs.pick_file(self, "打开账套", folder=machine.text("book_folder", str(documents_folder())))
        if path is not None:
            machine.remember("book_folder", str(path.parent))
            self.open_book_requested.emit(path)

    def open_sample(self) -> None:
        """Open the sample village, building it the first time."""
        path = user_data() / SAMPLE_NAME
        if path.exists():
            self.open_book_requested.emit(path)
            return

        def build(_book: object, progress: sample.Progress) -> None:
            path.parent.mkdir(parents=True, exist_ok=True)
            sample.build_sample(path, progress).close()

        self.operations.long(
            build,
            lambda _done: self.open_book_requested.emit(path),
            title="正在准备样板村",
            initiator=self,
            cancellable=False,
        )

    def restore_backup(self) -> None:
        """Choose a backup, check it, and put it where the user says."""
        backup = dialogs.pick_file(self, "选择备份文件", folder=str(documents_folder()))
        if backup is None:
            return
        self.operations.long(
            lambda _book, _progress: backups.check_backup(backup),
            lambda text: self._choose_place(backup, text),
            title="正在检查备份",
            initiator=self,
        )

    def _choose_place(self, backup: Path, text: str) -> None:
        name = f"{backup.stem.split('_')[0]}.vlb"
        self.message(f"备份完好：{text.partition('，')[0]}", "success")
        target = dialogs.save_file(self, "恢复到哪里", str(documents_folder() / name), dialogs.BOOK_FILTER)
        if target is None:
            return
        if target.suffix.lower() != ".vlb":
            target = target.with_name(target.name + ".vlb")
        place = target
        self.operations.long(
            lambda _book, progress: backups.restore(backup, place, progress),
            lambda _aside: self.open_book_requested.emit(place),
            title="正在恢复账套",
            initiator=self,
            cancellable=False,
        )


def _short(path: Path) -> str:
    text = str(path)
    return text if len(text) <= 46 else f"…{text[-45:]}"

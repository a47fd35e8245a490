"""What is shown without a book: begin one in any of the ways there are, open one, or try the sample."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from village_ledger.paths import portable_books
from village_ledger.services import adoption, backups
from village_ledger.services.creation import NewBook
from village_ledger.ui import dialogs, machine, sample_village, theme
from village_ledger.ui.beginnings import BRING_IN, CONVERT, TOUR, Beginning
from village_ledger.ui.openings.conversion_source import OLD_FILTER
from village_ledger.ui.operations import Operations
from village_ledger.ui.page import Page
from village_ledger.ui.widgets.card import Card

from .action_card import ActionCard
from .new_book_dialog import NewBookDialog

_WELCOME = "农村集体经济组织的资金、资产、资源账。数据只在这台电脑上，不需要上网。"
_FIRST = "第一次使用？先看看示例村，五步走一遍；或者从下面选一种方式，开始记自己村的账。"


def documents_folder() -> Path:
    """Where people keep their files on this computer; a portable copy keeps books beside itself."""
    portable = portable_books()
    if portable is not None:
        portable.mkdir(exist_ok=True)
        return portable
    found = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(found) if found and Path(found).is_dir() else Path.home()


class _Way(NamedTuple):
    title: str
    text: str
    icon: str
    go: Callable[[], object]


class StartPage(Page):
    """Asks for a book by `open_book_requested(path)`, or for one and what to do there by `begin_requested`."""

    desk_requested = Signal(str)
    package_requested = Signal(object)

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        look = theme.current()
        self.heading.hide()
        self._ways = (
            _Way("新建账套(&N)", "为一个村（合作社）建一本新账", "plus", self.new_book),
            _Way("打开示例村(&D)", "一个村一整年的账，随便练习，五步入门", "village", self.open_sample),
            _Way("打开账套(&O)", "选择已有的账套文件（.vlb）", "folder", self.open_book),
            _Way("从 2004 年旧制度转换(&Z)", "旧账套或余额表，转成新制度的账", "swap", self.convert),
            _Way("导入用友、金蝶或 Excel(&I)", "科目、余额、凭证，认得常见的导出表", "download", self.bring_in),
            _Way("从备份恢复(&R)", "账套损坏或丢失时，用备份找回来", "shield", self.restore_backup),
            _Way(
                "乡镇端(&T)",
                "收各村的报送包，审核、查疑点、汇总；有示例乡镇",
                "stamp",
                lambda: self.desk_requested.emit(""),
            ),
            _Way("查看报送包（审计）(&A)", "核验一个报送包，看账表和凭证，不留数据", "search", self.look_at_package),
        )
        self.title_label = theme.mark(QLabel(), "title")
        self.welcome = theme.mark(QLabel(), "muted")
        self.welcome.setWordWrap(True)
        self.recent = Card("最近打开的")
        self.recent_buttons: list[ActionCard] = []
        self._places = QHBoxLayout()
        self._places.setSpacing(look.scaled(24))
        self._actions: QWidget | None = None
        inside = QWidget()
        inside.setMaximumWidth(look.scaled(1000))
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px("gap"))
        column.addWidget(self.title_label)
        column.addWidget(self.welcome)
        column.addSpacing(look.px("gap_large"))
        column.addLayout(self._places)
        middle = QWidget()
        middle.setObjectName("ScrollBody")
        rows = QVBoxLayout(middle)
        rows.setContentsMargins(0, 0, 0, 0)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(inside, 20)
        line.addStretch(1)
        rows.addStretch(1)
        rows.addLayout(line)
        rows.addStretch(2)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(middle)
        self.body.addWidget(area, 1)
        self._places.addWidget(self.recent, 6)
        self._arrange()

    def refresh(self) -> None:
        """Read the list of recent books again."""
        self._arrange()

    @property
    def is_first_run(self) -> bool:
        """Whether no book was ever opened on this computer."""
        return not self.recent_buttons

    def _arrange(self) -> None:
        """At first large cards in two columns; later the recent books, with the ways beside them."""
        self._fill_recent()
        first = self.is_first_run
        self.title_label.setText("欢迎使用村级三资账本" if first else "村级三资账本")
        self.welcome.setText(f"{_WELCOME}\n{_FIRST}" if first else _WELCOME)
        self.recent.setVisible(not first)
        if self._actions is not None:
            self._actions.hide()
            self._actions.deleteLater()
        self._actions = QWidget()
        grid = QGridLayout(self._actions)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.current().scaled(12 if first else 4))
        columns = 2 if first else 1
        kind = "secondary" if first else "row"
        cards = [ActionCard(way.title, way.text, icon=way.icon, kind=kind, on_click=way.go) for way in self._ways]
        for place, card in enumerate(cards):
            grid.addWidget(card, place // columns, place % columns)
        grid.setRowStretch(len(cards), 1)
        self.new_button, self.sample_button, self.open_button = cards[:3]
        self.convert_button, self.bring_in_button, self.restore_button = cards[3:6]
        self.desk_button, self.package_button = cards[6:]
        self._places.insertWidget(0, self._actions, 5)
        self.setFocusProxy(self.new_button if first else self.recent_buttons[0])

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
        for place in machine.recent_desks()[:2]:
            name = Path(place).stem if "://" not in place else place.rpartition("/")[2]
            button = ActionCard(f"乡镇端　{name}", _short(place), icon="stamp", kind="row")
            button.setToolTip(place)
            button.clicked.connect(lambda _checked=False, chosen=place: self.desk_requested.emit(chosen))
            self.recent_buttons.append(button)
            layout.addWidget(button)
        layout.addStretch(1)

    def new_book(self) -> None:
        """Ask the questions a new book begins with."""
        self._ask_for_new_book().created.connect(self.open_book_requested)

    def bring_in(self) -> None:
        """Make a new book for what another program or a table holds."""
        dialog = self._ask_for_new_book()
        dialog.message("先建一本新账，接着选择用友、金蝶导出的文件或 Excel 表。启用月份填导入的余额所属月份的下个月。")
        dialog.created.connect(lambda path: self.begin_requested.emit(path, Beginning(BRING_IN)))

    def convert(self) -> None:
        """Choose the old book or table, make the new book from it, and go on to the conversion there."""
        folder = machine.text("import_folder", str(documents_folder()))
        old = dialogs.pick_file(self, "选择按 2004 年制度记的旧账（账套或余额表）", OLD_FILTER, folder)
        if old is None:
            return
        machine.remember("import_folder", str(old.parent))
        self.clear_message()
        if old.suffix.lower() != ".vlb":
            self._make_converted(old, None)
            return
        self.operations.read(
            lambda _book: adoption.successor(old), lambda new: self._make_converted(old, new), initiator=self
        )

    def _make_converted(self, old: Path, new: NewBook | None) -> None:
        dialog = self._ask_for_new_book()
        dialog.prefill_successor(new)
        text = "先按新制度建一本新账（旧账不会改动），建好后逐项确定旧余额转到哪里。"
        dialog.message(f"{text}旧账里已有的资料都填好了，请核对。" if new else text)
        dialog.created.connect(lambda path: self.begin_requested.emit(path, Beginning(CONVERT, old)))

    def _ask_for_new_book(self) -> NewBookDialog:
        dialog = NewBookDialog(self.operations, documents_folder(), self)
        dialog.open()
        return dialog

    def open_book(self) -> None:
        """Choose an existing book."""
        path = dialogs.pick_file(self, "打开账套", folder=machine.text("book_folder", str(documents_folder())))
        if path is not None:
            machine.remember("book_folder", str(path.parent))
            self.open_book_requested.emit(path)

    def open_sample(self) -> None:
        """Open the sample village with its tour, building it the first time."""
        sample_village.prepare(self.operations, self, lambda path: self.begin_requested.emit(path, Beginning(TOUR)))

    def look_at_package(self) -> None:
        """Choose a package to look at as an auditor."""
        path = dialogs.pick_file(self, "查看报送包", "报送包 (*.vlp);;所有文件 (*)", str(documents_folder()))
        if path is not None:
            self.package_requested.emit(path)

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


def _short(path: Path | str) -> str:
    text = str(path)
    return text if len(text) <= 46 else f"…{text[-45:]}"

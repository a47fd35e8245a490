"""Bringing in what 用友, 金蝶 or a spreadsheet holds: file, columns, accounts, and what came of it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from village_ledger.domain.errors import Refusal
from village_ledger.services import foreign_import
from village_ledger.services.file_import import ImportResult
from village_ledger.services.foreign_columns import KINDS, Layout
from village_ledger.services.foreign_import import Choices, Reading
from village_ledger.services.tabular import Grid
from village_ledger.ui import theme
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.operations import ACCOUNTS, ITEMS, OPENINGS, VOUCHERS, Operations

from .accounts_panel import AccountsPanel
from .columns_panel import ColumnsPanel
from .file_panel import FilePanel

_TITLES = ("第 1 步　选择文件", "第 2 步　核对栏目", "第 3 步　核对科目", "完成")
_FILE, _COLUMNS, _ACCOUNTS, _DONE = range(4)


class BringInDialog(Dialog):
    """Four steps; nothing is written before the third is confirmed. Names and decisions are kept for the next file."""

    imported = Signal(str)

    def __init__(self, operations: Operations, parent: QWidget) -> None:
        super().__init__("导入用友、金蝶或 Excel 的账", parent, operations=operations, width=1080, height=640)
        self._operations = operations
        facts = operations.facts
        if facts is None:
            raise RuntimeError("importing needs an open book")
        self._facts = facts
        self._grid: Grid | None = None
        self._reading: Reading | None = None
        self._known: dict[str, str] = {}
        self.step = theme.mark(QLabel(), "accent")
        self.file, self.columns, self.accounts = FilePanel(), ColumnsPanel(), AccountsPanel(operations)
        self.result = QLabel()
        self.result.setWordWrap(True)
        done = QWidget()
        column = QVBoxLayout(done)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.result)
        column.addStretch(1)
        self.steps = QStackedWidget()
        for panel in (self.file, self.columns, self.accounts, done):
            self.steps.addWidget(panel)
        self.body.addWidget(self.step)
        self.body.addWidget(self.steps, 1)
        self.cancel_button = self.add_button("取消", self.reject)
        self.back_button = self.add_button("上一步(&B)", self.back)
        self.next_button = self.add_button("下一步(&N)", self.forward, kind="primary")
        self.file.path_changed.connect(self._show_step)
        self.file.picked.connect(self.next_button.setFocus)  # so that Enter goes on
        self.columns.changed.connect(self._show_step)
        self.accounts.changed.connect(self._show_step)
        self._go(_FILE)

    def _go(self, place: int) -> None:
        self.steps.setCurrentIndex(place)
        self.step.setText(_TITLES[place])
        self._show_step()
        panel = self.steps.currentWidget()
        (self.next_button if place == _DONE else panel).setFocus()

    def _show_step(self) -> None:
        place = self.steps.currentIndex()
        self.back_button.setVisible(place in (_COLUMNS, _ACCOUNTS))
        self.cancel_button.setText("完成(&C)" if place == _DONE else "取消")
        self.next_button.setText(("下一步(&N)", "下一步(&N)", "导入(&I)", "接着导入下一个文件(&M)")[place])
        ready = (self.file.path() is not None, self.columns.is_complete, not self.accounts.undecided, True)
        self.next_button.setEnabled(ready[place])

    def back(self) -> None:
        """To the step before."""
        self.message_bar.clear()
        self._go(self.steps.currentIndex() - 1)

    def forward(self) -> None:
        """Read, match, import, or begin with another file."""
        self.message_bar.clear()
        match self.steps.currentIndex():
            case 0:
                self._open()
            case 1:
                self._read()
            case 2:
                self._take_over()
            case _:
                self.file.edit.clear()
                self._go(_FILE)

    def _open(self) -> None:
        path = self.file.path()
        if path is not None:
            self._operations.long(
                lambda _book, _progress: foreign_import.open_file(path),
                self._opened,
                title="正在读文件",
                initiator=self,
                on_failed=self._failed,
                cancellable=False,
            )

    def _opened(self, found: tuple[Grid, Layout]) -> None:
        self._grid, layout = found
        self.columns.show_file(self._grid, layout, self._facts.entity.first_period.year)
        self._go(_COLUMNS)

    def _read(self) -> None:
        grid, layout, known = self._grid, self.columns.layout_now(), dict(self._known)
        if grid is not None:
            self._operations.long(
                lambda _book, _progress: foreign_import.read(grid, layout, known),
                self._was_read,
                title="正在读文件",
                initiator=self,
                on_failed=self._failed,
                cancellable=False,
            )

    def _was_read(self, reading: Reading) -> None:
        self._reading = reading
        names = {code: "/".join(account.path) for code, account in reading.accounts.items() if account.path}
        self._known |= names
        self.accounts.show_reading(reading)
        if foreign_import.looks_old(self.accounts.matches(), self._facts.entity.chart):
            self.message(
                "文件里有 2004 年旧制度的科目。旧制度的余额，请改用“期初余额 → 从 2004 年旧科目转入”，"
                "一个科目拆成几个的会逐项问；旧制度的凭证，请建一本按 2004 年制度的账来补录。",
                "warning",
            )
        self._go(_ACCOUNTS)

    def _take_over(self) -> None:
        reading = self._reading
        if reading is None:
            return
        choices = Choices(
            dict(self.accounts.chosen),
            self.columns.basis_now(),
            self.columns.year.value(),
            self.accounts.post.isChecked() and not self.accounts.post.isHidden(),
        )
        self.accounts.show_problems([])
        self._operations.long(
            lambda book, progress: foreign_import.take_over(book, reading, choices, progress),
            self._taken_over,
            title=f"正在导入{KINDS[reading.layout.kind]}",
            touches=ACCOUNTS | ITEMS | OPENINGS | VOUCHERS,
            initiator=self,
            on_failed=self._failed,
        )

    def _taken_over(self, result: ImportResult) -> None:
        kind = self._reading.layout.kind if self._reading else "vouchers"
        what = {
            "vouchers": f"凭证 {result.added} 张" + ("，已记账" if result.posted else "，存为草稿，等待审核"),
            "balances": f"期初余额 {result.added} 条",
            "accounts": f"明细科目 {result.added} 个",
        }[kind]
        text = f"文件共 {result.rows} 行：导入{what}。"
        self.message(text, "success")
        notes = "\n".join(f"· {note}" for note in result.notes)
        self.result.setText(
            f"{notes}\n\n余额表导入以后，可以接着导入凭证；都导完了，到“科目余额表”里和原来的账核对。".strip()
        )
        self.imported.emit(text)
        self._go(_DONE)

    def _failed(self, refusal: Refusal) -> None:
        count = len(refusal.problems)
        tail = "\n改好文件后再导入；现在什么都没有写入。" if count else ""
        self.message(refusal.message + tail, "danger")
        if self.steps.currentIndex() == _ACCOUNTS:
            self.accounts.show_problems([problem.message for problem in refusal.problems])

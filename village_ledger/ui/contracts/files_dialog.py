"""A contract's attachments: adding scans, opening them, taking them off."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QLabel, QTableView, QWidget

from village_ledger.domain.contract import Attachment, Contract
from village_ledger.services import contract_attachments
from village_ledger.services.book import Book
from village_ledger.ui import dialogs, machine, theme
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.instants import local_time
from village_ledger.ui.operations import CONTRACTS, Operations
from village_ledger.ui.tables.text_rows import Cells, TextRows
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.table import dress_table, select_row

_HEADERS = ("文件名", "大小", "添加时间", "状态")
_FILTER = "合同扫描件 (*.pdf *.jpg *.jpeg *.png *.doc *.docx *.ofd);;所有文件 (*)"
Kept = tuple[Attachment, str, Path]


class FilesDialog(Dialog):
    """Shows the list and whether each file is whole."""

    def __init__(self, operations: Operations, contract: Contract, parent: QWidget) -> None:
        super().__init__(f"附件　{contract.code}", parent, operations=operations, width=680, height=380)
        self._operations = operations
        self._contract = contract
        self.model = TextRows(_HEADERS, right=(1,), parent=self)
        self.table = QTableView()
        dress_table(self.table)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.setModel(self.model)
        header = self.table.horizontalHeader()
        for column, width in enumerate((260, 90, 150, 100)):
            header.resizeSection(column, theme.current().scaled(width))
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.place = theme.mark(QLabel(), "hint")
        self.place.setWordWrap(True)
        acts = QHBoxLayout()
        self.attach_button = make_button("添加文件(&A)…", icon="plus", on_click=self._pick)
        self.open_button = make_button("打开(&O)", icon="file", on_click=self.open_file)
        self.detach_button = make_button("去掉(&D)", icon="trash", on_click=self.detach)
        for button in (self.attach_button, self.open_button, self.detach_button):
            acts.addWidget(button)
        acts.addStretch(1)
        self.body.addLayout(acts)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.place)
        self.add_button("关闭", self.accept, kind="primary")
        self.table.activated.connect(lambda _index: self.open_file())
        self.refresh()

    def refresh(self) -> None:
        """Read the list anew."""
        number = self._contract.id

        def read(book: Book) -> tuple[Path, tuple[Kept, ...]]:
            found = contract_attachments.attachments(book, number)
            kept = tuple(
                (one, contract_attachments.state(book, one), contract_attachments.place_of(book, one)) for one in found
            )
            return contract_attachments.folder_of(book), kept

        self._operations.read(read, self._show, topic="files")

    def _show(self, found: tuple[Path, tuple[Kept, ...]]) -> None:
        folder, kept = found
        self.model.show_rows(
            [
                Cells(
                    (one.name, f"{-(-one.size // 1024)} KB", local_time(one.added), state),
                    "" if state == "完好" else "danger",
                    (one, state, place),
                )
                for one, state, place in kept
            ]
        )
        select_row(self.table, 0)
        for button in (self.open_button, self.detach_button):
            button.setEnabled(bool(kept))
        self.place.setText(f"附件存放在 {folder}，复制账簿时请把这个文件夹一起带走")

    def _pick(self) -> None:
        path = dialogs.pick_file(self, "添加附件", _FILTER, machine.text("import_folder"))
        if path is not None:
            machine.remember("import_folder", str(path.parent))
            self.attach(path)

    def attach(self, path: Path) -> None:
        """Keep a file with the contract."""
        number = self._contract.id
        self._operations.write(
            lambda book: contract_attachments.attach(book, number, path),
            lambda _made: self.refresh(),
            touches=CONTRACTS,
            initiator=self,
            on_failed=lambda refusal: self.message(str(refusal), "danger"),
        )

    def open_file(self) -> None:
        """Open the chosen file with the system's program for it."""
        kept: Kept | None = self.model.value(self.table.currentIndex().row())
        if kept is None:
            return
        if kept[1] == "找不到":
            self.message("这个文件不在附件文件夹里，请从原来的电脑或备份里复制过来", "danger")
        elif not QDesktopServices.openUrl(QUrl.fromLocalFile(str(kept[2]))):
            self.message(f"没有能打开它的程序：{kept[2]}", "danger")

    def detach(self) -> None:
        """Take the chosen file off the contract."""
        kept: Kept | None = self.model.value(self.table.currentIndex().row())
        if kept is None:
            return
        number, digest = self._contract.id, kept[0].sha256
        self._operations.write(
            lambda book: contract_attachments.detach(book, number, digest),
            lambda _done: self.refresh(),
            touches=CONTRACTS,
            initiator=self,
            on_failed=lambda refusal: self.message(str(refusal), "danger"),
        )

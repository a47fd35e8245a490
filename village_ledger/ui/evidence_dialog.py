"""Photos and scans of a decision, a request or a project: adding them, opening them, taking them off."""

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QHeaderView, QLabel, QTableView, QWidget

from village_ledger.services import evidence
from village_ledger.services.attachment_folder import attachment_folder
from village_ledger.services.book import Book
from village_ledger.services.evidence import Evidence
from village_ledger.ui import dialogs, machine, theme
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.instants import local_time
from village_ledger.ui.operations import Flags, Operations
from village_ledger.ui.tables.text_rows import Cells, TextRows
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.table import dress_table, select_row

_HEADERS = ("文件名", "说明", "大小", "添加时间", "状态")
_FILTER = "扫描件和照片 (*.pdf *.jpg *.jpeg *.png *.doc *.docx *.ofd);;所有文件 (*)"
_NOTES = ("会议记录", "签到表", "表决票", "现场照片", "决议", "公示照片", "乡镇批准文件", "发票", "验收单", "其他")


class Owner(NamedTuple):
    """What the files belong to, and how it is called."""

    kind: str
    uid: str
    label: str


class _Kept(NamedTuple):
    row: Evidence
    state: str
    place: Path


class EvidenceDialog(Dialog):
    """Shows the list and whether each file is whole. `fixed`: files may be added, not taken off."""

    def __init__(
        self, operations: Operations, owner: Owner, touches: Flags, parent: QWidget, *, fixed: bool = False
    ) -> None:
        super().__init__(f"佐证材料　{owner.label}", parent, operations=operations, width=760, height=400)
        self._operations, self._owner, self._touches = operations, owner, touches
        self._fixed = fixed
        self.model = TextRows(_HEADERS, right=(2,), parent=self)
        self.table = QTableView()
        dress_table(self.table)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.setModel(self.model)
        header = self.table.horizontalHeader()
        for column, width in enumerate((240, 120, 80, 140, 90)):
            header.resizeSection(column, theme.current().scaled(width))
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.note = QComboBox()
        self.note.setEditable(True)
        self.note.addItems(_NOTES)
        self.place = theme.mark(QLabel(), "hint")
        self.place.setWordWrap(True)
        acts = QHBoxLayout()
        label = QLabel("说明(&N)")
        label.setBuddy(self.note)
        self.attach_button = make_button("添加文件(&A)…", icon="plus", on_click=self._pick)
        self.open_button = make_button("打开(&O)", icon="file", on_click=self.open_file)
        self.detach_button = make_button("去掉(&D)", icon="trash", on_click=self.detach)
        for widget in (label, self.note, self.attach_button, self.open_button, self.detach_button):
            acts.addWidget(widget)
        acts.addStretch(1)
        self.detach_button.setVisible(not fixed)
        self.body.addLayout(acts)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.place)
        self.add_button("关闭", self.accept, kind="primary")
        self.table.activated.connect(lambda _index: self.open_file())
        self.refresh()

    def refresh(self) -> None:
        """Read the list anew."""
        owner = self._owner

        def read(book: Book) -> tuple[Path, tuple[_Kept, ...]]:
            found = evidence.evidence(book, owner.kind, owner.uid)
            kept = tuple(_Kept(one, evidence.state(book, one.file), evidence.place_of(book, one.file)) for one in found)
            return attachment_folder(book.path), kept

        self._operations.read(read, self._show, topic="evidence")

    def _show(self, found: tuple[Path, tuple[_Kept, ...]]) -> None:
        folder, kept = found
        self.model.show_rows([_cells(one) for one in kept])
        select_row(self.table, 0)
        for button in (self.open_button, self.detach_button):
            button.setEnabled(bool(kept))
        self.place.setText(f"文件存放在 {folder}，复制账簿时请把这个文件夹一起带走")

    def _chosen(self) -> _Kept | None:
        found: _Kept | None = self.model.value(self.table.currentIndex().row())
        return found

    def _pick(self) -> None:
        path = dialogs.pick_file(self, "添加材料", _FILTER, machine.text("import_folder"))
        if path is not None:
            machine.remember("import_folder", str(path.parent))
            self.attach(path)

    def attach(self, path: Path) -> None:
        """Keep a file with its owner."""
        owner, note = self._owner, self.note.currentText()
        self._operations.write(
            lambda book: evidence.attach(book, owner.kind, owner.uid, path, note, owner.label),
            lambda _made: self.refresh(),
            touches=self._touches,
            initiator=self,
            on_failed=lambda refusal: self.message(str(refusal), "danger"),
        )

    def open_file(self) -> None:
        """Open the chosen file with the system's program for it."""
        kept = self._chosen()
        if kept is None:
            return
        if kept.state == "找不到":
            self.message("这个文件不在附件文件夹里，请从原来的电脑或备份里复制过来", "danger")
        elif not QDesktopServices.openUrl(QUrl.fromLocalFile(str(kept.place))):
            self.message(f"没有能打开它的程序：{kept.place}", "danger")

    def detach(self) -> None:
        """Take the chosen file off its owner."""
        kept, owner = self._chosen(), self._owner
        if kept is None or self._fixed:
            return
        digest = kept.row.file.sha256
        self._operations.write(
            lambda book: evidence.detach(book, owner.kind, owner.uid, digest, owner.label),
            lambda _done: self.refresh(),
            touches=self._touches,
            initiator=self,
            on_failed=lambda refusal: self.message(str(refusal), "danger"),
        )


def _cells(kept: _Kept) -> Cells:
    file = kept.row.file
    texts = (file.name, kept.row.note, f"{-(-file.size // 1024)} KB", local_time(file.added), kept.state)
    return Cells(texts, "" if kept.state == "完好" else "danger", kept, (4,))

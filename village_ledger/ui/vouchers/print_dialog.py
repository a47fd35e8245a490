"""Printing posted vouchers: the paper, the file, and opening it."""

from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QHBoxLayout, QLabel, QLineEdit, QRadioButton, QWidget

from village_ledger.paths import user_data
from village_ledger.services import publishing, vouchers
from village_ledger.services.book import Book, Progress

from .. import machine, theme
from ..dialogs import Dialog, save_file
from ..operations import Operations
from ..widgets.button import make_button

PAPERS = (
    ("a4-two", "A4 纸，每页两张", "普通打印机最常用，中间有裁切线"),
    ("240x140", "240×140 毫米凭证纸", "专用凭证纸（针式或激光）"),
    ("a5", "A5 纸，每页一张", "148×210 毫米，横放"),
)


class PrintDialog(Dialog):
    """Writes the vouchers of these ids as a PDF to print from; `written` tells where it is, and whether it is open."""

    written = Signal(object, bool)

    def __init__(self, operations: Operations, ids: tuple[int, ...], name: str, parent: QWidget | None = None) -> None:
        super().__init__("打印凭证", parent, operations=operations, width=520)
        self._work = operations
        self._ids = ids
        many = f"共 {len(ids)} 张已记账凭证。" if len(ids) > 1 else f"凭证 {name}。"
        self.body.addWidget(QLabel(f"{many}先生成 PDF 文件，再从打开的窗口里打印。"))
        self.papers = QButtonGroup(self)
        chosen = machine.text("voucher_paper", PAPERS[0][0])
        for number, (key, title, hint) in enumerate(PAPERS):
            button = QRadioButton(f"{title}　—　{hint}")
            button.setChecked(key == chosen)
            self.papers.addButton(button, number)
            self.body.addWidget(button)
        if self.papers.checkedId() < 0:
            self.papers.button(0).setChecked(True)
        self.path = QLineEdit(str(_proposal(name)))
        row = QHBoxLayout()
        row.setSpacing(theme.current().px("gap"))
        row.addWidget(QLabel("保存到"))
        row.addWidget(self.path, 1)
        row.addWidget(make_button("浏览…", on_click=self._browse))
        self.body.addLayout(row)
        self.show_file = QCheckBox("生成后打开")
        self.show_file.setChecked(True)
        self.body.addWidget(self.show_file)
        self.add_button("取消", self.reject)
        self.button = self.add_button("生成 PDF", self._print, kind="primary")
        self.button.setFocus()

    @property
    def paper(self) -> str:
        """The key of the paper chosen."""
        return PAPERS[self.papers.checkedId()][0]

    def _browse(self) -> None:
        path = save_file(self, "保存凭证 PDF", self.path.text(), "PDF 文件 (*.pdf)")
        if path is not None:
            self.path.setText(str(path))

    def _print(self) -> None:
        path = Path(self.path.text().strip())
        if not self.path.text().strip() or not path.parent.is_dir():
            self.message("文件夹不存在，请重新选择保存的位置", "danger")
            return
        paper, ids = self.paper, self._ids
        machine.remember("voucher_paper", paper)
        machine.remember("voucher_folder", str(path.parent))
        self._work.long(
            lambda book, progress: _write_pdf(book, ids, path.with_suffix(".pdf"), paper, progress),
            self._written,
            title="正在生成凭证 PDF",
            initiator=self,
        )

    def _written(self, path: Path) -> None:
        self.accept()
        opened = self.show_file.isChecked() and QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
        self.written.emit(path, bool(opened))


def _proposal(name: str) -> Path:
    folder = Path(machine.text("voucher_folder") or Path.home())
    return (folder if folder.is_dir() else user_data()) / f"凭证 {name}.pdf"


def _write_pdf(book: Book, ids: tuple[int, ...], path: Path, paper: str, progress: Progress) -> Path:
    found = []
    for done, voucher_id in enumerate(ids):
        progress(done, len(ids), "读取凭证")
        found.append(vouchers.voucher(book, voucher_id))
    publishing.print_vouchers(book, tuple(found), path, paper)
    return path

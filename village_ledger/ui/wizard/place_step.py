"""Step 4 of a new book: where the file goes, and everything answered once more."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from village_ledger.domain.file_name import FORBIDDEN
from village_ledger.ui import dialogs, theme
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.form import FormGrid


def file_name(village: str) -> str:
    """A file name for a village's book, without signs some systems refuse."""
    plain = "".join(sign for sign in village if sign not in FORBIDDEN).strip(" .")
    return f"{plain or '新账套'}.vlb"


class PlaceStep(QWidget):
    """The file is proposed from the village's name until the user types another."""

    changed = Signal()
    title = "保存"

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.current()
        self._folder = folder
        self._chosen = False
        self.path = QLineEdit()
        self.browse_button = make_button("浏览(&L)…", icon="folder", on_click=self._browse)
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.path, 1)
        line.addWidget(self.browse_button)
        self._row = row
        self.form = FormGrid()
        self.form.add("保存到", row, "一个村一个文件，要放在电脑硬盘上；U 盘上只放备份")
        self.rows = FormGrid()
        self._values: dict[str, QLabel] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px("gap"))
        column.addWidget(self.form)
        column.addWidget(theme.mark(QLabel("请核对"), "strong"))
        column.addWidget(self.rows)
        column.addStretch(1)
        self.setFocusProxy(self.path)
        self.path.textEdited.connect(self._edited)

    def propose(self, village: str, summary: tuple[tuple[str, str], ...]) -> None:
        """Propose a file for a village and show what was answered."""
        if not self._chosen:
            self.path.setText(str(self._folder / file_name(village)))
        for caption, text in summary:
            if caption not in self._values:
                label = QLabel()
                label.setWordWrap(True)
                label.setMinimumHeight(theme.current().px("control"))
                self.rows.add(caption, label)
                self._values[caption] = label
            self._values[caption].setText(text)
        self.form.set_error(self._row, "")

    def file(self) -> Path:
        """The file named."""
        path = Path(self.path.text().strip())
        return path if path.suffix.lower() == ".vlb" else path.with_name(path.name + ".vlb")

    def problem(self) -> str:
        """Why a book cannot be made there; empty when it can."""
        text = self.path.text().strip()
        if not text or not Path(text).name:
            return "请填写文件名"
        if not self.file().parent.is_dir():
            return f"文件夹不存在：{self.file().parent}"
        if self.file().exists():
            return "这个文件已经存在，不会覆盖它，请换一个文件名"
        return ""

    def check(self) -> bool:
        """Whether the book can be made; shows what is wrong."""
        problem = self.problem()
        self.form.set_error(self._row, problem)
        if problem:
            self.path.setFocus()
        return not problem

    def show_error(self, text: str) -> None:
        """Show why the book could not be made."""
        self.form.set_error(self._row, text)

    def _edited(self) -> None:
        self._chosen = True
        self.form.set_error(self._row, "")
        self.changed.emit()

    def _browse(self) -> None:
        path = dialogs.save_file(self, "账套保存到哪里", self.path.text(), dialogs.BOOK_FILTER)
        if path is not None:
            self._chosen = True
            self.path.setText(str(path))
            self.check()

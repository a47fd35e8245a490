"""Step 1: which file, and what can be brought in."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from village_ledger.ui import dialogs, machine, theme
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.form import FormGrid

FILES = "导出的表格 (*.xlsx *.csv *.txt *.xls);;所有文件 (*)"
_NOTES = (
    "用友：科目余额表、凭证列表（序时账）用“输出”存成 Excel；总账工具导出的凭证文本（.txt）也可以",
    "金蝶：科目余额表、会计分录序时簿用“引出”存成 Excel",
    "自己做的 Excel 表也可以：有科目编码、科目名称和借贷余额，或日期、凭证号、摘要、科目和借贷金额",
    "旧版 .xls 请先用 Excel 或 WPS 另存为 .xlsx",
)


class FilePanel(QWidget):
    """`path_changed` fires when another file is named, `picked` when it was chosen in the system's dialog."""

    path_changed = Signal()
    picked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        intro = QLabel(
            "一次导入一个文件：先导科目余额表（作为期初余额），再导凭证。列名和科目会自动认，下一步可以改；"
            "有一行不对就一行都不导，错误逐行列出。原文件不会改动。"
        )
        intro.setWordWrap(True)
        notes = theme.mark(QLabel("\n".join(f"· {note}" for note in _NOTES)), "muted")
        notes.setWordWrap(True)
        self.edit = QLineEdit()
        self.edit.setPlaceholderText("还没有选文件")
        self.pick_button = make_button("选择文件(&F)…", icon="folder", on_click=self._pick)
        self._row = QWidget()
        line = QHBoxLayout(self._row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.edit, 1)
        line.addWidget(self.pick_button)
        self._row.setFocusProxy(self.edit)
        self.form = FormGrid()
        self.form.add("文件(&W)", self._row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().px("gap"))
        column.addWidget(intro)
        column.addWidget(notes)
        column.addWidget(self.form)
        column.addStretch(1)
        self.edit.textChanged.connect(self._changed)
        self.setFocusProxy(self.pick_button)

    def path(self) -> Path | None:
        """The file named, if it exists."""
        text = self.edit.text().strip()
        return Path(text) if text and Path(text).is_file() else None

    def set_path(self, path: Path) -> None:
        """Name the file."""
        self.edit.setText(str(path))

    def _pick(self) -> None:
        path = dialogs.pick_file(self, "选择导出的文件", FILES, machine.text("import_folder"))
        if path is not None:
            machine.remember("import_folder", str(path.parent))
            self.set_path(path)
            self.picked.emit()

    def _changed(self, text: str) -> None:
        missing = bool(text.strip()) and self.path() is None
        self.form.set_error(self._row, "没有这个文件，请重新选择" if missing else "")
        self.path_changed.emit()

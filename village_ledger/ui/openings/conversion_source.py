"""Where the old balances are: a book of this program, or a table of opening balances by the 2004 accounts."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from village_ledger.domain.period import Period
from village_ledger.ui import dialogs, machine
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.form import FormGrid

OLD_FILTER = "旧账套或表格 (*.vlb *.xlsx *.csv);;所有文件 (*)"
_TABLE_FILTER = "表格文件 (*.xlsx *.csv);;所有文件 (*)"


class _PathField(QWidget):
    """A path and a button to choose it."""

    def __init__(self, button: str) -> None:
        super().__init__()
        self.edit = QLineEdit()
        self.edit.setPlaceholderText("还没有选文件")
        self.button = make_button(button, icon="folder")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.edit, 1)
        row.addWidget(self.button)
        self.setFocusProxy(self.button)

    def path(self) -> Path | None:
        """The file named, if it exists."""
        text = self.edit.text().strip()
        return Path(text) if text and Path(text).is_file() else None


class SourcePanel(QWidget):
    """`path_changed` fires when another file is named."""

    path_changed = Signal()

    def __init__(self, start: Period, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        intro = QLabel(
            f"把按 2004 年《村集体经济组织会计制度》记的余额，转成 2023 年新制度的期初余额（{start.label}初）。\n"
            "旧账可以是本程序的旧账套，或用友、金蝶导出的年末科目余额表（.xlsx），"
            "也可以是自己做的期初余额表（栏目：科目编码、辅助、借方余额、贷方余额）。"
        )
        intro.setWordWrap(True)
        self.file = _PathField("选择(&F)…")
        self.accounts = _PathField("选择(&K)…")
        self.form = FormGrid()
        self.form.add("旧账", self.file, f"旧账套取 {start.previous.label}末的余额")
        self.form.add("科目表", self.accounts, "旧账是余额表、又设了明细科目时才需要（栏目：科目编码、科目名称、方向）")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(intro)
        column.addSpacing(8)
        column.addWidget(self.form)
        column.addStretch(1)
        self.file.button.clicked.connect(lambda: self._pick(self.file, OLD_FILTER))
        self.accounts.button.clicked.connect(lambda: self._pick(self.accounts, _TABLE_FILTER))
        self.file.edit.textChanged.connect(self._changed)
        self._changed("")

    def path(self) -> Path | None:
        """The old book or table."""
        return self.file.path()

    def accounts_path(self) -> Path | None:
        """The table of the old book's own details, if given."""
        return self.accounts.path()

    def set_path(self, path: Path) -> None:
        """Name the old book or table."""
        self.file.edit.setText(str(path))

    def _pick(self, field: _PathField, filters: str) -> None:
        path = dialogs.pick_file(self, "选择旧账", filters, machine.text("import_folder"))
        if path is not None:
            machine.remember("import_folder", str(path.parent))
            field.edit.setText(str(path))

    def _changed(self, text: str) -> None:
        missing = bool(text.strip()) and self.file.path() is None
        self.form.set_error(self.file, "没有这个文件，请重新选择" if missing else "")
        is_book = text.strip().lower().endswith(".vlb")
        self.accounts.setEnabled(not is_book)
        self.path_changed.emit()

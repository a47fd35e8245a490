"""What the official decides about a file: a month that changed, a village that signs with another key."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QLabel, QTableView, QWidget

from village_ledger.domain.desk import Difference
from village_ledger.services.township.joining import KeyChanged
from village_ledger.ui import theme
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.key_text import key_lines
from village_ledger.ui.tables.rows_model import RowsModel
from village_ledger.ui.widgets.form import FormGrid
from village_ledger.ui.widgets.table import dress_table


class DifferencesModel(RowsModel[Difference]):
    """One row a difference."""

    headers = ("什么", "原来的", "这一份")
    sides = "lll"

    def cell(self, value: Difference, column: int) -> str:
        """Qt text."""
        return value[column]

    def look(self, value: Difference, column: int, role: int) -> str | None:
        """The tip shows long texts whole."""
        return self.cell(value, column) if role == Qt.ItemDataRole.ToolTipRole else None


class DifferencesTable(QTableView):
    """What differs, before and after."""

    def __init__(self, found: tuple[Difference, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = DifferencesModel(self)
        dress_table(self)
        self.setModel(self.rows)
        self.show_differences(found)
        header = self.horizontalHeader()
        header.resizeSection(0, theme.current().scaled(230))
        for column in (1, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def show_differences(self, found: tuple[Difference, ...]) -> None:
        """Show these."""
        self.rows.show_rows(found)


class ChangedDialog(Dialog):
    """A month handed over again that says something else: accepted when it shall stand for the month."""

    def __init__(self, name: str, text: str, found: tuple[Difference, ...], parent: QWidget) -> None:
        super().__init__("这个月以前收过，内容不一样", parent, width=1100, height=460)
        words = QLabel(f"{name}\n{text}")
        words.setWordWrap(True)
        self.table = DifferencesTable(found)
        hint = theme.mark(QLabel("更换以后，原来的文件和记录仍然留着；后面月份接不上的，要请村里重新报送。"), "muted")
        hint.setWordWrap(True)
        self.body.addWidget(words)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(hint)
        self.replace_button = self.add_button("更换(&R)", self.accept)
        self.keep_button = self.add_button("保留原来的(&K)", self.reject, kind="primary")
        self.keep_button.setFocus()


class KeyDialog(Dialog):
    """A village that signs with another key: accepted when the official has asked the village."""

    def __init__(self, refusal: KeyChanged, parent: QWidget) -> None:
        super().__init__(f"{refusal.village}换了签名密钥", parent, width=720)
        form = FormGrid()
        for title, digits in (("以前的密钥", refusal.before), ("现在的密钥", refusal.after)):
            shown = theme.mark(QLabel(key_lines(digits)), "secret")
            shown.setWordWrap(True)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            form.add(title, shown)
        told = (
            "村里的操作日志记有这次更换。"
            if refusal.told
            else "村里的操作日志里没有这次更换的记录，要特别小心：可能不是村里报的。"
        )
        words = theme.mark(QLabel(told), "muted" if refusal.told else "danger")
        ask = QLabel("请打电话给村里的会计，逐组念一遍现在的密钥。一个字都不差，再接受。")
        for label in (words, ask):
            label.setWordWrap(True)
            self.body.addWidget(label)
        self.body.addWidget(form)
        self.accept_button = self.add_button("已和村里核对，接受(&A)", self.accept)
        self.refuse_button = self.add_button("拒绝(&R)", self.reject, kind="primary")
        self.refuse_button.setFocus()

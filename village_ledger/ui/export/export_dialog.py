"""Taking a month's books and statements out as Excel and PDF: which month, where to, progress, and what was written."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QListWidget, QWidget

from village_ledger.domain.period import Period
from village_ledger.services import publishing
from village_ledger.ui import dialogs, machine, theme
from village_ledger.ui.operations import LOG, Operations
from village_ledger.ui.places import places
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.form import FormGrid
from village_ledger.ui.widgets.period_picker import PeriodPicker

_FOLDER = "export_folder"
CONTENT = (
    "报表：科目余额表、资产负债表、收益及收益分配表、收支明细表、往来余额表、凭证汇总表；"
    "账簿：总账、明细账、现金和银行日记账（各有 Excel 和 PDF）；凭证和结账单（PDF）；供核对的数据文件。"
)


class ExportDialog(dialogs.Dialog):
    """Opened with `open()`; stays open after the export to show the files."""

    def __init__(self, operations: Operations, period: Period | None = None, parent: QWidget | None = None) -> None:
        super().__init__("导出账表", parent, operations=operations, width=620)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        facts = operations.facts
        if facts is None:
            raise RuntimeError("exporting needs a book")
        self._operations = operations
        self._written: Path | None = None
        self.period = PeriodPicker()
        self.period.set_years(facts.entity.first_period.year, facts.open_period.year)
        self.period.set_period(period or facts.last_posted)
        self.place = QComboBox()
        for place in places(machine.text(_FOLDER)):
            self.place.addItem(theme.icon("usb" if place.usb else "folder", "accent"), place.title, str(place.path))
        where = QWidget()
        row = QHBoxLayout(where)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.place, 1)
        row.addWidget(make_button("其他位置…", on_click=self._choose))
        form = FormGrid()
        form.add("月份", self.period)
        form.add("保存到", where, "会在这里建一个以村名和月份命名的文件夹")
        content = QLabel(CONTENT)
        content.setWordWrap(True)
        form.add("内容", content)
        self.body.addWidget(form)
        self.files = QListWidget()
        self.files.setMinimumHeight(theme.current().scaled(150))
        self.files.hide()
        self.body.addWidget(self.files, 1)
        self.add_button("关闭", self.reject)
        self.folder_button = self.add_button("打开文件夹", self._open_folder)
        self.folder_button.hide()
        self.start_button = self.add_button("开始导出", self.start, kind="primary")

    def folder(self) -> Path:
        """The folder chosen."""
        return Path(str(self.place.currentData()))

    def start(self) -> None:
        """Export; progress with a cancel button appears when it takes longer."""
        period, folder = self.period.period(), self.folder()
        machine.remember(_FOLDER, str(folder))
        self.message_bar.clear()
        self._operations.long(
            lambda book, progress: publishing.export_month(book, period, folder, progress),
            self._done,
            title=f"正在导出{period.label}的账表",
            touches=LOG,
            initiator=self,
        )

    def _done(self, paths: tuple[Path, ...]) -> None:
        self._written = paths[0].parent if paths else self.folder()
        self.files.clear()
        self.files.addItems([path.name for path in paths])
        self.files.show()
        self.folder_button.show()
        self.message(f"已导出 {len(paths)} 个文件到：{self._written}", "success")
        self.folder_button.setFocus()

    def _choose(self) -> None:
        folder = dialogs.pick_folder(self, "保存到哪个文件夹", str(self.folder()))
        if folder is not None:
            self.place.insertItem(0, theme.icon("folder", "accent"), str(folder), str(folder))
            self.place.setCurrentIndex(0)

    def _open_folder(self) -> None:
        if self._written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written)))

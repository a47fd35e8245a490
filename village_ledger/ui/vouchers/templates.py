"""Choosing a voucher template, and keeping the lines on the screen as one."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QLineEdit, QListWidget, QListWidgetItem, QWidget

from village_ledger.domain.account import Chart
from village_ledger.domain.money import format_fen
from village_ledger.domain.voucher import DraftLine
from village_ledger.services import vouchers
from village_ledger.services.vouchers import Template

from .. import theme
from ..dialogs import Dialog, question
from ..operations import TEMPLATES, Operations

_TEMPLATE = Qt.ItemDataRole.UserRole


class _Filter(QLineEdit):
    """The search field; arrows steer the list below."""

    def __init__(self, table: QListWidget) -> None:
        super().__init__()
        self._table = table
        self.setPlaceholderText("输入名称查找，↑ ↓ 选择，回车使用")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.key() in steps:
            row = self._table.currentRow()
            while 0 <= (row := row + steps[Qt.Key(event.key())]) < self._table.count():
                if not self._table.item(row).isHidden():
                    self._table.setCurrentRow(row)
                    break
        else:
            super().keyPressEvent(event)


class TemplatePicker(Dialog):
    """Lists the templates with their lines; Enter takes one."""

    picked = Signal(object)

    def __init__(self, operations: Operations, chart: Chart, parent: QWidget | None = None) -> None:
        super().__init__("从模板录入", parent, operations=operations, width=680)
        self._chart = chart
        self._work = operations
        self.list = QListWidget()
        self.filter = _Filter(self.list)
        self.preview = QLabel()
        self.preview.setTextFormat(Qt.TextFormat.PlainText)
        self.preview.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.preview.setWordWrap(True)
        row = QHBoxLayout()
        row.addWidget(self.list, 2)
        row.addWidget(self.preview, 3)
        self.body.addWidget(self.filter)
        self.body.addLayout(row, 1)
        self.list.setMinimumHeight(theme.current().scaled(240))
        self.delete = self.add_button("删除模板", self._delete, kind="danger")
        self.add_button("取消", self.reject)
        self.use = self.add_button("使用模板", self._use, kind="primary")
        self.filter.textChanged.connect(self._narrow)
        self.list.currentItemChanged.connect(lambda _now, _before: self._show_preview())
        self.list.itemDoubleClicked.connect(lambda _item: self._use())
        self.filter.setFocus()
        operations.read(vouchers.templates, self.show_templates)

    def show_templates(self, templates: tuple[Template, ...]) -> None:
        """Fill the list."""
        self.list.clear()
        for template in templates:
            item = QListWidgetItem(template.name)
            item.setData(_TEMPLATE, template)
            self.list.addItem(item)
        if templates:
            self.list.setCurrentRow(0)
        else:
            self.message("还没有模板。在凭证页选“更多 → 存为模板”，就能把常用的凭证存下来", "info")
        self._show_preview()

    def template(self) -> Template | None:
        """The one chosen."""
        item = self.list.currentItem()
        return item.data(_TEMPLATE) if item is not None and not item.isHidden() else None

    def _narrow(self, text: str) -> None:
        first = None
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setHidden(text.strip() not in item.text())
            first = item if first is None and not item.isHidden() else first
        if first is not None:
            self.list.setCurrentItem(first)
        self._show_preview()

    def _show_preview(self) -> None:
        template = self.template()
        self.use.setEnabled(template is not None)
        self.delete.setEnabled(template is not None)
        self.preview.setText("\n".join(_line_text(line, self._chart) for line in template.lines) if template else "")

    def _use(self) -> None:
        template = self.template()
        if template is not None:
            self.accept()
            self.picked.emit(template)

    def _delete(self) -> None:
        template = self.template()
        if template is not None:
            words = f"删除模板“{template.name}”？已经录入的凭证不受影响。"
            asked = question(self, "删除模板", words, accept="删除", danger=True)
            asked.accepted.connect(lambda: self._delete_now(template.id))
            asked.open()

    def _delete_now(self, template_id: int) -> None:
        self._work.write(
            lambda book: vouchers.delete_template(book, template_id),
            lambda _done: self._work.read(vouchers.templates, self.show_templates),
            touches=TEMPLATES,
            initiator=self,
        )


class TemplateKeeper(Dialog):
    """Asks for a name and whether the amounts are kept."""

    kept = Signal(str)

    def __init__(
        self, operations: Operations, lines: tuple[DraftLine, ...], proposal: str, parent: QWidget | None = None
    ) -> None:
        super().__init__("存为模板", parent, operations=operations, width=420)
        self._work = operations
        self._lines = lines
        self.name = QLineEdit(proposal)
        self.with_amounts = QCheckBox("连金额一起保存（借贷方向也随之保留）")
        self.with_amounts.setChecked(True)
        self.body.addWidget(QLabel("模板名称（同名的会被替换）"))
        self.body.addWidget(self.name)
        self.body.addWidget(self.with_amounts)
        self.add_button("取消", self.reject)
        self.add_button("保存模板", self._keep, kind="primary")
        self.name.selectAll()
        self.name.setFocus()

    def _keep(self) -> None:
        name, lines = self.name.text().strip(), self._lines
        if not self.with_amounts.isChecked():
            lines = tuple(line._replace(debit_fen=0, credit_fen=0, quantity=0) for line in lines)
        self._work.write(
            lambda book: vouchers.save_template(book, name, lines), self._done, touches=TEMPLATES, initiator=self
        )

    def _done(self, _result: None) -> None:
        self.accept()
        self.kept.emit(self.name.text().strip())


def _line_text(line: DraftLine, chart: Chart) -> str:
    account = chart.full_name(line.account) if line.account in chart else line.account
    items = "".join(f"〔{name}〕" for _category, name in line.items)
    fen = line.debit_fen or line.credit_fen
    side = "贷" if line.credit_fen else "借" if line.debit_fen else "　"
    return f"{side} {line.account} {account}{items}{'　' + format_fen(fen) if fen else ''}\n　 {line.summary}"

"""Step 3: which account here each account of the file is. What has no like is asked; the rest may be changed."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QHeaderView, QLabel, QListWidget, QTableView, QVBoxLayout, QWidget

from village_ledger.domain.account import Chart
from village_ledger.services import foreign_import
from village_ledger.services.foreign_accounts import Match
from village_ledger.services.foreign_import import Reading
from village_ledger.ui import theme
from village_ledger.ui.choices import account_choice, ledger_accounts
from village_ledger.ui.operations import Facts, Operations
from village_ledger.ui.tables.rows_model import RowsModel
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.finder import FinderEdit
from village_ledger.ui.widgets.table import dress_table

_PLACE = 2
_HINT = "选到有下级的科目，会在它下面新增明细；选到按户核算的科目，原来的明细会变成往来户。可以按住 Ctrl 选几行一起定。"
_REPLACES = "导入会替换已经录入的期初余额。"


class MatchesModel(RowsModel[Match]):
    """Accounts of the file and where they go."""

    headers = ("原科目编码", "原科目名称", "记到", "说明")
    sides = "llll"
    chart = Chart(())

    def cell(self, value: Match, column: int) -> str:
        """Code, names, place, remark."""
        return (
            value.source.code if value.source.code != value.source.name else "",
            " / ".join(value.source.path),
            place_text(value, self.chart),
            value.asked or value.note or _kind_text(value),
        )[column]

    def look(self, value: Match, column: int, role: int) -> Any:
        """What is asked stands out."""
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.cell(value, column)
        if role == Qt.ItemDataRole.ForegroundRole and column >= _PLACE:
            colour = "danger" if value.asked else "warning" if value.note else "muted" if column > _PLACE else ""
            return theme.current().colour(colour) if colour else None
        return None


def place_text(match: Match, chart: Chart) -> str:
    """Where an account goes, in words."""
    if match.asked or match.target not in chart:
        return "请选择"
    name = f"{match.target} {chart.full_name(match.target)}"
    if match.details:
        return f"{name} 下新增“{'—'.join(match.details)}”"
    return f"{name}，{match.member[0]}：{match.member[1]}" if match.member[0] else name


def _kind_text(match: Match) -> str:
    if match.details:
        return "新增明细科目"
    return f"作为{match.member[0]}" if match.member[0] else ""


class AccountsPanel(QWidget):
    """`changed` fires with every decision; `chosen` are the decisions by source code, kept from file to file."""

    changed = Signal()

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.current()
        self._operations = operations
        self._reading: Reading | None = None
        self.chosen: dict[str, str] = {}
        self.model = MatchesModel(self)
        self.table = QTableView()
        dress_table(self.table)
        self.table.setModel(self.model)
        for column, width in enumerate((120, 250, 300)):
            self.table.setColumnWidth(column, look.scaled(width))
        self.table.horizontalHeader().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self.table.selectionModel().selectionChanged.connect(lambda *_ranges: self._show_current())
        self.target = FinderEdit(ledger_accounts(self._facts), "编码、名称或拼音首字母，F7 全部")
        self.target.chosen.connect(self._choose)
        caption = QLabel("选中的科目记到(&T)")
        caption.setBuddy(self.target)
        self.reset_button = make_button("照原来建议的(&U)", kind="quiet", icon="undo", on_click=self._reset)
        self.state = QLabel()
        row = QHBoxLayout()
        row.setSpacing(look.px("gap"))
        row.addWidget(caption)
        row.addWidget(self.target, 1)
        row.addWidget(self.reset_button)
        self.hint = theme.mark(QLabel(), "hint")
        self.hint.setWordWrap(True)
        self.post = QCheckBox("这些是原来已经审核、记账的历史凭证，导入后直接记账(&H)")
        self.problems = QListWidget()
        self.problems.setWordWrap(True)
        self.problems.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px("gap"))
        column.addWidget(self.table, 3)
        column.addLayout(row)
        column.addWidget(self.hint)
        column.addWidget(self.post)
        column.addWidget(self.state)
        column.addWidget(self.problems, 2)
        self.setFocusProxy(self.table)

    def _facts(self) -> Facts:
        facts = self._operations.facts
        if facts is None:
            raise RuntimeError("accounts are matched with those of an open book")
        return facts

    def show_reading(self, reading: Reading) -> None:
        """Show the accounts of a file, what is asked first."""
        self._reading = reading
        self.problems.hide()
        self.hint.setText(_HINT + (_REPLACES if reading.layout.kind == "balances" else ""))
        settings = self._facts().settings
        self.post.setVisible(reading.layout.kind == "vouchers" and (settings.single_person or not settings.log_in))
        self._match()
        self.table.selectRow(0)

    def matches(self) -> tuple[Match, ...]:
        """Where everything goes now, in file order."""
        if self._reading is None:
            return ()
        return foreign_import.matches(self._reading, self._facts().chart, self.chosen)

    @property
    def undecided(self) -> int:
        """How many accounts still wait for a decision."""
        return sum(1 for one in self.model.rows if one.asked)

    def show_problems(self, texts: list[str]) -> None:
        """List what is wrong with the file's rows."""
        self.problems.clear()
        self.problems.addItems(texts)
        self.problems.setVisible(bool(texts))

    def _match(self) -> None:
        self.model.chart = self._facts().chart
        found = self.matches()
        ordered = sorted(found, key=lambda one: 0 if one.asked else 1 if one.note else 2)
        self.model.show_rows(ordered)
        waiting = self.undecided
        self.state.setText(f"还有 {waiting} 个科目要选择" if waiting else f"✓ {len(found)} 个科目都有了去向，请核对")
        theme.mark(self.state, "danger" if waiting else "success")
        self.changed.emit()

    def _selected(self) -> list[Match]:
        rows = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        return [one for row in rows if (one := self.model.value(row)) is not None]

    def _show_current(self) -> None:
        selected = self._selected()
        first = selected[0] if selected else None
        known = first is not None and not first.asked
        self.target.set_choice(account_choice(self._facts().chart, first.target) if first and known else None)
        self.target.setEnabled(bool(selected))
        self.reset_button.setEnabled(any(one.source.code in self.chosen for one in selected))

    def _choose(self, code: str | None) -> None:
        if not code:
            return
        codes = [one.source.code for one in self._selected()]
        self.chosen.update(dict.fromkeys(codes, code))
        self._match()
        asked = self.model.find(lambda one: bool(one.asked))
        if asked < 0:
            asked = self.model.find(lambda one: one.source.code in codes)
        self.table.selectRow(max(asked, 0))
        if self.undecided:
            self.target.setFocus()
            self.target.selectAll()

    def _reset(self) -> None:
        for one in self._selected():
            self.chosen.pop(one.source.code, None)
        self._match()
        self.table.selectRow(0)

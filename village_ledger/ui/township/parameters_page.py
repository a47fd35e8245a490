"""规则参数: what each rule looks for, where it comes from, and the bounds this desk works with."""

from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHeaderView,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from village_ledger.domain.money import MoneyError, format_fen, parse_fen
from village_ledger.rules.model import Rule
from village_ledger.services.cells import CellError
from village_ledger.services.township import flags
from village_ledger.services.township.desk import Desk
from village_ledger.services.township.flags import Parameter
from village_ledger.ui import theme
from village_ledger.ui.tables.rows_model import RowsModel
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.card import Card, EmptyState
from village_ledger.ui.widgets.table import dress_table, select_row

from .form import DeskForm
from .operations import DOUBTS, LOG, PARAMETERS, DeskOperations
from .page import DeskPage
from .words import SEVERITY_COLOURS

_HUNDREDTHS = {"元": "元", "百分之一亩": "亩"}
"""Units whose values are kept in hundredths, and what people read and type."""
_RULE_WIDTHS = (36, 180, 48)
_WIDTHS = (166, 264, 46, 80)


class Told(NamedTuple):
    """The rules and the parameters as they hold."""

    rules: tuple[Rule, ...]
    parameters: tuple[Parameter, ...]


class RulesModel(RowsModel[Rule]):
    """One row a rule."""

    headers = ("号", "规则", "轻重")
    sides = "rlc"

    def cell(self, value: Rule, column: int) -> str:
        """Qt text."""
        return (str(value.number), value.title, value.severity)[column]

    def look(self, value: Rule, column: int, role: int) -> Any:
        """How bad a hit is, in its colour."""
        if role == Qt.ItemDataRole.ForegroundRole and column == 2:
            return theme.current().colour(SEVERITY_COLOURS[value.severity])
        return value.text if role == Qt.ItemDataRole.ToolTipRole else None


class ParametersModel(RowsModel[Parameter]):
    """One row a bound or list of words."""

    headers = ("参数", "值", "单位", "来源核实", "来源")
    sides = "lrlll"

    def cell(self, value: Parameter, column: int) -> str:
        """Qt text."""
        if column == 3:
            return "本单位定" if value.own else "已核实" if value.confirmed else "未核实"
        unit = _HUNDREDTHS.get(value.unit, value.unit)
        return (value.title, written(value, value.value), unit, "", value.source)[column]

    def look(self, value: Parameter, column: int, role: int) -> Any:
        """What the desk set itself stands out; what is not confirmed is said in the colour of a warning."""
        look = theme.current()
        if role == Qt.ItemDataRole.ForegroundRole and column == 3:
            return look.colour("accent" if value.own else "success" if value.confirmed else "warning")
        if role == Qt.ItemDataRole.FontRole and column == 1 and value.own:
            return look.font(bold=True)
        return self.cell(value, column) if role == Qt.ItemDataRole.ToolTipRole else None


class ParametersPage(DeskPage):
    """Rules at the left, the current one whole at the right."""

    title = "规则参数"
    subtitle = "界限由乡镇按当地规定确定，每次修改都记入日志"
    touched_by = PARAMETERS

    def __init__(self, operations: DeskOperations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        look = theme.current()
        self._told = Told((), ())
        self.change_button = self.add_action_button(
            make_button("修改参数(&E)…", kind="primary", icon="pen", on_click=self.change)
        )
        self.search = QLineEdit()
        self.search.setPlaceholderText("找规则（Ctrl+F）")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _text: self._show_rules())
        self.rules = RulesModel(self)
        self.table = QTableView()
        dress_table(self.table)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.setModel(self.rules)
        header = self.table.horizontalHeader()
        for column, width in enumerate(_RULE_WIDTHS):
            header.resizeSection(column, look.scaled(width))
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        left = QWidget()
        column_box = QVBoxLayout(left)
        column_box.setContentsMargins(0, 0, 0, 0)
        column_box.addWidget(self.search)
        column_box.addWidget(self.table, 1)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(left)
        self.split.addWidget(self._detail())
        self.split.setStretchFactor(1, 1)
        self.split.setSizes([look.scaled(290), look.scaled(830)])
        self.empty = EmptyState("程序里还没有检查规则。")
        self.empty.hide()
        self.body.addWidget(self.split, 1)
        self.body.addWidget(self.empty, 1)
        self.setFocusProxy(self.table)
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show_current())
        self.values.activated.connect(lambda _index: self.change())

    def refresh(self) -> None:
        """Read the parameters again."""

        def read(desk: Desk) -> Told:
            return Told(flags.rules(), flags.parameters(desk))

        self.operations.read(read, self._show, topic="parameters")

    def change(self) -> None:
        """Set the current parameter."""
        one = self.parameters.value(self.values.currentIndex().row())
        rule = self.rules.value(self.table.currentIndex().row())
        if one is None or rule is None or self.facts.read_only:
            return
        dialog = ParameterDialog(self.operations, rule, one, self)
        dialog.done.connect(lambda _none: self._changed())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _changed(self) -> None:
        self.message_bar.show_message(
            "参数已改。已经收到的账要重新检查才按新的参数算。", "success", "到疑点页重新检查", self._go_to_doubts
        )

    def _go_to_doubts(self) -> None:
        self.open_page_requested.emit("doubts")

    def _detail(self) -> QWidget:
        card = Card()
        self.heading = theme.mark(QLabel(), "heading")
        self.heading.setWordWrap(True)
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.source = theme.mark(QLabel(), "muted")
        self.source.setWordWrap(True)
        self.parameters = ParametersModel(self)
        self.values = QTableView()
        dress_table(self.values)
        self.values.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.values.setModel(self.parameters)
        header = self.values.horizontalHeader()
        for column, width in enumerate(_WIDTHS):
            header.resizeSection(column, theme.current().scaled(width))
        header.setSectionResizeMode(len(_WIDTHS), QHeaderView.ResizeMode.Stretch)
        self.none = theme.mark(QLabel("这条规则没有要定的参数。"), "muted")
        for widget in (self.heading, self.text, self.source):
            card.body.addWidget(widget)
        card.body.addWidget(self.values, 1)
        card.body.addWidget(self.none)
        card.body.addStretch(0)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(card)
        return area

    def _show(self, told: Told) -> None:
        self._told = told
        self.empty.setVisible(not told.rules)
        self.split.setVisible(bool(told.rules))
        self._show_rules()

    def _show_rules(self) -> None:
        text = self.search.text().strip()
        before = self.rules.value(self.table.currentIndex().row())
        self.rules.show_rows([one for one in self._told.rules if text in f"{one.number} {one.title} {one.text}"])
        kept = self.rules.find(lambda one: before is not None and one.id == before.id)
        select_row(self.table, max(kept, 0))
        self._show_current()

    def _show_current(self) -> None:
        rule = self.rules.value(self.table.currentIndex().row())
        place = self.values.currentIndex().row()
        rows = [one for one in self._told.parameters if rule is not None and one.rule == rule.id]
        self.parameters.show_rows(rows)
        select_row(self.values, min(max(place, 0), len(rows) - 1) if rows else 0)
        self.values.setVisible(bool(rows))
        self.none.setVisible(not rows)
        self.change_button.setEnabled(bool(rows) and not self.facts.read_only)
        if rule is not None:
            self.heading.setText(f"{rule.title}（{rule.severity}）")
            self.text.setText(rule.text)
            self.source.setText(f"来源：{rule.source}")


class ParameterDialog(DeskForm):
    """A new value, or the program's own again, with the reason."""

    touches = PARAMETERS | DOUBTS | LOG

    def __init__(self, operations: DeskOperations, rule: Rule, one: Parameter, parent: QWidget) -> None:
        super().__init__(operations, f"修改参数　{rule.title}", "保存(&S)", parent, width=620)
        self._parameter = one
        self.value = QLineEdit(written(one, one.value))
        self.reason = QLineEdit()
        self.reason.setMaxLength(200)
        words = isinstance(one.default, tuple)
        unit = _HUNDREDTHS.get(one.unit, one.unit)
        hint = "；".join(filter(None, ("几个用顿号分开" if words else "", f"单位：{unit}" if unit else "")))
        self.form.add(f"{one.title}(&V)", self.value, f"{hint}；程序给的是 {written(one, one.default)}".lstrip("；"))
        self.form.add("理由(&R)", self.reason, "依据哪个文件改；记入日志")
        self.default_button = self.add_button("恢复程序给的(&D)", self._restore)
        self.default_button.setVisible(one.own)
        self.value.selectAll()
        self.value.setFocus()

    def act(self) -> Callable[[Desk], Any]:
        """See `DeskForm`."""
        one, reason = self._parameter, self.reason.text()
        value = read(one, self.value.text())
        return lambda desk: flags.set_parameter(desk, one.rule, one.name, value, reason)

    def _restore(self) -> None:
        self.value.setText(written(self._parameter, self._parameter.default))
        if not self.reason.text():
            self.reason.setText("恢复程序给的值")
        self.save()


def written(one: Parameter, value: Any) -> str:
    """A value as people read and type it: yuan, a number, several with 顿号 between."""
    if isinstance(value, tuple):
        return "、".join(written(one, part) for part in value)
    return format_fen(value).replace(",", "").removesuffix(".00") if one.unit in _HUNDREDTHS else str(value)


def read(one: Parameter, text: str) -> Any:
    """The inverse of `written`; the program's own value becomes None, which returns to it. Raises CellError."""
    found = _read(one, text.strip())
    return None if found == one.default else found


def _read(one: Parameter, text: str) -> Any:
    if not isinstance(one.default, tuple):
        return _number(one, text)
    parts = [part.strip() for part in text.replace("，", "、").replace(",", "、").split("、") if part.strip()]
    if one.default and isinstance(one.default[0], int):
        return tuple(_number(one, part) for part in parts)
    return tuple(parts)


def _number(one: Parameter, text: str) -> int:
    if one.unit in _HUNDREDTHS:
        try:
            return parse_fen(text)
        except MoneyError as wrong:
            raise CellError(f"{one.title}：{wrong}") from wrong
    if not text.isascii() or not text.isdigit():
        raise CellError(f"{one.title}应是不小于 0 的整数")
    return int(text)

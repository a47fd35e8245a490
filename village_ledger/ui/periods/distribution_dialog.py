"""Distribution of the year's income in the order of 财务制度 art. 28: losses, 公积公益金, members, other."""

from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from village_ledger.domain.account import Item
from village_ledger.domain.closing import DistributionPlan, plan_distribution
from village_ledger.domain.errors import BadInput, Refusal
from village_ledger.domain.money import MoneyError, format_fen
from village_ledger.domain.period import Period
from village_ledger.domain.voucher import Draft, DraftLine
from village_ledger.services import distribution
from village_ledger.services.book import Book
from village_ledger.services.catalog import chart_definition
from village_ledger.ui import theme
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.operations import VOUCHERS, Operations
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.money_edit import MoneyEdit
from village_ledger.ui.widgets.table import dress_table

from .members_model import MembersModel


class RateError(ValueError):
    """The text is no percentage."""


def read_rate(text: str) -> int:
    """`10`, `10%` or `12.5` as hundredths of a per cent."""
    plain = text.strip().rstrip("%％").strip()
    whole, _dot, fraction = plain.partition(".")
    if not plain:
        return 0
    if not (whole + fraction).isdigit() or not (whole + fraction).isascii() or len(fraction) > 2:
        raise RateError(f"比例“{text}”不对，请填百分数，例如 10 或 12.5")
    rate = int(whole or "0") * 100 + int((fraction + "00")[:2])
    if rate > 10_000:
        raise RateError("比例不能超过 100%")
    return rate


class Result(NamedTuple):
    """The year's figures the distribution starts from, in fen; `allocated_fen` was distributed for the year before."""

    year: int
    result_fen: int
    opening_fen: int
    allocated_fen: int = 0


def read_result(book: Book, year: int) -> Result:
    """A year's result, what was left from before, and what has been allocated (322-各项分配) already."""
    code = chart_definition(book.entity.chart).roles.allocations.code(book.chart)
    rows = book.ledger.balances(Period(year, 1), Period(year, 12))
    allocated = sum(row.debit_fen for row in rows if row.account.startswith(code))
    return Result(year, *distribution.year_result(book, year), allocated)


class DistributionDialog(Dialog):
    """`saved(draft)` fires when the distribution voucher has been saved as a draft."""

    saved = Signal(object)

    def __init__(self, operations: Operations, result: Result, parent: QWidget | None = None) -> None:
        super().__init__(f"{result.year}年度收益分配", parent, operations=operations, width=920)
        self._operations = operations
        self._result = result
        facts = operations.facts
        if facts is None:
            raise RuntimeError("a distribution needs a book")
        self._members_account = chart_definition(facts.entity.chart).roles.members
        members = tuple(r.item for r in facts.items if r.item.category == "往来户" and not r.disabled)
        self.model = MembersModel(members, self)
        look = theme.current()
        columns = QHBoxLayout()
        columns.setSpacing(look.scaled(24))
        columns.addLayout(self._build_order(), 1)
        columns.addLayout(self._build_members(), 1)
        self.body.addLayout(columns, 1)
        self.add_button("取消", self.reject)
        self.save_button = self.add_button("生成分配凭证(&S)", self._save, kind="primary")
        for field in (self.rate, self.members, self.other):
            field.textChanged.connect(lambda _text: self._work_out())
        self.model.changed.connect(self._work_out)
        self.model.noticed.connect(lambda text: self.message(text, "warning"))
        self._work_out()
        if result.allocated_fen:
            self.message(
                f"{result.year}年度已经分配过 {format_fen(result.allocated_fen)}，再生成凭证就重复了；"
                "只有补充分配时才继续",
                "warning",
            )
        self.rate.setFocus()

    def _build_order(self) -> QVBoxLayout:
        look = theme.current()
        result = self._result
        self.rate, self.members, self.other = QLineEdit("10"), MoneyEdit(), MoneyEdit()
        self.rate.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.figures: dict[str, QLabel] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.px("gap"))
        grid.setVerticalSpacing(look.px("gap"))
        grid.setColumnStretch(0, 1)
        rows: list[tuple[str, str, QWidget | None]] = [
            ("result", "本年收益", None),
            ("opening", "加：年初未分配收益" if result.opening_fen >= 0 else "减：以前年度亏损", None),
            ("distributable", "可分配收益", None),
            ("loss", "① 先弥补以前年度亏损", None),
            ("reserve", "② 提取公积公益金　比例 %(&G)", self.rate),
            ("members", "③ 向成员分配收益(&M)", self.members),
            ("other", "④ 其他分配(&O)", self.other),
            ("left", "年末未分配收益", None),
        ]
        for row, (key, caption, field) in enumerate(rows):
            label = QLabel(caption)
            label.setMinimumHeight(look.px("control"))
            if key in ("distributable", "left"):
                theme.mark(label, "strong")
            grid.addWidget(label, row, 0)
            if field is not None:
                label.setBuddy(field)
                field.setFixedWidth(look.scaled(80 if key == "reserve" else 140))
                grid.addWidget(field, row, 1, Qt.AlignmentFlag.AlignRight)
            if key not in ("members", "other"):
                figure = theme.mark(QLabel(), "strong" if key in ("distributable", "left") else "")
                figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                figure.setMinimumWidth(look.scaled(120))
                grid.addWidget(figure, row, 2 if field is not None else 1, 1, 1 if field is not None else 2)
                self.figures[key] = figure
        self.figures["result"].setText(format_fen(result.result_fen))
        self.figures["opening"].setText(format_fen(abs(result.opening_fen)))
        note = theme.mark(
            QLabel("按财农〔2021〕121号第二十八条的顺序分配；提取比例由本组织章程规定，提取之前不得分配。"), "muted"
        )
        note.setWordWrap(True)
        self.error = theme.mark(QLabel(), "error")
        self.error.setWordWrap(True)
        column = QVBoxLayout()
        column.addLayout(grid)
        column.addWidget(self.error)
        column.addStretch(1)
        column.addWidget(note)
        return column

    def _build_members(self) -> QVBoxLayout:
        look = theme.current()
        self.table = QTableView()
        dress_table(self.table, whole_rows=False, editable=True)
        self.table.setEditTriggers(
            QTableView.EditTrigger.AnyKeyPressed
            | QTableView.EditTrigger.DoubleClicked
            | QTableView.EditTrigger.EditKeyPressed
        )
        self.table.setModel(self.model)
        self.table.setMinimumHeight(look.scaled(300))
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(1, look.scaled(70))
        header.resizeSection(2, look.scaled(120))
        self.share_button = make_button("按份额分到各户(&F)", icon="people", on_click=self._share_out)
        self.paste_button = make_button("粘贴份额(&P)", icon="copy", on_click=self._paste)
        self.paste_button.setToolTip("在 Excel 里复制“户名、份额”两列，再点这里；没有列出的户份额为 0")
        self.given = QLabel()
        top = QHBoxLayout()
        top.setSpacing(look.px("gap"))
        top.addWidget(theme.mark(QLabel("分给谁"), "strong"))
        top.addStretch(1)
        top.addWidget(self.paste_button)
        top.addWidget(self.share_button)
        column = QVBoxLayout()
        column.setSpacing(look.px("gap"))
        column.addLayout(top)
        column.addWidget(self.table, 1)
        column.addWidget(self.given)
        return column

    def plan(self) -> DistributionPlan:
        """The distribution as typed. Raises BadInput, MoneyError or RateError for what cannot be."""
        return plan_distribution(
            *self._result[:3],
            read_rate(self.rate.text()),
            self.members.value_fen() or 0,
            self.other.value_fen() or 0,
        )

    def _work_out(self) -> None:
        try:
            plan = self.plan()
        except (BadInput, MoneyError, RateError) as wrong:
            self.error.setText(str(wrong))
            self.save_button.setEnabled(False)
            return
        self.error.setText("")
        shown = {
            "distributable": plan.distributable_fen,
            "loss": plan.loss_covered_fen,
            "reserve": plan.reserve_fen,
            "left": plan.left_fen,
        }
        for key, fen in shown.items():
            self.figures[key].setText(format_fen(fen))
        rest = plan.members_fen - self.model.total_fen
        if plan.members_fen or self.model.total_fen:
            tied = "✓ 已分完" if not rest else f"还差 {format_fen(rest)}" if rest > 0 else f"多分了 {format_fen(-rest)}"
            self.given.setText(f"已分 {format_fen(self.model.total_fen)}　{tied}")
            theme.mark(self.given, "danger" if rest else "success")
        else:
            self.given.setText("不向成员分配时，这里空着")
            theme.mark(self.given, "muted")
        self.share_button.setEnabled(plan.members_fen > 0 and self.model.rowCount() > 0)
        something = plan.reserve_fen + plan.members_fen + plan.other_fen
        self.save_button.setEnabled(bool(something) and not rest)

    def _share_out(self) -> None:
        self.model.share_out(self.members.value_fen() or 0)

    def _paste(self) -> None:
        used, unused = self.model.paste(QGuiApplication.clipboard().text())
        if not used:
            self.message("剪贴板里没有能用的份额：请在 Excel 里复制“户名、份额”两列，户名要和往来户一致", "warning")
        elif unused:
            self.message(f"用上了 {used} 户；下面这些没有对上，没有使用：{'、'.join(unused[:8])}", "warning")
        else:
            self.message(f"已取得 {used} 户的份额，其余的户为 0", "success")

    def _save(self) -> None:
        plan = self.plan()
        summary = f"向成员分配{plan.year}年度收益"
        members = tuple(self._line(summary, item, fen) for item, fen in self.model.amounts())
        other = ()
        if plan.other_fen:
            other = (DraftLine(f"{plan.year}年度其他分配", credit_fen=plan.other_fen),)
        self._operations.write(
            lambda book: distribution.distribute(book, plan, members, other),
            self._saved,
            touches=VOUCHERS,
            initiator=self,
            on_failed=self._failed,
            disable=(self.save_button,),
        )

    def _line(self, summary: str, item: Item, fen: int) -> DraftLine:
        return DraftLine(summary, self._members_account, ((item.category, item.name),), credit_fen=fen)

    def _saved(self, draft: Draft) -> None:
        self.accept()
        self.saved.emit(draft)

    def _failed(self, refusal: Refusal) -> None:
        self.message(str(refusal), "danger")

"""Registering goods, and booking a receipt or an issue."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from village_ledger.domain.assets.stock import Direction, StockItem, StockMove, issue_fen
from village_ledger.domain.errors import Refusal
from village_ledger.domain.money import format_fen
from village_ledger.services import stock
from village_ledger.services.asset_rules import asset_rules
from village_ledger.services.book import Book
from village_ledger.services.cells import CellError
from village_ledger.services.stock import StockStatus
from village_ledger.ui.choices import dimension_items
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.operations import ASSETS, VOUCHERS, Facts, Operations
from village_ledger.ui.tables.amount_text import quantity_text
from village_ledger.ui.widgets.day_field import DayField
from village_ledger.ui.widgets.finder import FinderEdit
from village_ledger.ui.widgets.form import FormGrid
from village_ledger.ui.widgets.money_edit import MoneyEdit

from .fields import TEXT_LENGTH, QuantityEdit, account_field


class ItemDialog(Dialog):
    """`item` None registers new goods; `saved(text)` fires afterwards."""

    saved = Signal(str)

    def __init__(self, operations: Operations, item: StockItem | None, parent: QWidget) -> None:
        super().__init__("修改物资" if item else "登记物资", parent, operations=operations, width=560)
        self._operations = operations
        self._item = item
        facts = operations.facts
        if facts is None:
            raise RuntimeError("this dialog needs a book")
        tops = asset_rules(facts.entity.chart).stock
        start = item or StockItem("", "", "")
        self.form = FormGrid()
        self.code, self.name, self.model, self.unit, self.place, self.note = (
            QLineEdit(text) for text in (start.code, start.name, start.model, start.unit, start.place, start.note)
        )
        for field in (self.code, self.name, self.model, self.unit, self.place, self.note):
            field.setMaxLength(TEXT_LENGTH)
        self.code.setPlaceholderText("例如 WZ-0001")
        self.unit.setPlaceholderText("公斤、袋、头、株")
        self.account = account_field(
            lambda: facts, start.account, lambda one: one.code.startswith(tops), "库存物资、消耗性生物资产的明细科目"
        )
        self.quantity, self.amount = QuantityEdit(start.opening_quantity), MoneyEdit()
        self.amount.set_value_fen(start.opening_fen or None)
        self.form.add("编号(&C)", self.code)
        self.form.add("品名(&N)", self.name)
        self.form.add("规格(&G)", self.model)
        self.form.add("计量单位(&U)", self.unit)
        self.form.add("科目(&K)", self.account)
        self.form.add("存放地点(&P)", self.place)
        self.form.add("期初数量(&Q)", self.quantity, "开始登记时已有的结存，没有就空着")
        self.form.add("期初金额(&A)", self.amount)
        self.form.add("备注", self.note)
        self.body.addWidget(self.form)
        self.add_button("取消", self.reject)
        self.save_button = self.add_button("保存(&S)", self.save, kind="primary")
        self.save_button.setEnabled(not facts.read_only)
        (self.name if item else self.code).setFocus()

    def save(self) -> None:
        """Check and save."""
        self.form.clear_errors()
        wrong = [(field, field.error()) for field in (self.quantity, self.amount) if field.error()]
        for field, text in reversed(wrong):
            self.form.set_error(field, text)
            field.setFocus()
        if wrong:
            return
        item = StockItem(
            self.code.text(),
            self.name.text(),
            self.account.value() or "",
            self.unit.text(),
            self.model.text(),
            self.place.text(),
            self.quantity.value(),
            self.amount.value_fen() or 0,
            self.note.text(),
            self._item.id if self._item else 0,
        )

        def act(book: Book) -> StockItem:
            return stock.change_item(book, item) if item.id else stock.add_item(book, item)

        self._operations.write(
            act, self._saved, touches=ASSETS, initiator=self, on_failed=self._failed, disable=(self.save_button,)
        )

    def _saved(self, item: StockItem) -> None:
        self.accept()
        self.saved.emit(f"{item.label} 已保存")

    def _failed(self, refusal: Refusal) -> None:
        self.message(str(refusal), "danger")


class MoveDialog(Dialog):
    """A receipt with its amount, or an issue at the moving average; `saved(text)` fires afterwards."""

    saved = Signal(str)

    def __init__(self, operations: Operations, direction: Direction, status: StockStatus, parent: QWidget) -> None:
        super().__init__(f"{status.item.name}{direction}", parent, operations=operations, width=560)
        self._operations = operations
        self._direction: Direction = direction
        self._status = status
        facts = operations.facts
        if facts is None:
            raise RuntimeError("this dialog needs a book")
        self._facts: Facts = facts
        inward = direction == "入库"
        self.form = FormGrid()
        item, now = status.item, status.balance
        self.form.add_wide(
            QLabel(f"{item.label}　结存 {quantity_text(now.quantity) or '0'} {item.unit}，{format_fen(now.fen)} 元")
        )
        self.day = DayField(facts.open_period.last_day)
        self.quantity, self.amount = QuantityEdit(), MoneyEdit()
        self.amount.setReadOnly(not inward)
        self.counter = account_field(
            lambda: facts,
            "",
            lambda account: account.code != item.account,
            "例如 银行存款、应付款" if inward else "例如 生产费用、经营支出",
        )
        self.member = FinderEdit(dimension_items(lambda: facts, self._category), "对方科目按往来户等核算时选择")
        self.summary, self.handler = QLineEdit(), QLineEdit(facts.actor)
        self.summary.setPlaceholderText(f"{item.name}{direction}")
        for field in (self.summary, self.handler):
            field.setMaxLength(TEXT_LENGTH)
        self.form.add("日期(&D)", self.day)
        self.form.add(f"数量（{item.unit or '单位'}）(&Q)", self.quantity)
        self.form.add("金额(&A)", self.amount, "" if inward else "按加权平均价计算")
        self.form.add("对方科目(&K)", self.counter)
        self.form.add("往来户或项目", self.member)
        self.form.add("摘要(&Z)", self.summary)
        self.form.add("经手人(&H)", self.handler)
        self.body.addWidget(self.form)
        self.add_button("取消", self.reject)
        self.save_button = self.add_button(f"{direction}(&S)", self.save, kind="primary")
        self.quantity.textChanged.connect(lambda _text: self._price())
        self.counter.chosen.connect(lambda _code: self.member.set_choice(None))
        self.quantity.setFocus()

    def _category(self) -> str:
        """The dimension the other account is kept by."""
        account = self._facts.chart.get(self.counter.value() or "")
        return account.auxiliaries[0].category if account and account.auxiliaries else ""

    def _price(self) -> None:
        """Show what an issue costs."""
        if self._direction == "出库":
            try:
                quantity = self.quantity.value()
            except CellError:
                quantity = 0
            fen = issue_fen(self._status.balance, quantity) if quantity > 0 else None
            self.amount.set_value_fen(fen)

    def save(self) -> None:
        """Check and book."""
        self.form.clear_errors()
        checks: list[tuple[QWidget, str]] = [
            (self.day, self.day.error() or ("" if self.day.value() else "请填写日期")),
            (self.quantity, self.quantity.error()),
            (self.amount, self.amount.error()),
        ]
        wrong = [(field, text) for field, text in checks if text]
        for field, text in reversed(wrong):
            self.form.set_error(field, text)
            field.setFocus()
        day = self.day.value()
        if wrong or day is None:
            return
        move = StockMove(
            self._status.item.id,
            day,
            self._direction,
            self.quantity.value(),
            self.amount.value_fen() or 0,
            self.counter.value() or "",
            self.summary.text(),
            self.handler.text().strip(),
        )
        member = self.member.value()
        items = ((member.category, member.name),) if member is not None else ()
        self._operations.write(
            lambda book: stock.book_move(book, move, items),
            self._saved,
            touches=ASSETS | VOUCHERS,
            initiator=self,
            on_failed=self._failed,
            disable=(self.save_button,),
        )

    def _saved(self, move: StockMove) -> None:
        self.accept()
        self.saved.emit(f"{self._status.item.name}{move.direction} {format_fen(move.fen)}，凭证草稿等待审核")

    def _failed(self, refusal: Refusal) -> None:
        self.message(str(refusal), "danger")

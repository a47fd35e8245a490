"""The asset card (资产卡片): what an asset was when it entered the accounts."""

from collections.abc import Iterator
from datetime import date
from typing import Literal, NamedTuple

from ..account import Chart
from ..period import Period
from ..problems import Problem
from .rules import FIXED, AssetRules

Method = Literal["直线法", "工作量法", "不提"]
METHODS: tuple[Method, ...] = ("直线法", "工作量法", "不提")
SOURCES = ("自建", "购置", "捐赠", "财政投入", "划转", "盘盈", "其他")
STATUSES = ("在用", "闲置", "出租", "出借", "毁损", "报废")
MAX_LIFE_MONTHS = 1200


class Card(NamedTuple):
    """One card. Money in fen, quantities and units of production in thousandths, lives in months.

    `acquired` is the day of acquisition, `in_use` the day it was taken into use (None: not yet). `entered` is the month
    from whose end on its value stands in the accounts; `opening_accumulated_fen` and `opening_units` are what had been
    charged and produced by the end of that month. `voucher` is the uid of the posted voucher that bought it.
    """

    code: str
    name: str
    category: str
    original_fen: int
    acquired: date
    entered: Period
    kind: str = FIXED
    asset_account: str = ""
    depreciation_account: str = ""
    expense_account: str = ""
    residual_fen: int = 0
    opening_accumulated_fen: int = 0
    method: Method = "直线法"
    life_months: int = 0
    total_units: int = 0
    opening_units: int = 0
    units_name: str = ""
    in_use: date | None = None
    model: str = ""
    quantity: int = 1000
    unit: str = ""
    source: str = "购置"
    status: str = "在用"
    operating: bool = True
    location: str = ""
    custodian: str = ""
    licence: str = ""
    project: str = ""
    voucher: str = ""
    note: str = ""
    id: int = 0

    @property
    def depreciable_fen(self) -> int:
        """What is charged over the whole life."""
        return 0 if self.method == "不提" else self.original_fen - self.residual_fen

    @property
    def label(self) -> str:
        """How a message refers to it."""
        return f"{self.code} {self.name}"


FINANCIAL = (
    *("kind", "asset_account", "depreciation_account", "original_fen", "residual_fen", "opening_accumulated_fen"),
    *("method", "life_months", "total_units", "opening_units", "entered", "in_use", "quantity"),
)
"""Fields that decide what is charged; fixed once a charge or a change refers to the card."""


def months_between(first: Period, last: Period) -> int:
    """How many months from one to the other; 0 if they are the same."""
    return (last.year - first.year) * 12 + last.month - first.month


def elapsed_months(card: Card) -> int:
    """Months of its life gone by the end of the month it entered: the month of taking into use does not count."""
    return max(0, months_between(Period.of(card.in_use), card.entered)) if card.in_use else 0


def check_card(card: Card, rules: AssetRules, chart: Chart) -> tuple[Problem, ...]:
    """Everything wrong with a card, field by field."""
    return tuple(Problem(f"card-{field}", text, field=field) for field, text in _wrong(card, rules, chart))


def _wrong(card: Card, rules: AssetRules, chart: Chart) -> Iterator[tuple[str, str]]:
    if not card.code.strip():
        yield "code", "没有资产编号"
    if not card.name.strip():
        yield "name", "没有资产名称"
    if not card.category.strip():
        yield "category", "没有资产类别"
    if not rules.has(card.kind):
        known = "、".join(rule.name for rule in rules.kinds)
        yield "kind", f"资产种类“{card.kind}”不对，本账可用的有：{known}"
        return
    yield from _wrong_choices(card)
    yield from _wrong_accounts(card, rules, chart)
    yield from _wrong_amounts(card)
    if card.in_use and card.in_use < card.acquired:
        yield "in_use", f"启用日期 {card.in_use} 早于取得日期 {card.acquired}"
    if card.opening_accumulated_fen and not card.in_use:
        yield "in_use", "已提过折旧的资产要填启用日期"
    if not rules.kind(card.kind).depreciated and card.method != "不提":
        yield "method", f"{card.kind}不计提折旧，折旧方法只能是“不提”"
    elif card.method != "不提":
        yield from _wrong_life(card)


def _wrong_choices(card: Card) -> Iterator[tuple[str, str]]:
    for field, title, value, known in (
        ("source", "取得方式", card.source, SOURCES),
        ("status", "使用状态", card.status, STATUSES),
        ("method", "折旧方法", card.method, METHODS),
    ):
        if value not in known:
            yield field, f"{title}“{value}”不对，可用的有：{'、'.join(known)}"


def _wrong_accounts(card: Card, rules: AssetRules, chart: Chart) -> Iterator[tuple[str, str]]:
    rule = rules.kind(card.kind)
    fields = [("asset_account", "资产科目", card.asset_account, rule.original)]
    if rule.depreciated and card.method != "不提":
        fields.append(("depreciation_account", "累计折旧（摊销）科目", card.depreciation_account, rule.accumulated))
        fields.append(("expense_account", "折旧费用科目", card.expense_account, ""))
    for field, title, code, prefix in fields:
        if not code:
            yield field, f"没有{title}，请填一个末级科目"
        elif code not in chart or not chart.is_leaf(code):
            yield field, f"{title} {code} 不是账上的末级科目"
        elif not code.startswith(prefix):
            yield field, f"{title} {code} 不对，{card.kind}的{title}在 {prefix} 下"


def _wrong_amounts(card: Card) -> Iterator[tuple[str, str]]:
    if card.original_fen <= 0:
        yield "original_fen", "原值要大于零；没有价值依据的资产按名义金额 1.00 元登记，不提折旧"
    if not 0 <= card.residual_fen <= max(card.original_fen, 0):
        yield "residual_fen", "预计净残值不能小于零，也不能大于原值"
    if card.opening_accumulated_fen < 0:
        yield "opening_accumulated_fen", "已提折旧不能小于零"
    elif card.opening_accumulated_fen > max(card.original_fen - card.residual_fen, 0):
        yield "opening_accumulated_fen", "已提折旧超过了原值减净残值"
    if card.quantity <= 0:
        yield "quantity", "数量要大于零"


def _wrong_life(card: Card) -> Iterator[tuple[str, str]]:
    left = card.depreciable_fen - card.opening_accumulated_fen
    if card.method == "工作量法":
        if card.total_units <= 0:
            yield "total_units", "工作量法要填预计总工作量"
        elif not 0 <= card.opening_units <= card.total_units:
            yield "opening_units", "已完成工作量不能小于零，也不能大于总工作量"
        elif left and card.opening_units == card.total_units:
            yield "opening_units", "总工作量已经完成，但折旧还没有提足，请核对已提折旧或总工作量"
        return
    if not 1 <= card.life_months <= MAX_LIFE_MONTHS:
        yield "life_months", f"使用年限要在 1 到 {MAX_LIFE_MONTHS} 个月之间"
    elif left and elapsed_months(card) >= card.life_months:
        yield (
            "life_months",
            (f"到 {card.entered} 使用年限 {card.life_months} 个月已满，但折旧还没有提足，请核对已提折旧或使用年限"),
        )

"""What the asset reports share: grouping rows by class with subtotals, and the wording of cells."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from village_ledger.domain.assets.card import Card
from village_ledger.domain.assets.register import Register
from village_ledger.domain.assets.rules import KINDS
from village_ledger.reports.model import Column, Row, Span, Target, Value

SIGNATURES = ("负责人", "会计", "资产管理员", "制表")


class ClassRow(NamedTuple):
    """A row of the class it is grouped under."""

    category: str
    cells: tuple[Value, ...]
    target: Target | None = None


def grouped(columns: Sequence[Column], found: Iterable[ClassRow], label: str = "name") -> list[Row]:
    """Rows by class in the order of appearance, a subtotal under each if there are several, and the total."""
    classes: dict[str, list[ClassRow]] = {}
    for one in found:
        classes.setdefault(one.category, []).append(one)
    rows: list[Row] = []
    subtotals: list[Span] = []
    for category, members in classes.items():
        first = len(rows)
        rows += [Row(one.cells, "line", 0, (), one.target) for one in members]
        span = Span(first, len(rows) - 1)
        if len(classes) > 1:
            subtotals.append(Span(len(rows), len(rows)))
            rows.append(Row(_sums(columns, members, label, f"{category}小计"), "subtotal", formula=(span,)))
        else:
            subtotals.append(span)
    everything = [one for members in classes.values() for one in members]
    rows.append(Row(_sums(columns, everything, label, "合计"), "total", formula=tuple(subtotals)))
    return rows


def _sums(columns: Sequence[Column], members: Sequence[ClassRow], label: str, text: str) -> tuple[Value, ...]:
    cells: list[Value] = []
    for index, column in enumerate(columns):
        if column.key == label:
            cells.append(text)
        elif column.summed:
            cells.append(sum(_number(one.cells[index]) for one in members))
        else:
            cells.append("" if column.kind in ("text", "code") else None)
    return tuple(cells)


def _number(value: Value) -> int:
    return value if isinstance(value, int) else 0


def report_order(card: Card) -> tuple[int, str, str, str]:
    """Fixed, biological, then intangible assets, by account, class and code."""
    return KINDS.index(card.kind), card.asset_account, card.category, card.code


def years(months: int) -> str:
    """A life in words: 20年, 5年6个月; empty for none."""
    whole, rest = divmod(months, 12)
    return (f"{whole}年" if whole else "") + (f"{rest}个月" if rest else "")


def life(card: Card) -> str:
    """How a card's life is printed: years, or the units it produces."""
    if card.method == "工作量法":
        return f"{card.total_units // 1000}{card.units_name}"
    return years(card.life_months)


def use_kind(*, operating: bool) -> str:
    """经营性 or 非经营性."""
    return "经营性" if operating else "非经营性"


def card_target(register: Register, card: Card) -> Target:
    """Where a card's row leads: the voucher that bought it, or the ledger of its account."""
    booking = register.bookings.get(card.voucher)
    if booking and booking.voucher:
        return Target("voucher", (card.asset_account,), "", booking.voucher)
    return Target("ledger", (card.asset_account,))

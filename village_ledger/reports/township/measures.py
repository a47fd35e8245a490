"""What villages can be ranked and followed by: any statement line by its name, and figures of the registers."""

from collections.abc import Callable
from typing import NamedTuple

from village_ledger.domain.desk import Figures
from village_ledger.domain.errors import BadInput
from village_ledger.domain.statement import Statement

from .topics import (
    AGES,
    ASSETS,
    BALANCE_SHEET,
    CONTRACTS,
    DEBTS,
    INCOME_DISTRIBUTION,
    INCOME_EXPENSE,
    MONTH,
    OPENING,
    RESOURCES,
    grouped,
    summed,
)

Forms = tuple[Statement, Statement, Statement]
"""Income and expense, distribution of income, balance sheet."""
OF_MONTH = "本月"
"""Put before the name of a line of income it asks for the month alone."""


class Measure(NamedTuple):
    """One thing to compare by. `value` reads it from a village's figures of `topic`; a `flow` counts from January, and
    `month` reads what of it fell into the month alone.
    """

    title: str
    topic: str
    value: Callable[[Figures], int]
    unit: str = "元"
    flow: bool = False
    month: Callable[[Figures], int] | None = None


def _named(name: str, first: str = "") -> Callable[[Figures], int]:
    return lambda figures: summed(figures, name, first)


def _debts(side: str, ages: tuple[str, ...]) -> Callable[[Figures], int]:
    return lambda figures: sum(amount for of, name, amount in grouped(figures) if of[1:] == (side,) and name in ages)


def _line(key: str) -> Callable[[Figures], int]:
    return lambda figures: figures.get(key, 0)


OTHERS = (
    Measure("资产原值", ASSETS, _named("original")),
    Measure("资产净值", ASSETS, _named("net")),
    Measure("闲置资产净值", ASSETS, _named("idle_net")),
    Measure("资源面积", RESOURCES, _named("area"), "亩"),
    Measure("闲置面积", RESOURCES, _named("idle"), "亩"),
    Measure("合同年租金", CONTRACTS, _named("annual", "收")),
    Measure("合同欠款", CONTRACTS, _named("arrears", "收")),
    Measure("债权余额", DEBTS, _debts("借", AGES)),
    Measure("债务余额", DEBTS, _debts("贷", AGES)),
    Measure("1年以上债权", DEBTS, _debts("借", AGES[3:])),
    Measure("1年以上债务", DEBTS, _debts("贷", AGES[3:])),
)


def measures(forms: Forms) -> tuple[Measure, ...]:
    """Everything there is, statement lines first; a name that stands on two statements is told once."""
    found: dict[str, Measure] = {}
    for form, topic in zip(forms, (INCOME_EXPENSE, INCOME_DISTRIBUTION, BALANCE_SHEET), strict=True):
        for line in form.lines:
            if line.kind == "heading":
                continue
            flow = topic != BALANCE_SHEET
            month = _line(line.key + MONTH) if flow else None
            found.setdefault(line.name, Measure(line.name, topic, _line(line.key), flow=flow, month=month))
            if month:
                name = OF_MONTH + line.name
                found.setdefault(name, Measure(name, topic, month, flow=flow, month=month))
            else:
                opening = f"年初{line.name}"
                found.setdefault(opening, Measure(opening, topic, _line(line.key + OPENING)))
    for one in OTHERS:
        found.setdefault(one.title, one)
    return tuple(found.values())


def measure(forms: Forms, name: str) -> Measure:
    """The one of that name; without a name what the statement of income and expense ends in. Unknown ones are refused
    with the names there are.
    """
    known = {one.title: one for one in measures(forms)}
    wanted = name.strip() or forms[0].lines[-1].name
    if wanted not in known:
        names = "、".join(title for title in known if not title.startswith((OF_MONTH, "年初")))
        raise BadInput(f"没有“{wanted}”这个项目。可用的项目：{names}；收支项目前面加“本月”只比这一个月")
    return known[wanted]

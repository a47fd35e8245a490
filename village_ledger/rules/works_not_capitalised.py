"""项目资产未入账: finished works become an asset. Reference list no. 44 (90 days)."""

from collections.abc import Iterator
from datetime import date

from . import cells
from .accounts import codes_named
from .balances import beginning, member
from .model import Case, Hit, Rule, Values
from .telling import line_label, told_day
from .wording import yuan


def check(case: Case, values: Values) -> Iterator[Hit]:
    """A hit for each project that stands on 在建工程 without a movement for so many days."""
    works = codes_named(case.ledger.chart, "在建工程")
    if not works:
        return
    first = beginning(case)
    last: dict[tuple[str, str], tuple[date, str]] = {
        (line.account, member(line.items)): (line.day, line_label(line))
        for line in case.ledger.lines(first, case.end, works)
    }
    states = {cells.text(row, "name"): cells.text(row, "state") for row in case.rows("project-ledger")}
    for one in case.ledger.balances(case.start, case.end):
        name = member(one.items)
        if not one.account.startswith(works) or one.closing_fen <= 0:
            continue
        moved, label = last.get((one.account, name), (first.first_day, ""))
        days = (case.last_day - moved).days
        if days > values["days"]:
            state = states.get(name, "")
            told = f"（项目台账：{state}）" if state else ""
            when = f"{told_day(moved)} 以后" if label else "账簿启用以来"
            yield Hit(
                f"在建工程 {one.account} {name}",
                f"在建工程 {name} {when}没有发生额，已 {days} 天，还挂着 {yuan(one.closing_fen)}，"
                f"没有转作固定资产{told}",
                (("最后一笔", label or "期初"), ("余额", yuan(one.closing_fen)), ("项目状态", state or "未登记")),
                one.closing_fen,
                (label,) if label else (),
            )


RULE = Rule(
    "works-not-capitalised",
    44,
    "项目完工未转资产",
    "工程项目完工验收后要及时转作固定资产，登记卡片",
    "审计疑点清单第 44 项",
    "中",
    check,
    ("days",),
)

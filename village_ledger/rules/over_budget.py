"""Spending keeps to the budget the members approved; more needs an adjustment by decision (农村集体经济组织财务制度:
年度预算). Looked for: items above their budget by more than a margin, and spending no item covers.
"""

from collections.abc import Iterator

from . import cells
from .model import Case, Hit, Rule, Values
from .wording import yuan

_SPENDING = "支出"


def check(case: Case, values: Values) -> Iterator[Hit]:
    """One hit an item, one an account without."""
    for row in case.rows("budget-execution"):
        if cells.text(row, "side") != _SPENDING:
            continue
        name, planned, done = cells.text(row, "name"), cells.fen(row, "adjusted"), cells.fen(row, "executed")
        over = done - planned
        if cells.text(row, "item") and over > 0 and done * 100 > planned * (100 + values["margin"]):
            yield Hit(
                f"{case.end.year}年预算 {cells.text(row, 'item')}",
                f"{case.end.year}年预算项目“{name}”批准 {yuan(planned)}，到 {case.end} 已经支出 {yuan(done)}，"
                f"超出 {yuan(over)}"
                f"（允许 {values['margin']}%）",
                (("预算", yuan(planned)), ("累计执行", yuan(done)), ("超出", yuan(over))),
                over,
            )
        elif not cells.text(row, "item") and done > values["least"]:
            yield Hit(
                f"{case.end.year}年预算外 {name}",
                f"{name} {case.end.year}年支出 {yuan(done)}，没有列入预算",
                (("累计执行", yuan(done)), ("预算", "没有")),
                done,
            )


RULE = Rule(
    "over-budget",
    16,
    "超预算、无预算支出",
    "支出应当在批准的预算之内，超出要按程序调整。",
    "农村集体经济组织财务制度（预算管理）；审计疑点清单第16条",
    "中",
    check,
    ("margin", "least"),
    ("budget-execution",),
)

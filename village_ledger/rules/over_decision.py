"""A decision allows no more money than it names, and only if it holds (村民委员会组织法、农村集体经济组织法:
按决议执行). Looked for: decisions on which more was drawn than their cap, and money drawn on decisions that do not
hold.
"""

from collections.abc import Iterator

from . import cells
from .model import Case, Hit, Rule, Values
from .wording import yuan


def check(case: Case, values: Values) -> Iterator[Hit]:
    """One hit a decision and fault."""
    for row in case.rows("decision-register"):
        cap, spent, number = cells.fen(row, "cap"), cells.fen(row, "spent"), cells.text(row, "number")
        papers = ("决议", f"{number} {cells.text(row, 'title')}")
        if cap and spent > cap:
            yield Hit(
                f"决议 {number} 超额",
                f"决议 {number}（{cells.text(row, 'title')}）只同意动用 {yuan(cap)}，已经动用 {yuan(spent)}，"
                f"超出 {yuan(spent - cap)}",
                (papers, ("金额上限", yuan(cap)), ("已动用", yuan(spent))),
                spent - cap,
            )
        if spent > 0 and not row.get("valid"):
            why = cells.text(row, "failures") or f"状态是{cells.text(row, 'state')}"
            yield Hit(
                f"决议 {number} 不成立",
                f"决议 {number}（{cells.text(row, 'title')}）不成立（{why}），却已经据以动用 {yuan(spent)}",
                (papers, ("不成立的原因", why), ("已动用", yuan(spent))),
                spent,
            )


RULE = Rule(
    "over-decision",
    15,
    "超决议金额",
    "动用资金不得超过决议的金额，也不得依据不成立的决议。",
    "农村集体经济组织法、村民委员会组织法（议事决策）；审计疑点清单第15条",
    "高",
    check,
    (),
    ("decision-register",),
)

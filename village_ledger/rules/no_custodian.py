"""无保管人: every asset has somebody who answers for it. Reference list no. 43."""

from collections.abc import Iterator

from . import cells
from .model import Case, Hit, Rule, Values
from .wording import yuan

CARDS = "fixed-asset-register"


def check(case: Case, values: Values) -> Iterator[Hit]:
    """A hit for each asset of some worth without a custodian."""
    for row in case.rows(CARDS):
        worth = cells.fen(row, "original")
        if cells.text(row, "code") and not cells.text(row, "custodian") and worth >= values["yuan"]:
            yield Hit(
                f"资产 {cells.text(row, 'code')}",
                f"资产 {cells.text(row, 'code')} {cells.text(row, 'name')}没有登记保管使用人，原值 {yuan(worth)}",
                (("坐落", cells.text(row, "location") or "未登记"), ("状态", cells.text(row, "status"))),
                worth,
            )


RULE = Rule(
    "no-custodian",
    43,
    "资产无人保管",
    "每件资产都要落实保管使用人",
    "审计疑点清单第 43 项",
    "低",
    check,
    ("yuan",),
    (CARDS,),
)

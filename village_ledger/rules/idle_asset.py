"""闲置: what the village owns is used or let. Reference list no. 43 (idle for over 12 months)."""

from collections.abc import Iterator
from datetime import date

from . import cells
from .model import Case, Hit, Row, Rule, Values
from .telling import told_day
from .wording import yuan

CARDS = "fixed-asset-register"
CHANGES = "asset-changes"
IDLE = "闲置"


def check(case: Case, values: Values) -> Iterator[Hit]:
    """A hit for each asset that stands idle for so many months, as far as its changes tell."""
    since = {
        cells.text(row, "code"): changed
        for row in sorted(case.rows(CHANGES), key=lambda row: cells.day(row, "date") or date.min)
        if (changed := cells.day(row, "date")) and f"状态改为{IDLE}" in cells.text(row, "reason")
    }
    for row in case.rows(CARDS):
        code = cells.text(row, "code")
        if cells.text(row, "status") != IDLE or cells.fen(row, "original") < values["yuan"]:
            continue
        began = since.get(code) or _before(case, row)
        months = (case.end.year - began.year) * 12 + case.end.month - began.month + (began.day == 1)
        if months >= values["months"]:
            known = told_day(began) if code in since else f"{told_day(began)} 以前"
            yield Hit(
                f"资产 {code}",
                f"资产 {code} {cells.text(row, 'name')}从{known}起闲置，已有 {months} 个月以上，"
                f"原值 {yuan(cells.fen(row, 'original'))}",
                (
                    ("坐落", cells.text(row, "location")),
                    ("保管使用人", cells.text(row, "custodian") or "无"),
                    ("净值", yuan(cells.fen(row, "net"))),
                ),
                cells.fen(row, "net"),
            )


def _before(case: Case, row: Row) -> date:
    """The months looked at tell of no change: it was idle when they began, or came idle within them."""
    return max(case.start.first_day, cells.day(row, "acquired") or date.min)


RULE = Rule(
    "idle-asset",
    43,
    "资产闲置",
    "资产不应长期闲置，要盘活或者依程序处置",
    "审计疑点清单第 43 项",
    "低",
    check,
    ("months", "yuan"),
    (CARDS,),
)

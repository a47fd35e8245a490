"""资产无去向: what leaves the cards is approved, decided on where it is worth it, and booked. Reference list no. 42."""

from collections.abc import Iterator

from . import cells
from .model import Case, Hit, Row, Rule, Values
from .telling import told_day
from .wording import yuan

GONE = ("报废", "出售", "毁损", "盘亏")


def check(case: Case, values: Values) -> Iterator[Hit]:
    """A hit for each disposal of the months looked at that lacks its approval, its decision or its voucher."""
    for row in case.rows("asset-changes"):
        when, change = cells.day(row, "date"), cells.text(row, "change")
        if not change.startswith(GONE) or when is None or not case.start.first_day <= when <= case.last_day:
            continue
        value = abs(cells.fen(row, "original"))
        lacking = [text for text, missing in _papers(row, value, values) if missing]
        if lacking:
            code, name = cells.text(row, "code"), cells.text(row, "name")
            label = cells.text(row, "voucher")
            yield Hit(
                f"资产 {code} {change} {when}",
                f"资产 {code} {name} {told_day(when)} {change}，原值 {yuan(value)}，缺：{'、'.join(lacking)}",
                (
                    ("审批", cells.text(row, "approval") or "无"),
                    ("决议", cells.text(row, "decision") or "无"),
                    ("凭证", label or "无"),
                    ("原因", cells.text(row, "reason")),
                ),
                value,
                (label,) if label else (),
            )


def _papers(row: Row, value: int, values: Values) -> Iterator[tuple[str, bool]]:
    yield "审批手续", not cells.text(row, "approval")
    yield "会议决议", not cells.text(row, "decision") and value >= values["decision_yuan"]
    yield "入账凭证", not cells.text(row, "voucher") and value > 0


RULE = Rule(
    "disposal-without-papers",
    42,
    "资产处置手续不全",
    "资产报废、出售、毁损、盘亏要有审批、决议，并且入账",
    "审计疑点清单第 42 项",
    "高",
    check,
    ("decision_yuan",),
    ("asset-changes",),
)

"""干部承包: contracts with officers and those close to them rest on a vote with a clear majority. Reference list no. 40
(two thirds); 农村集体经济组织法 art. 35 on dealings of officers with the collective.
"""

from collections.abc import Iterator
from datetime import date

from . import cells
from .contracts import REGISTER, running, signed_on, subject_of, tenancies, told
from .model import Case, Hit, Row, Rule, Values
from .persons import RELATED, related, tie_of
from .relations import Relation
from .telling import told_day
from .wording import yuan

DECISIONS = "decision-register"


def check(case: Case, values: Values) -> Iterator[Hit]:
    """A hit for each running contract with such a person, unless its decision got the share of those present."""
    decisions = {cells.text(row, "number"): row for row in case.rows(DECISIONS)}
    for row in tenancies(case):
        signed = signed_on(row)
        if not running(row) or signed is None:
            continue
        tie = _tie(case, row, signed)
        reason = _lacking(decisions.get(cells.text(row, "decision")), cells.text(row, "decision"), values)
        if tie and reason:
            yield Hit(
                subject_of(row),
                f"{told(row)}的对方是{tie.told}，{reason}",
                (
                    ("关系", tie.told),
                    ("签订", told_day(signed)),
                    ("交易方式", cells.text(row, "award") or "未登记"),
                    ("决议文号", cells.text(row, "decision") or "无"),
                    ("年租金", yuan(cells.fen(row, "annual"))),
                ),
                cells.fen(row, "annual"),
            )


def _tie(case: Case, row: Row, signed: date) -> Relation | None:
    party = cells.text(row, "party")
    return tie_of(related(case, signed), party) or tie_of(related(case, case.last_day), party)


def _lacking(decision: Row | None, name: str, values: Values) -> str:
    if not name:
        return "没有登记决议文号"
    if decision is None:
        return f"决议 {name} 的表决记录不在本期报送的决策台账里，请调阅核对"
    yes, present = cells.fen(decision, "yes"), cells.fen(decision, "present")
    if decision.get("valid") is False:
        return f"决议 {name} 不成立"
    if present and yes * values["whole"] < values["part"] * present:
        return f"决议 {name} 到会 {present} 人、赞成 {yes} 票，不到 {values['whole']} 分之 {values['part']}"
    return "" if present else f"决议 {name} 没有表决记录"


RULE = Rule(
    "officer-contract",
    40,
    "干部、亲属承包",
    "干部和亲属承包、承租集体资产资源，要有三分之二以上同意的表决记录",
    "审计疑点清单第 40 项；农村集体经济组织法第三十五条",
    "高",
    check,
    ("part", "whole"),
    (REGISTER, RELATED),
)

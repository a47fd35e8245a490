"""会议程序: a decision comes about by quorum, majority, notice and the meetings its matter needs
(农村集体经济组织法 art. 27, 28; 村民委员会组织法). Reference list no. 56. What fails the village's own rules found.
"""

from collections.abc import Iterator

from . import cells
from .model import Case, Hit, Rule, Values
from .telling import told_day
from .wording import yuan

REGISTER = "decision-register"


def check(case: Case, values: Values) -> Iterator[Hit]:
    """A hit for each final decision that did not come about, with what fails."""
    for row in case.rows(REGISTER):
        failures = cells.text(row, "failures")
        if cells.text(row, "state") != "定稿" or row.get("valid") is not False or not failures:
            continue
        spent = cells.fen(row, "spent")
        used = f"，已经动用 {yuan(spent)}" if spent > 0 else ""
        yield Hit(
            f"决议 {cells.text(row, 'number')}",
            f"决议 {cells.text(row, 'number')}“{cells.text(row, 'title')}”不成立{used}：{failures}",
            (
                ("会议", f"{cells.text(row, 'body')} {told_day(cells.day(row, 'day'))}"),
                ("人数", f"应到 {cells.fen(row, 'eligible')}，实到 {cells.fen(row, 'present')}"),
                (
                    "表决",
                    f"赞成 {cells.fen(row, 'yes')}，反对 {cells.fen(row, 'no')}，弃权 {cells.fen(row, 'abstain')}",
                ),
                ("已动用", yuan(spent)),
            ),
            spent,
        )


RULE = Rule(
    "decision-defective",
    56,
    "会议程序不合规",
    "决议要达到会期通知、到会和表决比例，并经过规定的会议",
    "审计疑点清单第 56 项；农村集体经济组织法第二十七条、第二十八条",
    "高",
    check,
    (),
    (REGISTER,),
)

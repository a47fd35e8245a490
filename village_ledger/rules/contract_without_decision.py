"""未议决: letting collective land and assets is decided by the members or their representatives
(农村集体经济组织法 art. 26, 27; 村民委员会组织法 art. 24). Reference list no. 35.
"""

from collections.abc import Iterator

from . import cells
from .contracts import REGISTER, signed_on, subject_of, tenancies, told
from .model import Case, Hit, Rule, Values
from .telling import told_day
from .wording import yuan

DECISIONS = "decision-register"


def check(case: Case, values: Values) -> Iterator[Hit]:
    """A hit for each contract signed in the months looked at that names no decision, or one that did not come about."""
    decisions = {cells.text(row, "number"): row for row in case.rows(DECISIONS)}
    for row in tenancies(case):
        signed, total, name = signed_on(row), cells.fen(row, "total"), cells.text(row, "decision")
        if signed is None or not case.start.first_day <= signed <= case.last_day or total < values["yuan"]:
            continue
        found = decisions.get(name)
        if not name:
            reason = "没有登记决议文号"
        elif found is not None and found.get("valid") is False:
            reason = f"所依据的决议 {name} 不成立：{cells.text(found, 'failures') or cells.text(found, 'state')}"
        else:
            continue
        yield Hit(
            subject_of(row),
            f"{told(row)} {told_day(signed)} 签订，总额 {yuan(total)}，{reason}",
            (("签订", told_day(signed)), ("决议文号", name or "无"), ("合同总额", yuan(total))),
            total,
        )


RULE = Rule(
    "contract-without-decision",
    35,
    "发包未议决",
    "资产资源发包、出租应当经成员（村民）会议或者代表会议决定",
    "审计疑点清单第 35 项；农村集体经济组织法",
    "高",
    check,
    ("yuan",),
    (REGISTER,),
)

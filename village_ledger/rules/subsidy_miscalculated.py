"""冒领: who is paid by the mu gets the area times the standard. Reference list no. 46."""

import re
from collections.abc import Iterator

from village_ledger.domain.money import MoneyError, parse_fen

from . import cells
from .model import Case, Hit, Rule, Values
from .subsidies import REGISTER, batches
from .telling import listed, mu
from .wording import yuan

_BY_THE_MU = re.compile(r"([0-9]+(?:\.[0-9]{1,2})?)元/亩")


def check(case: Case, values: Values) -> Iterator[Hit]:
    """A hit for each list with rows whose amount is not area by standard, beyond what rounding leaves."""
    for batch in batches(case):
        wrong = []
        for row in batch.rows:
            standard, area = _standard(cells.text(row, "standard")), cells.fen(row, "area_mu_x100")
            right = (standard * area + 50) // 100
            if standard and area > 0 and abs(cells.fen(row, "amount") - right) > values["yuan"]:
                wrong.append((row, right))
        if wrong:
            row, right = wrong[0]
            who = listed(cells.text(one, "name") for one, _ in wrong)
            measured, paid = mu(cells.fen(row, "area_mu_x100")), cells.fen(row, "amount")
            difference = sum(cells.fen(one, "amount") - due for one, due in wrong)
            yield Hit(
                batch.label,
                f"“{batch.title}”有 {len(wrong)} 人的金额不等于面积乘标准（{who}），"
                f"如{cells.text(row, 'name')} {measured}应发 {yuan(right)}，实发 {yuan(paid)}",
                (("标准", cells.text(row, "standard")), ("多发（少发为负）", yuan(difference))),
                abs(difference),
                (batch.voucher,) if batch.voucher else (),
            )


def _standard(text: str) -> int:
    found = _BY_THE_MU.search(text.replace(" ", ""))
    try:
        return parse_fen(found[1]) if found else 0
    except MoneyError:
        return 0


RULE = Rule(
    "subsidy-miscalculated",
    46,
    "补贴金额算错",
    "按面积发放的补贴，每户金额等于面积乘标准",
    "审计疑点清单第 46 项",
    "中",
    check,
    ("yuan",),
    (REGISTER,),
)

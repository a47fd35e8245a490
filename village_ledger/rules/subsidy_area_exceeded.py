"""冒领: no list of a subsidy by area claims more land than there is. Reference list no. 46."""

from collections.abc import Iterator

from . import cells
from .model import Case, Hit, Rule, Values
from .subsidies import REGISTER, batches
from .telling import mu
from .wording import yuan

LAND = "resource-register"


def check(case: Case, values: Values) -> Iterator[Hit]:
    """A hit for each list of such a kind whose areas add up to more than the village's land of the classes named."""
    land = sum(
        cells.fen(row, "area_mu_x100") for row in case.rows(LAND) if cells.text(row, "class") in values["classes"]
    )
    for batch in batches(case):
        claimed = sum(cells.fen(row, "area_mu_x100") for row in batch.rows)
        if batch.kind in values["kinds"] and land and claimed > land:
            yield Hit(
                batch.label,
                f"“{batch.title}”登记的面积合计 {mu(claimed)}，超过全村{'、'.join(values['classes'])}面积 {mu(land)}",
                (("名单面积", mu(claimed)), ("登记面积", mu(land)), ("名单金额", yuan(batch.total_fen))),
                batch.total_fen,
            )


RULE = Rule(
    "subsidy-area-exceeded",
    46,
    "补贴面积超过土地面积",
    "按面积发放的补贴，名单面积合计不应超过村里登记的土地面积",
    "审计疑点清单第 46 项",
    "高",
    check,
    ("kinds", "classes"),
    (REGISTER, LAND),
)

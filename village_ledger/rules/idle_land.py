"""资源闲置: collective land of some size does not lie idle. Reference list no. 43."""

from collections.abc import Iterator

from . import cells
from .model import Case, Hit, Rule, Values
from .telling import mu

REGISTER = "resource-register"


def check(case: Case, values: Values) -> Iterator[Hit]:
    """A hit for each parcel of which so much lies idle; land of the classes named needs no use."""
    for row in case.rows(REGISTER):
        idle = cells.fen(row, "idle_x100")
        if idle > 0 and idle >= values["area"] and cells.text(row, "class") not in values["without"]:
            code, name = cells.text(row, "code"), cells.text(row, "name")
            yield Hit(
                f"地块 {code}",
                f"地块 {code} {name}（{cells.text(row, 'class')}）闲置 {mu(idle)}",
                (("面积", mu(cells.fen(row, "area_mu_x100"))), ("坐落", cells.text(row, "location"))),
            )


RULE = Rule(
    "idle-land",
    43,
    "资源闲置",
    "集体的土地、水面不应长期闲置",
    "审计疑点清单第 43 项",
    "低",
    check,
    ("area", "without"),
    (REGISTER,),
)

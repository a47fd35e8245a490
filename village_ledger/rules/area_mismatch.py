"""面积不符: no more of a parcel is contracted than it measures. Reference list no. 38."""

from collections.abc import Iterator

from . import cells
from .model import Case, Hit, Rule, Values
from .telling import mu

REGISTER = "resource-register"


def check(case: Case, values: Values) -> Iterator[Hit]:
    """A hit for each parcel of which more is contracted and let than its area, beyond the tolerance."""
    for row in case.rows(REGISTER):
        area, held = cells.fen(row, "area_mu_x100"), cells.fen(row, "contracted_x100")
        if held > area and (held - area) * 100 > values["share"] * area:
            code, name = cells.text(row, "code"), cells.text(row, "name")
            yield Hit(
                f"地块 {code}",
                f"地块 {code} {name}登记面积 {mu(area)}，承包和发包的面积合计 {mu(held)}，多出 {mu(held - area)}",
                (("地类", cells.text(row, "class")), ("登记面积", mu(area)), ("承包发包面积", mu(held))),
            )


RULE = Rule(
    "area-mismatch",
    38,
    "面积不符",
    "地块承包、发包的面积合计不应超过登记面积",
    "审计疑点清单第 38 项",
    "中",
    check,
    ("share",),
    (REGISTER,),
)

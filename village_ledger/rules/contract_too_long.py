"""超期: no lease runs longer than 20 years (民法典 art. 705), no contract over land longer than the law's term for its
class (农村土地承包法 art. 21: arable 30, grass 50, forest 70 years). Reference list no. 33.
"""

from collections.abc import Iterator

from . import cells
from .contracts import REGISTER, longer_than, running, subject_of, tenancies, told
from .model import Case, Hit, Row, Rule, Values
from .telling import told_day

CLASSES = {"耕地": "arable_years", "草地": "grass_years", "林地": "forest_years"}


def check(case: Case, values: Values) -> Iterator[Hit]:
    """A hit for each running contract whose term is longer than its kind and use allow."""
    for row in tenancies(case):
        years = _cap(row, values)
        if years and running(row) and longer_than(row, years):
            first, last = told_day(cells.day(row, "start")), told_day(cells.day(row, "end"))
            yield Hit(
                subject_of(row),
                f"{told(row)}从 {first} 到 {last}，超过{_of(row)}最长 {years} 年",
                (("类型", cells.text(row, "kind")), ("用途", cells.text(row, "use")), ("起止", f"{first} 至 {last}")),
                cells.fen(row, "total"),
            )


def _cap(row: Row, values: Values) -> int:
    if cells.text(row, "kind") == "租赁":
        return int(values["lease_years"])
    name = CLASSES.get(cells.text(row, "use"))
    return int(values[name]) if name else 0


def _of(row: Row) -> str:
    return "租赁期限" if cells.text(row, "kind") == "租赁" else f"{cells.text(row, 'use')}承包期"


RULE = Rule(
    "contract-too-long",
    33,
    "合同超期限",
    "租赁期限不得超过二十年；耕地、草地、林地的承包期不超过法定年限",
    "民法典第七百零五条；农村土地承包法第二十一条",
    "中",
    check,
    ("lease_years", "arable_years", "grass_years", "forest_years"),
    (REGISTER,),
)

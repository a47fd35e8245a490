"""一次性预收: the rent of many years is not taken at once, which leaves later years nothing. Reference list no. 37."""

from collections.abc import Iterator

from village_ledger.domain.contract import CYCLES

from . import cells
from .contracts import REGISTER, longer_than, running, subject_of, tenancies, told
from .model import Case, Hit, Row, Rule, Values
from .telling import told_day
from .wording import yuan

ONCE = (CYCLES[0], "分期 1 期")
_MONTHS = {title: months for months, title in CYCLES.items() if months}


def check(case: Case, values: Values) -> Iterator[Hit]:
    """A hit for each running contract longer than so many years that is paid at once, or for more years at a time."""
    years = values["years"]
    for row in tenancies(case):
        if running(row) and longer_than(row, years) and _at_once(row, years):
            how = cells.text(row, "cycle") or cells.text(row, "price")
            first, last = told_day(cells.day(row, "start")), told_day(cells.day(row, "end"))
            yield Hit(
                subject_of(row),
                f"{told(row)}从 {first} 到 {last}，付款方式是{how}，一次收取超过 {years} 年的租金",
                (("付款", how), ("起止", f"{first} 至 {last}"), ("合同总额", yuan(cells.fen(row, "total")))),
                cells.fen(row, "total"),
            )


def _at_once(row: Row, years: int) -> bool:
    cycle = cells.text(row, "cycle")
    return cycle in ONCE or cells.text(row, "price") in ONCE or _MONTHS.get(cycle, 0) > 12 * years


RULE = Rule(
    "rent-in-advance",
    37,
    "一次性收取多年租金",
    "长期合同的承包款、租金应当分期收取",
    "审计疑点清单第 37 项",
    "低",
    check,
    ("years",),
    (REGISTER,),
)

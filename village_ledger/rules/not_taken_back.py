"""到期未收回: what a contract gave away comes back, or the contract is renewed, when its term is over. List no. 34."""

from collections.abc import Iterator

from . import cells
from .contracts import REGISTER, subject_of, tenancies, told
from .model import Case, Hit, Rule, Values
from .telling import told_day
from .wording import yuan


def check(case: Case, values: Values) -> Iterator[Hit]:
    """A hit for each tenancy that ended at least so many days ago and is still occupied."""
    for row in tenancies(case):
        last = cells.day(row, "end")
        if cells.text(row, "state") != "到期未收回" or last is None:
            continue
        over = (case.last_day - last).days
        if over >= values["days"]:
            yield Hit(
                subject_of(row),
                f"{told(row)} {told_day(last)} 到期，过了 {over} 天没有收回，也没有续签",
                (("到期", told_day(last)), ("原年租金", yuan(cells.fen(row, "annual")))),
                cells.fen(row, "annual"),
            )


RULE = Rule(
    "not-taken-back",
    34,
    "到期未收回",
    "合同到期应当收回资产资源，或者依程序续签",
    "审计疑点清单第 34 项",
    "中",
    check,
    ("days",),
    (REGISTER,),
)

"""欠租: a payment fallen due under a contract is to be collected. Reference list no. 31 (30/90/180/365 days)."""

from collections.abc import Iterator

from . import cells
from .contracts import subject_of, told
from .model import Case, Hit, Rule, Values
from .telling import told_day
from .wording import yuan

BANDS = ("first_days", "second_days", "third_days", "fourth_days")


def check(case: Case, values: Values) -> Iterator[Hit]:
    """A hit for each contract whose oldest unpaid payment has reached the first age band."""
    bounds = sorted(values[name] for name in BANDS)
    for row in case.rows("contract-arrears"):
        owed, late = cells.fen(row, "arrears"), cells.fen(row, "days")
        if owed <= 0 or late < bounds[0]:
            continue
        band = max(bound for bound in bounds if late >= bound)
        oldest = told_day(cells.day(row, "oldest"))
        yield Hit(
            subject_of(row),
            f"{told(row)}欠 {yuan(owed)}，最早的一笔 {oldest} 到期，已逾期 {late} 天（账龄 {band} 天以上）",
            (
                ("对方", cells.text(row, "party")),
                ("到期应收", yuan(cells.fen(row, "due"))),
                ("已收", yuan(cells.fen(row, "received"))),
                ("逾期天数", str(late)),
            ),
            owed,
        )


RULE = Rule(
    "overdue-rent",
    31,
    "欠租",
    "合同约定的承包款、租金到期应当收取，逾期的要催收",
    "审计疑点清单第 31 项",
    "中",
    check,
    BANDS,
    ("contract-arrears",),
)

"""Bills are handed in within two months and within their year (各地村级财务制度: 两个月内报账). Looked for: an
invoice or fiscal receipt booked too long after its day, or in another year once the days of grace are over.
"""

from collections.abc import Iterator

from . import cells
from .model import Case, Hit, Rule, Values
from .payments import cited, payments
from .wording import yuan

KINDS = frozenset({"税务发票", "财政票据"})


def check(case: Case, values: Values) -> Iterator[Hit]:
    """One hit a voucher, of its oldest document."""
    for one in payments(case):
        dated = [
            (made, row) for row in one.documents if cells.text(row, "kind") in KINDS and (made := cells.day(row, "day"))
        ]
        if not dated:
            continue
        made, row = min(dated, key=lambda pair: pair[0])
        age = (one.day - made).days
        other_year = made.year != one.day.year and age > values["grace"]
        if age > values["days"] or other_year:
            why = "跨年旧票" if other_year else "旧票"
            yield Hit(
                f"凭证 {one.label}",
                f"{one.day} 报销的{cells.text(row, 'kind')}是 {made} 开的，隔了 {age} 天，是{why}："
                f"{cells.text(row, 'issuer')} {one.summary}",
                (
                    cited(one),
                    (
                        f"{cells.text(row, 'kind')} {cells.text(row, 'number')}",
                        f"{made} {cells.text(row, 'issuer')} {yuan(cells.fen(row, 'amount'))}",
                    ),
                    ("期限", f"{values['days']} 天，跨年 {values['grace']} 天"),
                ),
                cells.fen(row, "amount"),
                (one.label,),
            )


RULE = Rule(
    "old-invoices",
    12,
    "跨期旧票",
    "票据应当在规定期限内报账，不得跨年报销旧票。",
    "各地村级财务制度（两个月内报账）；审计疑点清单第12条",
    "低",
    check,
    ("days", "grace"),
    ("document-register",),
)

"""Work and carting by the day seldom come to round sums; many round slips are written, not reckoned (审计疑点清单:
整数票). Looked for: the share of slips for labour and transport that are whole multiples of a round sum.
"""

from collections.abc import Iterator

from .model import Case, Hit, Rule, Values
from .payments import cited_all, payments
from .wording import word_in, yuan


def check(case: Case, values: Values) -> Iterator[Hit]:
    """One hit a case. Pay by fixed lists (人员) is left out."""
    chart = case.ledger.chart
    slips = [
        one
        for one in payments(case)
        if any(
            not share.is_staff and word_in(values["words"], chart.full_name(share.account), share.summary)
            for share in one.shares
        )
    ]
    unit = max(1, values["unit"])
    rounded = [one for one in slips if one.fen % unit == 0]
    if len(slips) >= values["least"] and len(rounded) * 100 > len(slips) * values["share"]:
        yield Hit(
            f"{case.end.year}年劳务运输整数票",
            f"{case.start} 至 {case.end} 误工、劳务、运输付款 {len(slips)} 笔，"
            f"其中 {len(rounded)} 笔是 {yuan(unit)}的整数倍"
            f"（{len(rounded) * 100 // len(slips)}%，界限 {values['share']}%），要抽查工时、单价是否真实",
            cited_all(rounded),
            sum(one.fen for one in rounded),
            tuple(one.label for one in rounded),
        )


RULE = Rule(
    "round-amounts",
    18,
    "整数票过多",
    "误工、劳务、运输支出应当按工时、数量和单价据实计算。",
    "审计疑点清单第18条",
    "低",
    check,
    ("words", "unit", "share", "least"),
)

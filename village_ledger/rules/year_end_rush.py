"""Money is spent when it is needed, not because the year ends (审计疑点清单: 年末突击花钱). Looked for: the last days
of December spending more than a multiple of what a month of the year took on average.
"""

from collections.abc import Iterator

from .model import Case, Hit, Rule, Values
from .payments import cited_all, payments
from .wording import yuan


def check(case: Case, values: Values) -> Iterator[Hit]:
    """One hit a year that has ended."""
    months = len(list(case.end.january.through(case.end.previous))) if case.end.is_year_end else 0
    if not months or case.start > case.end.january:
        return
    found = payments(case, case.end.january)
    rush = [one for one in found if (case.last_day - one.day).days < values["days"]]
    before = sum(one.fen for one in found if one.day < case.end.first_day)
    spent = sum(one.fen for one in rush)
    if spent >= values["least"] and spent * months > before * values["times"]:
        yield Hit(
            f"{case.end.year}年末",
            f"{case.end.year}年12月最后 {values['days']} 天付出 {yuan(spent)}，"
            f"超过前 {months} 个月月平均支出 {yuan(before // months)}的 "
            f"{values['times']} 倍，像是年末突击花钱",
            (*cited_all(sorted(rush, key=lambda one: -one.fen)), ("前几个月月平均", yuan(before // months))),
            spent,
            tuple(one.label for one in rush),
        )


RULE = Rule(
    "year-end-rush",
    19,
    "年末突击支出",
    "支出应当均衡安排，不得年末突击花钱。",
    "审计疑点清单第19条",
    "低",
    check,
    ("days", "times", "least"),
)

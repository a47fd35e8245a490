"""倒填日期: vouchers are entered when things happen, not weeks later. Reference list no. 54 (10 days).

One hit for each day of entering, since whoever catches up does so with many vouchers at once.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from village_ledger.domain.voucher import Voucher

from .logged import local_day, text_of
from .model import Case, Hit, Rule, Values
from .payments import voucher_label
from .telling import told_day
from .wording import yuan

MOST = 50
"""So many vouchers are named; the text says how many there are."""


def check(case: Case, values: Values) -> Iterator[Hit]:
    """A hit for each day on which vouchers were posted that are dated more than so many days before."""
    posted = {text_of(act, "uid"): when for act in case.acts if act.action == "post" and (when := local_day(act))}
    if not posted:
        return
    found: defaultdict[date, list[Voucher]] = defaultdict(list)
    for one in case.ledger.vouchers(case.start, case.end):
        when = posted.get(one.uid)
        if one.kind == "normal" and when is not None and (when - one.day).days > values["days"]:
            found[when].append(one)
    for when, vouchers in sorted(found.items()):
        first = min(one.day for one in vouchers)
        late, total = (when - first).days, sum(one.total_fen for one in vouchers)
        yield Hit(
            f"记账日 {when}",
            f"{told_day(when)} 这一天补记了 {len(vouchers)} 张日期在 {values['days']} 天以前的凭证，"
            f"最早的日期是 {told_day(first)}，晚了 {late} 天",
            (("凭证", f"{len(vouchers)} 张"), ("最早日期", told_day(first)), ("金额合计", yuan(total))),
            total,
            tuple(voucher_label(one) for one in vouchers[:MOST]),
        )


RULE = Rule(
    "backdated",
    54,
    "倒填日期补记",
    "凭证要及时填制记账，不得事后倒填日期",
    "审计疑点清单第 54 项",
    "低",
    check,
    ("days",),
)

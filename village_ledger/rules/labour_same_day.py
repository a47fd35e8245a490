"""Nobody does two jobs on the same day (审计疑点清单: 误工、劳务虚列). Looked for: one person paid by two labour
slips of the same day, and one sum with one summary paid for labour again within some days.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from .model import Case, Hit, Rule, Values
from .payments import Payment, cited, payments, shares_of
from .wording import word_in, yuan


def check(case: Case, values: Values) -> Iterator[Hit]:
    """One hit a person and day, one a sum and summary."""
    chart = case.ledger.chart
    by_day: defaultdict[tuple[str, date], list[tuple[Payment, int]]] = defaultdict(list)
    alike: defaultdict[tuple[str, int, str], list[Payment]] = defaultdict(list)
    for one, share in shares_of(payments(case)):
        if share.fen <= 0 or not word_in(values["words"], chart.full_name(share.account), share.summary):
            continue
        if share.payee:
            by_day[share.payee, one.day].append((one, share.fen))
        alike[share.payee, share.fen, share.summary].append(one)
    for (who, day), slips in by_day.items():
        labels = tuple(dict.fromkeys(one.label for one, _ in slips))
        if len(labels) > 1:
            total = sum(fen for _, fen in slips)
            yield Hit(
                f"{who} {day}",
                f"{who}在 {day} 同一天领了 {len(labels)} 笔误工（劳务）费共 {yuan(total)}，像是重复或虚列",
                tuple(cited(one, fen) for one, fen in slips),
                total,
                labels,
            )
    for (who, fen, summary), found in alike.items():
        again = _again(found, values["days"])
        labels = tuple(dict.fromkeys(one.label for one in again))
        if labels:
            yield Hit(
                f"{who} {summary} {yuan(fen)}".strip(),
                f"“{summary}”{yuan(fen)}付了 {len(labels)} 次，摘要和金额都一样，像是重复发放",
                tuple(cited(one, fen) for one in again),
                fen * (len(labels) - 1),
                labels,
            )


def _again(found: list[Payment], days: int) -> list[Payment]:
    """Those on another day than the one before or after them, but only so many days apart."""
    near = {place for place in range(1, len(found)) if 0 < abs((found[place].day - found[place - 1].day).days) <= days}
    return [one for place, one in enumerate(found) if place in near or place + 1 in near]


RULE = Rule(
    "labour-same-day",
    22,
    "误工、劳务重复",
    "误工和劳务费按实际用工发放，同一人同一天不得重复领取。",
    "审计疑点清单第22条",
    "中",
    check,
    ("words", "days"),
)

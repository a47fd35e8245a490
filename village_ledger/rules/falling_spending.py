"""Spending on reception, vehicles and travel may only fall (“三公”类支出只减不增, 各地规定). Looked for: a group of
accounts that came to more this year than in the same months last year.
"""

from collections.abc import Iterator

from village_ledger.domain.period import Period

from .model import Case, Hit, Rule, Values
from .wording import word_in, yuan

_GROUPS = (("招待费", "reception"), ("车辆费", "vehicles"), ("差旅费", "travel"))


def check(case: Case, values: Values) -> Iterator[Hit]:
    """One hit a group; nothing where the books do not reach back a year."""
    begin, end = case.end.january.plus(-12), case.end.plus(-12)
    if case.ledger.entity.first_period > begin:
        return
    now = _sums(case, values, case.end.january, case.end)
    before = _sums(case, values, begin, end)
    for title, _words in _GROUPS:
        more = now[title] - before[title]
        if more > 0:
            yield Hit(
                f"{case.end.year}年{title}",
                f"{case.end.year}年1月至{case.end.month}月{title} {yuan(now[title])}，"
                f"上年同期 {yuan(before[title])}，多 {yuan(more)}，不符合只减不增",
                (("本年", yuan(now[title])), ("上年同期", yuan(before[title])), ("增加", yuan(more))),
                more,
            )


def _sums(case: Case, values: Values, start: Period, end: Period) -> dict[str, int]:
    """What each group came to; carry-forward left out."""
    chart = case.ledger.chart
    found = {title: 0 for title, _ in _GROUPS}
    for row in case.ledger.balances(start, end):
        if not chart[row.account].is_profit_and_loss:
            continue
        path = chart.full_name(row.account)
        title = next((title for title, words in _GROUPS if word_in(values[words], path)), "")
        if title:
            found[title] += row.debit_fen - row.carried_debit_fen - row.credit_fen + row.carried_credit_fen
    return found


RULE = Rule(
    "falling-spending",
    57,
    "“三公”类支出只减不增",
    "招待、车辆、差旅支出与上年同期相比只减不增。",
    "各地“三公”类支出规定；审计疑点清单“三公”指标",
    "中",
    check,
    ("reception", "vehicles", "travel"),
)

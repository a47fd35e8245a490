"""Business is done on working days; a meal, journey or cash payment on a holiday is to be explained (审计疑点清单:
节假日单据). Looked for: cash paid, and slips for meals and journeys made out, on weekends and holidays.
"""

from collections.abc import Iterator
from datetime import date

from . import cells
from .calendar import day_off, days_of
from .model import Case, Hit, Rule, Values
from .payments import Payment, cited, payments
from .wording import named, word_in, yuan


def check(case: Case, values: Values) -> Iterator[Hit]:
    """One hit a voucher. Work that cannot wait (抢险, 值班 …) is left out by its words."""
    holidays, workdays = days_of(values["holidays"]), days_of(values["workdays"])
    chart = case.ledger.chart
    for one in payments(case):
        texts = [text for share in one.shares for text in (chart.full_name(share.account), share.summary)]
        if word_in(values["urgent"], *texts):
            continue
        word = word_in(values["words"], *texts)
        for day in _days(one, with_papers=bool(word)):
            kind = day_off(day, holidays, workdays)
            if kind and (word or one.cash_fen):
                what = f"“{word}”单据" if word else "现金付款"
                yield Hit(
                    f"凭证 {one.label}",
                    f"{day}（{kind}）的{what}，付给{named('、'.join(one.payees[:3]))} {yuan(one.fen)}：{one.summary}",
                    (cited(one), (kind, str(day))),
                    one.fen,
                    (one.label,),
                )
                break


def _days(one: Payment, *, with_papers: bool) -> Iterator[date]:
    yield one.day
    if with_papers:
        yield from (day for row in one.documents if (day := cells.day(row, "day")))


RULE = Rule(
    "holiday-slips",
    20,
    "节假日、周末单据",
    "节假日、周末发生的餐饮、差旅和现金支出要说明缘由。",
    "审计疑点清单第20条；放假安排见国务院办公厅通知",
    "低",
    check,
    ("words", "urgent", "holidays", "workdays"),
)

"""Who works for the village is paid what was approved, once a month (村干部报酬补贴管理办法, 各地). Looked for: a
person paid twice in a month on one account of pay, and a month's pay far above the person's usual one.
"""

from collections import defaultdict
from collections.abc import Iterator

from village_ledger.domain.period import Period

from .model import Case, Hit, Rule, Values
from .payments import Payment, Share, cited, payments, shares_of
from .relations import staff
from .wording import word_in, yuan

_FEWEST = 3
_Months = dict[Period, list[tuple[Payment, Share]]]


def check(case: Case, values: Values) -> Iterator[Hit]:
    """One hit a person, account and month."""
    chart, people = case.ledger.chart, staff(case)
    paid: defaultdict[tuple[str, str], _Months] = defaultdict(dict)
    for one, share in shares_of(payments(case)):
        is_pay = word_in(values["words"], chart.full_name(share.account), share.summary)
        if is_pay and share.payee and (share.is_staff or share.payee in people):
            paid[share.payee, share.account].setdefault(Period.of(one.day), []).append((one, share))
    for (who, account), months in paid.items():
        usual = _middle([sum(share.fen for _, share in those) for those in months.values()])
        for month, those in months.items():
            total = sum(share.fen for _, share in those)
            labels = tuple(dict.fromkeys(one.label for one, _ in those))
            wrong = []
            if len(labels) > 1:
                wrong.append(f"发了 {len(labels)} 次")
            if len(months) >= _FEWEST and total * 100 > usual * values["percent"]:
                wrong.append(f"超过平常（{yuan(usual)}）的 {values['percent']}%")
            if wrong:
                yield Hit(
                    f"{who} {month} {chart.full_name(account)}",
                    f"{month.label}付给{who}的{chart.full_name(account)} {yuan(total)}，{'，'.join(wrong)}，"
                    "要核对报酬标准和发放表",
                    (*(cited(one, share.fen) for one, share in those), ("平常每月", yuan(usual))),
                    total,
                    labels,
                )


def _middle(amounts: list[int]) -> int:
    """The lower median: what a month usually comes to."""
    return sorted(amounts)[(len(amounts) - 1) // 2]


RULE = Rule(
    "officer-pay",
    21,
    "干部报酬重复、超标",
    "村干部和聘用人员的报酬、补贴按批准的标准发，一个月一次。",
    "村干部报酬补贴管理办法（各地）；审计疑点清单第21条",
    "中",
    check,
    ("words", "percent"),
)

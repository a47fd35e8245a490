"""Welfare that was given in goods and is now booked as cash is where lists are made up (审计疑点清单: 福利异常, a
case of 2019). Looked for: an account of welfare whose payments of the same months last year were goods and are cash
this year.
"""

from collections import defaultdict
from collections.abc import Iterator

from .model import Case, Hit, Rule, Values
from .payments import Payment, cited_all, payments
from .wording import word_in, yuan


def check(case: Case, values: Values) -> Iterator[Hit]:
    """One hit an account."""
    chart = case.ledger.chart
    before = _by_account(case, values, payments(case, case.end.january.plus(-12), case.end.plus(-12)))
    for account, found in _by_account(case, values, payments(case)).items():
        cash = [one for one in found if _is_cash(one, values)]
        earlier = before.get(account, [])
        goods_then = any(word_in(values["goods"], one.summary) for one in earlier)
        if cash and goods_then and not any(_is_cash(one, values) for one in earlier):
            name, total = chart.full_name(account), sum(one.fen for one in cash)
            yield Hit(
                f"{case.end.year}年 {name}",
                f"{name}上年同期发的是实物，{case.end.year}年改发现金 {yuan(total)}，要核对名单和签领",
                (*cited_all(cash), ("上年同期", "；".join(one.summary for one in earlier[:5]))),
                total,
                tuple(one.label for one in cash),
            )


def _is_cash(one: Payment, values: Values) -> bool:
    return bool(word_in(values["cash"], one.summary)) and not word_in(values["goods"], one.summary)


def _by_account(case: Case, values: Values, found: tuple[Payment, ...]) -> dict[str, list[Payment]]:
    """Welfare payments by the account they are mainly booked on."""
    accounts: defaultdict[str, list[Payment]] = defaultdict(list)
    for one in found:
        account = max(one.shares, key=lambda share: share.fen).account
        if word_in(values["words"], case.ledger.chart.full_name(account), one.summary):
            accounts[account].append(one)
    return accounts


RULE = Rule(
    "welfare-turned-cash",
    23,
    "福利由实物改现金",
    "福利由发实物改为发现金的，要有依据、名单和签领。",
    "审计疑点清单第23条",
    "低",
    check,
    ("words", "goods", "cash"),
)

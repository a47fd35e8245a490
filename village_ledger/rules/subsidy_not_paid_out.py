"""补贴截留: subsidies and compensations the village got for others are handed on soon. Reference no. 45 (30 days)."""

from collections.abc import Iterator
from datetime import timedelta

from village_ledger.domain.view import LedgerLine

from .accounts import codes_named
from .balances import member
from .model import Case, Hit, Rule, Values
from .telling import line_label, told_day
from .wording import yuan

ACCOUNTS = ("应付款", "专项应付款")


def check(case: Case, values: Values) -> Iterator[Hit]:
    """A hit for each payable that grew under such a summary and that nothing was paid from for so many days since."""
    payable = codes_named(case.ledger.chart, *ACCOUNTS)
    if not payable:
        return
    owed = {
        (one.account, one.items): -one.closing_fen
        for one in case.ledger.balances(case.start, case.end)
        if one.account.startswith(payable) and one.closing_fen < 0
    }
    paid = {(line.account, line.items): line.day for line in _lines(case, payable) if line.debit_fen > 0}
    limit = case.last_day - timedelta(days=values["days"])
    for line in _lines(case, payable):
        key = line.account, line.items
        late = line.day < limit and paid.get(key, line.day) <= line.day
        if late and key in owed and line.credit_fen > 0 and any(word in line.summary for word in values["words"]):
            held = min(owed[key], line.credit_fen)
            label = line_label(line)
            yield Hit(
                f"凭证 {label} {line.position}",
                f"{told_day(line.day)} 收到的代发款 {yuan(line.credit_fen)}（{line.summary}），"
                f"过了 {(case.last_day - line.day).days} 天没有发放，还挂在{member(line.items)}名下 {yuan(held)}",
                (("科目", case.ledger.chart.full_name(line.account)), ("摘要", line.summary), ("未发", yuan(held))),
                held,
                (label,),
            )


def _lines(case: Case, payable: tuple[str, ...]) -> tuple[LedgerLine, ...]:
    return case.ledger.lines(case.start, case.end, payable)


RULE = Rule(
    "subsidy-not-paid-out",
    45,
    "代发款项滞留",
    "上级拨来代发的补贴、补偿要及时发到户，不得截留、挪用",
    "审计疑点清单第 45 项",
    "高",
    check,
    ("days", "words"),
)

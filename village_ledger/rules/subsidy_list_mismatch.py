"""补贴截留: what a list gives out is what was paid for it. Reference list no. 45."""

from collections import defaultdict
from collections.abc import Iterator

from .accounts import money
from .model import Case, Hit, Rule, Values
from .payments import voucher_label
from .subsidies import REGISTER, batches
from .telling import listed
from .wording import yuan


def check(case: Case, values: Values) -> Iterator[Hit]:
    """A hit for each voucher of the months looked at that paid other than its lists add up to."""
    by_voucher = defaultdict(list)
    for batch in batches(case):
        if batch.voucher:
            by_voucher[batch.voucher].append(batch)
    if not by_voucher:
        return
    booked = {voucher_label(one): one for one in case.ledger.vouchers(case.start, case.end)}
    paying = money(case)
    for label, found in by_voucher.items():
        one = booked.get(label)
        if one is None:
            continue
        paid = sum(line.credit_fen - line.debit_fen for line in one.lines if line.account.startswith(paying))
        paid = paid or one.total_fen
        total = sum(batch.total_fen for batch in found)
        if abs(paid - total) > values["yuan"]:
            titles = listed(batch.title for batch in found)
            yield Hit(
                f"凭证 {label}",
                f"{label} 付出 {yuan(paid)}，名单（{titles}）合计 {yuan(total)}，"
                f"{'多付' if paid > total else '少付'} {yuan(abs(paid - total))}",
                (("名单合计", yuan(total)), ("凭证金额", yuan(paid)), ("人数", str(sum(len(b.rows) for b in found)))),
                abs(paid - total),
                (label,),
            )


RULE = Rule(
    "subsidy-list-mismatch",
    45,
    "补贴名单和付款不符",
    "补贴、补偿要按名单足额发给个人，付款数和名单合计相符",
    "审计疑点清单第 45 项",
    "高",
    check,
    ("yuan",),
    (REGISTER,),
)

"""Spending must not be split to stay below the bound where another signature or meeting begins (村级财务开支审批制度:
化整为零). Looked for: one payee, or payees of one officer's circle, paid for one purpose within a few days, each time
just below a bound, together at or above it.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

from .model import Case, Hit, Rule, Values
from .payments import Payment, Share, cited, payments, shares_of
from .relations import circles
from .wording import yuan

_FEWEST = 2
_Slip = tuple[Payment, Share]


def check(case: Case, values: Values) -> Iterator[Hit]:
    """Runs of slips below a bound; the highest bound a run was split under counts."""
    circle = circles(case)
    groups: defaultdict[tuple[str, str], list[_Slip]] = defaultdict(list)
    for one, share in shares_of(payments(case)):
        if share.payee and share.fen > 0 and not share.is_staff:
            groups[circle.get(share.payee, share.payee), share.account].append((one, share))
    for (_who, account), slips in groups.items():
        seen: set[str] = set()
        for bound in sorted(values["bounds"], reverse=True):
            below = [
                slip
                for slip in slips
                if slip[0].label not in seen and bound * values["share"] <= slip[1].fen * 100 < bound * 100
            ]
            for run in _runs(below, timedelta(days=values["days"])):
                if sum(share.fen for _, share in run) >= bound:
                    seen.update(one.label for one, _ in run)
                    yield _hit(case, account, run, bound)


def _runs(slips: list[_Slip], span: timedelta) -> Iterator[list[_Slip]]:
    """Slips in runs that begin with the first one left and last at most the span; two at least."""
    ordered = sorted(slips, key=lambda slip: slip[0].day)
    while ordered:
        run = [slip for slip in ordered if slip[0].day <= ordered[0][0].day + span]
        ordered = ordered[len(run) :]
        if len({one.label for one, _ in run}) >= _FEWEST:
            yield run


def _hit(case: Case, account: str, run: list[_Slip], bound: int) -> Hit:
    total = sum(share.fen for _, share in run)
    payees = "、".join(dict.fromkeys(share.payee for _, share in run))
    first, last = run[0][0], run[-1][0]
    purpose = case.ledger.chart.full_name(account)
    return Hit(
        f"{payees} {purpose} {first.label} 起",
        f"{first.day} 至 {last.day} 分 {len(run)} 笔付给{payees} {yuan(total)}（{purpose}），每笔都略低于审批界限 "
        f"{yuan(bound)}，合计达到界限，像是化整为零",
        (*(cited(one, share.fen) for one, share in run), ("审批界限", yuan(bound))),
        total,
        tuple(dict.fromkeys(one.label for one, _ in run)),
    )


RULE = Rule(
    "split-payments",
    1,
    "拆分支付",
    "同一收款人、同一用途的支出不得拆成几笔，躲开更高一级的审批。",
    "村级财务开支审批制度（各地）；审计疑点清单第1条",
    "高",
    check,
    ("bounds", "days", "share"),
)

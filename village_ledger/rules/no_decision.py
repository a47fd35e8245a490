"""Spending above the bound needs a meeting's decision (农村集体经济组织法第二十六条、村民委员会组织法; 各地审批权限).
Looked for: a payment at or above the bound on whose way no decision stands: neither in its request, nor its contract,
nor its project, nor among the steps it was followed to; nor is it within an item of the budget.
"""

from collections.abc import Iterator

from . import cells
from .model import Case, Hit, Rule, Values
from .payments import Payment, cited, payments
from .wording import named, word_in, yuan

_STAGES = frozenset({"决策", "会议"})


def check(case: Case, values: Values) -> Iterator[Hit]:
    """One hit a payment; pay lists of staff and what is bound by words (taxes, loans paid back) are left out."""
    followed = {cells.text(row, "voucher") for row in case.rows("payment-trail") if cells.text(row, "stage") in _STAGES}
    contracts, parties = set(), set()
    for row in case.rows("contract-register"):
        if cells.text(row, "decision"):
            contracts.add(cells.text(row, "contract"))
            parties.add(cells.name(row, "party"))
    projects = set()
    for row in case.rows("project-ledger"):
        if cells.text(row, "decision"):
            projects.add(cells.text(row, "project"))
            parties.add(cells.name(row, "contractor"))
    chart = case.ledger.chart
    for one in payments(case):
        if one.fen < values["bound"] or one.label in followed or _asked_with_one(one, contracts, projects):
            continue
        if one.payees and set(one.payees) <= parties:
            continue
        if all(word_in(values["exempt"], chart.full_name(share.account), share.summary) for share in one.shares):
            continue
        yield Hit(
            f"凭证 {one.label}",
            f"{one.day} 付给{named('、'.join(one.payees[:3]))} {yuan(one.fen)}，"
            f"达到要开会决议的 {yuan(values['bound'])}，没有查到决议、"
            f"经决议的合同或工程：{one.summary}",
            (
                cited(one),
                ("界限", yuan(values["bound"])),
                ("用款申请", "、".join(cells.text(row, "number") for row in one.requests) or "没有"),
            ),
            one.fen,
            (one.label,),
        )


def _asked_with_one(one: Payment, contracts: set[str], projects: set[str]) -> bool:
    return bool(one.requests) and all(
        cells.text(row, "decision")
        or cells.text(row, "budget_item")
        or cells.text(row, "contract") in contracts
        or cells.text(row, "project") in projects
        for row in one.requests
    )


RULE = Rule(
    "no-decision",
    15,
    "无决议支出",
    "大额支出应当有会议决议，或者属于经决议的合同、工程和预算。",
    "农村集体经济组织法、村民委员会组织法（议事决策）；各地审批权限；审计疑点清单第15条",
    "高",
    check,
    ("bound", "exempt"),
    ("request-register", "contract-register", "project-ledger", "payment-trail"),
)

"""First the approval, then the money (四议两公开、村级财务开支审批制度: 先批后付). Looked for: a payment earlier than
the last signature on its request, or than the day of the decision it rests on.
"""

from collections.abc import Iterator

from . import cells
from .model import Case, Hit, Rule, Values
from .wording import yuan


def check(case: Case, values: Values) -> Iterator[Hit]:
    """One hit a request."""
    decided = {cells.text(row, "number"): cells.day(row, "day") for row in case.rows("decision-register")}
    for row in case.rows("request-register"):
        paid, label = cells.day(row, "paid"), cells.text(row, "voucher")
        if paid is None or not label:
            continue
        late = []
        signed, decision = cells.day(row, "signed"), cells.text(row, "decision")
        if signed and paid < signed:
            late.append(("最后签批", signed))
        voted = decided.get(decision)
        if voted and paid < voted:
            late.append((f"决议 {decision}", voted))
        if late:
            told = "、".join(f"{what} {when}" for what, when in late)
            yield Hit(
                f"申请 {cells.text(row, 'number')}",
                f"{paid} 已经付款 {yuan(cells.fen(row, 'amount'))}（{cells.text(row, 'payee')}，"
                f"{cells.text(row, 'title')}），而{told} 在后，先付后批",
                (("付款", f"{paid} 凭证 {label}"), *((what, str(when)) for what, when in late)),
                cells.fen(row, "amount"),
                (label,),
            )


RULE = Rule(
    "paid-before-approval",
    13,
    "先付后批",
    "付款应当在审批和决议之后。",
    "村级财务开支审批制度、四议两公开；审计疑点清单第13条",
    "高",
    check,
    (),
    ("request-register",),
)

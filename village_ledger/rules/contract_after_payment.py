"""The contract comes before the money (各地村级财务制度: 不得先付款后补合同). Looked for: a payment on a contract, or
to a party that has only one, earlier than the day the contract was signed.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from village_ledger.domain.contract import OUTGOING

from . import cells
from .model import Case, Hit, Rule, Values
from .payments import cited, payments
from .wording import yuan

_Contract = tuple[str, date]


def check(case: Case, values: Values) -> Iterator[Hit]:
    """One hit a voucher and contract; what was owed the party from long before is left out by days."""
    by_number: dict[str, _Contract] = {}
    by_party: defaultdict[str, list[_Contract]] = defaultdict(list)
    for row in case.rows("contract-register"):
        signed = cells.day(row, "signed")
        if cells.text(row, "direction") == OUTGOING and signed:
            one = (cells.text(row, "contract"), signed)
            by_number[one[0]] = one
            by_party[cells.name(row, "party")].append(one)
    for payment in payments(case):
        named = [
            by_number[cells.text(row, "contract")]
            for row in payment.requests
            if cells.text(row, "contract") in by_number
        ]
        guessed = [
            those[0] for payee in payment.payees if len(those := by_party.get(payee, [])) == 1 and not payment.requests
        ]
        for number, signed in dict.fromkeys(named or guessed):
            early = (signed - payment.day).days
            if early > 0 and (named or early <= values["days"]):
                yield Hit(
                    f"凭证 {payment.label} 合同 {number}",
                    f"{payment.day} 付 {yuan(payment.fen)}，而合同 {number} 到 {signed} 才签订，晚了 {early} 天，"
                    f"像是后补合同：{payment.summary}",
                    (cited(payment), (f"合同 {number} 签订", str(signed))),
                    payment.fen,
                    (payment.label,),
                )


RULE = Rule(
    "contract-after-payment",
    29,
    "合同后补",
    "应当先签合同再付款。",
    "各地村级财务制度；审计疑点清单第29条",
    "中",
    check,
    ("days",),
    ("contract-register",),
)

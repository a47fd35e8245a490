"""What is owed to a firm is paid to the firm's account (现金管理、结算管理规定: 对公业务不付个人). Looked for: a
payment to a contract's firm whose documents or request name a person as payee.
"""

from collections.abc import Iterator

from . import cells
from .model import Case, Hit, Rule, Values
from .payments import Payment, cited, payments
from .wording import is_person, word_in, yuan


def check(case: Case, values: Values) -> Iterator[Hit]:
    """One hit a voucher."""
    parties = {
        cells.text(row, "contract"): cells.name(row, "party")
        for row in case.rows("contract-register")
        if word_in(values["firms"], cells.name(row, "party"))
    }
    firms = set(parties.values())
    for one in payments(case):
        owed = {parties[cells.text(row, "contract")] for row in one.requests if cells.text(row, "contract") in parties}
        owed |= {share.payee for share in one.shares if share.payee in firms}
        people = sorted(name for name in _named(one) if is_person(name, values["firms"]))
        if owed and people:
            firm = "、".join(sorted(owed))
            yield Hit(
                f"凭证 {one.label}",
                f"{one.day} 付 {yuan(one.fen)}的合同对方是{firm}，收款人却是个人{'、'.join(people)}：{one.summary}",
                (cited(one), ("合同对方", firm), ("收款人", "、".join(people))),
                one.fen,
                (one.label,),
            )


def _named(one: Payment) -> set[str]:
    """Whom the papers name as getting the money."""
    return {cells.name(row, "account_name") for row in one.documents} | {
        cells.name(row, "payee") for row in one.requests
    }


RULE = Rule(
    "firm-paid-to-person",
    26,
    "对公付给个人",
    "合同对方是单位的，款项应当付到单位账户，不得付给个人。",
    "人民币银行结算账户管理、村级财务制度（各地）；审计疑点清单第26条",
    "高",
    check,
    ("firms",),
    ("contract-register",),
)

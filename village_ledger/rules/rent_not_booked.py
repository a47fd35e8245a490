"""收入漏记: a payment fallen due under a contract is in the books, whether received or not. Reference list no. 39."""

from collections import defaultdict
from collections.abc import Iterator

from . import cells
from .model import Case, Hit, Rule, Values
from .telling import listed
from .wording import yuan


def check(case: Case, values: Values) -> Iterator[Hit]:
    """A hit for each party that by its contracts owes more than the contracts' entries in the books say."""
    owed: defaultdict[tuple[str, str], int] = defaultdict(int)
    contracts: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for row in case.rows("contract-arrears"):
        key = cells.text(row, "account"), cells.text(row, "party")
        owed[key] += cells.fen(row, "arrears")
        contracts[key].append(cells.text(row, "contract"))
    booked = {
        (cells.text(row, "account"), cells.text(row, "party")): cells.fen(row, "contract_balance")
        for row in case.rows("contract-tie")
        if cells.text(row, "party")
    }
    for key, due in owed.items():
        account, party = key
        missing = due - max(booked.get(key, 0), 0)
        if party and missing > values["yuan"]:
            yield Hit(
                f"往来户 {account} {party}",
                f"{party}按合同（{listed(contracts[key])}）到期应收未收 {yuan(due)}，"
                f"账上只挂了 {yuan(due - missing)}，有 {yuan(missing)}没有入账",
                (("合同欠款", yuan(due)), ("账上合同应收", yuan(due - missing)), ("往来科目", account)),
                missing,
            )


RULE = Rule(
    "rent-not-booked",
    39,
    "到期租金没有入账",
    "合同到期应收的款项要及时记入账内",
    "审计疑点清单第 39 项",
    "高",
    check,
    ("yuan",),
    ("contract-arrears", "contract-tie"),
)

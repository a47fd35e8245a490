"""自制自审: who makes a voucher does not review it (会计法 art. 35, 37). Reference list no. 53."""

from collections import defaultdict
from collections.abc import Iterator

from village_ledger.domain.view import ONE_PERSON
from village_ledger.domain.voucher import Voucher

from .model import Case, Hit, Rule, Values
from .payments import voucher_label
from .wording import yuan

MOST = 50
"""So many vouchers are named; the text says how many there are."""


def check(case: Case, values: Values) -> Iterator[Hit]:
    """A hit for each person who made and reviewed, or made and kept the cash of, more vouchers than allowed."""
    found: defaultdict[tuple[str, str], list[Voucher]] = defaultdict(list)
    for one in case.ledger.vouchers(case.start, case.end):
        if one.maker and one.maker == one.reviewer:
            found[one.maker, "审核"].append(one)
        if one.maker and one.maker == one.cashier:
            found[one.maker, "出纳"].append(one)
    for (name, duty), vouchers in found.items():
        if len(vouchers) > values["vouchers"]:
            total = sum(one.total_fen for one in vouchers)
            evidence = [("凭证", f"{len(vouchers)} 张"), ("金额合计", yuan(total))]
            if case.ledger.entity.single_person:
                evidence.append(("例外", ONE_PERSON))
            yield Hit(
                f"{name} 制单兼{duty}",
                f"{name}制单又{_did(duty)}的凭证有 {len(vouchers)} 张，合计 {yuan(total)}",
                tuple(evidence),
                total,
                tuple(voucher_label(one) for one in vouchers[:MOST]),
            )


def _did(duty: str) -> str:
    return "审核" if duty == "审核" else "作出纳签字"


RULE = Rule(
    "self-reviewed",
    53,
    "自制自审",
    "制单、审核、出纳要由不同的人承担",
    "审计疑点清单第 53 项；会计法",
    "中",
    check,
    ("vouchers",),
)

"""无合同收入: rent comes from a written contract that is registered. Reference list no. 36."""

from collections.abc import Iterator

from village_ledger.domain.voucher import Voucher

from . import cells
from .accounts import leaves_with
from .model import Case, Hit, Rule, Values
from .payments import standing_vouchers, voucher_label
from .telling import listed
from .wording import yuan

REGISTER = "contract-register"
_TAIL = 3
"""A summary seldom repeats all of what a contract is about; the last signs of it (`机动地`) are enough."""


def check(case: Case, values: Values) -> Iterator[Hit]:
    """A hit for each voucher with rent whose members and summaries name no contract, party or thing let."""
    accounts = leaves_with(case.ledger.chart, "credit", values["words"])
    if not accounts:
        return
    known = set(_names(case))
    for one in standing_vouchers(case):
        amount = sum(line.credit_fen for line in one.lines if line.account in accounts)
        if amount < max(values["yuan"], 1):
            continue
        if not _named(one, known):
            label = voucher_label(one)
            payers = listed(item.name for line in one.lines for item in line.items if item.category == "往来户")
            yield Hit(
                f"凭证 {label}",
                f"{label} 记租金、承包款收入 {yuan(amount)}，合同台账里没有对应的合同：{one.lines[0].summary}",
                (("摘要", one.lines[0].summary), ("交款人", payers or "没有写明"), ("金额", yuan(amount))),
                amount,
                (label,),
            )


def _names(case: Case) -> Iterator[str]:
    for row in case.rows(REGISTER):
        yield from filter(
            None, (cells.text(row, "contract"), cells.text(row, "party"), cells.text(row, "subject")[-_TAIL:])
        )


def _named(one: Voucher, known: set[str]) -> bool:
    members = {item.name for line in one.lines for item in line.items}
    said = "".join(line.summary for line in one.lines)
    return bool(members & known) or any(name in said for name in known)


RULE = Rule(
    "income-without-contract",
    36,
    "无合同收入",
    "出租、发包的收入要有书面合同，并登记在合同台账上",
    "审计疑点清单第 36 项",
    "中",
    check,
    ("words", "yuan"),
    (REGISTER,),
)

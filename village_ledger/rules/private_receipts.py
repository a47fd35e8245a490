"""The collective's money is never kept on a person's account (农村集体经济组织法第四十四条). Looked for: a document
of money taken in that names another holder of the account than the village.
"""

from collections.abc import Iterator

from village_ledger.domain.source_document import RECEIVED

from . import cells
from .model import Case, Hit, Rule, Values
from .relations import staff
from .wording import is_person, plain, yuan


def check(case: Case, values: Values) -> Iterator[Hit]:
    """One hit a document."""
    village, people = plain(case.ledger.entity.name), staff(case)
    for row in case.rows("document-register"):
        holder = cells.name(row, "account_name")
        if cells.text(row, "direction") != RECEIVED or row.get("void") or not holder or holder == village:
            continue
        if holder in people or is_person(holder, values["firms"]):
            label, papers = cells.text(row, "voucher"), f"{cells.text(row, 'kind')} {cells.text(row, 'number')}".strip()
            who = f"村干部（财务人员）{holder}" if holder in people else holder
            yield Hit(
                f"{papers} {cells.text(row, 'day')} {holder} {label}",
                f"{cells.text(row, 'day')} 收 {yuan(cells.fen(row, 'amount'))}的票据（{papers}）上收款户名是{who}，"
                "不是本村账户，像是公款私存",
                (("票据", papers), ("收款户名", holder), ("交款人", cells.text(row, "issuer")), ("凭证", label)),
                cells.fen(row, "amount"),
                (label,) if label else (),
            )


RULE = Rule(
    "private-receipts",
    8,
    "公款私存",
    "集体收入应当存入集体账户，不得以个人名义存储。",
    "农村集体经济组织法第四十四条；审计疑点清单第8条",
    "高",
    check,
    ("firms",),
    ("document-register",),
)

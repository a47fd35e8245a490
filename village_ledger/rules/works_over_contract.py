"""Works are paid as agreed, accepted and audited (招标投标法、各地村级工程管理规定). Looked for: projects paid above
contract and approved changes, above the audited final account or what was accepted, without enough people accepting,
or nearly in full without the audit of the final account.
"""

from collections.abc import Iterator

from . import cells
from .model import Case, Hit, Row, Rule, Values
from .wording import yuan


def check(case: Case, values: Values) -> Iterator[Hit]:
    """One hit a project, naming everything wrong with it."""
    for row in case.rows("project-ledger"):
        paid, agreed = cells.fen(row, "paid"), cells.fen(row, "contract_sum") + cells.fen(row, "changes")
        wrong = tuple(_wrong(row, values, paid, agreed)) if paid > 0 else ()
        if wrong:
            yield Hit(
                f"工程 {cells.text(row, 'project')}",
                f"工程“{cells.text(row, 'name')}”（{cells.text(row, 'project')}，"
                f"{cells.text(row, 'contractor')}）已付 {yuan(paid)}："
                f"{'；'.join(wrong)}",
                (
                    ("合同价加变更", yuan(agreed)),
                    ("已验收", yuan(cells.fen(row, "accepted"))),
                    ("审定决算", yuan(cells.fen(row, "audited")) if cells.fen(row, "audited") else "没有"),
                    ("已付工程款", yuan(paid)),
                    ("验收人", cells.text(row, "acceptors") or "没有"),
                ),
                paid,
            )


def _wrong(row: Row, values: Values, paid: int, agreed: int) -> Iterator[str]:
    audited, accepted = cells.fen(row, "audited"), cells.fen(row, "accepted")
    people = len([name for name in cells.text(row, "acceptors").split("、") if name])
    if agreed and paid > agreed:
        yield f"超过合同价加变更 {yuan(agreed)}"
    if audited and paid > audited:
        yield f"超过审定决算 {yuan(audited)}"
    nearly = agreed > 0 and paid * 100 > agreed * values["share"]
    if nearly and not accepted:
        yield "没有验收就基本付清"
    elif accepted and agreed >= values["accepted_from"] and people < values["acceptors"]:
        yield f"验收只有 {people} 人，应不少于 {values['acceptors']} 人"
    if nearly and agreed >= values["audited_from"] and not audited:
        yield f"付款超过 {values['share']}%，没有决算审计"


RULE = Rule(
    "works-over-contract",
    28,
    "虚增工程、没有验收",
    "工程款按合同、变更、验收和审定决算支付，验收和审计手续要齐全。",
    "各地村级工程管理规定；审计疑点清单第28条",
    "高",
    check,
    ("share", "acceptors", "accepted_from", "audited_from"),
    ("project-ledger",),
)

"""Dealings with officers, their relatives and their firms are declared and decided without them (农村集体经济组织法:
理事、监事、经营管理人员的义务). Looked for: payments to a declared related person or firm while the relation held, by
name or bank card.
"""

from collections import defaultdict
from collections.abc import Iterator

from village_ledger.domain.related_person import SELF

from . import cells
from .model import Case, Hit, Rule, Values
from .payments import Payment, cited_all, only_for, paid_to, payments
from .relations import Relation, relations
from .wording import yuan


def check(case: Case, values: Values) -> Iterator[Hit]:
    """One hit a relation. Pay, allowances and what every member gets are left out by words."""
    found = tuple(one for one in payments(case) if not only_for(case, values["usual"], one))
    by_name = paid_to(found)
    by_card: defaultdict[str, list[Payment]] = defaultdict(list)
    for one in found:
        for tag in {cells.text(row, "account_tag") for row in one.documents} - {""}:
            by_card[tag].append(one)
    for relation in relations(case):
        sums = {one.label: (one, fen) for one, fen in by_name.get(relation.name, ()) if relation.holds(one.day)}
        for one in by_card.get(relation.card_tag, ()) if relation.card_tag else ():
            if relation.holds(one.day):
                sums.setdefault(one.label, (one, one.fen))
        total = sum(fen for _, fen in sums.values())
        if total > values["least"]:
            yield _hit(relation, [one for one, _ in sums.values()], total)


def _hit(relation: Relation, found: list[Payment], total: int) -> Hit:
    who = relation.told if relation.relation == SELF else f"{relation.name}（{relation.told}）"
    return Hit(
        f"{relation.officer} {relation.name}",
        f"付给{who} {len(found)} 笔共 {yuan(total)}，属于关联人付款，要看本人是否回避、价格是否公允",
        (*cited_all(found), ("登记的关系", f"{relation.told}：{relation.name}，{relation.since or '以前'} 起")),
        total,
        tuple(one.label for one in found),
    )


RULE = Rule(
    "related-payees",
    24,
    "关联人付款",
    "与村干部及其亲属、企业的交易应当申报并回避。",
    "农村集体经济组织法（理事、监事、经营管理人员的义务）；审计疑点清单第24条",
    "高",
    check,
    ("least", "usual"),
    ("related-persons",),
)

"""同卡多户: one bank card receives for one household. Reference list no. 47."""

from collections import defaultdict
from collections.abc import Iterator

from . import cells
from .model import Case, Hit, Row, Rule, Values
from .subsidies import REGISTER, names, person
from .telling import listed
from .wording import yuan


def check(case: Case, values: Values) -> Iterator[Hit]:
    """A hit for each card on which more people than allowed were paid."""
    by_card: defaultdict[str, list[Row]] = defaultdict(list)
    for row in case.rows(REGISTER):
        if cells.text(row, "card_tag"):
            by_card[cells.text(row, "card_tag")].append(row)
    for tag, rows in by_card.items():
        people = {person(row) for row in rows}
        if len(people) > max(values["people"], 1):
            total = sum(cells.fen(row, "amount") for row in rows)
            yield Hit(
                f"银行卡 {tag}",
                f"同一张银行卡收了 {len(people)} 人的补贴、补偿：{listed(names(rows))}，合计 {yuan(total)}",
                (("名单", listed(cells.text(row, "batch") for row in rows)), ("卡号标记", tag), ("合计", yuan(total))),
                total,
                tuple(dict.fromkeys(cells.text(row, "voucher") for row in rows if cells.text(row, "voucher"))),
            )


RULE = Rule(
    "shared-card",
    47,
    "一卡多户",
    "补贴、补偿发到本人的银行卡，一张卡不应代收多人的钱",
    "审计疑点清单第 47 项",
    "高",
    check,
    ("people",),
    (REGISTER,),
)

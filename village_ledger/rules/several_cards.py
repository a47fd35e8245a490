"""一户多卡: a person receives on one bank card. Reference list no. 47."""

from collections import defaultdict
from collections.abc import Iterator

from . import cells
from .model import Case, Hit, Row, Rule, Values
from .subsidies import REGISTER, names
from .telling import listed
from .wording import yuan


def check(case: Case, values: Values) -> Iterator[Hit]:
    """A hit for each identity number that was paid on more cards than allowed."""
    by_person: defaultdict[str, list[Row]] = defaultdict(list)
    for row in case.rows(REGISTER):
        if cells.text(row, "id_tag") and cells.text(row, "card_tag"):
            by_person[cells.text(row, "id_tag")].append(row)
    for tag, rows in by_person.items():
        cards = {cells.text(row, "card_tag") for row in rows}
        if len(cards) > max(values["cards"], 1):
            total = sum(cells.fen(row, "amount") for row in rows)
            yield Hit(
                f"身份证 {tag}",
                f"{listed(names(rows))}（身份证 {cells.text(rows[0], 'id')}）用 {len(cards)} 张银行卡领取补贴、补偿，"
                f"合计 {yuan(total)}",
                (("名单", listed(cells.text(row, "batch") for row in rows)), ("银行卡", f"{len(cards)} 张")),
                total,
            )


RULE = Rule(
    "several-cards",
    47,
    "一人多卡",
    "同一个人领取补贴、补偿应当用同一张银行卡",
    "审计疑点清单第 47 项",
    "低",
    check,
    ("cards",),
    (REGISTER,),
)

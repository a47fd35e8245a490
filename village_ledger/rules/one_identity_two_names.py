"""冒领: one identity number belongs to one name. Reference list no. 46 (claims under other names)."""

from collections import defaultdict
from collections.abc import Iterator

from . import cells
from .model import Case, Hit, Row, Rule, Values
from .subsidies import REGISTER, names
from .telling import listed
from .wording import yuan


def check(case: Case, values: Values) -> Iterator[Hit]:
    """A hit for each identity number that stands under more than one name."""
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in case.rows(REGISTER):
        if cells.text(row, "id_tag"):
            found[cells.text(row, "id_tag")].append(row)
    for tag, rows in found.items():
        if len(names(rows)) > 1:
            total = sum(cells.fen(row, "amount") for row in rows)
            yield Hit(
                f"身份证 {tag}",
                f"同一个身份证号（{cells.text(rows[0], 'id')}）用了 {len(names(rows))} 个姓名领取："
                f"{listed(names(rows))}，合计 {yuan(total)}",
                (("名单", listed(cells.text(row, "batch") for row in rows)), ("合计", yuan(total))),
                total,
            )


RULE = Rule(
    "one-identity-two-names",
    46,
    "一证多名",
    "领取补贴的姓名和身份证号要一致，不得冒名领取",
    "审计疑点清单第 46 项",
    "高",
    check,
    (),
    (REGISTER,),
)

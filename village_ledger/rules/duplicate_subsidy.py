"""重复领取: nobody is paid twice by one document for one kind of subsidy. Reference list no. 47."""

from collections import defaultdict
from collections.abc import Iterator

from . import cells
from .model import Case, Hit, Row, Rule, Values
from .subsidies import REGISTER, names, person
from .telling import listed, told_day
from .wording import yuan


def check(case: Case, values: Values) -> Iterator[Hit]:
    """A hit for each person twice on a list, or on two lists of a kind that rest on the same document."""
    found: defaultdict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in case.rows(REGISTER):
        basis = cells.text(row, "document") or cells.text(row, "batch")
        if person(row) and basis and cells.text(row, "kind") in values["kinds"]:
            found[cells.text(row, "kind"), basis, person(row)].append(row)
    for (kind, basis, who), rows in found.items():
        if len(rows) > 1:
            total = sum(cells.fen(row, "amount") for row in rows)
            when = listed(f"{cells.text(row, 'batch')} {told_day(cells.day(row, 'day'))}" for row in rows)
            yield Hit(
                f"{kind} {basis} {who}",
                f"{listed(names(rows))}按“{basis}”领取{kind} {len(rows)} 次，合计 {yuan(total)}",
                (("名单", when), ("每次金额", listed(yuan(cells.fen(row, "amount")) for row in rows))),
                total,
                tuple(dict.fromkeys(cells.text(row, "voucher") for row in rows if cells.text(row, "voucher"))),
            )


RULE = Rule(
    "duplicate-subsidy",
    47,
    "重复领取补贴",
    "同一项补贴每人（户）只领一次",
    "审计疑点清单第 47 项",
    "高",
    check,
    ("kinds",),
    (REGISTER,),
)

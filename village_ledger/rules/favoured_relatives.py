"""优亲厚友: relief goes to those in need, not mostly to officers and those close to them. Reference list no. 48.

The reference compares with the relatives' share of the population; no register of the population is handed over, so the
bound is a share of the relief itself.
"""

from collections.abc import Iterator

from . import cells
from .model import Case, Hit, Rule, Values
from .persons import RELATED, beside_name, related, tie_of
from .subsidies import REGISTER, batches
from .telling import listed
from .wording import yuan


def check(case: Case, values: Values) -> Iterator[Hit]:
    """A hit for each list of relief of which such people got the share or more, if there are enough of them."""
    for batch in batches(case):
        if batch.kind not in values["kinds"]:
            continue
        ties = related(case, batch.day or case.last_day)
        near = [(row, tie) for row in batch.rows if (tie := tie_of(ties, cells.text(row, "name")))]
        got, total = sum(cells.fen(row, "amount") for row, _ in near), batch.total_fen
        if len(near) >= max(values["least"], 1) and total > 0 and got * 100 >= values["share"] * total:
            told = listed(f"{cells.text(row, 'name')}（{beside_name(tie)}）" for row, tie in near)
            yield Hit(
                batch.label,
                f"“{batch.title}”{len(batch.rows)} 人里有 {len(near)} 人是干部或者亲属：{told}，"
                f"领了 {yuan(got)}，占 {got * 100 // total}%",
                (("名单合计", yuan(total)), ("干部亲属", yuan(got))),
                got,
                (batch.voucher,) if batch.voucher else (),
            )


RULE = Rule(
    "favoured-relatives",
    48,
    "优亲厚友",
    "救济、慰问要给困难群众，不得优亲厚友",
    "审计疑点清单第 48 项",
    "高",
    check,
    ("share", "least", "kinds"),
    (REGISTER, RELATED),
)

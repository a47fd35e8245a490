"""干部超标准: an officer's household gets no more per head than others. Reference list no. 47."""

from collections.abc import Iterator

from . import cells
from .model import Case, Hit, Row, Rule, Values
from .persons import RELATED, beside_name, related, tie_of
from .rent_below_market import median
from .subsidies import REGISTER, batches
from .wording import yuan


def check(case: Case, values: Values) -> Iterator[Hit]:
    """A hit for each officer or relative who got so much more per head (per mu) than the middle of the list."""
    for batch in batches(case):
        ties = related(case, batch.day or case.last_day)
        rates = tuple(rate for row in batch.rows if (rate := _rate(row)))
        if batch.kind not in values["kinds"] or len(rates) < values["least"]:
            continue
        middle = median(rates)
        for row in batch.rows:
            name, rate = cells.text(row, "name"), _rate(row)
            tie = tie_of(ties, name)
            if tie and rate * 100 > values["share"] * middle:
                yield Hit(
                    f"{batch.label} {name}",
                    f"“{batch.title}”里{name}（{beside_name(tie)}）每{_unit(row)} {yuan(rate)}，"
                    f"名单的中位数是 {yuan(middle)}",
                    (
                        ("关系", tie.told),
                        ("金额", yuan(cells.fen(row, "amount"))),
                        ("标准", cells.text(row, "standard")),
                    ),
                    cells.fen(row, "amount"),
                    (batch.voucher,) if batch.voucher else (),
                )


def _rate(row: Row) -> int:
    """Fen per mu where the row has an area, else per head."""
    area, people = cells.fen(row, "area_mu_x100"), cells.fen(row, "people")
    if area > 0:
        return cells.fen(row, "amount") * 100 // area
    return cells.fen(row, "amount") // people if people > 0 else 0


def _unit(row: Row) -> str:
    return "亩" if cells.fen(row, "area_mu_x100") > 0 else "人"


RULE = Rule(
    "officer-above-average",
    47,
    "干部补贴超标准",
    "干部和亲属领取补贴、补偿，标准和其他人相同",
    "审计疑点清单第 47 项",
    "高",
    check,
    ("share", "least", "kinds"),
    (REGISTER, RELATED),
)

"""低价: land is not let far below what the same class of land fetches. Reference list no. 32 (70 % of the median)."""

from collections.abc import Iterator

from . import cells
from .contracts import REGISTER, running, subject_of, tenancies, told
from .model import Case, Hit, Rule, Values
from .wording import yuan


def check(case: Case, values: Values) -> Iterator[Hit]:
    """A hit for each running contract whose yearly rent per mu is below the share of its class's median."""
    held = {cells.text(row, "contract"): row for row in tenancies(case) if running(row)}
    for row in case.rows("contract-parties"):
        rent, category = cells.fen(row, "unit_rent"), cells.text(row, "category")
        market = case.market.get(category, ())
        contract = held.get(cells.text(row, "contract"))
        if contract is None or rent <= 0 or len(market) < max(values["least"], 1):
            continue
        middle = median(market)
        if rent * 100 < values["share"] * middle:
            yield Hit(
                subject_of(contract),
                f"{told(contract)}每亩每年 {yuan(rent)}，只有同类（{category}）{len(market)} 份合同中位数 "
                f"{yuan(middle)}的 {rent * 100 // middle}%",
                (
                    ("每亩年租金", yuan(rent)),
                    (f"{category}中位数", yuan(middle)),
                    ("同类合同", f"{len(market)} 份"),
                    ("交易方式", cells.text(contract, "award") or "未登记"),
                ),
                cells.fen(row, "annual"),
            )


def median(values: tuple[int, ...]) -> int:
    """The middle value; of an even count the mean of the two in the middle, rounded down."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) // 2


RULE = Rule(
    "rent-below-market",
    32,
    "租金偏低",
    "资源发包、资产出租的价格不应明显低于同类的一般价格",
    "审计疑点清单第 32 项",
    "高",
    check,
    ("share", "least"),
    ("contract-parties", REGISTER),
)

"""盘点不符: what is counted is what the cards say. Reference list no. 41 (found without a card) and 42 (missing)."""

from collections.abc import Iterator

from . import cells
from .model import Case, Hit, Rule, Values
from .wording import yuan


def check(case: Case, values: Values) -> Iterator[Hit]:
    """A hit for each asset that was missing in a count, or found without a card."""
    for row in case.rows("asset-count"):
        missing, surplus = cells.fen(row, "missing"), cells.fen(row, "surplus")
        about = f"{cells.text(row, 'code')} {cells.text(row, 'name')}".strip()
        note = cells.text(row, "note") or "没有写明"
        if missing > 0:
            net = cells.fen(row, "missing_net")
            text = f"盘点时资产 {about} 少了 {_count(missing)} {cells.text(row, 'unit')}，净值 {yuan(net)}"
            yield Hit(f"盘亏 {about}", text, (("盘亏数量", _count(missing)), ("说明", note)), net)
        if surplus > 0:
            worth = cells.fen(row, "surplus_value")
            text = f"盘点时发现账外的资产 {about} {_count(surplus)} {cells.text(row, 'unit')}，估值 {yuan(worth)}"
            yield Hit(f"盘盈 {about}", text, (("盘盈数量", _count(surplus)), ("说明", note)), worth)


def _count(thousandths: int) -> str:
    whole, rest = divmod(thousandths, 1000)
    return f"{whole}.{rest:03d}".rstrip("0") if rest else str(whole)


RULE = Rule(
    "count-difference",
    42,
    "盘点账实不符",
    "资产盘点的实有数要和卡片相符，盘亏盘盈要查明原因",
    "审计疑点清单第 41、42 项",
    "中",
    check,
    (),
    ("asset-count",),
)

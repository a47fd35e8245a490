"""A card with figures that are easy to follow, and the rules of a small chart."""

from datetime import date

from village_ledger.domain.assets.card import Card
from village_ledger.domain.assets.rules import AssetRules, KindRule
from village_ledger.domain.period import Period

RULES = AssetRules(
    (
        KindRule("固定资产", "151", "152", "154", "折旧"),
        KindRule("生产性生物资产", "132", "133", "181", "折旧"),
        KindRule("公益性生物资产", "134", "", "181", ""),
        KindRule("无形资产", "161", "162", "181", "摊销"),
    ),
    (),
    "181",
    "504",
    "515",
    "511",
    "513",
    ("121", "131"),
)


def a_card(**fields: object) -> Card:
    """A pump bought for 10,000.00 on 10 June 2025, residual 400.00, 60 months: 160.00 a month from July."""
    card = Card(
        "ZC-0001",
        "水泵",
        "机器设备",
        10_000_00,
        date(2025, 6, 10),
        Period(2025, 6),
        asset_account="151",
        depreciation_account="152",
        expense_account="513",
        residual_fen=400_00,
        life_months=60,
        in_use=date(2025, 6, 10),
        id=1,
    )
    return card._replace(**fields)  # type: ignore[arg-type]

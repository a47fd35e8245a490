"""The accounts assets are kept on under a chart, read from resources/assets."""

from functools import cache

from ..domain.assets.rules import AssetRules, ClassRule, KindRule
from .catalog import read_resource


@cache
def asset_rules(chart: str) -> AssetRules:
    """The rules of a chart of accounts, e.g. rural-2023."""
    data = read_resource(f"assets/{chart}.toml")
    return AssetRules(
        tuple(KindRule(**row) for row in data["kind"]),
        tuple(ClassRule(**row) for row in data["class"]),
        data["pending"],
        data["gain"],
        data["loss"],
        data["operating_expense"],
        data["other_expense"],
        tuple(data["stock"]),
    )

"""Which accounts the kinds of asset are kept on under a chart, and the customary classes. Data: resources/assets."""

from typing import NamedTuple

FIXED = "固定资产"
BIOLOGICAL = "生产性生物资产"
WELFARE = "公益性生物资产"
INTANGIBLE = "无形资产"
KINDS = (FIXED, BIOLOGICAL, WELFARE, INTANGIBLE)


class KindRule(NamedTuple):
    """One kind of asset: the accounts (prefixes) of its cost and its accumulated depreciation or amortisation.

    `accumulated` is empty for a kind that is not depreciated; it equals `original` where the regulation credits the
    asset itself. `clearing` is the account a disposal goes through; empty: straight to gain or loss.
    """

    name: str
    original: str
    accumulated: str
    clearing: str
    charge: str

    @property
    def depreciated(self) -> bool:
        """Whether anything is charged at all."""
        return bool(self.accumulated)


class ClassRule(NamedTuple):
    """A customary class of asset and the life a new card of it is proposed with, in months (0: no charge)."""

    name: str
    kind: str
    life_months: int


class AssetRules(NamedTuple):
    """The accounts assets are booked on. `pending` (待处理财产损溢) is empty where the chart has none."""

    kinds: tuple[KindRule, ...]
    classes: tuple[ClassRule, ...]
    pending: str
    gain: str
    loss: str
    operating_expense: str
    other_expense: str
    stock: tuple[str, ...]

    def kind(self, name: str) -> KindRule:
        """The kind of that name; the chart must have it."""
        return next(rule for rule in self.kinds if rule.name == name)

    def has(self, name: str) -> bool:
        """Whether the chart keeps that kind of asset."""
        return any(rule.name == name for rule in self.kinds)

    @property
    def accounts(self) -> tuple[str, ...]:
        """Prefixes of every account that cards must tie to, in code order, each once."""
        found = {code for rule in self.kinds for code in (rule.original, rule.accumulated) if code}
        return tuple(sorted(found))

    def clearing(self, kind: str, *, counted: bool) -> str:
        """The account between taking an asset off the books and settling: 181 after a count, else 154 or 181."""
        return self.pending if counted else self.kind(kind).clearing

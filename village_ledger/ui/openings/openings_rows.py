"""The opening balances being typed, as plain values: which rows the grid has and what a row adds up to."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from village_ledger.domain.account import Account, Chart, Item
from village_ledger.domain.openings import OpeningTie, tie_of
from village_ledger.domain.view import Opening

Key = tuple[str, tuple[Item, ...]]
RowKind = Literal["parent", "group", "leaf", "item"]


class OpeningRow(NamedTuple):
    """One row of the grid: a parent's total, a total over items (group), an account to type on, or one of its items."""

    kind: RowKind
    account: Account
    items: tuple[Item, ...] = ()

    @property
    def key(self) -> Key:
        """What the typed figures are kept by."""
        return self.account.code, self.items

    @property
    def editable(self) -> bool:
        """Whether figures are typed here."""
        return self.kind in ("leaf", "item")

    @property
    def name(self) -> str:
        """What stands in the name column."""
        if self.kind != "item":
            return self.account.name
        return "、".join(item.name for item in self.items) or "（没有分到户、项目的部分）"


def grid_rows(chart: Chart, values: Mapping[Key, Opening], *, only_filled: bool = False) -> tuple[OpeningRow, ...]:
    """Every row of the grid in chart order; with `only_filled` those that hold or add up figures."""
    by_account: dict[str, list[tuple[Item, ...]]] = {}
    for code, items in values:
        by_account.setdefault(code, []).append(items)
    filled = {code for (code, _items), value in values.items() if any(value[2:])}
    rows: list[OpeningRow] = []
    for account in chart:
        if account.disabled and account.code not in by_account:
            continue
        if only_filled and not any(code.startswith(account.code) for code in filled):
            continue
        if not chart.is_leaf(account.code):
            rows.append(OpeningRow("parent", account))
            continue
        combinations = sorted(by_account.get(account.code, ()), key=_names)
        must = any(auxiliary.required for auxiliary in account.auxiliaries)
        if not must and not any(combinations):
            rows.append(OpeningRow("leaf", account))
            continue
        rows.append(OpeningRow("group", account))
        rows.extend(OpeningRow("item", account, items) for items in combinations)
    return tuple(rows)


def _names(items: tuple[Item, ...]) -> tuple[str, ...]:
    return tuple(item.code + item.name for item in items)


def row_totals(row: OpeningRow, values: Mapping[Key, Opening]) -> OpeningTie:
    """What a total row shows: the balances below it, debits and credits separately."""
    return tie_of(value for (code, _items), value in values.items() if code.startswith(row.account.code))

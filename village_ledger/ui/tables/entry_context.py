"""What the entry grid knows about the book: fetched once by the page, looked up while typing without asking again."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from village_ledger.domain.account import Account, Chart, Item
from village_ledger.domain.checks import CheckContext
from village_ledger.domain.search import ItemRecord, find_accounts
from village_ledger.domain.spending_watch import SpendingWatch

_FULL_WIDTH = str.maketrans("０１２３４５６７８９：；，　", "0123456789:;, ")
Items = tuple[tuple[str, str], ...]


class EntryContext(NamedTuple):
    """The check context plus what the finders show: items, use counts, balances and recent summaries."""

    check: CheckContext
    items: tuple[ItemRecord, ...] = ()
    usage: Mapping[str, int] = MappingProxyType({})
    balances: Mapping[str, int] = MappingProxyType({})
    summaries: tuple[str, ...] = ()
    watch: SpendingWatch = SpendingWatch()

    @property
    def chart(self) -> Chart:
        """The book's accounts."""
        return self.check.chart

    def account(self, code: str) -> Account | None:
        """The account with this code, or None."""
        return self.chart.get(code)

    def categories(self, code: str) -> tuple[str, ...]:
        """The dimensions a line on this account is kept by, the required ones first."""
        account = self.account(code)
        if account is None:
            return ()
        ordered = sorted(account.auxiliaries, key=lambda auxiliary: not auxiliary.required)
        return tuple(auxiliary.category for auxiliary in ordered)

    def required(self, code: str) -> frozenset[str]:
        """The dimensions a line on this account must be kept by."""
        account = self.account(code)
        return frozenset(item.category for item in account.auxiliaries if item.required) if account else frozenset()

    def members(self, category: str) -> tuple[ItemRecord, ...]:
        """The members of one dimension."""
        return tuple(record for record in self.items if record.item.category == category)

    def with_item(self, category: str, name: str) -> "EntryContext":
        """The same context knowing one more member, for the moment until the book has added it."""
        if (category, name) in self.check.items:
            return self
        check = self.check._replace(items=self.check.items | {(category, name)})
        return self._replace(check=check, items=(*self.items, ItemRecord(Item(category, "", name))))

    def resolve_account(self, text: str) -> str:
        """The code a typed or pasted text means: a code, `code name`, a full name or a name only one leaf bears."""
        typed = text.translate(_FULL_WIDTH).strip()
        if not typed:
            return ""
        first = typed.split()[0]
        if first in self.chart:
            return first
        for account in self.chart:
            if self.chart.full_name(account.code) == typed.replace("/", "-").replace("\\", "-"):
                return account.code
        named = [account.code for account in self.chart if account.name == typed and self.chart.is_leaf(account.code)]
        if len(named) == 1:
            return named[0]
        found = find_accounts(self.chart, typed, self.usage, 2)
        return found[0].code if len(found) == 1 else ""

    def resolve_items(self, code: str, text: str) -> Items | None:
        """Pairs from `往来户:张三;项目:村道`, or a bare name when the account has one dimension; None if unclear."""
        pairs = []
        for part in text.translate(_FULL_WIDTH).split(";"):
            category, colon, name = part.strip().partition(":")
            if colon:
                pairs.append((category.strip(), name.strip()))
            elif category:
                categories = self.categories(code)
                if len(categories) != 1:
                    return None
                pairs.append((categories[0], category))
        return tuple(pairs)


def items_text(items: Items) -> str:
    """How dimension members are written in one cell."""
    return "；".join(f"{category}：{name}" for category, name in items)

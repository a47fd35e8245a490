"""Accounts and dimension members as choices for a finder field."""

from collections.abc import Callable, Sequence

from village_ledger.domain.account import Account, Chart
from village_ledger.domain.search import find_accounts, find_items

from .operations import Facts
from .widgets.finder import Choice, Find

LIMIT = 60


def account_choice(chart: Chart, code: str) -> Choice | None:
    """The choice that stands for an account; None if the book has no such account."""
    account = chart.get(code)
    if account is None:
        return None
    ancestors = chart.ancestors(code)
    detail = "-".join(chart[part].name for part in ancestors)
    return Choice(code, account.name, detail or account.category, code)


def ledger_accounts(facts: Callable[[], Facts], wanted: Callable[[Account], bool] | None = None) -> Find:
    """Find accounts of any level by code, pinyin initials or name: exact code and summary accounts before details."""

    def find(text: str) -> Sequence[Choice]:
        now = facts()
        typed = text.strip().lower()
        parents = [
            account
            for account in now.chart
            if not now.chart.is_leaf(account.code) and (not typed or _matches(account, typed))
        ]
        leaves = find_accounts(now.chart, text, now.usage, LIMIT)
        exact = [account for account in (*parents, *leaves) if account.code == typed]
        ordered = dict.fromkeys(account.code for account in (*exact, *parents, *leaves))
        kept = [code for code in ordered if wanted is None or wanted(now.chart[code])]
        return [choice for code in kept[:LIMIT] if (choice := account_choice(now.chart, code))]

    return find


def dimension_items(facts: Callable[[], Facts], category: Callable[[], str]) -> Find:
    """Find members of a dimension by name or pinyin initials; an empty category finds in all of them."""

    def find(text: str) -> Sequence[Choice]:
        wanted = category()
        records = [record for record in facts().items if not wanted or record.item.category == wanted]
        return [
            Choice("", record.item.name, record.item.category, record.item)
            for record in find_items(records, text, LIMIT)
        ]

    return find


def _matches(account: Account, typed: str) -> bool:
    return account.code.startswith(typed) or typed in account.name.lower() or account.pinyin.startswith(typed)

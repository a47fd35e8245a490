"""What a village's month is boiled down to: the topics, and how their figures are named.

A figure's key joins what it is of by `|` (`固定资产|房屋及建筑物|net`). `@opening` after a key is the amount at 1
January, `@month` that of the month alone; the others are balances at the month's end, or the year to date.
"""

from collections.abc import Iterator

from village_ledger.domain.desk import Figures

BALANCE_SHEET, INCOME_DISTRIBUTION, INCOME_EXPENSE = "balance-sheet", "income-distribution", "income-expense"
STATEMENT_TOPICS = (BALANCE_SHEET, INCOME_DISTRIBUTION, INCOME_EXPENSE)
ACCOUNTS, ASSETS, RESOURCES, CONTRACTS, DEBTS, CONTROL, DEALINGS = (
    *("accounts", "assets", "resources", "contracts", "debts", "control", "dealings"),
)
OPENING, MONTH = "@opening", "@month"
_JOIN = "|"

ACCOUNT_FIGURES = ("opening", "debit", "credit", "year_debit", "year_credit")
"""Of a first-level account (`101|opening`): signed balance at the month's start, its movements, those of the year."""
ASSET_FIGURES = ("count", "original", "accumulated", "net", "idle_count", "idle_net", "operating_net")
"""Of a kind and class of assets (`固定资产|机器设备|net`)."""
RESOURCE_FIGURES = ("count", "area", "contracted", "idle")
"""Of a class of land (`耕地|area`), areas in hundredths of a mu."""
CONTRACT_FIGURES = (
    *("count", "annual", "total", "deposit", "area", "expiring", "expired"),
    *("overdue", "arrears", "due", "waived", "received"),
)
"""Of contracts that bring or cost money (`收|annual`): those in force at the month's end, what the month brought."""
AGES = ("months_3", "months_6", "months_12", "years_2", "years_3", "older")
"""Of an account by side (`112|借|months_3`), as in the ageing report."""
CONTROL_FIGURES = (
    *("requests", "requests_fen", "pending", "pending_fen", "exceptions", "exceptions_fen", "unsettled"),
    *("decisions", "decisions_invalid", "notices", "notices_late", "objections", "answered"),
    *("documents", "white_slips", "white_slips_fen"),
)
OF_A_MOMENT = frozenset({"pending", "pending_fen"})
"""Of the figures of control those that tell how things stand; the others are what happened in the month."""


def figure_key(*parts: str) -> str:
    """The key of a figure."""
    return _JOIN.join(part.replace(_JOIN, "／") for part in parts)


def grouped(figures: Figures) -> Iterator[tuple[tuple[str, ...], str, int]]:
    """Every figure as (what it is of, the figure's name, amount)."""
    for key, amount in figures.items():
        *of, name = key.split(_JOIN)
        yield tuple(of), name, amount


def summed(figures: Figures, name: str, first: str = "") -> int:
    """The sum of one named figure over everything it is told of, or over what begins with `first`."""
    return sum(amount for of, told, amount in grouped(figures) if told == name and (not first or of[:1] == (first,)))

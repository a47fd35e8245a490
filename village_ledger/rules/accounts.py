"""Which accounts of a chart rules look at: found by the names the regulations fix, since their codes differ."""

from village_ledger.domain.account import Chart

from .model import Case


def codes_named(chart: Chart, *names: str) -> tuple[str, ...]:
    """The first-level accounts of these names."""
    return tuple(account.code for account in chart if account.level == 1 and account.name in names)


def leaves_with(chart: Chart, side: str, words: tuple[str, ...]) -> tuple[str, ...]:
    """Leaf accounts of profit and loss on a side whose full name holds one of the words."""
    return tuple(
        account.code
        for account in chart
        if account.is_profit_and_loss
        and account.side == side
        and chart.is_leaf(account.code)
        and any(word in chart.full_name(account.code) for word in words)
    )


def spending(chart: Chart) -> tuple[str, ...]:
    """First-level accounts of cost and expense."""
    return tuple(
        account.code
        for account in chart
        if account.level == 1 and account.side == "debit" and account.category in {"损益", "成本"}
    )


def money(case: Case) -> tuple[str, ...]:
    """The accounts of cash and bank."""
    return (*case.cash, *case.bank)


def dealings(case: Case) -> tuple[str, ...]:
    """The accounts kept by 往来户: receivable, two-sided and payable."""
    roles = case.roles
    return (*roles.receivable, *roles.two_sided, *roles.payable)

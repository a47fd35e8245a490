"""What a report shows when it is opened from the side bar."""

from village_ledger.reports.query import Query
from village_ledger.reports.registry import ReportKind
from village_ledger.ui.operations import Facts

from .query_bar import POINT_IN_TIME

ONE_MONTH = frozenset({"trial-balance", "voucher-summary", "vouchers", "counterparty-balances"})
"""Books first shown for the month last posted to; the others for its year so far."""
_USUAL = "管理"


def first_query(kind: ReportKind, facts: Facts) -> Query:
    """The month last posted to, or its year so far, and an account where one is needed."""
    month = facts.last_posted
    start = month if kind.key in ONE_MONTH else month.january
    if kind.key not in POINT_IN_TIME:
        start = max(start, facts.entity.first_period)
    return Query(start, month, account=_first_account(facts) if kind.needs_account else "")


def _first_account(facts: Facts) -> str:
    """管理费用, or the first income or expense account that has details."""
    chart = facts.chart
    parents = [one.code for one in chart if one.is_profit_and_loss and not chart.is_leaf(one.code)]
    usual = [code for code in parents if _USUAL in chart[code].name]
    return (usual or parents or [""])[0]

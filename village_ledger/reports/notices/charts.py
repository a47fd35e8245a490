"""The pictures of the notice: what the money came from, what it went for, how it compares, and what is left.

All figures are those of the income and spending sheet, added up by everyday names.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from village_ledger.domain.money_flow import Flow, FlowLine
from village_ledger.domain.period import Period
from village_ledger.domain.view import LedgerSource

from .income_spending import everyday
from .model import Chart, Series, Totals

_MOST = 8
_REST = "其他各项"


class Month(NamedTuple):
    """One month's totals, for comparing."""

    period: Period
    totals: Totals


def by_kind(source: LedgerSource, lines: Iterable[FlowLine], flow: Flow, words: Mapping[str, str], title: str) -> Chart:
    """Bars by everyday name, the largest first; small ones beyond eight are put together."""
    sums: dict[str, int] = {}
    for line in lines:
        if line.flow == flow:
            name = everyday(source, line.account, words)
            sums[name] = sums.get(name, 0) + line.amount_fen
    found = sorted(((fen, name) for name, fen in sums.items() if fen > 0), key=lambda one: (-one[0], one[1]))
    shown = found[:_MOST] if len(found) <= _MOST else found[: _MOST - 1]
    rest = sum(fen for fen, _ in found[len(shown) :])
    labels = [name for _, name in shown] + ([_REST] if rest else [])
    amounts = [fen for fen, _ in shown] + ([rest] if rest else [])
    return Chart("bars", title, tuple(labels), (Series("金额", tuple(amounts)),))


def comparison(spans: Sequence[tuple[str, Totals]], missing: str = "") -> Chart:
    """Income and spending of this span beside others, such as the month before and the same month last year.

    `missing` says what it cannot be compared with.
    """
    income = Series("收入", tuple(totals.income_fen for _, totals in spans))
    spending = Series("支出", tuple(totals.spending_fen for _, totals in spans))
    return Chart("columns", "收入和支出，和以前比", tuple(name for name, _ in spans), (income, spending), missing)


def balance_line(months: Sequence[Month]) -> Chart:
    """The funds at the end of each month of the year so far."""
    labels = tuple(f"{month.period.month}月" for month in months)
    closing = Series("月末资金", tuple(month.totals.closing_fen for month in months))
    return Chart("line", f"{months[-1].period.year}年每月月末村里还有多少钱" if months else "", labels, (closing,))

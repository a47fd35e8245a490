"""The accounts the program must know by the part they play, since a book may give them other codes."""

from typing import NamedTuple

from .account import Chart


class NamedDetail(NamedTuple):
    """An account the regulation fixes by its name under a first-level account, whatever its code."""

    parent: str
    name: str

    def code(self, chart: Chart) -> str:
        """Its code in a chart; the parent's if the chart has no such detail."""
        return chart.by_role(self.parent, self.name)


class Roles(NamedTuple):
    """Which accounts play the parts the program must know: profit, its distribution, money, two-sided accounts."""

    profit: str
    undistributed: NamedDetail
    allocations: NamedDetail
    reserve: str
    capital: str
    pending_loss: str = ""
    cash: tuple[str, ...] = ()
    bank: tuple[str, ...] = ()
    two_sided: tuple[str, ...] = ()
    receivable: tuple[str, ...] = ()
    payable: tuple[str, ...] = ()
    members: str = ""

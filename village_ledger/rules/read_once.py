"""A ledger that is asked once: many rules ask the same months of it, and a stored one reads them from the file."""

from collections.abc import Iterable

from village_ledger.domain.account import Chart, Item
from village_ledger.domain.period import Period
from village_ledger.domain.view import Balance, Entity, LedgerLine, LedgerSource
from village_ledger.domain.voucher import Voucher


class ReadOnce:
    """A `LedgerSource` that remembers what it was asked, for as long as one run of the rules takes."""

    def __init__(self, ledger: LedgerSource) -> None:
        self._ledger = ledger
        self.entity: Entity = ledger.entity
        self.chart: Chart = ledger.chart
        self._vouchers: dict[tuple[Period, Period], tuple[Voucher, ...]] = {}
        self._balances: dict[tuple[Period, Period], tuple[Balance, ...]] = {}

    def vouchers(self, start: Period, end: Period) -> tuple[Voucher, ...]:
        """See `LedgerSource`."""
        if (start, end) not in self._vouchers:
            self._vouchers[start, end] = self._ledger.vouchers(start, end)
        return self._vouchers[start, end]

    def balances(self, start: Period, end: Period) -> tuple[Balance, ...]:
        """See `LedgerSource`."""
        if (start, end) not in self._balances:
            self._balances[start, end] = self._ledger.balances(start, end)
        return self._balances[start, end]

    def lines(
        self, start: Period, end: Period, accounts: Iterable[str] = (), item: Item | None = None
    ) -> tuple[LedgerLine, ...]:
        """See `LedgerSource`; not remembered."""
        return self._ledger.lines(start, end, accounts, item)

    def item(self, category: str, name: str) -> Item | None:
        """See `LedgerSource`; not remembered."""
        return self._ledger.item(category, name)

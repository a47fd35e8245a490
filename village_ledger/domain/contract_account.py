"""A contract's own ledger: what fell due, what was charged in the books, received, waived, and what is in arrears.

Amounts are integer fen. A charge, receipt or waiver counts while the voucher it led to exists (as a draft or posted)
and has not been reversed.
"""

from collections.abc import Iterable
from datetime import date
from typing import Literal, NamedTuple

from .account import Item
from .contract import Contract
from .contract_schedule import Instalment, opening_instalment

Booking = Literal["draft", "posted", "void"]
"""draft: waits for review or posting; posted: in the books; void: the draft was deleted or the voucher reversed."""

Route = Literal["往来", "直接"]
"""往来: credited to the party's account; 直接: credited to income at once, so that it is charge and receipt in one."""


class Voucher(NamedTuple):
    """Where an entry stands in the books: the voucher's or draft's id, its label, and whether it counts."""

    booking: Booking
    id: int = 0
    label: str = ""

    @property
    def counts(self) -> bool:
        """Whether it has not been undone."""
        return self.booking != "void"


NO_VOUCHER = Voucher("void")


class Charge(NamedTuple):
    """A payment that became a receivable (or payable) on its date.

    It leads to the voucher with that `source`, or was claimed from line `position` of the voucher `uid`.
    """

    contract: int
    seq: int
    day: date
    amount_fen: int
    source: str = ""
    uid: str = ""
    position: int = 0
    voucher: Voucher = NO_VOUCHER


class Receipt(NamedTuple):
    """Money that came in for contracts (or went out); its allocations say for which payments."""

    id: int
    day: date
    amount_fen: int
    route: Route
    account: str
    party: Item | None
    source: str = ""
    uid: str = ""
    position: int = 0
    voucher: Voucher = NO_VOUCHER


class Allocation(NamedTuple):
    """The part of a receipt that pays an instalment."""

    receipt: int
    contract: int
    seq: int
    amount_fen: int


class Waiver(NamedTuple):
    """Rent let off, with the reason and the number of the decision that allowed it."""

    id: int
    contract: int
    seq: int
    day: date
    amount_fen: int
    reason: str
    decision: str
    source: str = ""
    voucher: Voucher = NO_VOUCHER

    @property
    def counts(self) -> bool:
        """A waiver of rent not charged yet needs no voucher."""
        return not self.source or self.voucher.counts


class Paid(NamedTuple):
    """A receipt's part of an instalment with its day, for reports that ask when."""

    day: date
    amount_fen: int
    route: Route


class Standing(NamedTuple):
    """One instalment and everything that happened to it. `tracked` False: settled before the register began."""

    instalment: Instalment
    tracked: bool = True
    cancelled: bool = False
    charged: tuple[Charge, ...] = ()
    paid: tuple[Paid, ...] = ()
    waived: tuple[Waiver, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether it is to be paid at all: followed here, and not after the contract was broken off."""
        return self.tracked and not self.cancelled

    @property
    def owed_fen(self) -> int:
        """The amount less what was waived; nothing if it need not be paid."""
        return self.instalment.amount_fen - self.waived_fen if self.counts else 0

    @property
    def waived_fen(self) -> int:
        """What was let off."""
        return sum(waiver.amount_fen for waiver in self.waived)

    @property
    def received_fen(self) -> int:
        """What was paid."""
        return sum(part.amount_fen for part in self.paid)

    @property
    def outstanding_fen(self) -> int:
        """What is still to be paid, due or not."""
        return self.owed_fen - self.received_fen

    @property
    def recognised_fen(self) -> int:
        """What the books already show as income: charged, or received directly to income."""
        direct = sum(part.amount_fen for part in self.paid if part.route == "直接")
        return sum(charge.amount_fen for charge in self.charged) + direct

    @property
    def chargeable_fen(self) -> int:
        """What is still to be charged in the books. What was in arrears at the start stands in the openings."""
        if not (self.counts and self.instalment.seq and self.instalment.settled):
            return 0
        uncharged_waivers = sum(waiver.amount_fen for waiver in self.waived if not waiver.source)
        return max(0, self.instalment.amount_fen - self.recognised_fen - uncharged_waivers)


class ContractAccount(NamedTuple):
    """A contract with its instalments in order of their due days."""

    contract: Contract
    standings: tuple[Standing, ...]

    def due(self, day: date) -> tuple[Standing, ...]:
        """The instalments that have fallen due by a day and are to be paid."""
        return tuple(one for one in self.standings if one.counts and one.instalment.due <= day)

    def at(self, seq: int) -> Standing | None:
        """The instalment of that number."""
        return next((one for one in self.standings if one.instalment.seq == seq), None)


class Arrears(NamedTuple):
    """What is overdue on a day: fallen due (waivers taken off), received of it, the rest, and days since the oldest."""

    due_fen: int
    received_fen: int
    days: int
    oldest: date | None

    @property
    def arrears_fen(self) -> int:
        """What is overdue."""
        return self.due_fen - self.received_fen


def build_account(
    contract: Contract,
    instalments: Iterable[Instalment],
    charges: Iterable[Charge] = (),
    paid: Iterable[tuple[int, Paid]] = (),
    waivers: Iterable[Waiver] = (),
) -> ContractAccount:
    """Put together what counts, by instalment; `paid` are pairs of an instalment's number and a payment."""
    by_charge: dict[int, list[Charge]] = {}
    for charge in charges:
        if charge.voucher.counts:
            by_charge.setdefault(charge.seq, []).append(charge)
    by_paid: dict[int, list[Paid]] = {}
    for seq, part in paid:
        by_paid.setdefault(seq, []).append(part)
    by_waiver: dict[int, list[Waiver]] = {}
    for waiver in waivers:
        if waiver.counts:
            by_waiver.setdefault(waiver.seq, []).append(waiver)
    begun, ended = contract.tracked_from, contract.ended or date.max
    found = [Standing(one, one.due >= begun, one.start > ended) for one in instalments]
    found += [Standing(one) for one in opening_instalment(contract)]
    found.sort(key=_by_due)
    for place, one in enumerate(found):
        seq = one.instalment.seq
        if seq in by_charge or seq in by_paid or seq in by_waiver:
            found[place] = one._replace(
                charged=tuple(by_charge.get(seq, ())),
                paid=tuple(sorted(by_paid.get(seq, ()))),
                waived=tuple(by_waiver.get(seq, ())),
            )
    return ContractAccount(contract, tuple(found))


def _by_due(one: Standing) -> tuple[date, int]:
    return one.instalment.due, one.instalment.seq


def arrears_on(account: ContractAccount, day: date) -> Arrears:
    """What is overdue at the end of a day. A payment due that very day is not overdue, but counts as due."""
    due = received = 0
    oldest: date | None = None
    for one in account.due(day):
        waived = sum(waiver.amount_fen for waiver in one.waived if waiver.day <= day)
        paid = sum(part.amount_fen for part in one.paid if part.day <= day)
        due += one.instalment.amount_fen - waived
        received += paid
        if one.instalment.amount_fen - waived - paid > 0 and oldest is None:
            oldest = one.instalment.due
    return Arrears(due, received, (day - oldest).days if oldest else 0, oldest)


def allocate_oldest(amount_fen: int, accounts: Iterable[ContractAccount]) -> tuple[tuple[int, int, int], ...]:
    """Spread a receipt over unpaid instalments, the earliest due first: (contract, instalment, fen).

    What is left over stays with the receipt as rent paid in advance. Never gives more than the receipt has.
    """
    waiting = sorted(
        (one.instalment.due, account.contract.id, one.instalment.seq, one.outstanding_fen)
        for account in accounts
        for one in account.standings
        if one.counts and one.outstanding_fen > 0
    )
    found = []
    left = amount_fen
    for _due, contract, seq, outstanding in waiting:
        if left <= 0:
            break
        part = min(left, outstanding)
        found.append((contract, seq, part))
        left -= part
    return tuple(found)

"""The whole register of assets at once: cards, changes, runs, and where their vouchers are."""

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from ..period import Period
from .card import Card
from .change import Change
from .count import Count
from .rules import AssetRules
from .standing import Charge, History, Standing, in_order, standing
from .stock import StockItem, StockMove

BookingState = Literal["无需凭证", "待记账", "已记账", "已冲销", "凭证已删除"]
EFFECTIVE: tuple[BookingState, ...] = ("无需凭证", "已记账")


class Booking(NamedTuple):
    """Where the voucher an act proposed is now: a draft, or posted under a label such as 2025-06 记-33.

    `draft` and `voucher` are ids; `accounts` are those a posted voucher books on.
    """

    state: BookingState
    draft: int = 0
    voucher: int = 0
    uid: str = ""
    label: str = ""
    accounts: frozenset[str] = frozenset()


class RunLine(NamedTuple):
    """What a month's run charged one card with, and on which accounts."""

    card: int
    fen: int
    units: int
    account: str
    expense: str


class Run(NamedTuple):
    """One month's depreciation and amortisation (计提). `adopted` are uids of vouchers that had been booked by hand."""

    period: Period
    source: str
    adopted: tuple[str, ...] = ()
    made_by: str = ""
    made_at: str = ""
    uid: str = ""
    id: int = 0
    lines: tuple[RunLine, ...] = ()

    @property
    def total_fen(self) -> int:
        """What the month charged in all."""
        return sum(line.fen for line in self.lines)


class Register(NamedTuple):
    """Everything the book knows of its assets.

    `bookings` by source, and by uid for vouchers booked before; `reversals` say which voucher (id) another one (id,
    the key) cancelled.
    """

    rules: AssetRules
    cards: tuple[Card, ...] = ()
    changes: tuple[Change, ...] = ()
    runs: tuple[Run, ...] = ()
    bookings: Mapping[str, Booking] = {}
    reversals: Mapping[int, int] = {}
    counts: tuple[Count, ...] = ()
    stock_items: tuple[StockItem, ...] = ()
    stock_moves: tuple[StockMove, ...] = ()

    def booking(self, source: str, adopted: Iterable[str] = ()) -> Booking:
        """The voucher of an act: the adopted ones stand or fall together; no source means none was needed."""
        found = [self.bookings.get(uid, Booking("凭证已删除")) for uid in adopted]
        if found:
            return next((one for one in found if one.state != "已记账"), found[0])
        if not source:
            return Booking("无需凭证")
        return self.bookings.get(source, Booking("凭证已删除"))

    def counts_now(self, source: str, adopted: Iterable[str], *, posted_only: bool) -> bool:
        """Whether an act counts: its voucher is posted, or (unless `posted_only`) waits to be."""
        state = self.booking(source, adopted).state
        return state in EFFECTIVE or (state == "待记账" and not posted_only)

    def histories(self, *, posted_only: bool = True) -> tuple[History, ...]:
        """Every card with what happened to it. Reports count what is posted, as the ledger does."""
        charges: dict[int, list[Charge]] = {}
        for run in sorted(self.runs, key=lambda run: run.period):
            if self.counts_now(run.source, run.adopted, posted_only=posted_only):
                for line in run.lines:
                    charges.setdefault(line.card, []).append(Charge(run.period, line.fen, line.units))
        changes: dict[int, list[Change]] = {}
        for change in self.changes:
            if change.in_effect and self.counts_now(change.source, change.adopted, posted_only=posted_only):
                changes.setdefault(change.card, []).append(change)
        made_by_count = {change.card: change for change in self.changes if change.kind == "盘盈" and change.source}
        return tuple(
            History(card, in_order(changes.get(card.id, ())), tuple(charges.get(card.id, ())))
            for card in self.cards
            if card.id not in made_by_count or made_by_count[card.id] in changes.get(card.id, ())
        )

    def standings(self, through: Period, *, posted_only: bool = True) -> tuple[Standing, ...]:
        """Every card on the books at the end of a month, and those gone by then, in code order."""
        return tuple(
            standing(history, through)
            for history in self.histories(posted_only=posted_only)
            if history.card.entered <= through
        )

    def card(self, card_id: int) -> Card | None:
        """A card by its id."""
        return next((card for card in self.cards if card.id == card_id), None)

"""What happens to an asset after it has a card: changes (变动) with their application, approval and filing records."""

from datetime import date
from typing import Literal, NamedTuple

from ..period import Period

TAKEN_INTO_USE = "启用"
IMPROVEMENT = "改扩建"
TRANSFER = "移交"
USE = "使用变更"
IMPAIRMENT = "减值"
SCRAP = "报废"
SALE = "出售"
DAMAGE = "毁损"
SHORTAGE = "盘亏"
SURPLUS = "盘盈"

DISPOSALS = (SCRAP, SALE, DAMAGE)
WRITE_OFFS = (*DISPOSALS, SHORTAGE)
BOOKED = (IMPROVEMENT, IMPAIRMENT, *WRITE_OFFS, SURPLUS)
"""Kinds that need a voucher."""
KINDS = (TAKEN_INTO_USE, TRANSFER, USE, IMPROVEMENT, IMPAIRMENT, *WRITE_OFFS, SURPLUS)

State = Literal["申请中", "已批准", "已备案", "已撤销"]
IN_EFFECT: tuple[State, ...] = ("已批准", "已备案")


class Paper(NamedTuple):
    """One record of the procedure: by whom, on what day, under which document number."""

    who: str = ""
    day: date | None = None
    number: str = ""

    @property
    def label(self) -> str:
        """For a report's cell: 石建国 2025-06-10 清河备〔2025〕12号."""
        return " ".join(part for part in (self.who, self.day.isoformat() if self.day else "", self.number) if part)


class Change(NamedTuple):
    """One change of a card. The `*_fen` and `quantity` are what it adds to the card (a write-off: negative).

    Empty texts and None leave a field of the card as it was. `months` is the remaining life from the next month on
    (0: as it was; for a card charged by units of production that has none left: the units to come). `source` marks the
    voucher it proposed, `adopted` are uids of vouchers booked before; for a write-off or a surplus `settle_source`
    marks the second voucher, which closes the clearing account. `counted_in` is the count (id) it comes from.
    """

    card: int
    kind: str
    day: date
    reason: str = ""
    original_fen: int = 0
    residual_fen: int = 0
    accumulated_fen: int = 0
    quantity: int = 0
    months: int = 0
    in_use: date | None = None
    status: str = ""
    operating: str = ""
    location: str = ""
    custodian: str = ""
    application: Paper = Paper()
    approval: Paper = Paper()
    filing: Paper = Paper()
    decision: str = ""
    state: State = "申请中"
    source: str = ""
    adopted: tuple[str, ...] = ()
    settled_on: date | None = None
    proceeds_fen: int = 0
    cost_fen: int = 0
    settle_source: str = ""
    counted_in: int = 0
    uid: str = ""
    id: int = 0

    @property
    def period(self) -> Period:
        """The month it takes effect in; what is charged changes from the month after."""
        return Period.of(self.day)

    @property
    def in_effect(self) -> bool:
        """Whether it has been approved and not withdrawn."""
        return self.state in IN_EFFECT

    @property
    def is_write_off(self) -> bool:
        """Whether it takes the asset, or part of it, off the books."""
        return self.kind in WRITE_OFFS

    @property
    def net_fen(self) -> int:
        """What it adds to the carrying amount."""
        return self.original_fen - self.accumulated_fen

    @property
    def rebases(self) -> bool:
        """Whether what is charged must be worked out anew from the next month."""
        return bool(self.original_fen or self.residual_fen or self.accumulated_fen or self.months)

"""What became of a file that was to be taken in."""

from typing import Literal, NamedTuple

from ...domain.desk import Difference, Received, Village
from ...domain.errors import NotAllowed
from ...domain.period import Period

Result = Literal["收到", "已有", "更换"]


class Taken(NamedTuple):
    """What became of a file. `differences`: in what it differs from the one it replaces; `set_aside`: later months that
    must be handed over again; `answers`: how many answers to comments came along that are new.
    """

    result: Result
    village: Village
    received: Received
    differences: tuple[Difference, ...] = ()
    set_aside: tuple[Period, ...] = ()
    new_village: bool = False
    answers: int = 0


class MonthChanged(NotAllowed):
    """The month was handed over before and says something else now; `differences` tell what."""

    def __init__(self, message: str, found: tuple[Difference, ...]) -> None:
        super().__init__(message)
        self.differences = found

"""The register of requests for payment and of urgent exceptions, as reports and pages read it."""

from datetime import date
from typing import NamedTuple

from .approval_check import Link, next_link
from .exemption import UrgentException
from .request import Request


class RequestRecord(NamedTuple):
    """A request, the chain of signatures its tier asks for, and the voucher or draft it was used for (empty: none).

    `voucher` is the posted voucher it paid for (`2025-10 记-3`), `paid` that voucher's day.
    """

    request: Request
    links: tuple[Link, ...]
    used: str = ""
    voucher: str = ""
    paid: date | None = None

    @property
    def next(self) -> Link | None:
        """Who signs next; None when nobody has to."""
        return next_link(self.links) if self.request.state == "签批中" else None

    @property
    def since(self) -> date:
        """The day it has been waiting from: that of the last signature, else its own."""
        days = [link.signature.day for link in self.links if link.signature]
        return max([self.request.day, *days])


class ExceptionRecord(NamedTuple):
    """An exception and the voucher it let pass: its row id, `2025-10 记-3` and day; empty while nothing was posted."""

    exception: UrgentException
    voucher: int = 0
    label: str = ""
    day: date | None = None

    @property
    def state(self) -> str:
        """待补办 while open, 已补办 when settled, 未使用 while no voucher was posted on its strength."""
        if self.exception.settled:
            return "已补办"
        return "待补办" if self.exception.voucher else "未使用"


class RequestRegister(NamedTuple):
    """Every request by number and every exception, oldest first."""

    requests: tuple[RequestRecord, ...] = ()
    exceptions: tuple[ExceptionRecord, ...] = ()

"""What assets add to the month-end check list."""

from ..domain.assets.tie import compare
from ..domain.closing import CloseCheck
from ..domain.money import format_fen
from ..domain.period import Period
from .asset_runs import plan_of
from .assets_register import read
from .book import Book


def close_check(book: Book, period: Period) -> CloseCheck | None:
    """For the month-end list: whether the month's depreciation is booked and the cards tie. None without cards."""
    found = read(book.connection)
    if not found.cards:
        return None
    planned = plan_of(found, book, period)
    details = []
    if planned.lines and not planned.obstacle:
        details.append(f"{period.label}还没有计提折旧和摊销，应提 {format_fen(planned.total_fen)}")
    compared = compare(found, book.ledger, period)
    details += [f"{cause.account} {cause.text}" for cause in compared.causes[:3]]
    details += compared.pending[:3]
    return CloseCheck("assets", "折旧已计提，资产卡片和总账相符", not details, "；".join(details), blocking=False)

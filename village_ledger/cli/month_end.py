"""`close`: close every open month up to the one named."""

from village_ledger.domain.errors import ExportFailed, PeriodClosed
from village_ledger.services.periods import close, require_reached

from .arguments import Arguments
from .desk import open_book


def run(arguments: Arguments) -> int:
    """Close month by month, telling each; the first check that fails stops it and is named."""
    last = arguments.period("PERIOD")
    with open_book(arguments) as book:
        if last < book.open_period:
            raise PeriodClosed(f"{last.label}已经结账了")
        require_reached(book, last)
        for month in book.open_period.through(last):
            result = close(book, month, backup=month == last)
            carried = f"，结转凭证 {len(result.carry_vouchers)} 张" if result.carry_vouchers else ""
            print(f"{month.label}已结账{carried}，日志链头 {result.head}", flush=True)
            if result.backup_problem:
                raise ExportFailed(result.backup_problem)
    return 0

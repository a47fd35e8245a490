"""`close`: close every open month up to the one named."""

from village_ledger.services.book import Book
from village_ledger.services.periods import close_through

from . import ACTOR
from .arguments import Arguments


def run(arguments: Arguments) -> int:
    """Close month by month; the first check that fails stops it and is named."""
    last = arguments.period("PERIOD")
    with Book.open(arguments.required("BOOK"), actor=ACTOR) as book:
        for result in close_through(book, last):
            carried = f"，结转凭证 {len(result.carry_vouchers)} 张" if result.carry_vouchers else ""
            print(f"{result.period.label}已结账{carried}，日志链头 {result.head}")
    return 0

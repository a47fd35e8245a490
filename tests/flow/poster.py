"""A process of its own that posts vouchers and acknowledges each once it is durable. Run by `test_durability`."""

import sys
from datetime import date

from village_ledger.domain.voucher import Draft, DraftLine
from village_ledger.services.book import Book
from village_ledger.services.posting import Poster


def main(path: str, name: str, count: int) -> None:
    """Post that many vouchers, each in its own transaction, printing the number it got."""
    lines = (DraftLine(name, "102", debit_fen=100), DraftLine(name, "101", credit_fen=100))
    with Book.open(path, actor=name) as book:
        for _ in range(count):
            with book.write("voucher.post") as transaction:
                posted = Poster(book, transaction).post(Draft(date(2024, 1, 5), "记", lines, maker=name))
            print(posted.number, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))

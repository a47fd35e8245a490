"""`new`: create a book."""

from village_ledger import clock
from village_ledger.services.creation import NewBook, create_book

from .arguments import Arguments


def run(arguments: Arguments) -> int:
    """Create the book and say where it is."""
    new = NewBook(
        arguments.required("--name"),
        arguments.period("--start", f"{clock.today().year}-01"),
        arguments.get("--county"),
        arguments.get("--township"),
        arguments.get("--region-code"),
        arguments.get("--credit-code"),
        arguments.get("--chart", "rural-2023"),
    )
    with create_book(arguments.required("BOOK"), new) as book:
        print(
            f"已建账：{book.entity.name}，{book.entity.first_period.label}起，共 {len(book.chart)} 个科目：{book.path}"
        )
    return 0

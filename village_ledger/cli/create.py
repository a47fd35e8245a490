"""`new`: create a book."""

from village_ledger import clock
from village_ledger.services.creation import DEFAULT_PEOPLE, NewBook, create_book
from village_ledger.services.passwords import secrets_for

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
        secrets=secrets_for(DEFAULT_PEOPLE) if "--log-in" in arguments.flags else None,
    )
    with create_book(arguments.required("BOOK"), new) as book:
        print(
            f"已建账：{book.entity.name}，{book.entity.first_period.label}起，共 {len(book.chart)} 个科目：{book.path}"
        )
    if new.secrets:
        print("初始密码（第一次登录时必须改）：")
        for name, password in new.secrets.passwords:
            print(f"  {name}  {password}")
        print(f"恢复码（请抄写封存，不会再显示）：{new.secrets.code}")
    return 0

"""Taking over the balances of a book kept by the 2004 regulation: reading them, and writing the converted ones."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from ..domain.account import Chart, Item
from ..domain.conversion import Converted
from ..domain.errors import BadInput, NotAllowed
from ..domain.period import Period
from ..domain.search import ItemRecord
from ..domain.view import Opening
from ..storage.accounts import find_item
from ..storage.transaction import Transaction
from . import foreign_import
from .accounts import account_detail, insert_checked, insert_item_checked, item_detail
from .book import Book
from .conversion import FROM, TO
from .creation import NewBook, create_book
from .importing import import_accounts, import_openings
from .openings import OpeningTie, check_openings, openings, openings_editable, tie, write_openings
from .people import people

_NEW_RULES = Period(2024, 1)
"""The first month of the 2023 regulation."""


class OldBalances(NamedTuple):
    """Balances under the 2004 accounts, the chart they stand on, and where they come from in words."""

    source: str
    chart: Chart
    openings: tuple[Opening, ...]


def successor(path: Path) -> NewBook:
    """What is known of the book by the 2023 accounts that follows an old one: whose it is, from when, who works."""
    with Book.open(path, read_only=True) as old:
        entity, settings = old.entity, old.settings
        if entity.chart != FROM:
            raise BadInput(f"“{path.name}”用的不是 2004 年的村集体会计制度，不需要转换，直接打开就可以了")
        return NewBook(
            entity.name,
            max(old.open_period, _NEW_RULES),
            entity.county,
            entity.township,
            entity.region_code,
            entity.credit_code,
            TO,
            settings.words,
            settings.carry_forward,
            tuple(person for person in people(old) if person.active),
            single_person=entity.single_person,
        )


def old_balances_of_book(path: Path, cutover: Period) -> OldBalances:
    """The balances an old book shows at the beginning of `cutover`: its month before, or its own openings."""
    with Book.open(path, read_only=True) as old:
        entity = old.entity
        if entity.chart != FROM:
            raise BadInput(f"“{path.name}”用的不是 2004 年的村集体会计制度，不需要转换")
        last = cutover.previous
        if last < entity.first_period:
            return OldBalances(f"{entity.name}的期初余额", old.chart, openings(old))
        rows = tuple(
            Opening(row.account, row.items, row.closing_fen, quantity=row.closing_quantity)
            for row in old.ledger.balances(last, last)
            if row.closing_fen
        )
        return OldBalances(f"{entity.name} {last.label}末余额", old.chart, rows)


def old_balances_of_file(path: Path, cutover: Period, accounts: Path | None = None) -> OldBalances:
    """The balances of a table under the 2004 accounts; `accounts` is a table of its own detail accounts.

    The table is one of openings in this program's columns, or a balance table as other programs export it.
    """
    with TemporaryDirectory() as folder:
        new = NewBook("旧账", cutover, chart=FROM)
        with create_book(Path(folder) / "old.vlb", new) as old:
            if accounts is not None:
                import_accounts(old, accounts)
            _take_table(old, path)
            return OldBalances(path.name, old.chart, openings(old))


def _take_table(old: Book, path: Path) -> None:
    try:
        import_openings(old, path)
    except BadInput as refusal:
        if refusal.problems:  # the columns are ours, rows are wrong
            raise
        reading = foreign_import.read(*foreign_import.open_file(path))
        if reading.layout.kind != "balances":
            raise BadInput(f"“{path.name}”不是科目余额表，请选择旧账年末的科目余额表") from refusal
        foreign_import.take_over(old, reading, foreign_import.Choices())


def adopt(book: Book, converted: Converted) -> OpeningTie:
    """Write converted openings with the details and members they need into a new book, all or nothing."""
    if book.entity.chart != TO:
        raise NotAllowed("只有按 2023 年新制度建的账才能转入旧账余额")
    if not openings_editable(book):
        raise NotAllowed("已经记账或结账，期初余额不能再改；差错请用凭证更正")
    with book.write("account") as transaction:
        for account in converted.accounts:
            if account.code not in book.chart:
                added = insert_checked(book, transaction, account)
                transaction.record("account", added.code, account_detail(added))
        rows = _with_registered_items(transaction, converted.openings)
        if problems := check_openings(book, rows):
            raise BadInput("转换后的期初余额有误：", problems)
        write_openings(transaction, rows)
    return tie(book)


def _with_registered_items(transaction: Transaction, openings: tuple[Opening, ...]) -> tuple[Opening, ...]:
    """The openings with the new book's members, those of one name added up."""
    merged: dict[tuple[str, tuple[Item, ...]], Opening] = {}
    for row in openings:
        items = tuple(sorted(_registered(transaction, item) for item in row.items))
        before = merged.get((row.account, items), Opening(row.account, items))
        merged[row.account, items] = before._replace(
            balance_fen=before.balance_fen + row.balance_fen, quantity=before.quantity + row.quantity
        )
    return tuple(merged[key] for key in sorted(merged))


def _registered(transaction: Transaction, item: Item) -> Item:
    known = find_item(transaction.connection, item.category, item.name)
    if known is not None:
        return known
    added = insert_item_checked(transaction, item.category, item.name, "旧账转入")
    transaction.record("item", str(added), item_detail(ItemRecord(added)))
    return added

"""Keeping the chart of accounts and the dimension members (往来户、项目…)."""

from collections.abc import Iterable

from ..domain.account import DIMENSION_CATEGORIES, Account, Auxiliary, Item, Side, is_code, parent_code
from ..domain.errors import BadInput, NotAllowed
from ..domain.search import ItemRecord
from ..storage import accounts as rows
from ..storage.transaction import Transaction
from .book import Book
from .pinyin import initials


def account_detail(account: Account) -> dict[str, object]:
    """What the log keeps of an account; `verify` compares the chart with it."""
    return {
        "code": account.code,
        "name": account.name,
        "category": account.category,
        "side": account.side,
        "auxiliaries": rows.auxiliaries_text(account.auxiliaries),
        "unit": account.unit,
        "disabled": account.disabled,
    }


def add_account(book: Book, account: Account) -> Account:
    """Add a detail account under an existing one."""
    with book.write("account") as transaction:
        added = insert_checked(book, transaction, account)
        transaction.record("account", added.code, account_detail(added))
    return added


def insert_checked(book: Book, transaction: Transaction, account: Account) -> Account:
    """Check and insert within a transaction; category and side come from the parent when not given."""
    chart = book.chart
    if not is_code(account.code):
        raise BadInput(f"科目编码“{account.code}”不对：一级 3 位，以下每级 2 位（3-2-2-2-2-2）")
    if account.code in chart:
        raise BadInput(f"科目 {account.code} 已存在，名称是“{chart[account.code].name}”")
    name = account.name.strip()
    if not name:
        raise BadInput(f"科目 {account.code} 没有名称")
    above = parent_code(account.code)
    if not above:
        raise BadInput(f"一级科目由会计制度规定，不能增加 {account.code} {name}，请在制度科目下增加明细")
    parent = chart.get(above)
    if parent is None:
        raise BadInput(f"科目 {account.code} 的上级 {above} 不存在，请先增加上级科目")
    if chart.is_leaf(above) and rows.account_in_use(transaction.connection, above):
        raise NotAllowed(f"上级科目 {above} {parent.name} 已有余额或凭证，不能再分明细；可以改用辅助核算，或另设科目")
    if any(other.name == name and parent_code(other.code) == above for other in chart.subtree(above)):
        raise BadInput(f"{parent.name} 下面已经有叫“{name}”的明细科目")
    check_auxiliaries(account.auxiliaries)
    added = account._replace(name=name, category=parent.category, pinyin=initials(name), official=False)
    rows.insert_account(transaction.connection, added)
    return added


def check_auxiliaries(auxiliaries: Iterable[Auxiliary]) -> None:
    """Refuse an unknown dimension."""
    for auxiliary in auxiliaries:
        if auxiliary.category not in DIMENSION_CATEGORIES:
            raise BadInput(f"辅助核算“{auxiliary.category}”不对，可用的有：{'、'.join(DIMENSION_CATEGORIES)}")


def change_account(
    book: Book,
    code: str,
    *,
    name: str | None = None,
    side: Side | None = None,
    auxiliaries: tuple[Auxiliary, ...] | None = None,
    unit: str | None = None,
    disabled: bool | None = None,
) -> Account:
    """Change what is given. Names of the regulation's accounts are fixed; a booked account keeps its dimensions."""
    with book.write("account") as transaction:
        changed = change_checked(
            book, transaction, code, name=name, side=side, auxiliaries=auxiliaries, unit=unit, disabled=disabled
        )
        transaction.record("account", code, account_detail(changed))
    return changed


def change_checked(
    book: Book,
    transaction: Transaction,
    code: str,
    *,
    name: str | None = None,
    side: Side | None = None,
    auxiliaries: tuple[Auxiliary, ...] | None = None,
    unit: str | None = None,
    disabled: bool | None = None,
) -> Account:
    """`change_account` within a transaction."""
    before = book.chart.get(code)
    if before is None:
        raise BadInput(f"科目 {code} 不存在")
    after = before
    booked = code in rows.accounts_booked(transaction.connection)
    if name is not None and name.strip() != before.name:
        if before.official and not parent_code(code):
            raise NotAllowed(f"科目 {code} {before.name} 的名称由会计制度规定，不能修改")
        if not name.strip():
            raise BadInput(f"科目 {code} 没有名称")
        after = after._replace(name=name.strip(), pinyin=initials(name))
    if side is not None and side != before.side:
        if booked:
            raise NotAllowed(f"科目 {code} {before.name} 已经记账，不能改余额方向")
        after = after._replace(side=side)
    if auxiliaries is not None and auxiliaries != before.auxiliaries:
        check_auxiliaries(auxiliaries)
        kept = {auxiliary.category for auxiliary in auxiliaries}
        lost = [auxiliary.category for auxiliary in before.auxiliaries if auxiliary.category not in kept]
        added = [a for a in auxiliaries if a.required and a.category not in {b.category for b in before.auxiliaries}]
        if booked and (lost or added):
            raise NotAllowed(
                f"科目 {code} {before.name} 已有余额或凭证，不能取消或增加必填的辅助核算（可以增加选填的）"
            )
        after = after._replace(auxiliaries=auxiliaries)
    if unit is not None:
        after = after._replace(unit=unit.strip())
    if disabled is not None:
        after = after._replace(disabled=disabled)
    rows.update_account(transaction.connection, after)
    return after


def delete_account(book: Book, code: str) -> None:
    """Remove a detail account that was never used."""
    book.authorise("account")
    account = book.chart.get(code)
    if account is None:
        raise BadInput(f"科目 {code} 不存在")
    if account.official:
        raise NotAllowed(f"科目 {code} {account.name} 是会计制度规定的，不能删除；不用的可以停用")
    if not book.chart.is_leaf(code):
        raise NotAllowed(f"科目 {code} {account.name} 还有下级，请先删除下级")
    with book.write("account") as transaction:
        if rows.account_in_use(transaction.connection, code):
            raise NotAllowed(f"科目 {code} {account.name} 已有余额或凭证，不能删除；可以停用")
        rows.delete_account(transaction.connection, code)
        transaction.record("account-delete", code, {"code": code})


def items(book: Book, category: str = "") -> tuple[ItemRecord, ...]:
    """Members of a dimension, or of all."""
    return rows.item_records(book.connection, category)


def item_detail(record: ItemRecord) -> dict[str, object]:
    """What the log keeps of a dimension member."""
    return {
        "category": record.item.category,
        "code": record.item.code,
        "name": record.item.name,
        "disabled": record.disabled,
    }


def add_item(book: Book, category: str, name: str, note: str = "") -> Item:
    """Add a member: a household, a project…"""
    with book.write("item") as transaction:
        item = insert_item_checked(transaction, category, name, note)
        transaction.record("item", str(item), item_detail(ItemRecord(item)))
    return item


def add_items(book: Book, category: str, entries: Iterable[tuple[str, str]]) -> tuple[Item, ...]:
    """Add a list of members, each a name and a note, all of them or none."""
    with book.write("item") as transaction:
        added = tuple(insert_item_checked(transaction, category, name, note) for name, note in entries)
        if not added:
            raise BadInput(f"名单里没有可以增加的{category}")
        for item in added:
            transaction.record("item", str(item), item_detail(ItemRecord(item)))
    return added


def insert_item_checked(transaction: Transaction, category: str, name: str, note: str = "") -> Item:
    """Check and insert within a transaction."""
    if category not in DIMENSION_CATEGORIES:
        raise BadInput(f"辅助核算类别“{category}”不对，可用的有：{'、'.join(DIMENSION_CATEGORIES)}")
    name = _item_name(category, name)
    if rows.find_item(transaction.connection, category, name):
        raise BadInput(f"{category}“{name}”已经登记过；同名的请加组别区别，例如“{name}（二组）”")
    return rows.insert_item(transaction.connection, category, name, note, initials(name))


def _item_name(category: str, text: str) -> str:
    """The text as a name; the signs that separate members in a cell or a file may not be in it."""
    name = text.strip()
    if not name or any(sign in name for sign in ";；:："):
        raise BadInput(f"{category}名称“{name}”不对：不能为空，也不能含有分号和冒号")
    return name


def change_item(
    book: Book, item: Item, *, name: str | None = None, note: str | None = None, disabled: bool | None = None
) -> Item:
    """Correct a name, a note, or stop using a member. The code stays, so posted vouchers keep their proof."""
    book.authorise("item")
    record = next((r for r in items(book, item.category) if r.item.code == item.code), None)
    if record is None:
        raise BadInput(f"{item.category}“{item.name}”不存在")
    if name is not None and name.strip() != record.item.name:
        name = _item_name(item.category, name)
        if rows.find_item(book.connection, item.category, name):
            raise BadInput(f"{item.category}“{name}”已经登记过")
        record = record._replace(item=record.item._replace(name=name), pinyin=initials(name))
    if note is not None:
        record = record._replace(note=note)
    if disabled is not None:
        record = record._replace(disabled=disabled)
    with book.write("item") as transaction:
        rows.update_item(transaction.connection, record)
        transaction.record("item", str(record.item), item_detail(record))
    return record.item

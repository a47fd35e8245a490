"""A new book from files of the audit data interface: accounts, members, openings, vouchers with their numbers, closes.

What is made is compared with the files, month by month, before it is handed over; a book that differs is not left
behind. Registers (assets, contracts…) are no part of the files and begin empty.
"""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Literal, NamedTuple

from ..domain.account import Chart, parent_code
from ..domain.errors import BadInput, IntegrityFailure, NotAllowed
from ..domain.identity import credit_code_problem, region_code_problem
from ..domain.period import Period
from ..domain.voucher import WORDS_SINGLE, WORDS_TYPED, Draft, Voucher, posted_as_draft
from ..package.contents import Contents
from ..package.gbt.books import PERSON_OF_PROGRAM
from ..package.gbt.case import Case
from ..package.gbt.checks import account_codes, form, numbers, references, singles, vouchers
from ..package.gbt.told import Told, contents_of
from ..storage.accounts import item_records
from ..storage.connection import set_durable
from ..storage.transaction import Transaction
from . import gbt, openings
from .accounts import account_detail, change_checked, insert_checked
from .book import Book, Progress, no_progress
from .catalog import CHARTS
from .creation import NewBook, create_book
from .file_import import Members
from .importing import same_name
from .openings import require_tied
from .people import Person
from .periods import close
from .posting import Poster, check_context, require_clean
from .settings import save_settings

Which = Literal["xml", "txt"]
_STEPS = 5
_NEEDED = (form, singles, references, account_codes, vouchers, numbers)
"""Checks that files must pass to become a book."""


class Imported(NamedTuple):
    """A book that was made, and what to know about it."""

    path: Path
    village: str
    start: Period
    end: Period
    vouchers: int
    closed: Period | None
    notes: tuple[str, ...]


def import_folder(folder: Path, path: Path, which: Which = "xml", progress: Progress | None = None) -> Imported:
    """Make a new book at `path` from one of the sets in a folder. An existing file is never overwritten."""
    files = gbt.read_folder(folder)
    told = told_by(files, which)
    return import_told(told, path, progress)


def told_by(files: dict[str, bytes], which: Which) -> Told:
    """What one of the sets tells. BadInput with everything that keeps it from becoming a book."""
    case = Case(files, gbt.forms(), gbt.sheets)
    told = case.told if which == "xml" else case.told_by_texts
    found = (
        [one.text for check in _NEEDED for one in check(case) if one.serious]
        if which == "xml"
        else list(case.text_problems)
    )
    if found:
        raise BadInput("国标数据有误，不能建账：\n" + "\n".join(f"✗ {text}" for text in found[:20]))
    if isinstance(told, str):
        raise BadInput(told)
    return told


def import_told(told: Told, path: Path, progress: Progress | None = None) -> Imported:
    """Make a new book of what files tell."""
    report = progress or no_progress
    contents = contents_of(told)
    if contents.entity.chart not in CHARTS:
        raise BadInput(f"没有“{contents.entity.chart}”这套科目，可选：{'、'.join(CHARTS)}")
    report(0, _STEPS, "建账")
    book = create_book(path, _new_book(contents))
    try:
        set_durable(book.connection, durable=False)
        notes = [*_identity_notes(contents), *_fill(book, contents, report)]
        report(3, _STEPS, "结账")
        notes += _close(book, contents, told.closed)
        report(4, _STEPS, "核对")
        _compare(book, contents)
        set_durable(book.connection, durable=True)
    except BaseException:
        book.close()
        with suppress(OSError):
            path.unlink()
        raise
    closed = book.open_period.previous
    book.close()
    report(_STEPS, _STEPS, "完成")
    return Imported(
        path,
        contents.entity.name,
        contents.start,
        contents.period,
        len(contents.vouchers),
        closed if closed >= contents.start else None,
        tuple(notes),
    )


def _new_book(contents: Contents) -> NewBook:
    entity = contents.entity
    return NewBook(
        entity.name,
        contents.start,
        entity.county,
        entity.township,
        "" if region_code_problem(entity.region_code) else entity.region_code,
        "" if credit_code_problem(entity.credit_code) else entity.credit_code,
        entity.chart,
        _words(contents),
        people=_people(contents),
        single_person=entity.single_person,
    )


def _identity_notes(contents: Contents) -> Iterator[str]:
    entity = contents.entity
    for title, code, problem in (
        ("区划代码", entity.region_code, region_code_problem(entity.region_code)),
        ("信用代码", entity.credit_code, credit_code_problem(entity.credit_code)),
    ):
        if problem:
            yield f"{title}“{code[:30]}”不合规定，没有带过来，请在设置里补填"


def _words(contents: Contents) -> str:
    used = {one.word for one in contents.vouchers}
    if unknown := used - {*WORDS_SINGLE, *WORDS_TYPED}:
        raise BadInput(f"凭证字“{'、'.join(sorted(unknown))}”本程序没有，只能是记，或者收、付、转")
    if used & set(WORDS_SINGLE) and used & set(WORDS_TYPED):
        raise BadInput("凭证里既有“记”字，又有收付转字，本程序一本账只用一种")
    return "收付转" if used & set(WORDS_TYPED) else "记"


def _people(contents: Contents) -> tuple[Person, ...]:
    """Whoever signed a voucher, by what they signed most particularly; the accountant first."""
    roles: dict[str, str] = {}
    for field, role in (("cashier", "出纳"), ("reviewer", "审核"), ("maker", "会计"), ("poster", "会计")):
        for one in contents.vouchers:
            name = getattr(one, field)
            if name.strip() and name not in PERSON_OF_PROGRAM:
                roles.setdefault(name, role)
    if "会计" not in roles.values():
        roles[next((one.maker for one in contents.vouchers if one.maker in roles), "会计")] = "会计"
    return tuple(Person(name, role) for name, role in sorted(roles.items(), key=lambda one: (one[1] != "会计", one[0])))


def _fill(book: Book, contents: Contents, report: Progress) -> list[str]:
    with book.write("import") as transaction:
        transaction.record("import", "国标数据", {"from": str(contents.start), "to": str(contents.period)})
        _bring_chart(book, transaction, contents.chart)
        members = Members(book, transaction)
        for key, name in contents.items.items():
            members.item(key.partition(":")[0], name)
    _bring_settings(book, contents)
    report(1, _STEPS, "期初余额")
    items = {(one.item.category, one.item.name): one.item for one in item_records(book.connection)}
    rows = (
        one._replace(items=tuple(sorted(items[member.category, member.name] for member in one.items)))
        for one in contents.openings
    )
    openings.save_openings(book, rows)
    report(2, _STEPS, "凭证")
    return _post(book, contents)


def _bring_chart(book: Book, transaction: Transaction, chart: Chart) -> None:
    """Add the details that are not there, and give the others their names, sides, dimensions and units."""
    for account in chart:
        before = book.chart.get(account.code)
        if before is None:
            changed = insert_checked(book, transaction, account)
        else:
            if not parent_code(account.code) and not same_name(account.name, before.name):
                raise BadInput(
                    f"科目 {account.code} 在会计制度里是“{before.name}”，文件里是“{account.name}”，不是同一套科目"
                )
            changed = change_checked(
                book,
                transaction,
                account.code,
                name=None if same_name(account.name, before.name) else account.name,
                side=account.side,
                auxiliaries=account.auxiliaries,
                unit=account.unit,
            )
        if changed != before:
            transaction.record("account", changed.code, account_detail(changed))


def _bring_settings(book: Book, contents: Contents) -> None:
    """The money accounts, as far as the chart has them."""
    settings = book.settings
    cash = tuple(code for code in contents.cash if code in contents.chart) or settings.cash_accounts
    bank = tuple(code for code in contents.bank if code in contents.chart) or settings.bank_accounts
    if (cash, bank) != (settings.cash_accounts, settings.bank_accounts):
        save_settings(book, settings._replace(cash_accounts=cash, bank_accounts=bank))


def _post(book: Book, contents: Contents) -> list[str]:
    """Post the vouchers under their own numbers; a reversal is linked to its original if that comes before it."""
    require_tied(book)
    notes: list[str] = []
    posted: dict[int, int] = {}
    if not contents.vouchers:
        return notes
    with book.write("import") as transaction:
        context = check_context(book)
        poster = Poster(book, transaction)
        for one in contents.vouchers:
            if one.reverses and one.reverses not in posted:
                notes.append(f"{one.period} {one.label} 冲销的凭证排在它后面，没有关联")
            draft = _draft(one, posted)
            require_clean(draft, context)
            made = poster.post(draft, one.poster)
            if made.number != one.number:
                raise BadInput(f"凭证断号：{one.period} {one.label} 之前缺 {made.label}，不能按原号记账")
            posted[one.id] = made.id
    return notes


def _draft(one: Voucher, posted: dict[int, int]) -> Draft:
    return posted_as_draft(one)._replace(
        state="reviewed",
        kind=one.kind,
        maker=one.maker,
        reviewer=one.reviewer,
        cashier=one.cashier,
        reverses=posted.get(one.reverses, 0),
        source=one.source,
    )


def _close(book: Book, contents: Contents, closed: Period | None) -> list[str]:
    """Close what was closed. Nothing is left to be carried forward there: the files have those vouchers, too."""
    if closed is not None:
        for month in contents.start.through(min(closed, contents.period)):
            try:
                close(book, month, backup=False)
            except NotAllowed as refusal:
                return [f"{month.label}没有结账：{refusal.message}"]
    if any(one.kind == "carry" and not one.period.is_year_end for one in contents.vouchers):
        save_settings(book, book.settings._replace(carry_forward="month"))
    return []


def _compare(book: Book, contents: Contents) -> None:
    """Refuse a book whose balances, movements or quantities are not those of the files, in any month."""
    for month in contents.start.through(contents.period):
        wanted, made = (
            {(row.account, tuple((item.category, item.name) for item in row.items)): row[2:] for row in rows}
            for rows in (contents.ledger.balances(month, month), book.ledger.balances(month, month))
        )
        for key in sorted(wanted.keys() | made.keys()):
            if wanted.get(key) != made.get(key):
                raise IntegrityFailure(f"建成的账和国标数据不一样：{month.label}科目 {key[0]}，没有保留")

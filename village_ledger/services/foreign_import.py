"""Taking over what another bookkeeping program exported: recognised, matched with the accounts here, then imported.

Reading writes nothing. The import itself is the ordinary one (services/importing.py): all of it or nothing, with every
bad row named by its number in the file, and the details it needs added in the same act.
"""

from collections.abc import Mapping
from typing import NamedTuple

from ..domain.account import Account, Chart
from ..domain.errors import BadInput
from ..domain.problems import Problem
from .book import Book, Progress
from .file_import import FilePath, ImportResult, record_import
from .foreign_accounts import Match, match_accounts, new_accounts, official_names
from .foreign_columns import Layout, balance_bases, fields_of, missing, recognise
from .foreign_rows import (
    ForeignAccount,
    ForeignRow,
    account_key,
    foreign_accounts,
    parents,
    read_rows,
    with_names,
)
from .foreign_tables import opening_table, voucher_table
from .importing import add_accounts, import_openings, import_vouchers
from .tabular import Grid, Table, read_grid


class Reading(NamedTuple):
    """A file as it was read: how, its meaningful rows, the accounts they speak of, and how many rows were left out."""

    grid: Grid
    layout: Layout
    rows: tuple[ForeignRow, ...]
    accounts: dict[str, ForeignAccount]
    left_out: int


class Choices(NamedTuple):
    """What the person decides: the account here by source code, which balance becomes the opening, and the like."""

    accounts: Mapping[str, str] = {}
    basis: str = ""
    year: int = 0
    post: bool = False


def open_file(path: FilePath) -> tuple[Grid, Layout]:
    """A file and what it seems to be."""
    grid = read_grid(path)
    return grid, recognise(grid)


def read(grid: Grid, layout: Layout, known: Mapping[str, str] | None = None) -> Reading:
    """The file's rows by meaning. `known` are names of accounts learnt from files read before."""
    if lacks := missing(layout):
        raise BadInput(f"还没有指定这些栏目：{lacks}")
    rows, left_out = read_rows(grid, layout)
    if not rows:
        raise BadInput(f"文件“{grid.name}”里没有可以导入的行")
    return Reading(grid, layout, rows, with_names(foreign_accounts(rows), dict(known or {})), left_out)


def matches(reading: Reading, chart: Chart, chosen: Mapping[str, str]) -> tuple[Match, ...]:
    """Where each account of the file goes, in file order; accounts without a figure need no place."""
    rows = reading.rows
    if reading.layout.kind == "balances":
        figures = [field.key for field in fields_of("balances") if "余额" in field.title or "累计" in field.title]
        rows = tuple(row for row in rows if any(row.get(key).strip("-0.") for key in (*figures, "quantity")))
    used = frozenset(account_key(row) for row in rows)
    leaves = used if reading.layout.kind == "vouchers" else used - parents(reading.accounts)
    found = match_accounts(reading.accounts.values(), chart, chosen, leaves=leaves)
    return tuple(one for one in found if not one.asked) if reading.layout.kind == "accounts" else found


def looks_old(found: tuple[Match, ...], chart_key: str) -> bool:
    """Whether a file is by the 2004 accounts while the book is not: its balances want to be converted."""
    names = official_names("rural-2004") - official_names("rural-2023")
    return chart_key != "rural-2004" and any(one.source.path and one.source.path[0] in names for one in found)


def take_over(book: Book, reading: Reading, choices: Choices, progress: Progress | None = None) -> ImportResult:
    """Import a file that was read. Refused while an account still waits for a decision."""
    found = matches(reading, book.chart, choices.accounts)
    if undecided := [one for one in found if one.asked]:
        problems = tuple(Problem("account", f"科目 {_label(one.source)}：{one.asked}") for one in undecided)
        raise BadInput(f"还有 {len(undecided)} 个科目没有确定记到哪里：", problems)
    goes, added = new_accounts(found, book.chart)
    chart = Chart((*book.chart, *added))
    by_code = {one.source.code: one for one in found}
    if reading.layout.kind == "accounts":
        return _take_accounts(book, reading, added)
    if reading.layout.kind == "balances":
        basis = choices.basis or balance_bases(reading.layout)[0]
        with_year = book.entity.first_period.month > 1
        table = opening_table(reading.grid, reading.rows, by_code, goes, chart, basis=basis, with_year=with_year)
        result = import_openings(book, table, progress, added)
    else:
        year = choices.year or book.entity.first_period.year
        table = voucher_table(reading.grid, reading.rows, by_code, goes, chart, words=book.settings.words, year=year)
        result = import_vouchers(book, table, post=choices.post, progress=progress, accounts=added)
    notes = [*_notes(reading, added), *result.notes]
    return result._replace(rows=len(reading.rows), notes=tuple(notes))


def _take_accounts(book: Book, reading: Reading, added: tuple[Account, ...]) -> ImportResult:
    table = Table(reading.grid.name, reading.grid.digest, (), (), ())
    with book.write("import") as transaction:
        add_accounts(book, transaction, added)
        record_import(transaction, "科目", table, accounts=len(added))
    return ImportResult(len(reading.rows), len(added), notes=_notes(reading, added))


def _notes(reading: Reading, added: tuple[Account, ...]) -> tuple[str, ...]:
    notes = []
    if reading.left_out:
        notes.append(f"没有科目的行（合计、标题等）{reading.left_out} 行，没有导入")
    if added:
        listed = "、".join(f"{account.code} {account.name}" for account in added[:6])
        notes.append(f"新增明细科目 {len(added)} 个：{listed}{'……' if added[6:] else ''}")
    return tuple(notes)


def _label(source: ForeignAccount) -> str:
    return f"{source.code} {source.name}".strip() if source.name != source.code else source.code

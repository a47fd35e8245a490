"""Importing accounts, opening balances and vouchers from a file: all of it or nothing, with every bad row named."""

from collections.abc import Iterable
from typing import NamedTuple

from ..domain.account import CODE_LENGTHS, Account, Chart, parent_code
from ..domain.errors import NotAllowed, Refusal
from ..domain.money import format_fen
from ..domain.period import Period
from ..domain.problems import Problem
from ..domain.view import Opening
from ..domain.voucher import Draft
from ..storage import accounts as rows
from ..storage.draft_writer import DraftWriter, draft_sources
from ..storage.transaction import Transaction
from ..storage.vouchers import numbers_between
from .accounts import account_detail, change_checked, insert_checked
from .book import Book, Progress, no_progress
from .cells import CellError, read_auxiliaries, read_code, read_fen, read_pairs, read_quantity, read_side
from .file_import import FilePath, ImportResult, Members, record_import, refuse_bad_rows, row_problem
from .openings import check_openings, openings_editable, require_tied, tie, write_openings
from .posting import Poster, check_context
from .tabular import Table, TableRow, read_table
from .voucher_files import OPTIONAL, REQUIRED, FileVoucher, check_vouchers, read_vouchers

IMPORT_USER = "导入"

_STEP = 500
_BRACKETS = str.maketrans("（）", "()")


class Signers(NamedTuple):
    """Whose names imported vouchers bear; the log says who ran the import. `cashier` signs those that move money."""

    maker: str = IMPORT_USER
    reviewer: str = IMPORT_USER
    poster: str = IMPORT_USER
    cashier: str = ""


BY_IMPORT = Signers()


def import_accounts(book: Book, path: FilePath, progress: Progress | None = None) -> ImportResult:
    """Add detail accounts and update existing ones: 科目编码, 科目名称, 方向, 辅助核算, 单位.

    An empty 方向 or 辅助核算 leaves an existing account as it is; a new one follows its parent, whose dimensions
    then need not be filled in. 无 means no dimensions.
    """
    book.authorise("import")
    report = progress or no_progress
    table = read_table(path, ("科目编码", "科目名称"), ("方向", "辅助核算", "单位"))
    problems = [Problem("row", text) for text in table.problems]
    notes = list(table.notes)
    wanted = _account_rows(table, problems)
    added = 0
    with book.write("import") as transaction:
        record_import(transaction, "科目", table)
        for done, (row, account) in enumerate(wanted):
            report(done, len(wanted), "导入科目")
            try:
                added += _import_account(book, transaction, row, account, notes)
            except (Refusal, CellError) as error:
                problems.append(row_problem(row.number, str(error)))
        refuse_bad_rows(table, problems)
    return ImportResult(len(table.rows), added, notes=tuple(notes))


def _account_rows(table: Table, problems: list[Problem]) -> list[tuple[TableRow, Account]]:
    """The readable rows, parents before their children."""
    seen: dict[str, int] = {}
    found = []
    for row in table.rows:
        try:
            code = read_code(row.cells["科目编码"])
            if code in seen:
                raise CellError(f"科目 {code} 在第 {seen[code]} 行已经有了")
            seen[code] = row.number
            read_side(row.cells.get("方向", ""))
            read_auxiliaries(row.cells.get("辅助核算", ""))
        except CellError as error:
            problems.append(row_problem(row.number, str(error)))
        else:
            found.append((row, Account(code, row.cells["科目名称"].strip(), "", "debit")))
    return sorted(found, key=lambda pair: pair[1].code)


def _import_account(book: Book, transaction: Transaction, row: TableRow, account: Account, notes: list[str]) -> bool:
    """Add or update one account; True when it was added."""
    side = read_side(row.cells.get("方向", ""))
    auxiliaries = read_auxiliaries(row.cells.get("辅助核算", ""))
    unit = row.cells.get("单位", "")
    chart = book.chart
    before = chart.get(account.code)
    if before is None:
        parent = chart.get(parent_code(account.code)) if len(account.code) in CODE_LENGTHS else None
        if parent:
            side = side or parent.side
            if auxiliaries is None:
                auxiliaries = tuple(auxiliary._replace(required=False) for auxiliary in parent.auxiliaries)
        added = insert_checked(
            book, transaction, account._replace(side=side or "debit", auxiliaries=auxiliaries or (), unit=unit)
        )
        transaction.record("account", added.code, account_detail(added))
        return True
    if before.official and side not in (None, before.side):
        notes.append(f"第 {row.number} 行：科目 {before.code} {before.name} 的方向以会计制度为准，没有改动")
        side = None
    name = before.name if same_name(account.name, before.name) else account.name
    if name != before.name and not before.official and rows.account_in_use(transaction.connection, before.code):
        raise NotAllowed(f"科目 {before.code} 已有余额或凭证，名称是“{before.name}”，不能由导入改成“{account.name}”")
    changed = change_checked(
        book, transaction, before.code, name=name, side=side, auxiliaries=auxiliaries, unit=unit or None
    )
    if changed != before:
        transaction.record("account", changed.code, account_detail(changed))
    return False


def same_name(one: str, other: str) -> bool:
    """Whether two names differ at most in the width of their brackets and in blanks: 生产(劳务)成本."""
    return "".join(one.translate(_BRACKETS).split()) == "".join(other.translate(_BRACKETS).split())


def import_openings(
    book: Book, path: FilePath | Table, progress: Progress | None = None, accounts: tuple[Account, ...] = ()
) -> ImportResult:
    """Replace the opening balances: 科目编码, 辅助, 借方余额, 贷方余额, 本年累计借方, 本年累计贷方, 数量.

    `accounts` are details to be added with them, in the same act.
    """
    book.authorise("import")
    report = progress or no_progress
    optional = ("辅助", "本年累计借方", "本年累计贷方", "数量")
    table = path if isinstance(path, Table) else read_table(path, ("科目编码", "借方余额", "贷方余额"), optional)
    if not openings_editable(book):
        raise NotAllowed("已经记账或结账，期初余额不能再导入；差错请用凭证更正")
    problems = [Problem("row", text) for text in table.problems]
    found: list[tuple[int, Opening]] = []
    with book.write("import") as transaction:
        add_accounts(book, transaction, accounts)
        members = Members(book, transaction)
        for done, row in enumerate(table.rows):
            report(done, len(table.rows), "导入期初余额")
            try:
                found.append((row.number, _opening(row, members)))
            except (Refusal, CellError) as error:
                problems.append(row_problem(row.number, str(error)))
        openings = tuple(opening for _, opening in found)
        problems += [
            row_problem(found[problem.line or 0][0], problem.message) for problem in check_openings(book, openings)
        ]
        refuse_bad_rows(table, problems)
        record_import(transaction, "期初余额", table)
        kept = tuple(opening for opening in openings if any(opening[2:]))
        write_openings(transaction, kept)
    return ImportResult(len(table.rows), len(kept), notes=(*table.notes, *members.notes, *_tie_notes(book)))


def _opening(row: TableRow, members: "Members") -> Opening:
    cells = row.cells
    debit, credit = read_fen(cells["借方余额"]), read_fen(cells["贷方余额"])
    if debit and credit:
        raise CellError("借方余额和贷方余额只能填一个")
    items = tuple(sorted(members.item(category, name) for category, name in read_pairs(cells.get("辅助", ""))))
    return Opening(
        read_code(cells["科目编码"]),
        items,
        debit - credit,
        read_fen(cells.get("本年累计借方", "")),
        read_fen(cells.get("本年累计贷方", "")),
        read_quantity(cells.get("数量", "")),
    )


def _tie_notes(book: Book) -> tuple[str, ...]:
    totals = tie(book)
    if totals.tied:
        return ()
    return (
        f"期初余额还不平：借方合计 {format_fen(totals.debit_fen)}，贷方合计 {format_fen(totals.credit_fen)}；"
        f"本年累计借方 {format_fen(totals.year_debit_fen)}，贷方 {format_fen(totals.year_credit_fen)}。"
        "平了以后才能记账",
    )


def add_accounts(book: Book, transaction: Transaction, accounts: Iterable[Account]) -> None:
    """Add the details an import brings along, parents first."""
    for account in accounts:
        added = insert_checked(book, transaction, account)
        transaction.record("account", added.code, account_detail(added))


def import_vouchers(
    book: Book,
    path: FilePath | Table,
    *,
    post: bool = False,
    progress: Progress | None = None,
    signers: Signers = BY_IMPORT,
    accounts: tuple[Account, ...] = (),
) -> ImportResult:
    """Add vouchers as drafts, or post them under the import user in date and number order.

    `accounts` are details to be added with them, in the same act.
    """
    book.authorise("import")
    report = progress or no_progress
    if post and book.settings.log_in and not book.settings.single_person:
        raise NotAllowed("这本账制单和审核要分开：导入的凭证请先存为草稿，由另一人登录审核后再记账")
    table = path if isinstance(path, Table) else read_table(path, REQUIRED, OPTIONAL)
    vouchers, problems = read_vouchers(table)
    with book.write("import") as transaction:
        add_accounts(book, transaction, accounts)
        problems += _repeated(transaction, vouchers, table.name)
        context = check_context(book)
        new = _new_names(vouchers, book.chart, context.items | context.disabled_items)
        problems += check_vouchers(vouchers, context._replace(items=context.items | set(new)))
        refuse_bad_rows(table, problems)
        if post:
            require_tied(book)
        members = Members(book, transaction)
        for category, name in new:
            members.item(category, name)
        record_import(transaction, "凭证", table, vouchers=len(vouchers), posted=post)
        ordered = sorted(vouchers, key=lambda one: (one.draft.day, one.draft.word, one.number))
        notes = [*table.notes, *members.notes]
        money = (*book.settings.cash_accounts, *book.settings.bank_accounts)
        poster = Poster(book, transaction, signers.poster) if post else None
        named = not book.settings.log_in  # where people log in, nobody signs for another
        drafts = [_signed(one, table.name, signers, money, reviewed=post, named=named) for one in ordered]
        if poster:
            poster.admit(drafts)
        writer = DraftWriter(transaction.connection)
        renumbered = []
        for done, (one, draft) in enumerate(zip(ordered, drafts, strict=True)):
            if done % _STEP == 0:
                report(done, len(ordered), "导入凭证")
            if poster is None:
                writer.insert(draft)
                continue
            posted = poster.post(draft)
            if posted.number != one.number:
                renumbered.append(f"{posted.period} {one.label} → {posted.label}")
        report(len(ordered), len(ordered), "导入凭证")
    if renumbered:
        notes.append(_renumbering_note(renumbered))
    return ImportResult(len(table.rows), len(vouchers), len(vouchers) if post else 0, tuple(notes))


def _signed(
    one: FileVoucher, file: str, signers: Signers, money: tuple[str, ...], *, reviewed: bool, named: bool
) -> Draft:
    """A voucher of a file as the draft to keep or post, under the names of the import; its maker's if `named`."""
    moves_money = any(line.account.startswith(money) for line in one.draft.lines)
    return one.draft._replace(
        state="reviewed" if reviewed else "draft",
        maker=(one.draft.maker if named else "") or signers.maker,
        reviewer=signers.reviewer if reviewed else "",
        cashier=signers.cashier if moves_money else "",
        source=f"{file} {one.label}",
    )


def _repeated(transaction: Transaction, vouchers: tuple[FileVoucher, ...], name: str) -> list[Problem]:
    """Vouchers whose number is posted already, or that wait as drafts from the same file."""
    days = [one.draft.day for one in vouchers]
    if not days:
        return []
    months = (Period.of(min(days)), Period.of(max(days)))
    posted = numbers_between(transaction.connection, *months)
    waiting = draft_sources(transaction.connection)
    if not (posted or waiting):
        return []
    found = []
    for one in vouchers:
        month = str(one.draft.period)
        if (month, one.draft.word, one.number) in posted:
            found.append(row_problem(one.rows[0], f"凭证号重复：{month} 的 {one.label} 已经记账"))
        elif (month, f"{name} {one.label}") in waiting:
            found.append(row_problem(one.rows[0], f"{one.label} 已经从同名文件导入过，还在草稿里，请先记账或删除"))
    return found


def _new_names(
    vouchers: Iterable[FileVoucher], chart: Chart, known: frozenset[tuple[str, str]]
) -> tuple[tuple[str, str], ...]:
    """Members to add, in file order: named on an account that is kept by their category."""
    found: dict[tuple[str, str], None] = {}
    for one in vouchers:
        for line in one.draft.lines:
            for pair in line.items:
                if pair in known or pair in found:
                    continue
                account = chart.get(line.account)
                if account and any(auxiliary.category == pair[0] for auxiliary in account.auxiliaries):
                    found[pair] = None
    return tuple(found)


def _renumbering_note(renumbered: list[str]) -> str:
    more = f" 等 {len(renumbered)} 张" if len(renumbered) > 5 else ""
    return f"凭证号按日期和顺序重排：{'，'.join(renumbered[:5])}{more}；原号记在凭证的来源里"

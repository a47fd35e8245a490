"""Opening balances of a new book, also one that starts mid-year. They must tie before the first voucher is posted."""

from collections.abc import Iterable

from ..domain.chain import openings_content, sha256
from ..domain.errors import BadInput, NotAllowed
from ..domain.money import format_fen
from ..domain.openings import OpeningTie as OpeningTie
from ..domain.openings import tie_of
from ..domain.problems import Problem
from ..domain.view import Opening
from ..storage.openings import load_openings, replace_openings
from ..storage.periods import load_periods
from ..storage.transaction import Transaction
from ..storage.vouchers import any_voucher
from .book import Book


def openings(book: Book) -> tuple[Opening, ...]:
    """The opening balances, in account order."""
    return load_openings(book.connection)


def openings_editable(book: Book) -> bool:
    """Whether they may still change: nothing posted, no month closed, book writable."""
    fixed = any_voucher(book.connection) or load_periods(book.connection)
    return not fixed and not book.read_only


def tie(book: Book) -> OpeningTie:
    """The opening trial balance's totals."""
    return tie_of(openings(book))


def require_tied(book: Book) -> None:
    """Refuse to begin booking while the opening trial balance does not tie."""
    if any_voucher(book.connection):
        return
    totals = tie(book)
    if totals.debit_fen != totals.credit_fen:
        raise NotAllowed(
            f"期初余额不平：借方合计 {format_fen(totals.debit_fen)}，贷方合计 {format_fen(totals.credit_fen)}，"
            f"相差 {format_fen(abs(totals.debit_fen - totals.credit_fen))}。请先把期初余额试算平衡，再开始记账"
        )
    if totals.year_debit_fen != totals.year_credit_fen:
        raise NotAllowed(
            f"本年累计发生额不平：借方合计 {format_fen(totals.year_debit_fen)}，"
            f"贷方合计 {format_fen(totals.year_credit_fen)}。请先核对期初余额表"
        )


def check_openings(book: Book, rows: Iterable[Opening]) -> tuple[Problem, ...]:
    """What is wrong with the rows; `line` counts from 0. Balancing is not required to save."""
    chart = book.chart
    problems = []
    seen = set()
    january = book.entity.first_period.month == 1
    for index, row in enumerate(rows):
        account = chart.get(row.account)
        if account is None:
            problems.append(Problem("account-unknown", f"科目 {row.account} 不存在", index, "account"))
            continue
        name = f"{account.code} {account.name}"
        if not chart.is_leaf(row.account):
            problems.append(Problem("account-not-leaf", f"科目 {name} 有下级，请填到最末级", index, "account"))
        if account.disabled:
            problems.append(Problem("account-disabled", f"科目 {name} 已停用", index, "account"))
        given = {item.category for item in row.items}
        allowed = {auxiliary.category for auxiliary in account.auxiliaries}
        problems.extend(
            Problem("item-missing", f"科目 {name} 要填{auxiliary.category}", index, "items")
            for auxiliary in account.auxiliaries
            if auxiliary.required and auxiliary.category not in given
        )
        problems.extend(
            Problem("item-not-allowed", f"科目 {name} 没有设置“{category}”辅助核算", index, "items")
            for category in sorted(given - allowed)
        )
        if (row.account, row.items) in seen:
            problems.append(Problem("duplicate", f"科目 {name} 的期初余额填了两次", index, "account"))
        seen.add((row.account, row.items))
        if january and (row.year_debit_fen or row.year_credit_fen):
            problems.append(
                Problem("year-to-date", f"科目 {name}：从 1 月开始建账，不填本年累计发生额", index, "debit")
            )
    return tuple(problems)


def save_openings(book: Book, rows: Iterable[Opening]) -> OpeningTie:
    """Replace the opening balances. Rows without a figure are left out; the totals come back for showing."""
    kept = tuple(row for row in rows if any(row[2:]))
    if not openings_editable(book):
        raise NotAllowed("已经记账或结账，期初余额不能再改；差错请用凭证更正")
    if problems := check_openings(book, kept):
        raise BadInput("期初余额有误：", problems)
    with book.write("opening") as transaction:
        write_openings(transaction, kept)
    return tie_of(kept)


def write_openings(transaction: Transaction, rows: tuple[Opening, ...]) -> None:
    """Write checked rows and log their digest."""
    replace_openings(transaction.connection, rows)
    transaction.record("openings", f"{len(rows)} 行", {"content": sha256(openings_content(rows))})

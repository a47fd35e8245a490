"""What is wrong with a request for payment in a book: its kind, its accounts and members, the money it is paid from."""

from collections.abc import Iterable

from .. import clock
from ..domain.approval import DISPOSAL
from ..domain.checks import CheckContext, check_draft
from ..domain.problems import Problem
from ..domain.request import Request, RequestLine, check_request
from ..domain.voucher import Draft, DraftLine
from .admission import Gate
from .book import Book
from .posting import check_context


def kind_of_lines(book: Book, lines: Iterable[RequestLine]) -> tuple[str, ...]:
    """The kinds of spending some lines are, each once; a request must be of one kind."""
    gate = Gate(book)
    return tuple(dict.fromkeys(gate.kind(line.account) for line in lines if line.account))


def check(book: Book, wanted: Request, context: CheckContext | None = None) -> tuple[Problem, ...]:
    """Everything wrong with a request: by itself, and with its accounts and members in this book."""
    found = list(check_request(wanted, clock.today(), DISPOSAL))
    found += _account_problems(book, wanted, context or check_context(book))
    if wanted.kind != DISPOSAL:
        kinds = kind_of_lines(book, wanted.lines)
        if len(kinds) > 1:
            text = f"一份申请只能是一类开支，现在有：{'、'.join(kinds)}，请分开申请"
            found.append(Problem("kind", text, field="kind"))
        elif kinds and kinds[0] != wanted.kind:
            found.append(Problem("kind", f"按科目这是“{kinds[0]}”，不是“{wanted.kind}”", field="kind"))
    elif wrong := [one.account for one in wanted.lines if not one.account.startswith(Gate(book).spending.assets)]:
        found.append(Problem("kind", f"科目 {wrong[0]} 不是资产科目，不能作为资产处置申请", field="kind"))
    return tuple(found)


def _account_problems(book: Book, wanted: Request, context: CheckContext) -> list[Problem]:
    """The checks of a voucher on the lines and the money account, told with the places of the request."""
    lines = draft_lines(wanted)
    credit = DraftLine("付款", wanted.money_account, (), credit_fen=wanted.amount_fen)
    draft = Draft(context.open_period.first_day, context.words[0], (*lines, credit))
    known = {"account", "items"}
    found = []
    for one in check_draft(draft, context):
        if one.field in known and one.line is not None and one.line < len(lines):
            found.append(one)
        elif one.field in known and wanted.money_account and wanted.kind != DISPOSAL:
            found.append(Problem("money-account", f"付款账户：{one.message}", field="money_account"))
    money = (*book.settings.cash_accounts, *book.settings.bank_accounts)
    if wanted.money_account and not wanted.money_account.startswith(money):
        found.append(Problem("money-account", "付款账户要选现金或银行存款科目", field="money_account"))
    return found


def draft_lines(wanted: Request) -> tuple[DraftLine, ...]:
    """What a request asks to be paid, as the debit lines of a voucher."""
    return tuple(DraftLine(line.summary, line.account, line.items, debit_fen=line.fen) for line in wanted.lines)

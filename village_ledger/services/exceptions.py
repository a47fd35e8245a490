"""Urgent exceptions (紧急例外): leave to post a voucher that lacks something, until it is made good.

Granted by the head or the township for a draft as it is, with a reason; open in every list until settled. What was
lacking is told by the gate, never typed.
"""

from datetime import date

from .. import clock
from ..domain.duties import DUTIES
from ..domain.errors import BadInput, NotAllowed
from ..domain.exemption import UrgentException, draft_content, exception_detail
from ..domain.request_register import ExceptionRecord
from ..storage import exceptions as rows
from ..storage.transaction import Transaction
from ..storage.vouchers import load_vouchers
from .admission import Gate
from .book import Book
from .people import role_of
from .proposals import new_uid
from .requests_register import exception_records
from .vouchers import draft as draft_of

GRANTERS = DUTIES["exception"].roles


def exceptions(book: Book) -> tuple[ExceptionRecord, ...]:
    """Every exception, oldest first."""
    return exception_records(book.connection)


def grant(book: Book, draft_id: int, reason: str, day: date | None = None) -> UrgentException:
    """Let a draft be posted though it lacks something, from `day` (today) on. A change of the draft ends it."""
    if not reason.strip():
        raise BadInput("请写明紧急例外的原因")
    with book.write("exception") as transaction:
        if role_of(book, book.actor) not in GRANTERS:
            raise NotAllowed(f"紧急例外只能由{'或'.join(GRANTERS)}批准，请切换操作员")
        draft = draft_of(book, draft_id)
        gate = Gate(book)
        lacks = gate.missing(draft)
        if not lacks:
            raise NotAllowed("这张凭证手续齐全，不需要紧急例外")
        own = {draft.maker} | {
            name.strip() for request in gate.linked(draft_id) for name in (request.payee, request.handler)
        }
        if book.actor in own:
            raise NotAllowed("不能批准自己制单、自己经手或付给自己的例外，请由另一人批准")
        made = UrgentException(
            0,
            new_uid(),
            draft.id,
            draft_content(draft),
            gate.amount_fen(draft),
            reason.strip(),
            book.actor,
            day or clock.today(),
            lacks,
        )
        made = made._replace(id=rows.insert_exception(transaction.connection, made))
        transaction.record("exception", f"批准 {draft.period} 草稿{draft.id}", exception_detail(made))
    return made


def settle(book: Book, exception_id: int, reason: str) -> UrgentException:
    """Close an exception that cannot be made good otherwise, with the reason, by the head or the township."""
    if not reason.strip():
        raise BadInput("请写明怎样了结的")
    with book.write("exception") as transaction:
        if role_of(book, book.actor) not in GRANTERS:
            raise NotAllowed(f"紧急例外只能由{'或'.join(GRANTERS)}了结，请切换操作员")
        found = rows.load_exceptions(transaction.connection, "id=?", (exception_id,))
        if not found or not found[0].is_open:
            raise NotAllowed("这项例外已经了结，或者还没有记账，请刷新")
        return _settle(transaction, found[0], reason.strip())


def recheck(book: Book) -> int:
    """Settle the exceptions whose papers have been made good since; returns how many. Refused when there is none."""
    with book.write("request") as transaction:
        done = settle_made_good(book, transaction)
        if not done:
            raise NotAllowed("没有已补齐手续的例外；请在凭证上关联批准了的用款申请，或补登决策")
    return done


def settle_made_good(book: Book, transaction: Transaction) -> int:
    """Settle, within a transaction, the open exceptions that lack nothing any more or whose voucher was reversed."""
    open_ones = rows.load_exceptions(transaction.connection, "voucher_uid<>'' AND settled=''")
    if not open_ones:
        return 0
    gate = Gate(book)
    done = 0
    for one in open_ones:
        vouchers = load_vouchers(transaction.connection, "v.uid = ?", (one.voucher,))
        if vouchers and vouchers[0].reversed_by:
            _settle(transaction, one, "凭证已经冲销")
        elif vouchers and not gate.missing_of(vouchers[0]):
            _settle(transaction, one, "手续已经补齐")
        else:
            continue
        done += 1
    return done


def _settle(transaction: Transaction, one: UrgentException, how: str) -> UrgentException:
    made = one._replace(settled=clock.today(), settled_by=transaction.actor, settlement=how)
    rows.update_exception(transaction.connection, made)
    transaction.record("exception", f"了结 {one.uid}", exception_detail(made))
    return made

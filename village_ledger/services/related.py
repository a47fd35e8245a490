"""Registering whom the people who run the village are close to (关联人登记), and proving that nobody changed it."""

from collections.abc import Iterable, Iterator
from datetime import date

from ..domain.errors import BadInput
from ..domain.masking import words_hidden
from ..domain.related_person import RELATED_WORDS, RelatedPerson, check_related, related_detail, tidied
from ..storage.log import LogEntry
from ..storage.related import insert_related, load_related, update_related
from ..storage.transaction import Transaction
from .book import Book
from .proposals import new_uid
from .registered import compare

_GONE = "这一条已经划去或不在了，请刷新"


def related(book: Book) -> tuple[RelatedPerson, ...]:
    """Every relation by officer, struck ones too."""
    return load_related(book.connection)


def register_within(transaction: Transaction, wanted: RelatedPerson) -> RelatedPerson:
    """Register a relation within a transaction. The log keeps the last digits of its numbers and a digest."""
    made = tidied(wanted)._replace(uid=new_uid(), struck="", id=0)
    if problems := check_related(made):
        raise BadInput(f"关联人“{made.name}”有问题，没有登记：", problems)
    if same := _same(load_related(transaction.connection), made):
        raise BadInput(f"{same} 已经登记过（从 {same.since} 起），内容变了请先划去或登记终止")
    made = made._replace(id=insert_related(transaction.connection, made))
    transaction.record("related", str(made), related_detail(made))
    return made


def _same(kept: Iterable[RelatedPerson], made: RelatedPerson) -> RelatedPerson | None:
    """A relation of the same people that is not over when the new one begins."""
    return next(
        (
            one
            for one in kept
            if (one.officer, one.relation, one.name) == (made.officer, made.relation, made.name)
            and not one.struck
            and (one.until is None or one.until >= made.since)
            and (made.until is None or made.until >= one.since)
        ),
        None,
    )


def register(book: Book, wanted: RelatedPerson) -> RelatedPerson:
    """Register a relation."""
    with book.write("related") as transaction:
        return register_within(transaction, wanted)


def end(book: Book, uid: str, until: date) -> RelatedPerson:
    """Note the last day a relation held: the officer left, the firm was sold."""
    with book.write("related") as transaction:
        before = _living(transaction, uid)
        if before.until is not None:
            raise BadInput(f"{before} 已经在 {before.until} 终止")
        if until < before.since:
            raise BadInput(f"终止日期 {until} 早于起始日期 {before.since}")
        return _update(transaction, before._replace(until=until), "终止")


def strike(book: Book, uid: str, reason: str) -> RelatedPerson:
    """Strike a relation registered by mistake (划去), with the reason."""
    if not reason.strip():
        raise BadInput("划去要写明原因")
    with book.write("related") as transaction:
        before = _living(transaction, uid)
        return _update(transaction, before._replace(struck=reason.strip()), "划去")


def _living(transaction: Transaction, uid: str) -> RelatedPerson:
    found = next((one for one in load_related(transaction.connection) if one.uid == uid), None)
    if found is None or found.struck:
        raise BadInput(_GONE)
    return found


def _update(transaction: Transaction, made: RelatedPerson, what: str) -> RelatedPerson:
    update_related(transaction.connection, made)
    transaction.record("related", f"{what} {made}", related_detail(made))
    return made


def findings(book: Book, log: Iterable[LogEntry]) -> Iterator[str]:
    """What differs between the relations in the book and what the log says of them."""
    said = {
        entry.detail["uid"]: words_hidden(entry.detail, *RELATED_WORDS) for entry in log if entry.action == "related"
    }
    stored = {one.uid: related_detail(one) for one in load_related(book.connection)}
    yield from compare("关联人", stored, said)

"""Registering lists of benefits (补贴补偿名单), and proving that nobody changed them behind the program's back."""

from collections.abc import Iterable, Iterator
from typing import Any

from ..domain.benefit import BenefitBatch, check_batch
from ..domain.chain import sha256
from ..domain.errors import BadInput
from ..domain.masking import words_hidden
from ..storage.benefits import insert_batch, load_batches, strike_batch
from ..storage.log import LogEntry
from ..storage.transaction import Transaction
from .book import Book
from .proposals import new_uid

_WORDS = ("note", "struck")
"""Free texts of a list, in which people write numbers too."""


def batches(book: Book) -> tuple[BenefitBatch, ...]:
    """Every list by day, struck ones too."""
    return load_batches(book.connection)


def register_within(transaction: Transaction, wanted: BenefitBatch) -> BenefitBatch:
    """Register a list within a transaction. The log keeps its digest, never anybody's number."""
    if problems := check_batch(wanted):
        raise BadInput(f"名单“{wanted.title}”有问题，没有登记：", problems)
    made = wanted._replace(uid=new_uid(), struck="")
    made = made._replace(id=insert_batch(transaction.connection, made))
    transaction.record("benefit", made.title, batch_detail(made))
    return made


def register(book: Book, wanted: BenefitBatch) -> BenefitBatch:
    """Register a list."""
    with book.write("benefit") as transaction:
        return register_within(transaction, wanted)


def strike(book: Book, uid: str, reason: str) -> None:
    """Strike a list registered by mistake (划去), with the reason."""
    if not reason.strip():
        raise BadInput("划去名单要写明原因")
    with book.write("benefit") as transaction:
        found = next((one for one in load_batches(transaction.connection) if one.uid == uid), None)
        if found is None or found.struck:
            raise BadInput("这份名单已经划去或不在了，请刷新")
        strike_batch(transaction.connection, uid, reason.strip())
        transaction.record("benefit", f"划去 {found.title}", batch_detail(found._replace(struck=reason.strip())))


def batch_detail(batch: BenefitBatch) -> dict[str, Any]:
    """What the log keeps of a list: its heading, its sum, and the digest of its rows."""
    told = {
        "uid": batch.uid,
        "kind": batch.kind,
        "title": batch.title,
        "day": batch.day.isoformat(),
        "document": batch.document,
        "voucher": batch.voucher,
        "note": batch.note,
        "struck": batch.struck,
        "total_fen": batch.total_fen,
        "rows": sha256([list(row) for row in batch.rows]),
    }
    return words_hidden(told, *_WORDS)


def findings(book: Book, log: Iterable[LogEntry]) -> Iterator[str]:
    """What differs between the lists in the book and what the log says of them."""
    said = {entry.detail["uid"]: words_hidden(entry.detail, *_WORDS) for entry in log if entry.action == "benefit"}
    stored = {batch.uid: batch_detail(batch) for batch in load_batches(book.connection)}
    for uid in sorted(stored.keys() | said.keys()):
        now, then = stored.get(uid), said.get(uid)
        title = (now or then or {}).get("title", uid)
        if now is None:
            yield f"补贴名单“{title}”被删掉了（日志里有它的登记）"
        elif then is None:
            yield f"补贴名单“{title}”在日志里没有登记，是从外部塞进来的"
        elif now != then:
            yield f"补贴名单“{title}”和登记的不一样，被改动过"

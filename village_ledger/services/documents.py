"""Registering source documents (票据), attaching them to vouchers, and proving that nobody changed them.

A document is with one voucher at a time: a draft, which may still let it go, then the posted voucher. Reversing the
voucher frees it. What is numbered in the country is never registered twice (财会〔2024〕12号 art. 21).
"""

from collections.abc import Iterable, Iterator

from .. import clock
from ..domain.errors import BadInput, NotAllowed, StaleDraft
from ..domain.masking import words_hidden
from ..domain.problems import Problem
from ..domain.source_document import (
    DOCUMENT_WORDS,
    DocumentRecord,
    Gap,
    SourceDocument,
    check_document,
    document_detail,
    gaps,
    tidied,
)
from ..storage import documents as rows
from ..storage.log import LogEntry
from ..storage.requests import draft_exists
from ..storage.transaction import Transaction
from ..storage.vouchers import is_posted
from .book import Book
from .proposals import new_uid
from .registered import compare


def of_year(book: Book, year: int) -> tuple[DocumentRecord, ...]:
    """The documents dated in a year, struck ones too."""
    return rows.records_of_year(book.connection, year)


def years(book: Book) -> tuple[int, ...]:
    """The years documents are dated in, newest first; this year when there are none."""
    return rows.document_years(book.connection) or (book.open_period.year,)


def attached(book: Book, draft: int = 0, voucher: str = "") -> tuple[DocumentRecord, ...]:
    """The documents of a draft, or of the posted voucher of a uid; struck ones are left out."""
    return rows.attached(book.connection, draft, voucher) if draft or voucher else ()


def free(book: Book) -> tuple[DocumentRecord, ...]:
    """The documents that are with no voucher and count."""
    return rows.free_records(book.connection)


def missing_receipts(book: Book) -> tuple[Gap, ...]:
    """The numbers missing among the stubs of the village's own receipts."""
    return gaps(one.document for one in rows.stub_records(book.connection))


def register_within(
    book: Book, transaction: Transaction, wanted: SourceDocument, *, draft: int = 0, voucher: str = ""
) -> SourceDocument:
    """Register a document within a transaction, and attach it to a draft or to the posted voucher of a uid."""
    made = tidied(wanted)._replace(uid=new_uid(), struck="", id=0)
    problems = check_document(made)
    if made.day > max(clock.today(), book.open_period.last_day):
        problems += (Problem("day", f"票据日期 {made.day} 还没有到，请检查", field="day"),)
    if problems:
        raise BadInput("票据有问题，没有登记：", problems)
    if made.void and (draft or voucher):
        raise NotAllowed(f"{made} 是作废的，不能附到凭证上")
    _require_new(transaction, made)
    made = made._replace(id=rows.insert_document(transaction.connection, made))
    transaction.record("document", str(made), document_detail(made))
    if draft or voucher:
        _attach(transaction, (made,), draft, voucher)
    return made


def _require_new(transaction: Transaction, made: SourceDocument) -> None:
    """Refuse a document whose kind, code and number are registered, naming the voucher it is with."""
    before = rows.same_number(transaction.connection, made) if made.is_numbered else None
    if before:
        raise NotAllowed(f"{made} 已经登记过，{_place(before)}。同一张票据不能重复入账，请核对号码")


def _place(record: DocumentRecord) -> str:
    if record.label:
        return f"附在凭证 {record.label} 上"
    return f"附在草稿{record.draft} 上" if record.draft else f"日期 {record.document.day}，还没有附到凭证上"


def register(book: Book, wanted: SourceDocument, *, draft: int = 0, voucher: str = "") -> SourceDocument:
    """Register a document, and attach it to a draft or to the posted voucher of a uid if one is given."""
    with book.write("document") as transaction:
        return register_within(book, transaction, wanted, draft=draft, voucher=voucher)


def attach(book: Book, uids: Iterable[str], *, draft: int = 0, voucher: str = "") -> None:
    """Attach registered documents to a draft, or to the posted voucher of a uid."""
    with book.write("document") as transaction:
        wanted = [_living(transaction, uid) for uid in dict.fromkeys(uids)]
        if not wanted:
            raise BadInput("请选择要附上的票据")
        for one in wanted:
            if one.document.void:
                raise NotAllowed(f"{one.document} 是作废的，不能附到凭证上")
            if one.voucher or (one.draft and one.draft != draft):
                raise NotAllowed(f"{one.document} 已经{_place(one)}")
        _attach(transaction, tuple(one.document for one in wanted), draft, voucher)


def _attach(transaction: Transaction, wanted: tuple[SourceDocument, ...], draft: int, voucher: str) -> None:
    connection = transaction.connection
    if voucher and not is_posted(connection, voucher):
        raise BadInput("找不到这张凭证，请刷新列表")
    if not voucher and not draft_exists(connection, draft):
        raise StaleDraft("这张草稿已经被记账或删除了，请刷新凭证列表")
    for one in wanted:
        rows.delete_draft_links(connection, one.id)
        rows.insert_link(connection, one.id, 0 if voucher else draft, voucher)
    names = "、".join(str(one) for one in wanted)
    uids = [one.uid for one in wanted]
    if voucher:
        transaction.record("document-voucher", names, {"voucher": voucher, "documents": uids})
    else:
        transaction.record("document-link", f"草稿{draft} {names}", {"draft": draft, "documents": uids})


def detach(book: Book, uid: str) -> None:
    """Take a document off its draft. A posted voucher keeps its documents; one registered wrongly is struck."""
    with book.write("document") as transaction:
        before = _living(transaction, uid)
        if before.voucher:
            raise NotAllowed(f"凭证 {before.label} 已经记账，它的票据不能去掉；登记错了的请划去")
        if not before.draft:
            raise BadInput("这张票据没有附在草稿上，请刷新")
        rows.delete_draft_links(transaction.connection, before.document.id)
        detail = {"draft": 0, "documents": [uid]}
        transaction.record("document-link", f"草稿{before.draft} 去掉 {before.document}", detail)


def void(book: Book, uid: str, reason: str) -> SourceDocument:
    """Note that a document does not count though it is there: a spoilt receipt, an invoice its issuer took back."""
    if not reason.strip():
        raise BadInput("作废要写明原因")
    with book.write("document") as transaction:
        before = _living(transaction, uid).document
        if before.void:
            raise BadInput(f"{before} 已经作废")
        return _update(transaction, before._replace(void=reason.strip()), "作废")


def strike(book: Book, uid: str, reason: str) -> SourceDocument:
    """Strike a document registered by mistake (划去), with the reason; its number is free again."""
    if not reason.strip():
        raise BadInput("划去要写明原因")
    with book.write("document") as transaction:
        before = _living(transaction, uid).document
        return _update(transaction, before._replace(struck=reason.strip()), "划去")


def _living(transaction: Transaction, uid: str) -> DocumentRecord:
    found = rows.living_record(transaction.connection, uid)
    if found is None:
        raise BadInput("这张票据已经划去或不在了，请刷新")
    return found


def _update(transaction: Transaction, made: SourceDocument, what: str) -> SourceDocument:
    rows.update_document(transaction.connection, made)
    transaction.record("document", f"{what} {made}", document_detail(made))
    return made


def findings(book: Book, log: Iterable[LogEntry]) -> Iterator[str]:
    """What differs between the documents in the book and what the log says of them and of their vouchers."""
    said, links = {}, []
    for entry in log:
        if entry.action == "document":
            said[entry.detail["uid"]] = words_hidden(entry.detail, *DOCUMENT_WORDS)
        elif entry.action == "document-voucher":
            links += [(uid, entry.detail["voucher"]) for uid in entry.detail["documents"]]
    stored = {one.document.uid: document_detail(one.document) for one in rows.load_records(book.connection)}
    yield from compare("票据", stored, said)
    if sorted(rows.load_links(book.connection)) != sorted(links):
        yield "票据和凭证的关联和登记的不一样，被增删或改动过"

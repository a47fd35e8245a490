"""The register of requests and exceptions as kept in the book, and the proof that nobody changed it behind its back."""

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from ..domain.approval_check import chain
from ..domain.exemption import exception_detail
from ..domain.request import request_detail, signature_detail
from ..domain.request_register import ExceptionRecord, RequestRecord, RequestRegister
from ..storage import requests as rows
from ..storage.exceptions import load_exceptions, voucher_labels
from ..storage.log import LogEntry
from ..storage.meta import entity_of, load_meta
from . import tiers
from .book import Book
from .registered import compare


def read(connection: sqlite3.Connection) -> RequestRegister:
    """Every request with its chain of signatures and its use, and every exception with its voucher."""
    return RequestRegister(request_records(connection), exception_records(connection))


def request_records(connection: sqlite3.Connection) -> tuple[RequestRecord, ...]:
    """Every request, by number."""
    kept = rows.load_requests(connection)
    if not kept:
        return ()
    spending = tiers.spending(entity_of(load_meta(connection)).chart)
    signed, uses = rows.load_signatures(connection), rows.load_uses(connection)
    tables = tiers.Tables(connection)
    found = []
    for one in kept:
        tier = tables.on(one.day).tier(one.kind, one.amount_fen)
        use = uses.get(one.id)
        links = chain(one, tier, spending, signed.get(one.id, ()))
        record = RequestRecord(one, links, use.label if use else "")
        if use and use.voucher:
            record = record._replace(voucher=use.label, paid=date.fromisoformat(use.day))
        found.append(record)
    return tuple(found)


def exception_records(connection: sqlite3.Connection) -> tuple[ExceptionRecord, ...]:
    """Every exception, oldest first."""
    labels = voucher_labels(connection)
    found = []
    for one in load_exceptions(connection):
        number, label, day = labels.get(one.voucher, (0, "", ""))
        found.append(ExceptionRecord(one, number, label, date.fromisoformat(day) if day else None))
    return tuple(found)


class _Replay:
    """What the log says the register holds."""

    def __init__(self, log: Iterable[LogEntry]) -> None:
        self.requests: dict[str, Any] = {}
        self.signatures: dict[str, list[Any]] = {}
        self.links: list[tuple[str, str]] = []
        self.exceptions: dict[str, Any] = {}
        for entry in log:
            detail = entry.detail
            match entry.action:
                case "request":
                    self.requests[detail["number"]] = detail
                case "request-sign":
                    self.signatures.setdefault(detail["request"], []).append(detail["signature"])
                case "request-voucher":
                    self.links += [(number, detail["voucher"]) for number in detail["requests"]]
                case "exception":
                    self.exceptions[detail["uid"]] = detail


def findings(book: Book, log: Iterable[LogEntry]) -> Iterator[str]:
    """What differs between the requests and exceptions in the book and what the log says of them."""
    said, connection = _Replay(log), book.connection
    kept = rows.load_requests(connection)
    yield from compare("用款申请", {one.number: request_detail(one) for one in kept}, said.requests)
    amounts = rows.stored_amounts(connection)
    signed = rows.load_signatures(connection)
    for one in kept:
        if amounts[one.number] != one.amount_fen:
            yield f"用款申请 {one.number} 的金额和明细不符，被改动过"
        now = [signature_detail(signature) for signature in signed.get(one.id, ())]
        if now != said.signatures.get(one.number, []):
            yield f"用款申请 {one.number} 的签字和登记的不一样，被增删或改动过"
    if sorted(rows.load_links(connection)) != sorted(said.links):
        yield "用款申请和凭证的关联和登记的不一样，被增删或改动过"
    exceptions = {one.uid: exception_detail(one) for one in load_exceptions(connection)}
    yield from compare("紧急例外", exceptions, said.exceptions)

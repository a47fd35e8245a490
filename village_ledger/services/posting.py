"""Turning checked drafts into posted vouchers; what review, posting, closing and import share.

Kept apart from drafts, so that adding a voucher from the command line does not load peewee.
"""

import os
from collections.abc import Iterable
from datetime import date
from importlib import import_module
from typing import Any

from .. import clock
from ..domain.account import Item
from ..domain.chain import sha256, voucher_content
from ..domain.checks import CheckContext, check_draft, voucher_kind
from ..domain.errors import BadInput, NotAllowed
from ..domain.voucher import WORDS_SINGLE, WORDS_TYPED, Draft, DraftLine, Line, Voucher, cancels
from ..storage.accounts import item_records
from ..storage.documents import post_links
from ..storage.gate_links import needs_gate
from ..storage.transaction import Transaction
from ..storage.vouchers import VoucherWriter, last_numbers, voucher_by_id
from .book import Book


def voucher_words(book: Book) -> tuple[str, ...]:
    """The voucher words the book uses."""
    return WORDS_SINGLE if book.settings.words == "记" else WORDS_TYPED


def check_context(book: Book) -> CheckContext:
    """The state of the book that draft checks need."""
    open_period = book.open_period
    last_year = max(open_period.year, clock.today().year) + 1
    enabled: set[tuple[str, str]] = set()
    disabled: set[tuple[str, str]] = set()
    for record in item_records(book.connection):
        (disabled if record.disabled else enabled).add((record.item.category, record.item.name))
    return CheckContext(
        book.chart,
        voucher_words(book),
        book.entity.first_period,
        open_period,
        date(last_year, 12, 31),
        frozenset(enabled),
        frozenset(disabled),
        book.settings.single_person,
    )


def require_clean(one: Draft, context: CheckContext) -> None:
    """Refuse a draft that has a problem."""
    problems = tuple(problem for problem in check_draft(one, context) if problem.blocking)
    if problems:
        raise BadInput(f"{one.day} {one.word}字凭证（草稿{one.id}）有问题，不能审核或记账：", problems)


def _gate(book: Book) -> Any:
    """The gate for spending, loaded only for a book that has anything for it to look at."""
    if book.settings.control or needs_gate(book.connection):
        return import_module("village_ledger.services.admission").Gate(book)
    return None


class Poster:
    """Turns checked drafts into posted vouchers within one transaction: number, content, digest, log line."""

    def __init__(self, book: Book, transaction: Transaction, poster: str = "") -> None:
        self._transaction = transaction
        self._chart = book.chart
        self._actor = poster or book.actor
        self._writer = VoucherWriter(transaction.connection)
        self._items: dict[tuple[str, str], Item] = {
            (record.item.category, record.item.name): record.item for record in item_records(transaction.connection)
        }
        self._numbers: dict[str, dict[str, int]] = {}
        self._gate = _gate(book)

    def admit(self, drafts: Iterable[Draft]) -> None:
        """Refuse, all at once, drafts whose spending lacks what its tier demands; `post` asks each one anyway."""
        if self._gate:
            self._gate.admit(drafts)

    def post(self, one: Draft, poster: str = "") -> Voucher:
        """Write one voucher under the next number of its month and word, if its spending has what it needs.

        `poster` signs it for once: a voucher that was posted elsewhere keeps who posted it.
        """
        self._require_twin(one)
        self.admit((one,))
        month = str(one.period)
        if month not in self._numbers:
            self._numbers[month] = last_numbers(self._transaction.connection, month)
        number = self._numbers[month].get(one.word, 0) + 1
        self._numbers[month][one.word] = number
        kind = one.kind if one.kind != "normal" else voucher_kind(one, self._chart)
        voucher = Voucher(
            0,
            os.urandom(16).hex(),
            one.day,
            one.word,
            number,
            tuple(self._line(line) for line in one.lines),
            one.attachments,
            kind,  # type: ignore[arg-type]  # voucher_kind answers one of the three kinds
            one.maker,
            one.reviewer,
            one.cashier,
            poster or self._actor,
            one.reverses,
            source=one.source,
        )
        voucher = voucher._replace(id=self._writer.insert(voucher))
        self._transaction.record(
            "post",
            f"{month} {voucher.label}",
            {"uid": voucher.uid, "content": sha256(voucher_content(voucher)), "total_fen": voucher.total_fen},
        )
        if self._gate:
            self._gate.posted(self._transaction, one, voucher)
        self._keep_documents(one, voucher)
        return voucher

    def _keep_documents(self, one: Draft, voucher: Voucher) -> None:
        """Turn the documents of a draft into those of the voucher it became."""
        kept = post_links(self._transaction.connection, one.id, voucher.uid) if one.id else ()
        if kept:
            detail = {"voucher": voucher.uid, "documents": list(kept)}
            self._transaction.record("document-voucher", f"{voucher.period} {voucher.label}", detail)

    def _require_twin(self, one: Draft) -> None:
        """Refuse a draft that calls itself a reversal but is not: everything that rests on the original would fall."""
        if one.reverses and not cancels(one, voucher_by_id(self._transaction.connection, one.reverses)):
            raise NotAllowed(
                f"草稿{one.id} 是红字冲销凭证，但科目、辅助核算或金额和原凭证不一样，不能记账。"
                "请删除这张草稿，重新冲销；别的更正请另填凭证"
            )

    def _line(self, line: DraftLine) -> Line:
        items = tuple(sorted(self._items[pair] for pair in line.items)) if line.items else ()
        return Line(line.summary.strip(), line.account, items, line.debit_fen, line.credit_fen, line.quantity)

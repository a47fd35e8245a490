"""Vouchers that acts on a register propose: ordinary drafts, saved within the act's own transaction.

Draft and posted voucher bear the act's `source`, which is how the act finds its voucher again.
"""

import os

from ..domain.errors import NotAllowed
from ..domain.voucher import Draft
from ..storage.bookings import delete_proposed, posted_label, proposed_drafts
from ..storage.draft_writer import DraftWriter
from ..storage.transaction import Transaction
from .book import Book
from .posting import voucher_words
from .vouchers import draft_detail, require_open


def new_uid() -> str:
    """A fresh identity for a row."""
    return os.urandom(8).hex()


def new_source(what: str, uid: str) -> str:
    """The mark an act and its voucher share: `资产折旧 2025-06 #1f…`."""
    return f"{what} #{uid}"


def transfer_word(book: Book) -> str:
    """The word of a voucher that moves no money: 记, or 转 where words are typed."""
    return voucher_words(book)[-1]


def propose(book: Book, transaction: Transaction, wanted: Draft) -> Draft:
    """Save a draft for the normal way: review, then posting. Refused for a closed month."""
    require_open(book, wanted.period)
    made = wanted._replace(state="draft", maker=book.actor or wanted.maker)
    saved = DraftWriter(transaction.connection).insert(made)
    transaction.record("draft", f"{saved.period} {saved.word} 草稿{saved.id}", draft_detail(saved))
    return saved


def take_back(transaction: Transaction, source: str, what: str) -> None:
    """Delete the draft an act proposed; refused once it is reviewed or posted."""
    connection = transaction.connection
    if label := posted_label(connection, source):
        raise NotAllowed(f"{what}的凭证 {label} 已经记账，不能撤销；请先红字冲销这张凭证")
    drafts = proposed_drafts(connection, source)
    if any(state == "reviewed" for _, _, state in drafts):
        raise NotAllowed(f"{what}的凭证已经审核，请先取消审核再撤销")
    for draft, month, _ in drafts:
        delete_proposed(connection, draft)
        transaction.record("draft-delete", f"{month} 草稿{draft}", {"draft": draft, "source": source})

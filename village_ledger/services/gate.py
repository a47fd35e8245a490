"""What a voucher's spending needs and lacks, for whoever asks: pages, lists, the trail. Posting asks by itself."""

from ..domain.approval_check import Demands
from ..domain.voucher import Draft, Voucher
from .admission import Gate as Gate
from .book import Book
from .exceptions import exceptions as exceptions
from .exceptions import grant as grant_exception
from .exceptions import settle as settle_exception

__all__ = ["Gate", "demands", "exceptions", "grant_exception", "missing", "missing_of", "settle_exception"]


def demands(book: Book, draft: Draft) -> Demands:
    """What the tiers ask of a voucher, kind by kind."""
    return Gate(book).demands(draft)


def missing(book: Book, draft: Draft) -> tuple[str, ...]:
    """What a draft lacks to be posted, one sentence a shortcoming."""
    return Gate(book).missing(draft)


def missing_of(book: Book, voucher: Voucher) -> tuple[str, ...]:
    """What a posted voucher lacks as the book stands now."""
    return Gate(book).missing_of(voucher)

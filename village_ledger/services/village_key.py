"""The key a village signs its packages with: kept on the machine, never in the book (docs/decisions/0009).

The public half is recorded in the book's log, and every later close record names it, so that the chain proves which key
signs. A machine that has no key for the book makes one; the township then sees a new key and asks.
"""

from pathlib import Path

from ..package import sm2
from ..package.signing import public_half
from ..paths import user_data
from ..storage.log import log_from, newest_of
from .book import Book
from .signing_key import private_key


def key_place(book: Book) -> Path:
    """Where this machine keeps the book's private key. A book is known by its first log record, wherever it lies."""
    (first,) = log_from(book.connection, 1, 1)
    return user_data() / "keys" / f"{first.hash[:32]}.pem"


def village_key(book: Book) -> bytes:
    """The book's private key (PEM); made when the machine has none, recorded in the log when it is new there."""
    book.authorise("period.hand-over")
    place = key_place(book)
    private = private_key(place)
    public = public_half(private)
    known = newest_of(book.connection, "key")
    if known is None or known.detail["public"] != public:
        with book.write("period.hand-over") as transaction:
            before = known.detail["public"] if known else ""
            transaction.record("key", public[:16], {"algorithm": "Ed25519", "public": public, "replaces": before})
    return private


def national_key(book: Book) -> bytes:
    """The book's private SM2 key (PEM) on this machine; made when there is none. Refused without the algorithms."""
    book.authorise("period.hand-over")
    place = key_place(book)
    return private_key(place.with_name(f"{place.stem}-sm2.pem"), sm2.new_private_key)


def spoken_key(key: str) -> str:
    """A public key in groups of four digits, to be read aloud over the telephone and compared."""
    return " ".join(key[place : place + 4] for place in range(0, len(key), 4))

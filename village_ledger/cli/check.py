"""`verify`: prove the book, or name what does not agree."""

import sqlite3
import sys

from village_ledger.domain.errors import BookDamaged, IntegrityFailure
from village_ledger.services.book import Book
from village_ledger.services.integrity import verify
from village_ledger.services.reading import Reading

from .arguments import Arguments


def run(arguments: Arguments) -> int:
    """Print the head of the chain and exit 0, or the findings and exit 3."""
    try:
        path = arguments.required("BOOK")
        Reading.open(path).close()  # brings a book of an older program up to date
        with Book.open(path, read_only=True) as book:
            found = verify(book, arguments.get("--head"))
    except BookDamaged as damage:
        raise IntegrityFailure(damage.message) from damage
    except (sqlite3.Error, ValueError, LookupError, TypeError) as damage:
        raise IntegrityFailure(f"账簿里有读不出来的内容，文件被改动过或已损坏：{damage}") from damage
    if not found.ok:
        print("核验没有通过：", file=sys.stderr)
        for finding in found.findings:
            print(f"✗ {finding}", file=sys.stderr)
        return 3
    print(f"核验通过：凭证 {found.vouchers} 张，日志 {found.log_records} 条，各月余额与凭证一致")
    print(f"日志链头 sha256:{found.head}")
    return 0

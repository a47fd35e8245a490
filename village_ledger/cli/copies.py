"""`backup` and `restore`."""

import sys
from pathlib import Path

from village_ledger.services.backups import back_up, lost_attachments, restore
from village_ledger.services.book import Book

from . import ACTOR
from .arguments import Arguments


def run(arguments: Arguments) -> int:
    """Make a verified backup, or put one in place of a book."""
    path = Path(arguments.required("BOOK"))
    if arguments.command.name == "backup":
        with Book.open(path, actor=ACTOR) as book:
            print(f"已备份并检查：{back_up(book, '手工')}")
            _tell_lost(book)
        return 0
    aside = restore(Path(arguments.required("BACKUP")), path)
    print(f"已恢复：{path}")
    if aside:
        print(f"原来的账簿保留为：{aside}")
    with Book.open(path, read_only=True) as book:
        _tell_lost(book)
    return 0


def _tell_lost(book: Book) -> None:
    if lost := lost_attachments(book):
        print(f"注意：{len(lost)} 个合同附件找不到，没有备份：{'、'.join(lost)}", file=sys.stderr)

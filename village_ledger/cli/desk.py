"""Opening a book to write to it: as the command line, or as somebody who logs in with `--user`."""

import os
import sys
from importlib import import_module
from typing import Any

from village_ledger.domain.errors import BadInput, system_reason
from village_ledger.services.book import Book

from . import ACTOR
from .arguments import Arguments

PASSWORD_VARIABLE = "VILLAGE_LEDGER_PASSWORD"


def open_book(arguments: Arguments) -> Book:
    """Open the command's BOOK; with `--user` that person is at the keyboard once their password fits."""
    name = arguments.get("--user").strip()
    book = Book.open(arguments.required("BOOK"), actor=ACTOR)
    if name:
        try:
            log_in: Any = import_module("village_ledger.services.log_in")  # only who logs in waits for it
            known = log_in.access(book).get(name)
            asked = known is not None and known.state in log_in.WITH_PASSWORD
            log_in.log_in(book, name, _password(name, arguments.get("--password-file")) if asked else "")
        except BaseException:
            book.close()
            raise
    return book


def _password(name: str, file: str) -> str:
    """The password from the file named, else the environment, else typed; never from the command line itself."""
    if file:
        try:
            with open(file, encoding="utf-8-sig") as lines:  # noqa: PTH123 - pathlib would cost a one-voucher import 8 ms
                return lines.readline().rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            reason = system_reason(error) if isinstance(error, OSError) else "不是文本文件"
            raise BadInput(f"读不出密码文件：{file}\n{reason}") from error
    if PASSWORD_VARIABLE in os.environ:
        return os.environ[PASSWORD_VARIABLE]
    if not sys.stdin.isatty():
        raise BadInput(f"{name} 设有密码：请用 --password-file 文件，或者环境变量 {PASSWORD_VARIABLE} 给出密码")
    return str(import_module("getpass").getpass(f"{name} 的密码："))

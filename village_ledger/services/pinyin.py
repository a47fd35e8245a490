"""Pinyin initials of names, computed once when a name is saved. The only user of pypinyin."""

from functools import lru_cache
from importlib import import_module
from typing import Any


@lru_cache(maxsize=1)
def prepare() -> Any:
    """Load the dictionaries, which takes 0.4 s: while a name is being typed rather than when it is saved."""
    return import_module("pypinyin")


def initials(name: str) -> str:
    """`银行存款` → `yhck`; letters and digits stay, other signs are dropped."""
    pypinyin = prepare()
    letters = pypinyin.pinyin(name, style=pypinyin.Style.FIRST_LETTER, errors="default")
    return "".join(sign for part in letters for sign in part[0] if sign.isalnum() and sign.isascii()).lower()

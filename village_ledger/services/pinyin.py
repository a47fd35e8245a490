"""Pinyin initials of names, computed once when a name is saved. The only user of pypinyin."""

from importlib import import_module
from typing import Any


def initials(name: str) -> str:
    """`银行存款` → `yhck`; letters and digits stay, other signs are dropped."""
    pypinyin: Any = import_module("pypinyin")  # its dictionaries take 0.3 s: only when a name is saved
    letters = pypinyin.pinyin(name, style=pypinyin.Style.FIRST_LETTER, errors="default")
    return "".join(sign for part in letters for sign in part[0] if sign.isalnum() and sign.isascii()).lower()

"""Pinyin initials of names, computed once when a name is saved. The only user of pypinyin."""

from pypinyin import Style, pinyin


def initials(name: str) -> str:
    """`银行存款` → `yhck`; letters and digits stay, other signs are dropped."""
    letters = pinyin(name, style=Style.FIRST_LETTER, errors="default")
    return "".join(sign for part in letters for sign in part[0] if sign.isalnum() and sign.isascii()).lower()

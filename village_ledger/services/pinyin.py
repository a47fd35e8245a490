"""Pinyin initials of names, computed once when a name is saved, from a table of letters (docs/data/make_pinyin.py)."""

from functools import cache

from ..paths import RESOURCES

_LONGEST_WORD = 4


def initials(name: str) -> str:
    """`银行存款` → `yhck`; letters and digits stay, other signs are dropped."""
    usual, words = _table()
    found = []
    place = 0
    while place < len(name):
        for length in range(min(_LONGEST_WORD, len(name) - place), 1, -1):
            if read := words.get(name[place : place + length]):
                found.append(read)
                place += length
                break
        else:
            sign = name[place]
            found.append(usual.get(sign) or (sign.lower() if sign.isalnum() and sign.isascii() else ""))
            place += 1
    return "".join(found)


@cache
def _table() -> tuple[dict[str, str], dict[str, str]]:
    """The usual letter of each character, and the words that read otherwise."""
    letters, _, words = (RESOURCES / "pinyin.txt").read_text("utf-8").partition("\n\n")
    usual = {char: line[0] for line in letters.splitlines() for char in line[1:]}
    return usual, {word: read for word, _, read in (line.partition(" ") for line in words.splitlines())}

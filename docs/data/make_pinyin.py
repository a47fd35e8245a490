"""Writes resources/pinyin.txt, the pinyin initials the program knows, out of pypinyin's dictionaries.

Run as `python docs/data/make_pinyin.py` with the development requirements. The dictionaries themselves would cost
every office PC 57 MB of memory and 0.4 s when the first name is saved; initials need only a letter per character and
the words in which a character has another letter than usual.
"""

from pathlib import Path

from pypinyin import Style, pinyin
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

TARGET = Path(__file__).parents[2] / "resources" / "pinyin.txt"
SURNAMES = {
    "单家": "sj",
    "仇家": "qj",
    "解家": "xj",
    "查家": "zj",
    "盖家": "gj",
    "朴家": "pj",
    "区家": "oj",
    "华家": "hj",
}
LONGEST = 4


def letters(text: str) -> str:
    """The first letters of a word as pypinyin reads it, in lower case."""
    return "".join(part[0][:1] for part in pinyin(text, style=Style.FIRST_LETTER)).lower()


def main() -> None:
    """Write the table: a line of characters per letter, an empty line, then the words that read otherwise."""
    usual = {chr(code): letters(chr(code)) for code in sorted(PINYIN_DICT)}
    usual = {char: letter for char, letter in usual.items() if len(letter) == 1 and "a" <= letter <= "z"}
    words = {word: letters(word) for word in sorted(PHRASES_DICT) if len(word) <= LONGEST}
    words = {
        word: read
        for word, read in words.items()
        if len(read) == len(word) and read.isascii() and read != "".join(usual.get(char, "") for char in word)
    }
    rows = [letter + "".join(char for char in usual if usual[char] == letter) for letter in sorted(set(usual.values()))]
    rows += ["", *(f"{word} {read}" for word, read in (words | SURNAMES).items())]
    TARGET.write_text("\n".join(rows) + "\n", "utf-8")


if __name__ == "__main__":
    main()

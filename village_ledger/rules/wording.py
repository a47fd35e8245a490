"""How rules write amounts and days, and how they tell words, people and firms apart."""

from collections.abc import Iterable

from village_ledger.domain.money import format_fen

_FIRST_SIGN, _LAST_SIGN = "\u4e00", "\u9fff"
_LONGEST_NAME = 4
_SHORTEST_NAME = 2


def yuan(fen: int) -> str:
    """An amount as it stands in a sentence: `1,234.50 元`."""
    return f"{format_fen(fen)} 元"


def word_in(words: Iterable[str], *texts: str) -> str:
    """The first of the words that one of the texts holds; empty when none does."""
    return next((word for word in words if any(word in text for text in texts)), "")


def plain(name: str) -> str:
    """A name as names are compared: without blanks, brackets of one width."""
    return "".join(name.split()).replace("(", "（").replace(")", "）")


def is_person(name: str, firm_words: Iterable[str]) -> bool:
    """Whether a payee's name looks like one person's: two to four Chinese characters and no word of a firm."""
    text = plain(name)
    chinese = all(_FIRST_SIGN <= sign <= _LAST_SIGN for sign in text)
    return _SHORTEST_NAME <= len(text) <= _LONGEST_NAME and chinese and not word_in(firm_words, text)


def named(name: str) -> str:
    """A payee's name in a sentence, also where nobody knows it."""
    return name or "（没有写明收款人）"

"""Hiding what identifies a person on anything that leaves the office: the one place that knows how.

Numbers of identity cards, telephones and bank cards show only their last four digits (个人信息保护法 art. 6 and 28;
a wall sheet needs no more to tell two people of one name apart).
"""

import re

_SHOWN = 4
_LONG = re.compile(r"(?<![0-9])(?:[1-9][0-9]{16}[0-9Xx]|[0-9]{15,19}|1[3-9][0-9]{9})(?![0-9])")


def masked(number: str) -> str:
    """A number with all but its last four signs starred; one of four or less is starred whole."""
    text = number.strip()
    if len(text) <= _SHOWN:
        return "*" * len(text)
    return "*" * (len(text) - _SHOWN) + text[-_SHOWN:]


def without_numbers(text: str) -> str:
    """A text with every identity, mobile and bank card number in it masked, as people write them into summaries."""
    return _LONG.sub(lambda found: masked(found[0]), text) if any(sign.isdigit() for sign in text) else text

"""Hiding what identifies a person on anything that leaves the office: the one place that knows how.

Numbers of identity cards, telephones and bank cards show only their last four digits (个人信息保护法 art. 6 and 28;
a wall sheet needs no more to tell two people of one name apart).

What programs must compare and nobody needs to read goes out as a tag: equal numbers have equal tags. A tag hides a
number from readers, not from somebody who tries every number there can be; so tags go to the township, never on a wall.
"""

import hashlib
import re
import unicodedata
from typing import Any

from .chain import sha256

_SHOWN = 4
_TAG_PREFIX, _TAG_SIGNS = "village-ledger:number:", 8
_PHONE = re.compile(r"(?<![0-9])(?:1[3-9][0-9]{9}|0[0-9]{2,3}-?[0-9]{7,8}|[2-8][0-9]{6,7})(?![0-9])")
_NARROW = str.maketrans("０１２３４５６７８９－", "0123456789-")
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


def words_hidden(detail: dict[str, Any], *names: str) -> dict[str, Any]:
    """A log record with the numbers of people in its free texts masked, and a digest `texts` of what they are.

    A record that has none of them, or is hidden already, stays as it is.
    """
    told = {name: without_numbers(detail[name]) for name in names}
    if "texts" in detail or all(told[name] == detail[name] for name in names):
        return detail
    return {**detail, **told, "texts": sha256([detail["uid"], *(detail[name] for name in names)])}


def plain_number(text: str) -> str:
    """A number as numbers are compared: narrow signs, capital letters, no blanks, hyphens or dots."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).upper() if sign.isalnum())


def tag(number: str) -> str:
    """The first eight hex digits of SHA-256 of a fixed prefix and the plain number; empty for an empty number.

    Tells equal numbers apart from different ones without telling them: two numbers share a tag by chance once in four
    thousand million pairs, so equal tags are a reason to look, no proof.
    """
    text = plain_number(number)
    return hashlib.sha256(f"{_TAG_PREFIX}{text}".encode()).hexdigest()[:_TAG_SIGNS] if text else ""


def phone_in(text: str) -> str:
    """The first telephone number in what people write as a contact; empty when there is none."""
    found = _PHONE.search(text.translate(_NARROW))
    return found[0] if found else ""


def contact_masked(text: str) -> str:
    """A contact with every telephone number in it masked."""
    return without_numbers(_PHONE.sub(lambda found: masked(found[0]), text.translate(_NARROW)))

"""The rules for projects and for reception that hold in a book: its own version of the day, else those of its place."""

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from ..domain.errors import BadInput
from ..domain.money import MoneyError, parse_fen
from ..domain.reception import ReceptionRules
from ..domain.works_rules import AwardWay, Bound, TenderBound, WorksRules
from . import governance
from .book import Book
from .catalog import read_resource

WORKS, RECEPTION = "works", "reception"
"""The topics of the book's own versions."""

_WORKS_FILE, _RECEPTION_FILE = "governance/works.toml", "governance/reception.toml"
_DEFAULT = "default"


def works_rules(book: Book, on: date) -> WorksRules:
    """The rules for projects in force on a day."""
    own = governance.version_on(book, WORKS, on)
    return _own_works(own.content) if own else shipped_works()


@cache
def shipped_works() -> WorksRules:
    """The rules as shipped."""
    try:
        return read_works(read_resource(_WORKS_FILE))
    except BadInput as error:
        raise BadInput(f"程序文件 resources/{_WORKS_FILE} 有误：{error.message}") from None


@cache
def _own_works(content: str) -> WorksRules:
    return read_works(json.loads(content))


def works_content(book: Book, on: date) -> dict[str, Any]:
    """The table of rules for projects in force on a day, to be edited and saved as a new version."""
    own = governance.version_on(book, WORKS, on)
    found: dict[str, Any] = json.loads(own.content) if own else read_resource(_WORKS_FILE)
    return found


def save_works(book: Book, content: Mapping[str, Any], valid_from: date) -> WorksRules:
    """Keep a new version of the rules for projects, in force from a day on."""
    made = read_works(content)
    governance.save_rules(book, WORKS, content, valid_from)
    return made


def read_works(content: Mapping[str, Any]) -> WorksRules:
    """A table as rules. Refuses one that is not complete."""
    try:
        ways = tuple(AwardWay(**row) for row in content["way"])
        bounds = tuple(
            TenderBound(
                tuple(row["kinds"]),
                _fen(row["from"]),
                tuple(row["ways"]),
                str(row.get("basis", "")),
                bool(row.get("confirmed", False)),
            )
            for row in content.get("bound", ())
        )
        made = WorksRules(
            str(content.get("title", "")),
            ways,
            bounds,
            _bound(content, "acceptance"),
            _bound(content, "audit"),
            _bound(content, "retention"),
        )
    except (KeyError, TypeError, ValueError, MoneyError) as error:
        raise BadInput(f"工程项目规则不完整：{error}") from None
    names = {way.name for way in ways}
    unknown = [name for bound in bounds for name in bound.ways if name not in names]
    if not ways or unknown:
        raise BadInput(f"工程项目规则里没有发包方式“{unknown[0] if unknown else ''}”")
    return made


def _bound(content: Mapping[str, Any], key: str) -> Bound:
    row = content.get(key)
    if not row:
        return Bound(0, 0)
    return Bound(_fen(row["from"]), int(row["figure"]), str(row.get("basis", "")), bool(row.get("confirmed", False)))


def _fen(value: object) -> int:
    return parse_fen(str(value))


def reception_rules(book: Book, on: date) -> ReceptionRules:
    """The rule for reception in force on a day; no zero reception where the book is not under control."""
    own = governance.version_on(book, RECEPTION, on)
    if own:
        return _own_reception(own.content)
    return shipped_reception(book.settings.control or _DEFAULT)


@cache
def shipped_reception(profile: str = _DEFAULT) -> ReceptionRules:
    """The rule of a place as shipped; a place nobody described has the default."""
    content = read_resource(_RECEPTION_FILE)
    profiles = content.get("profile", {})
    return _reception(content, profiles.get(profile) or profiles[_DEFAULT])


@cache
def _own_reception(content: str) -> ReceptionRules:
    own = json.loads(content)
    return _reception(read_resource(_RECEPTION_FILE) | own, own)


def save_reception(book: Book, *, zero: bool, basis: str, valid_from: date) -> ReceptionRules:
    """Switch zero reception on or off for the village from a day on, with the local rule it rests on."""
    if not basis.strip():
        raise BadInput("请写明依据（当地的文件或会议决定）")
    content = {"title": "零招待" if zero else "允许招待，只减不增", "zero": zero, "basis": basis.strip()}
    governance.save_rules(book, RECEPTION, content, valid_from)
    return reception_rules(book, valid_from)


def _reception(content: Mapping[str, Any], rule: Mapping[str, Any]) -> ReceptionRules:
    try:
        return ReceptionRules(
            str(rule["title"]),
            bool(rule["zero"]),
            str(rule["basis"]),
            tuple(content["names"]),
            tuple(content["words"]),
            tuple(content["innocent"]),
            tuple(content["skipped"]),
            {str(title): tuple(words) for title, words in content["falling"].items()},
        )
    except (KeyError, TypeError) as error:
        raise BadInput(f"程序文件 resources/{_RECEPTION_FILE} 有误：{error}") from None

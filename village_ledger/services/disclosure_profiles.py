"""What is disclosed, when and in which words, from resources/disclosure: one profile per township's habit; and the
book's own way, kept as versions like other rules.
"""

import json
import sqlite3
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from .. import clock
from ..domain.errors import BadInput
from ..domain.money import MoneyError, parse_fen
from ..paths import RESOURCES
from ..storage.meta import load_meta, settings_of
from ..storage.rules import load_versions
from .book import Book
from .catalog import read_resource
from .governance import RuleVersion, save_rules, version_on

DEFAULT = "national"
TOPIC = "disclosure"
"""The topic of a book's own way of disclosing among its versions of rules."""
RHYTHMS = {"month": "每月", "quarter": "每季度"}
"""How often a village may disclose."""
KEPT = {"income-spending": ("day", "reason", "amount"), "benefits": ("name", "amount"), "large": ("day", "amount")}
"""Columns that may not be left out: 逐项逐笔 (农经发〔2011〕13号)."""
_LONGEST_DAYS = 366


class SheetRule(NamedTuple):
    """One sheet: in which editions it stands, the line that explains it, and what the township wants otherwise.

    `without` are keys of columns to leave out, `titles` other headings by key of column.
    """

    key: str
    editions: tuple[str, ...]
    plain: str
    without: tuple[str, ...] = ()
    titles: tuple[tuple[str, str], ...] = ()


class Profile(NamedTuple):
    """How a township discloses. Days are calendar days; `words` are everyday names by account prefix.

    A receipt or payment of `major_fen` and more is a major matter, to be disclosed by itself within `major_days`;
    0 fen: the township sets no figure.
    """

    key: str
    title: str
    version: str
    rhythm: str
    due_day: int
    posting_days: int
    answer_days: int
    signers: tuple[str, ...]
    seals: tuple[str, ...]
    sheets: tuple[SheetRule, ...]
    words: dict[str, str]
    major_fen: int
    major_days: int

    def sheets_of(self, edition: str) -> tuple[SheetRule, ...]:
        """The sheets of an edition, in the order printed."""
        return tuple(sheet for sheet in self.sheets if edition in sheet.editions)


def profiles() -> tuple[Profile, ...]:
    """Every profile there is, the national one first."""
    keys = sorted(
        (path.stem for path in (RESOURCES / "disclosure").glob("*.toml")), key=lambda key: (key != DEFAULT, key)
    )
    return tuple(profile(key) for key in keys)


@cache
def profile(key: str = DEFAULT) -> Profile:
    """The profile of that key; what it does not say is as in the national one."""
    if not (RESOURCES / "disclosure" / f"{key}.toml").is_file():
        raise BadInput(f"没有“{key}”这套公开办法")
    data = read_resource(f"disclosure/{key}.toml")
    return _read(data, None if key == DEFAULT else profile(DEFAULT))


def profile_of(book: Book) -> Profile:
    """How the book discloses today: its own way if it keeps one, else the chosen profile, else the national one."""
    return profile_in(book.connection)


def profile_in(connection: sqlite3.Connection) -> Profile:
    """How a book discloses today, for who reads without a `Book`."""
    chosen = profile(settings_of(load_meta(connection)).disclosure or DEFAULT)
    today = clock.today()
    own = [one for one in load_versions(connection, TOPIC) if one.valid_from <= today]
    return _own(own[-1], chosen) if own else chosen


def _own(version: RuleVersion, base: Profile) -> Profile:
    content = json.loads(version.content)
    if not content:
        return base
    return _read({"key": base.key, "title": base.title, "version": f"本村 {version.id}", **content}, base)


def content_of(rules: Profile) -> dict[str, Any]:
    """A profile as the table a book keeps of its own way."""
    return {
        "timing": {
            "rhythm": rules.rhythm,
            "due_day": rules.due_day,
            "posting_days": rules.posting_days,
            "answer_days": rules.answer_days,
        },
        "signers": {"blocks": list(rules.signers), "seals": list(rules.seals)},
        "major": {"fen": rules.major_fen, "days": rules.major_days},
        "sheet": [
            {
                "key": one.key,
                "editions": list(one.editions),
                "plain": one.plain,
                "without": list(one.without),
                "titles": dict(one.titles),
            }
            for one in rules.sheets
        ],
    }


def save_own(book: Book, wanted: Profile, valid_from: date) -> RuleVersion:
    """Keep the book's own way of disclosing from a day on, as a new version that the log names."""
    if problem := profile_problem(wanted):
        raise BadInput(problem)
    return save_rules(book, TOPIC, content_of(wanted), valid_from)


def drop_own(book: Book, valid_from: date) -> RuleVersion:
    """Go back to the profile as shipped from a day on."""
    if version_on(book, TOPIC, date.max) is None:
        raise BadInput("现在用的就是公开办法原来的规定")
    return save_rules(book, TOPIC, {}, valid_from)


def profile_problem(rules: Profile) -> str:
    """What is wrong with a way of disclosing; empty when nothing is."""
    if rules.rhythm not in RHYTHMS:
        return "公开周期只能是每月或每季度"
    if not 1 <= rules.due_day <= 28:
        return "张榜期限应在 1 至 28 日之间"
    for name, days in (("公开天数", rules.posting_days), ("答复天数", rules.answer_days)):
        if not 1 <= days <= _LONGEST_DAYS:
            return f"{name}应在 1 至 {_LONGEST_DAYS} 之间"
    if rules.major_fen < 0 or not 0 <= rules.major_days <= _LONGEST_DAYS:
        return "重大事项的金额和天数不能是负数"
    if not rules.signers or not rules.seals:
        return "签字栏和盖章处至少要有一个"
    if "income-spending" not in {sheet.key for sheet in rules.sheets_of(rules.rhythm)}:
        return "财务收支公开表不能省去（村民委员会组织法第三十条）"
    for sheet in rules.sheets:
        if any(key in KEPT.get(sheet.key, ()) for key in sheet.without):
            return "逐项逐笔公开，日期、事由（姓名）和金额不能省去"
    return ""


def _read(data: Mapping[str, Any], base: Profile | None) -> Profile:
    timing, signing, major = data.get("timing", {}), data.get("signers", {}), data.get("major", {})
    plain = {sheet.key: sheet.plain for sheet in base.sheets} if base else {}
    sheets = tuple(
        SheetRule(
            row["key"],
            tuple(row["editions"]),
            row.get("plain") or plain.get(row["key"], ""),
            tuple(row.get("without", ())),
            tuple(sorted(row.get("titles", {}).items())),
        )
        for row in data.get("sheet", ())
    )
    return Profile(
        data["key"],
        data["title"],
        data["version"],
        timing.get("rhythm", base.rhythm if base else "month"),
        timing.get("due_day", base.due_day if base else 15),
        timing.get("posting_days", base.posting_days if base else 7),
        timing.get("answer_days", base.answer_days if base else 10),
        tuple(signing.get("blocks", ())) or (base.signers if base else ()),
        tuple(signing.get("seals", ())) or (base.seals if base else ()),
        sheets or (base.sheets if base else ()),
        (base.words if base else {}) | data.get("words", {}),
        _major(major, base),
        major.get("days", base.major_days if base else 0),
    )


def _major(major: Mapping[str, Any], base: Profile | None) -> int:
    if "fen" in major:
        return int(major["fen"])
    if "yuan" in major:
        try:
            return parse_fen(major["yuan"])
        except MoneyError as error:
            raise BadInput(f"程序文件 resources/disclosure 有误：{error}") from error
    return base.major_fen if base else 0

"""The rules decisions are judged by: the book's own version of the day, else the profile of its place in resources/.

Every topic (governance, tiers, ...) keeps its versions apart; a version is never changed, a newer one takes its place.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

from ..domain.chain import canonical_text, sha256
from ..domain.errors import BadInput
from ..domain.governance import RuleSet
from ..storage.log import LogEntry
from ..storage.meta import load_meta
from ..storage.rules import RuleVersion as RuleVersion
from ..storage.rules import insert_version, load_versions
from .book import Book
from .catalog import read_resource
from .governance_table import merged, rule_set

GOVERNANCE = "governance"
"""The topic of the rules of decisions."""

PROFILES = ("national", "zhejiang", "shanghai", "gansu")
OWN = "本村"
"""The profile of a book's own versions, in the label of its rules."""


def profile_rules(profile: str) -> RuleSet:
    """The rules of a place as shipped. An unknown profile gets those of the whole country."""
    return _shipped(profile if profile in PROFILES else "national")


@cache
def _shipped(profile: str) -> RuleSet:
    return rule_set(profile_content(profile))


def profile_content(profile: str) -> dict[str, Any]:
    """The table of a place as shipped, with what it takes over from the profile it extends."""
    source = f"governance/{profile}.toml"
    data = read_resource(source)
    base = data.pop("extends", "")
    if data.get("profile") != profile:
        raise BadInput(f"程序文件 resources/{source} 有误：标识不符")
    return merged(profile_content(base), data) if base else data


def profiles() -> tuple[tuple[str, str], ...]:
    """(key, title) of every profile shipped."""
    return tuple((key, profile_rules(key).title) for key in PROFILES)


class Rulebook:
    """The rules of a book, read once: its own versions and its profile."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._versions = load_versions(connection, GOVERNANCE)
        self._profile = load_meta(connection).get("control", "")

    def on(self, day: date) -> RuleSet:
        """The rules in force on a day: the book's own version, else those of its profile."""
        own = [one for one in self._versions if one.valid_from <= day]
        return _own(own[-1]) if own else profile_rules(self._profile)

    def named(self, label: str, day: date) -> RuleSet:
        """The rules a decision was made final under, by their label; without one, or if they are gone, its day's."""
        profile, _, version = label.partition("@")
        if profile == OWN:
            own = next((one for one in self._versions if str(one.id) == version), None)
            return _own(own) if own else self.on(day)
        if profile in PROFILES and profile_rules(profile).version == version:
            return profile_rules(profile)
        return self.on(day)


def rules(book: Book, on: date) -> RuleSet:
    """The rules in force on a day."""
    return Rulebook(book.connection).on(on)


def _own(version: RuleVersion) -> RuleSet:
    return _parsed(version.content)._replace(profile=OWN, version=str(version.id), valid_from=version.valid_from)


@cache
def _parsed(content: str) -> RuleSet:
    return rule_set(json.loads(content))


def versions(book: Book, topic: str) -> tuple[RuleVersion, ...]:
    """The book's own versions of a topic, oldest first."""
    return load_versions(book.connection, topic)


def version_on(book: Book, topic: str, on: date) -> RuleVersion | None:
    """The version of a topic in force on a day; None: the book keeps none of its own."""
    found = [one for one in versions(book, topic) if one.valid_from <= on]
    return found[-1] if found else None


def content(book: Book, on: date) -> dict[str, Any]:
    """The table of rules in force on a day, to be edited and saved as a new version."""
    own = version_on(book, GOVERNANCE, on)
    if own:
        found: dict[str, Any] = json.loads(own.content)
        return found
    profile = book.settings.control
    table: dict[str, Any] = json.loads(_json_text(profile_content(profile if profile in PROFILES else "national")))
    return table


def save_rules(book: Book, topic: str, content: Mapping[str, Any], valid_from: date) -> RuleVersion:
    """Keep a new version of a topic, in force from a day on. Decisions made final keep the version they were under."""
    book.authorise("rules")
    if topic == GOVERNANCE:
        rule_set(content)
    text = _json_text(content)
    with book.write("rules") as transaction:
        last = version_on(book, topic, date.max)
        if last and valid_from < last.valid_from:
            raise BadInput(f"新规则的生效日期不能早于上一版的 {last.valid_from}")
        if last and last.content == text and last.valid_from == valid_from:
            raise BadInput("规则没有变化")
        made = RuleVersion(0, topic, valid_from, text, transaction.actor, transaction.at)
        made = made._replace(id=insert_version(transaction.connection, made))
        transaction.record("rules", f"{topic} {valid_from}", version_detail(made))
    return made


def _json_text(content: Mapping[str, Any]) -> str:
    return canonical_text(_plain(content))


def _plain(value: Any) -> Any:
    """Days of a TOML file as texts."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


def version_detail(version: RuleVersion) -> dict[str, Any]:
    """What the log keeps of a version: its content as a digest."""
    return {
        "id": version.id,
        "topic": version.topic,
        "valid_from": version.valid_from.isoformat(),
        "content": sha256(json.loads(version.content)),
    }


def findings(book: Book, log: Iterable[LogEntry]) -> Iterator[str]:
    """Versions of rules that are gone, new or different from what was logged."""
    said = {entry.detail["id"]: entry.detail for entry in log if entry.action == "rules"}
    for version in load_versions(book.connection):
        label = f"规则版本 {version.id}（{version.topic}，{version.valid_from} 起）"
        logged = said.pop(version.id, None)
        if logged is None:
            yield f"{label}在日志里没有登记，是从外部塞进来的"
        elif logged != version_detail(version):
            yield f"{label}和登记的不一样，被改动过"
    for number in said:
        yield f"规则版本 {number} 被删掉了（日志里有它的登记）"

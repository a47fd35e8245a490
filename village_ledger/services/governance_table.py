"""Reading a table of rules (TOML of resources/governance, or the JSON of a book's own version) as values.

Shares are written as texts, `"2/3"`, and money in yuan as `"5000.00"`, so that nothing passes through a float.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from ..domain.errors import BadInput
from ..domain.governance import (
    ACTS,
    NOTICES,
    OF_ALL,
    OF_PRESENT,
    PARTY,
    SIDES,
    Basis,
    Body,
    Days,
    Limit,
    Majority,
    Matter,
    NoticeRule,
    Procedure,
    RuleSet,
    Share,
    Size,
    StepRule,
)
from ..domain.money import MoneyError, parse_fen

_LISTS = {"law": "key", "body": "name", "procedure": "name", "matter": "name"}
"""The lists of a table, and what names a row of each."""


def merged(base: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """A table with the changes of another: rows of the same name change field by field, new ones are added."""
    found = {**base, **changes}
    for name, key in _LISTS.items():
        rows = {row[key]: dict(row) for row in base.get(name, [])}
        for row in changes.get(name, []):
            rows[row[key]] = {**rows.get(row[key], {}), **row}
        found[name] = list(rows.values())
    return found


def rule_set(data: Mapping[str, Any]) -> RuleSet:
    """The rules of a table. Refuses one that is not whole, with the place that is wrong."""
    try:
        return _Table(data).rules()
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadInput(f"决策规则不完整或写错了：{error}") from None


class _Table:
    def __init__(self, data: Mapping[str, Any]) -> None:
        self._data = data
        self._laws: dict[str, Mapping[str, Any]] = {row["key"]: row for row in data.get("law", [])}

    def rules(self) -> RuleSet:
        data = self._data
        bodies = tuple(self._body(row) for row in data["body"])
        procedures = tuple(self._procedure(row) for row in data["procedure"])
        matters = tuple(self._matter(row) for row in data["matter"])
        known = {body.name for body in bodies}
        for procedure in procedures:
            for step in procedure.steps:
                _require(set(step.bodies) <= known, f"程序“{procedure.name}”的“{step.name}”")
            _require(sum(step.decides for step in procedure.steps) == 1, f"程序“{procedure.name}”的决议步骤")
        names = {procedure.name for procedure in procedures}
        for matter in matters:
            _require(set(matter.bodies) <= known and set(matter.procedures) <= names, f"事项“{matter.name}”")
        valid_from = _day(data["valid_from"])
        if valid_from is None:
            raise ValueError("没有生效日期")
        return RuleSet(
            str(data["profile"]),
            str(data["title"]),
            str(data["version"]),
            valid_from,
            _day(data.get("valid_to")),
            bodies,
            procedures,
            matters,
        )

    def _basis(self, row: Mapping[str, Any]) -> Basis:
        """`law` and `article` of a figure; a law that names no key is a title of its own."""
        key = str(row.get("law", ""))
        law = self._laws.get(key, {"title": key})
        return Basis(
            str(law["title"]),
            str(row.get("article", "")),
            bool(row.get("confirmed", False)),
            _day(law.get("valid_from")),
            _day(law.get("valid_to")),
            str(law.get("edition", "")),
            str(law.get("after", "")),
        )

    def _share(self, row: Mapping[str, Any]) -> Share:
        over, _, under = str(row["share"]).partition("/")
        share = Share(int(over), int(under), bool(row.get("more", False)), str(row.get("of", OF_ALL)), self._basis(row))
        _require(0 < share.numerator <= share.denominator < 100, f"比例“{row['share']}”")
        _require(share.of in (OF_ALL, OF_PRESENT), f"比例的范围“{share.of}”")
        return share

    def _days(self, row: Mapping[str, Any] | None) -> Days | None:
        if row is None:
            return None
        _require(0 <= int(row["days"]) <= 366, f"天数“{row['days']}”")
        return Days(int(row["days"]), self._basis(row))

    def _body(self, row: Mapping[str, Any]) -> Body:
        _require(row["side"] in (*SIDES, PARTY), f"会议“{row['name']}”的主体")
        size = row.get("size")
        told = row.get("told")
        return Body(
            str(row["name"]),
            str(row["side"]),
            str(row["voters"]),
            str(row.get("who", "")),
            str(row.get("unit", "人")),
            self._share(row["quorum"]) if row.get("quorum") else None,
            tuple(self._share(one) for one in row.get("majority", [])),
            self._days(told),
            tuple(told.get("of", ())) if told else (),
            Size(int(size["least"]), int(size.get("most", 0)), bool(size.get("odd", False)), self._basis(size))
            if size
            else None,
            bool(row.get("online", True)),
            bool(row.get("proxy", False)),
            str(row.get("note", "")),
        )

    def _procedure(self, row: Mapping[str, Any]) -> Procedure:
        limit = row.get("limit")
        return Procedure(
            str(row["name"]),
            tuple(
                StepRule(
                    str(one["name"]),
                    tuple(one["bodies"]),
                    tuple(one.get("documents", ())),
                    self._days(one.get("told")),
                    str(one.get("merges_into", "")),
                    bool(one.get("decides", False)),
                    self._basis(one),
                )
                for one in row["step"]
            ),
            tuple(self._notice(one) for one in row.get("notice", [])),
            Limit(_fen(limit["yuan"]), self._basis(limit)) if limit else None,
            str(row.get("note", "")),
        )

    def _notice(self, row: Mapping[str, Any]) -> NoticeRule:
        _require(row["kind"] in NOTICES, f"公告类别“{row['kind']}”")
        _require(1 <= int(row["days"]) <= 366, f"公告天数“{row['days']}”")
        return NoticeRule(str(row["kind"]), int(row["days"]), int(row.get("within", 0)), self._basis(row))

    def _matter(self, row: Mapping[str, Any]) -> Matter:
        documents = row.get("papers", {})
        studied = row.get("studied")
        acts = tuple(row.get("acts", ACTS))
        _require(set(acts) <= set(ACTS), f"事项“{row['name']}”可以据以办理的事")
        return Matter(
            str(row["name"]),
            tuple(row["bodies"]),
            tuple(row.get("procedures", ())),
            self._basis(row),
            tuple(Majority(tuple(one["bodies"]), self._share(one)) for one in row.get("majority", [])),
            tuple(documents.get("names", ())),
            self._basis(documents),
            tuple(self._notice(one) for one in row.get("notice", [])),
            self._basis(studied) if studied else None,
            str(row.get("note", "")),
            acts,
        )


def _day(value: object) -> date | None:
    """A TOML day, or its text in JSON."""
    if isinstance(value, date) or not value:
        return value if isinstance(value, date) else None
    return date.fromisoformat(str(value))


def _fen(text: object) -> int:
    try:
        return parse_fen(str(text))
    except MoneyError as error:
        raise ValueError(str(error)) from None


def _require(holds: object, what: str) -> None:
    if not holds:
        raise ValueError(f"{what}不对")

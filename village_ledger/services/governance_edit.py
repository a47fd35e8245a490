"""Editing a table of rules figure by figure: every figure listed with its source, and a table with one of them changed.

Tables are the plain ones of `governance.content`; nothing here writes. `governance.save_rules` checks and keeps them.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Literal, NamedTuple

from ..domain.errors import BadInput
from ..domain.governance import OF_ALL, OF_PRESENT, Basis, Share
from ..domain.money import MoneyError, format_fen, parse_fen

Kind = Literal["share", "days", "size", "limit", "names"]
Path = tuple[str | int, ...]


class Figure(NamedTuple):
    """One figure of the rules: where it stands in the table, what it says of what, its source.

    `value` is what a form shows (`2/3`, `10`, `3-7`, `10000.00`, names with 、); `text` how a list words it.
    """

    path: Path
    kind: Kind
    group: str
    name: str
    what: str
    value: str
    text: str
    law: str
    article: str
    confirmed: bool
    doubt: str


def figures(content: Mapping[str, Any], on: date) -> tuple[Figure, ...]:
    """Every figure of a table in its order, with what is not certain of it on a day."""
    return tuple(_Lister(content, on).all())


class _Lister:
    def __init__(self, content: Mapping[str, Any], on: date) -> None:
        self._content = content
        self._on = on
        self._laws = {row["key"]: row for row in content.get("law", [])}

    def all(self) -> Iterator[Figure]:
        for place, row in enumerate(self._content["body"]):
            yield from self._body(("body", place), row)
        for place, row in enumerate(self._content["procedure"]):
            yield from self._procedure(("procedure", place), row)
        for place, row in enumerate(self._content["matter"]):
            yield from self._matter(("matter", place), row)

    def _body(self, path: Path, row: Mapping[str, Any]) -> Iterator[Figure]:
        name = row["name"]
        if "quorum" in row:
            yield self._share((*path, "quorum"), "会议", name, "到会", row["quorum"])
        for place, one in enumerate(row.get("majority", [])):
            yield self._share((*path, "majority", place), "会议", name, "通过", one)
        if "told" in row:
            yield self._days((*path, "told"), "会议", name, "提前通知", row["told"])
        if "size" in row:
            one = row["size"]
            value = f"{one['least']}-{one['most']}" if one.get("most") else str(one["least"])
            text = f"{value} 人" if one.get("most") else f"不少于 {value} 人"
            text += "，单数" if one.get("odd") else ""
            yield self._figure((*path, "size"), "size", ("会议", name, "人数"), value, text, one)

    def _procedure(self, path: Path, row: Mapping[str, Any]) -> Iterator[Figure]:
        name = row["name"]
        for place, step in enumerate(row["step"]):
            at: Path = (*path, "step", place)
            yield self._names((*at, "bodies"), ("程序", name, f"{step['name']}：会议"), step["bodies"], step)
            documents = step.get("documents", [])
            yield self._names((*at, "documents"), ("程序", name, f"{step['name']}：材料"), documents, step)
            if "told" in step:
                yield self._days((*at, "told"), "程序", name, f"{step['name']}：提前通知", step["told"])
        yield from self._notices(path, "程序", name, row)
        if "limit" in row:
            value = format_fen(parse_fen(str(row["limit"]["yuan"])))
            yield self._figure(
                (*path, "limit"), "limit", ("程序", name, "最多决定"), value, f"{value} 元", row["limit"]
            )

    def _matter(self, path: Path, row: Mapping[str, Any]) -> Iterator[Figure]:
        name = row["name"]
        yield self._names((*path, "bodies"), ("事项", name, "可以决定的会议"), row["bodies"], row)
        for place, one in enumerate(row.get("majority", [])):
            yield self._share((*path, "majority", place), "事项", name, "通过（另有规定）", one)
        if "papers" in row:
            yield self._names((*path, "papers", "names"), ("事项", name, "材料"), row["papers"]["names"], row["papers"])
        yield from self._notices(path, "事项", name, row)

    def _notices(self, path: Path, group: str, name: str, row: Mapping[str, Any]) -> Iterator[Figure]:
        for place, one in enumerate(row.get("notice", [])):
            yield self._days((*path, "notice", place), group, name, one["kind"], one)
            if one.get("within"):
                head = (group, name, f"{one['kind']}：作出决议后")
                text = f"{one['within']} 天内"
                yield self._figure((*path, "notice", place, "within"), "days", head, str(one["within"]), text, one)

    def _share(self, path: Path, group: str, name: str, what: str, one: Mapping[str, Any]) -> Figure:
        over, _, under = str(one["share"]).partition("/")
        share = Share(int(over), int(under), bool(one.get("more", False)))
        of = str(one.get("of", OF_ALL))
        text = f"{of}的{share.text}" if what != "到会" else f"应到的{share.text}"
        return self._figure(path, "share", (group, name, what), str(one["share"]), text, one)

    def _days(self, path: Path, group: str, name: str, what: str, one: Mapping[str, Any]) -> Figure:
        return self._figure(path, "days", (group, name, what), str(one["days"]), f"{one['days']} 天", one)

    def _names(self, path: Path, head: tuple[str, str, str], names: Iterable[str], one: Mapping[str, Any]) -> Figure:
        value = "、".join(names)
        return self._figure(path, "names", head, value, value or "—", one)

    def _figure(
        self, path: Path, kind: Kind, head: tuple[str, str, str], value: str, text: str, one: Mapping[str, Any]
    ) -> Figure:
        law = self._laws.get(one.get("law", ""), {"title": one.get("law", "")})
        days = [date.fromisoformat(str(law[key])) if law.get(key) else None for key in ("valid_from", "valid_to")]
        confirmed = bool(one.get("confirmed", False))
        basis = Basis(
            str(law["title"]),
            str(one.get("article", "")),
            confirmed,
            days[0],
            days[1],
            str(law.get("edition", "")),
            str(law.get("after", "")),
        )
        return Figure(path, kind, *head, value, text, basis.law, basis.article, confirmed, basis.doubt(self._on))


class Change(NamedTuple):
    """A new value for a figure and where it comes from; `more` and `of` belong to shares, `odd` to sizes."""

    value: str
    law: str
    article: str
    confirmed: bool
    more: bool = False
    of: str = OF_ALL
    odd: bool = False


def options(content: Mapping[str, Any], figure: Figure) -> tuple[bool, str, bool]:
    """`more`, `of` and `odd` of a figure as they are."""
    one = _at(content, _owner(figure.path))
    return bool(one.get("more", False)), str(one.get("of", OF_ALL)), bool(one.get("odd", False))


def with_change(content: Mapping[str, Any], figure: Figure, change: Change) -> dict[str, Any]:
    """A table with one figure changed. Refuses a value that cannot be read."""
    made: dict[str, Any] = json.loads(json.dumps(content))
    one, last = _at(made, _owner(figure.path)), figure.path[-1]
    match figure.kind:
        case "share":
            one["share"] = _fraction(change.value)
            one["more"] = change.more
            if figure.what != "到会":
                one["of"] = change.of if change.of in (OF_ALL, OF_PRESENT) else OF_ALL
        case "days":
            one["within" if last == "within" else "days"] = _whole(change.value, "天数", 1, 366)
        case "size":
            least, _, most = change.value.replace("－", "-").replace("至", "-").partition("-")
            one["least"] = _whole(least, "人数", 1, 100_000)
            one["most"] = _whole(most, "人数", one["least"], 100_000) if most.strip() else 0
            one["odd"] = change.odd
        case "limit":
            one["yuan"] = _yuan(change.value)
        case "names":
            names = [name.strip() for name in change.value.replace("，", "、").replace(",", "、").split("、")]
            one[str(last)] = [name for name in names if name]
    keys = {row["title"]: row["key"] for row in made.get("law", [])}
    one["law"], one["article"], one["confirmed"] = keys.get(change.law, change.law), change.article, change.confirmed
    return made


def laws(content: Mapping[str, Any]) -> tuple[str, ...]:
    """The titles of the laws a table cites."""
    return tuple(str(row["title"]) for row in content.get("law", []))


def with_step(
    content: Mapping[str, Any], procedure: str, before: str, name: str, bodies: tuple[str, ...]
) -> dict[str, Any]:
    """A table with one more step in a procedure, put before the step named `before`."""
    made: dict[str, Any] = json.loads(json.dumps(content))
    steps = _steps(made, procedure)
    known = {row["name"] for row in made["body"]}
    if not name.strip() or any(step["name"] == name for step in steps):
        raise BadInput("请填一个没有用过的环节名称")
    if not bodies or not set(bodies) <= known:
        raise BadInput(f"请填由哪些会议办理，可以填：{'、'.join(sorted(known))}")
    place = next((number for number, step in enumerate(steps) if step["name"] == before), 0)
    steps.insert(place, {"name": name.strip(), "bodies": list(bodies), "documents": ["会议记录"], "law": "章程"})
    return made


def without_step(content: Mapping[str, Any], procedure: str, name: str) -> dict[str, Any]:
    """A table without a step of a procedure; the deciding one stays."""
    made: dict[str, Any] = json.loads(json.dumps(content))
    steps = _steps(made, procedure)
    step = next((one for one in steps if one["name"] == name), None)
    if step is None:
        raise BadInput(f"“{procedure}”里没有“{name}”")
    if step.get("decides"):
        raise BadInput(f"“{name}”是作出决议的环节，不能去掉")
    steps.remove(step)
    for one in steps:
        if one.get("merges_into") == name:
            del one["merges_into"]
    return made


def _steps(content: dict[str, Any], procedure: str) -> list[dict[str, Any]]:
    found = next((row for row in content["procedure"] if row["name"] == procedure), None)
    if found is None:
        raise BadInput(f"规则里没有“{procedure}”这种程序")
    steps: list[dict[str, Any]] = found["step"]
    return steps


def _owner(path: Path) -> Path:
    """The table a figure's source is written in."""
    return path[:-1] if path[-1] in ("bodies", "documents", "names", "within") else path


def _at(content: Any, path: Path) -> Any:
    for key in path:
        content = content[key]
    return content


def _fraction(text: str) -> str:
    over, _, under = "".join(text.split()).replace("／", "/").partition("/")
    if not (over.isdecimal() and under.isdecimal() and over.isascii() and under.isascii()):
        raise BadInput(f"比例“{text}”不对，请写成 2/3 这样的分数")
    if not 0 < int(over) <= int(under) < 100:
        raise BadInput(f"比例“{text}”不对，分子不能大于分母，分母不能超过 99")
    return f"{int(over)}/{int(under)}"


def _whole(text: str, what: str, least: int, most: int) -> int:
    plain = text.strip()
    if not (plain.isascii() and plain.isdecimal() and least <= int(plain) <= most):
        raise BadInput(f"{what}“{text}”不对，应是 {least} 到 {most} 之间的整数")
    return int(plain)


def _yuan(text: str) -> str:
    try:
        fen = parse_fen(text)
    except MoneyError as error:
        raise BadInput(str(error)) from None
    if fen <= 0:
        raise BadInput("限额要大于零")
    return format_fen(fen, grouped=False)

"""What the standards prescribe: tables, their elements in order, types. The elements themselves are data."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Literal, NamedTuple

Row = dict[str, str]
Tables = dict[str, list[Row]]
"""Rows by table; a row has the text of each element by its name."""

_TYPE = re.compile(r"([CID])(\.\.)?(\d*)(?:\.(\d+))?")
_NUMBER = re.compile(r"(-?)(\d+)(?:\.(\d+))?")


class Element(NamedTuple):
    """One element of a table.

    `kind` is text, whole number or decimal; `size` its characters or digits (0: any), `places` the decimals. `fixed`
    texts have exactly `size` bytes. `needed` must say something. `slot` elements (辅助项1编号…) appear as far as used.
    """

    name: str
    id: str
    kind: Literal["C", "I", "D"]
    size: int
    places: int = 0
    fixed: bool = False
    digits: bool = False
    needed: bool = False
    slot: bool = False
    confirmed: bool = True

    @property
    def nothing(self) -> str | None:
        """What is written where there is no value: empty text, zeros where one is needed; None: nothing at all."""
        if self.slot:
            return None
        if self.kind == "C" and not self.fixed:
            return ""
        if not self.needed:
            return None
        return "0" * self.size if self.fixed else "0"

    def problem(self, text: str) -> str:
        """Why a text is no value of this element, in Chinese; empty when it is one."""
        if self.kind == "C":
            return self._text_problem(text)
        found = _NUMBER.fullmatch(text)
        if not found or not text.isascii():
            return f"“{text[:40]}”不是数字"
        _, whole, places = found.groups("")
        if len(places) > self.places:
            return f"“{text[:40]}”的小数超过 {self.places} 位"
        if len(whole) + self.places > self.size:
            return f"“{text[:40]}”超过 {self.size} 位数字"
        return ""

    def _text_problem(self, text: str) -> str:
        if self.digits and not (text.isascii() and text.isdigit()):
            return f"“{text[:40]}”应全部是数字"
        if self.fixed and len(text.encode("gb18030", "replace")) != self.size:
            return f"“{text[:40]}”应为 {self.size} 个字节"
        if not self.fixed and self.size and len(text) > self.size:
            return f"“{text[:20]}…”超过 {self.size} 个字符"
        if self.needed and not text.strip():
            return "没有内容"
        return ""


class Table(NamedTuple):
    """One table: a repeated element below the root, or a text file. `once`: there is exactly one row."""

    name: str
    id: str
    elements: tuple[Element, ...]
    once: bool = False
    needed: bool = False
    title: str = ""
    confirmed: bool = True


class Form(NamedTuple):
    """One XML file: its root is named like the file."""

    root: str
    namespace: str
    tables: tuple[Table, ...]

    @property
    def file(self) -> str:
        """The file's name."""
        return f"{self.root}.xml"


class Forms(NamedTuple):
    """Everything prescribed: the three XML files and the text files."""

    shared: Form
    ledger: Form
    assets: Form
    texts: tuple[Table, ...]

    @property
    def xml(self) -> tuple[Form, ...]:
        """The XML files."""
        return (self.shared, self.ledger, self.assets)


def xml_form(data: dict[str, Any]) -> Form:
    """One XML file from its data. Raises ValueError or KeyError for what is no description of one."""
    tables = tuple(
        Table(
            one["name"],
            one["id"],
            tuple(_elements(one["elements"])),
            once=one.get("once", False),
            confirmed=one.get("confirmed", True),
        )
        for one in data["table"]
    )
    return Form(data["root"], data["namespace"], tables)


def text_forms(data: dict[str, Any]) -> tuple[Table, ...]:
    """The text files from their data."""
    return tuple(
        Table(
            one["name"],
            "",
            tuple(_elements(one["fields"])),
            needed=one.get("needed", False),
            title=one["title"],
            confirmed=one.get("confirmed", True),
        )
        for one in data["file"]
    )


def _elements(rows: Iterable[dict[str, Any]]) -> Iterator[Element]:
    for row in rows:
        found = _TYPE.fullmatch(row["type"])
        if not found:
            raise ValueError(f"type {row['type']}")
        kind, upto, size, places = found.groups()
        one = Element(
            row["name"],
            row.get("id", ""),
            kind,  # type: ignore[arg-type]  # the pattern allows no other
            int(size or 0),
            int(places or 0),
            kind == "C" and bool(size) and not upto,
            row.get("digits", False),
            row.get("needed", False),
            "repeat" in row,
            row.get("confirmed", True),
        )
        for number in range(1, row.get("repeat", 0) + 1):
            yield one._replace(name=one.name.replace("#", str(number)))
        if not one.slot:
            yield one

"""XML from strangers to rows: document types, entities and huge cells are refused, everything else odd is told."""

import re
from typing import NamedTuple
from xml.parsers import expat

from village_ledger.domain.errors import BadInput

from .form import Element, Form, Row, Table, Tables

MAX_FILE = 200_000_000
"""Bytes of one file."""
MAX_CELL = 5_000
"""Characters of one element; the standard's longest text has 2000."""
MAX_ROWS = 2_000_000
MAX_TOLD = 50
_DECLARATION = re.compile(rb"<\?xml\s+version=[\"']1\.0[\"']\s+encoding=[\"']([A-Za-z0-9_.-]+)[\"'][^?]{0,40}\?>")
_ENCODINGS = {"gb18030": "gb18030", "gbk": "gb18030", "gb2312": "gb18030", "utf-8": "utf-8", "utf8": "utf-8"}
_BOM = b"\xef\xbb\xbf"


def _bytes(text: str) -> int:
    return len(text.encode("gb18030", "replace"))


class XmlRead(NamedTuple):
    """What a file says, and what is odd about its form: names, order, types. `warnings` can be lived with."""

    tables: Tables
    problems: tuple[str, ...]
    warnings: tuple[str, ...]


def read_xml(name: str, content: bytes, form: Form) -> XmlRead:
    """Read one file of the set. BadInput for what is no such XML, or wants something of its reader."""
    return _Reader(name, form).read(_decoded(name, content))


def _decoded(name: str, content: bytes) -> bytes:
    """The document in UTF-8 without its declaration, if it really is in the encoding it declares."""
    if len(content) > MAX_FILE:
        raise BadInput(f"{name} 太大（超过 {MAX_FILE // 1_000_000} MB），不予读取")
    found = _DECLARATION.match(content.removeprefix(_BOM))
    if not found:
        raise BadInput(f"{name} 开头没有 XML 声明（应写明编码 GB18030 或 UTF-8），不是国标数据接口文件")
    told = found[1].decode("ascii").lower()
    if told not in _ENCODINGS or (content.startswith(_BOM) and _ENCODINGS[told] != "utf-8"):
        raise BadInput(f"{name} 声明的编码 {found[1].decode('ascii')} 不能识别，只能是 GB18030 或 UTF-8")
    try:
        text = content.removeprefix(_BOM)[found.end() :].decode(_ENCODINGS[told])
    except UnicodeDecodeError as error:
        raise BadInput(
            f"{name} 声明的编码是 {found[1].decode('ascii')}，实际内容却不是（第 {error.start} 个字节）。请重新导出"
        ) from None
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise BadInput(f"{name} 里有 XML 文档类型或实体声明（可能是攻击），不予读取")
    return text.encode()


class _Reader:
    """The parser's callbacks. Depth 1 is the root, 2 a row, 3 its elements."""

    def __init__(self, name: str, form: Form) -> None:
        self._name = name
        self._form = form
        self._order = {table.name: place for place, table in enumerate(form.tables)}
        self._by_name = {
            table.name: {one.name: (place, one) for place, one in enumerate(table.elements)} for table in form.tables
        }
        self.tables: Tables = {table.name: [] for table in form.tables}
        self._problems: dict[str, None] = {}
        self._warnings: dict[str, None] = {}
        self._depth = self._rows = self._table_place = self._place = 0
        self._table: Table | None = None
        self._elements: dict[str, tuple[int, Element]] = {}
        self._row: Row = {}
        self._text: list[str] = []
        self._seen: set[tuple[str, str]] = set()
        """Values that were looked at and found good: elements of one name have one type."""
        self._size = 0

    def read(self, content: bytes) -> XmlRead:
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        try:
            parser.Parse(content, True)
        except expat.ExpatError as error:
            place = f"第 {error.lineno} 行"
            raise BadInput(f"{self._name} 不是完整的 XML 文件（{place}），可能没有下载完整或被改动过") from None
        for table in self._form.tables:
            if table.once and len(self.tables[table.name]) != 1:
                self._tell(f"{table.name}应恰好有一条，这里有 {len(self.tables[table.name])} 条")
        return XmlRead(self.tables, tuple(self._problems), tuple(self._warnings))

    def _refuse(self, *_details: object) -> None:
        raise BadInput(f"{self._name} 里有 XML 文档类型或实体声明（可能是攻击），不予读取")

    def _tell(self, text: str) -> None:
        if len(self._problems) < MAX_TOLD:
            self._problems[f"{self._name}：{text}"] = None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self._text and "".join(self._text).strip():
            self._tell(f"“{name[:40]}”的前面直接写了文字")
        self._depth += 1
        self._text, self._size = [], 0
        if self._depth == 3:
            found = self._elements.get(name)
            if found is None:
                if self._table is not None:
                    self._tell(f"{self._table.name}里有不认识的数据元素“{name[:40]}”")
                return
            place, one = found
            if place < self._place or name in self._row:
                self._tell(f"{self._where()}的“{name}”次序不对或重复")
            self._place = place
            if attributes.get("locID", one.id) != one.id:
                self._tell(f"“{name}”的 locID 应为 {one.id}")
        elif self._depth == 2:
            self._start_row(name, attributes)
        elif self._depth == 1:
            self._start_root(name, attributes)
        else:
            self._tell(f"元素“{name[:40]}”嵌套太深")

    def _start_root(self, name: str, attributes: dict[str, str]) -> None:
        if name != self._form.root:
            raise BadInput(f"{self._name} 的根元素是“{name[:40]}”，应为“{self._form.root}”，不是这个国标文件")
        if attributes.get("xmlns") != self._form.namespace:
            self._tell("命名空间（xmlns）和标准的不一样")

    def _start_row(self, name: str, attributes: dict[str, str]) -> None:
        self._rows += 1
        if self._rows > MAX_ROWS:
            raise BadInput(f"{self._name} 的记录超过 {MAX_ROWS} 条，不予读取")
        place = self._order.get(name)
        self._row, self._place = {}, 0
        if place is None:
            self._table, self._elements = None, {}
            self._tell(f"不认识的表“{name[:40]}”")
            return
        self._table, self._elements = self._form.tables[place], self._by_name[name]
        if place < self._table_place:
            self._tell(f"表“{name}”的次序不对")
        self._table_place = place
        if attributes.get("locID", self._table.id) != self._table.id:
            self._tell(f"表“{name}”的 locID 应为 {self._table.id}")

    def _characters(self, text: str) -> None:
        self._text.append(text)
        self._size += len(text)
        if self._size > MAX_CELL:
            raise BadInput(f"{self._name} 里有一项内容超过 {MAX_CELL} 个字符，不予读取")

    def _end(self, name: str) -> None:
        depth, self._depth = self._depth, self._depth - 1
        text = "".join(self._text)
        if depth != 3:
            if text.strip():
                self._tell(f"“{name[:40]}”里直接写了文字")
            if depth == 2 and self._table is not None:
                self._end_row(self._table)
        elif (found := self._elements.get(name)) is not None:
            self._row[name] = text
            if (name, text) not in self._seen:
                self._check(found[1], text)
        self._text = []

    def _check(self, one: Element, text: str) -> None:
        if not text and not one.needed and one.kind == "C":
            return
        if problem := one.problem(text):
            blank = one.kind == "C" and (not text.strip() or (one.fixed and text == "0" * one.size))
            if blank:
                self._warn(f"{one.name}”有的没有内容")
            else:
                self._tell(f"{self._where()}的“{one.name}”{problem}")
            return
        self._seen.add((one.name, text))
        if one.kind == "C" and len(text) * 2 > one.size > 0 and _bytes(text) > one.size:
            self._warn(f"{one.name}”有的超过 {one.size} 个字节")

    def _warn(self, text: str) -> None:
        self._warnings[f"{self._name}：{self._table_name()}的“{text}"] = None

    def _end_row(self, table: Table) -> None:
        for name, (_place, one) in self._elements.items():
            if one.needed and name not in self._row:
                self._tell(f"{self._where()}缺少“{name}”")
        self.tables[table.name].append(self._row)

    def _table_name(self) -> str:
        return self._table.name if self._table else ""

    def _where(self) -> str:
        """The row, in words."""
        return f"{self._table_name()}第 {len(self.tables.get(self._table_name(), ())) + 1} 条"

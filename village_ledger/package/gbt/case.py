"""What the self-checks look at: the files, read once, and short ways to ask them."""

from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple

from village_ledger.domain.errors import Refusal
from village_ledger.package.contents import Contents

from .books import Sheet
from .form import Form, Forms, Row, Tables
from .from_text import told_by_texts
from .from_xml import told_by_xml
from .ledger import SLOT
from .listing import LIST
from .text_file import read_texts
from .told import Told, fen, thousandths
from .write import TEXT_FOLDER, XML_FOLDER
from .xml_reader import XmlRead, read_xml

Recompute = Callable[[Contents], tuple[Sheet, ...]]
"""Makes the statements of a year to date again; none for a chart whose statements the program does not know."""
MAX_SLOTS = 30


class Finding(NamedTuple):
    """What a check found; `serious` ones fail it, others are to be looked at."""

    text: str
    serious: bool = True


class Case:
    """A set of files by name (`24589/总账.xml`). BadInput for files that are refused unread."""

    def __init__(self, files: dict[str, bytes], forms: Forms, recompute: Recompute) -> None:
        self.files = files
        self.forms = forms
        self.recompute = recompute
        self.reads = {
            form.file: read_xml(form.file, files[f"{XML_FOLDER}{form.file}"], form)
            for form in forms.xml
            if f"{XML_FOLDER}{form.file}" in files
        }
        texts = {name.removeprefix(TEXT_FOLDER): files[name] for name in files if name.startswith(TEXT_FOLDER)}
        self.texts, self.text_problems = read_texts(forms.texts, texts) if texts else ({}, ())

    def _tables(self, form: Form) -> Tables:
        read: XmlRead | None = self.reads.get(form.file)
        return read.tables if read else {table.name: [] for table in form.tables}

    @cached_property
    def shared(self) -> Tables:
        """公共档案."""
        return self._tables(self.forms.shared)

    @cached_property
    def ledger(self) -> Tables:
        """总账."""
        return self._tables(self.forms.ledger)

    @cached_property
    def assets(self) -> Tables:
        """固定资产; empty tables if there is no such file."""
        return self._tables(self.forms.assets)

    @cached_property
    def listed(self) -> bytes | None:
        """清单.json."""
        return self.files.get(LIST)

    @cached_property
    def told(self) -> Told | str:
        """What the XML tells, or why it tells nothing."""
        try:
            return told_by_xml(self.shared, self.ledger)
        except Refusal as refusal:
            return refusal.message

    @cached_property
    def told_by_texts(self) -> Told | str:
        """What the text set tells, or why it tells nothing."""
        try:
            return told_by_texts(self.texts)
        except Refusal as refusal:
            return refusal.message

    @cached_property
    def posted(self) -> list[Row]:
        """The entry lines that count."""
        return [row for row in self.ledger["记账凭证"] if text(row, "记账标志") == "1" and text(row, "作废标志") != "1"]


def text(row: Row, name: str) -> str:
    """What a row says; empty if nothing."""
    return row.get(name, "")


def amount(row: Row, name: str) -> int:
    """An amount in fen; nil where there is none or it cannot be read, which check 1 tells."""
    try:
        return fen(row.get(name, ""))
    except ValueError:
        return 0


def quantity(row: Row, name: str) -> int:
    """A quantity in thousandths, read like an amount."""
    try:
        return thousandths(row.get(name, ""))
    except ValueError:
        return 0


SLOTS = tuple(SLOT.format(place) for place in range(1, MAX_SLOTS + 1))


def combination(row: Row) -> tuple[str, ...]:
    """The codes in 辅助项1编号… of a row, without the empty ones behind the last."""
    found = [row.get(SLOTS[0], "")]
    for slot in SLOTS[1:]:
        if slot not in row:
            break
        found.append(row[slot])
    while found and not found[-1]:
        found.pop()
    return tuple(found)

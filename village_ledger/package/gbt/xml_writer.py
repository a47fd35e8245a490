"""XML bytes of a table set: elements in the order of the form, the same rows always the same bytes."""

import re
from collections.abc import Iterator
from typing import Literal

from .form import Element, Form, Row, Tables

Encoding = Literal["gb18030", "utf-8"]
LABELS: dict[Encoding, str] = {"gb18030": "GB18030", "utf-8": "UTF-8"}
SCHEMA_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
_NEVER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold."""
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_SPECIAL = re.compile("[&<>\r]")
_SHORT = 10
"""Up to so many plain signs need no second look."""


def write_xml(form: Form, tables: Tables, encoding: Encoding = "gb18030") -> bytes:
    """One file. Texts longer than their element allows are cut; signs XML cannot hold become blanks."""
    parts = [
        f'<?xml version="1.0" encoding="{LABELS[encoding]}"?>\n',
        f'<{form.root} xmlns="{form.namespace}" xmlns:xsi="{SCHEMA_INSTANCE}"',
        f' xsi:schemaLocation="{form.namespace} {form.root}.xsd">\n',
    ]
    for table in form.tables:
        elements = [(one, one.nothing, *_tags(one)) for one in table.elements]
        start, end = f'<{table.name} locID="{table.id}">', f"</{table.name}>\n"
        for row in tables.get(table.name, ()):
            parts.append(start)
            parts.extend(_leaves(elements, row))
            parts.append(end)
    parts.append(f"</{form.root}>\n")
    return "".join(parts).encode(encoding)


def without_controls(text: str) -> str:
    """The text with blanks for signs that XML cannot hold."""
    return _NEVER.sub(" ", text)


def fitted(one: Element, text: str) -> str:
    """A text as its element can hold it."""
    text = without_controls(text)
    return text[: one.size] if one.kind == "C" and one.size and not one.fixed else text


def _tags(one: Element) -> tuple[str, str]:
    return f'<{one.name} locID="{one.id}">', f"</{one.name}>"


def _leaves(elements: list[tuple[Element, str | None, str, str]], row: Row) -> Iterator[str]:
    get = row.get
    for one, nothing, start, end in elements:
        text = get(one.name)
        if not text:
            text = nothing if text is None or not one.slot else ""
            if text is None:
                continue
        elif len(text) > _SHORT or not (text.isascii() and text.isalnum()):
            text = fitted(one, text)
            if _SPECIAL.search(text):
                text = _SPECIAL.sub(lambda found: _ESCAPES[found[0]], text)
        yield f"{start}{text}{end}"

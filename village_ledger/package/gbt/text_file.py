"""Text files of GB/T 19581-2004: a record a line, texts in double quotes, numbers without, commas between, GB18030."""

import csv
from collections.abc import Iterable
from io import StringIO

from village_ledger.domain.errors import BadInput

from .form import Element, Row, Table, Tables
from .xml_writer import without_controls

FORMAT_FILE = "GSSM"
MAX_FILE = 100_000_000
MAX_TEXT = 5_000
_BREAKS = str.maketrans({"\r": " ", "\n": " ", "\t": " ", "\0": " "})


def file_name(table: Table) -> str:
    """KJKM.TXT."""
    return f"{table.name}.TXT"


def write_texts(forms: Iterable[Table], tables: Tables) -> dict[str, bytes]:
    """The files by name; those without a row are left out unless the standard needs them. GSSM.TXT tells the fields."""
    written = [form for form in forms if tables.get(form.name) or form.needed]
    made = {file_name(form): _write(form, tables.get(form.name, ())) for form in written}
    return {f"{FORMAT_FILE}.TXT": _format(written), **made}


def _write(form: Table, rows: Iterable[Row]) -> bytes:
    kinds = [(one.name, one.kind == "C" and (one.size or MAX_TEXT)) for one in form.elements]
    lines = []
    for row in rows:
        get = row.get
        lines.append(",".join([_quoted(get(name, "")[:size]) if size else get(name) or "0" for name, size in kinds]))
    return "".join(line + "\r\n" for line in lines).encode("gb18030")


def _quoted(text: str) -> str:
    if not (text.isascii() and text.isalnum()):
        text = without_controls(text).translate(_BREAKS).replace('"', '""')
    return f'"{text}"'


def _format(forms: Iterable[Table]) -> bytes:
    """A line a field: file, title of the file, place, field, type."""
    lines = [
        ",".join((_quoted(file_name(form)), _quoted(form.title), str(place), _quoted(one.name), _quoted(_type(one))))
        for form in forms
        for place, one in enumerate(form.elements, 1)
    ]
    return "".join(line + "\r\n" for line in lines).encode("gb18030")


def _type(one: Element) -> str:
    if one.kind == "C":
        return f"C..{one.size}" if one.size else "C"
    return f"I..{one.size}" if one.kind == "I" else f"D{one.size}.{one.places}"


def read_texts(forms: Iterable[Table], files: dict[str, bytes]) -> tuple[Tables, tuple[str, ...]]:
    """The rows of every file there is, and what is odd about them. BadInput for what cannot be read at all."""
    tables: Tables = {}
    problems: list[str] = []
    for form in forms:
        content = files.get(file_name(form))
        if content is None:
            if form.needed:
                problems.append(f"缺少 {file_name(form)}（{form.title}）")
            continue
        tables[form.name] = _read(form, content, problems)
    return tables, tuple(problems)


def _read(form: Table, content: bytes, problems: list[str]) -> list[Row]:
    name = file_name(form)
    if len(content) > MAX_FILE:
        raise BadInput(f"{name} 太大（超过 {MAX_FILE // 1_000_000} MB），不予读取")
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError as error:
        raise BadInput(f"{name} 不是 GB18030 编码（第 {error.start} 个字节），请重新导出") from None
    if "\0" in text:
        raise BadInput(f"{name} 里有不该有的字符，不是文本文件")
    titles = [one.name for one in form.elements]
    rows = []
    try:
        for number, cells in enumerate(csv.reader(StringIO(text, newline=""), strict=True), 1):
            if len(cells) != len(titles):
                problems.append(f"{name} 第 {number} 行有 {len(cells)} 项，应为 {len(titles)} 项")
                continue
            if any(len(cell) > MAX_TEXT for cell in cells):
                raise BadInput(f"{name} 第 {number} 行有一项内容超过 {MAX_TEXT} 个字符，不予读取")
            problems += [
                f"{name} 第 {number} 行的“{one.name}”{problem}"
                for one, cell in zip(form.elements, cells, strict=True)
                if one.kind != "C" and (problem := one.problem(cell))
            ]
            rows.append(dict(zip(titles, cells, strict=True)))
    except csv.Error as error:
        raise BadInput(f"{name} 的引号或分隔符不对，读不出来（{error}）") from None
    return rows

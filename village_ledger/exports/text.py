"""A report as an aligned table for a terminal. Loads nothing but the report model: the command line starts by it."""

from village_ledger.reports.model import Column, Report

from .layout import RIGHT_ALIGNED, display, full_title, heading, quantity_places, side_by_side, signature_labels

_WIDE = (
    (0x1100, 0x115F),
    (0x2E80, 0x303E),
    (0x3041, 0xA4CF),
    (0xAC00, 0xD7A3),
    (0xF900, 0xFAFF),
    (0xFE30, 0xFE6F),
    (0xFF01, 0xFF60),
    (0xFFE0, 0xFFE6),
    (0x1F300, 0x1FAFF),
    (0x20000, 0x3FFFD),
)
_GAP = "  "


class _Cells(dict[str, int]):
    """Terminal cells by character, worked out once each."""

    def __missing__(self, character: str) -> int:
        wide = any(first <= ord(character) <= last for first, last in _WIDE)
        self[character] = 2 if wide else 1
        return self[character]


_CELLS = _Cells()


def text_width(text: str) -> int:
    """Terminal cells the text takes: two for East Asian wide and full-width characters."""
    return len(text) if text.isascii() else sum(map(_CELLS.__getitem__, text))


def to_text(report: Report) -> str:
    """The report as text: title, head line, aligned columns, totals, notes, signatures."""
    (side, *_) = side_by_side(report._replace(halves=0))
    places = quantity_places(report)
    titles = [full_title(column) for column in side.columns]
    indent_at = next((i for i, column in enumerate(side.columns) if column.kind == "text"), -1)
    lines: list[list[str] | str] = []
    widths = [text_width(title) for title in titles]
    for row in report.rows:
        texts = [
            display(row.cells[index], column, places[index], blank_zero=report.blank_zero)
            for index, column in zip(side.indexes, side.columns, strict=True)
        ]
        if row.kind == "section" and report.paging == "book":
            lines.append(heading(row, side))
            continue
        if indent_at >= 0 and row.level:
            texts[indent_at] = _GAP * row.level + texts[indent_at]
        widths = [max(width, text_width(text)) for width, text in zip(widths, texts, strict=True)]
        if row.kind == "total" and lines and report.paging == "table" and not report.halves:
            lines.append("-")
        lines.append(texts)
    total = sum(widths) + len(_GAP) * (len(widths) - 1)
    return "\n".join([*_head(report, total), *_table(side.columns, titles, lines, widths, total), *_foot(report), ""])


def _head(report: Report, total: int) -> list[str]:
    parts = [f"编制单位：{report.entity}", report.as_of, f"单位：{report.unit}"]
    free = max(total - sum(map(text_width, parts)), 4)
    gaps = (" " * (free // 2), " " * (free - free // 2))
    return [_centred(report.title, total), f"{parts[0]}{gaps[0]}{parts[1]}{gaps[1]}{parts[2]}"]


def _table(
    columns: tuple[Column, ...], titles: list[str], lines: list[list[str] | str], widths: list[int], total: int
) -> list[str]:
    rule = "-" * total
    out = [rule, _row(columns, titles, widths), rule]
    for line in lines:
        if isinstance(line, list):
            out.append(_row(columns, line, widths))
        else:
            out.append(rule if line == "-" else f"【{line}】")
    if out[-1] != rule:
        out.append(rule)
    return out


def _row(columns: tuple[Column, ...], texts: list[str], widths: list[int]) -> str:
    cells = []
    for column, text, width in zip(columns, texts, widths, strict=True):
        space = " " * (width - text_width(text))
        cells.append(space + text if column.kind in RIGHT_ALIGNED else text + space)
    return _GAP.join(cells).rstrip()


def _foot(report: Report) -> list[str]:
    lines = [f"注：{note}" for note in report.notes]
    if report.signatures:
        lines.append((" " * 12).join(signature_labels(report)))
    if report.footer:
        lines.append(report.footer)
    return lines


def _centred(text: str, total: int) -> str:
    return " " * max((total - text_width(text)) // 2, 0) + text

"""The disclosure notice as one web page for a phone: no script, nothing fetched, the code and charts drawn inline."""

from html import escape
from io import BytesIO
from pathlib import Path

import segno
from reportlab.graphics import renderSVG

from village_ledger.domain.money import format_fen
from village_ledger.reports.model import Column, Report, Row
from village_ledger.reports.notices.model import Chart, Notice, Sheet

from .atomic import atomic_write
from .layout import RIGHT_ALIGNED, clean
from .notice_charts import drawing
from .notice_layout import absent_text
from .notice_table import HEAVY, running_text, shown

_TOLD = ("reason", "subject", "title", "text", "missing")
"""Columns that say what a row is about; without one it is the first text."""
_STYLE = """
:root{color-scheme:light}
body{margin:0 auto;max-width:60rem;padding:1rem;font:1.05rem/1.6 "Noto Sans SC","Microsoft YaHei",
"PingFang SC",sans-serif;color:#1c1f23;background:#fff;overflow-wrap:anywhere}
h1{font-size:1.5rem;text-align:center;margin:.5rem 0}
h2{font-size:1.2rem;margin:2rem 0 .2rem}
p{margin:.3rem 0}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:.6rem;margin:1rem 0;padding:0}
.facts div{background:#eef1f4;border-radius:.5rem;padding:.6rem .8rem}
.facts b{display:block;font-size:1.25rem;font-variant-numeric:tabular-nums}
.plain{color:#454b52}
.draft{background:#fff1d6;border:1px solid #b97a00;padding:.5rem .8rem;border-radius:.5rem}
.scroll{overflow-x:auto}
td.c{white-space:nowrap}
table{border-collapse:collapse;width:100%;font-size:.95rem}
th,td{border:1px solid #b6bcc3;padding:.35rem .5rem;text-align:left;vertical-align:top}
th{background:#e7eaee;white-space:nowrap}
td.n,td.c{overflow-wrap:normal}
td.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
td.m{color:#a40d0d}
tr.h td{font-weight:600;background:#eef1f4}
svg{max-width:100%;height:auto}
.code svg{width:9rem;height:9rem}
@media(max-width:36rem){thead{display:none}table,tbody{display:block}
.facts{grid-template-columns:1fr 1fr}
tr{display:flex;flex-wrap:wrap;align-items:baseline;gap:.1rem .9rem;padding:.45rem .2rem}
tr{border-bottom:1px solid #b6bcc3}
td,td.n{border:0;padding:0;text-align:left;color:#454b52;font-size:.9rem}td:empty{display:none}
td::before{content:attr(data-t) "　";color:#6d747b}
td.k{order:-2;flex:1 1 55%;color:#1c1f23;font-size:1rem;font-weight:600}
td.z{order:-1;margin-left:auto;color:#1c1f23;font-size:1.05rem;font-weight:600}
td.k::before,td.z::before{content:""}
td.m,td.z.m{color:#a40d0d}tr.h{background:#eef1f4;padding:.45rem .6rem;border:0}}
@media print{body{max-width:none}h2,tr{break-inside:avoid}}
""".strip()


def write_notice_html(notice: Notice, path: Path) -> None:
    """Write the page, all or nothing. The same notice gives the same bytes."""
    with atomic_write(path) as file:
        file.write(notice_html(notice).encode())


def notice_html(notice: Notice) -> str:
    """The page. Every text of the books is escaped."""
    title = _text(notice.title)
    parts = [
        '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        f'<meta name="village-ledger-notice" content="{_text(notice.code)}">',
        f"<title>{title}</title><style>{_STYLE}</style></head><body>",
        f"<h1>{title}</h1>",
    ]
    if notice.draft:
        parts.append('<p class="draft">草稿：还有月份没有结账，数字可能变动，不能张榜。</p>')
    names = ("期初有", "收入", "支出", "期末有")
    facts = "".join(
        f"<div>{name}<b>{format_fen(fen)} 元</b></div>" for name, fen in zip(names, notice.totals, strict=True)
    )
    parts.append(f'<div class="facts">{facts}</div>')
    parts += [_sheet(sheet) for sheet in notice.full]
    if absent := absent_text(notice):
        parts.append(f"<p><b>{_text(absent)}</b></p>")
    parts += [_chart(chart) for chart in notice.charts]
    parts += [_wall(notice), _code(notice), "</body></html>\n"]
    return "\n".join(parts)


def _text(text: str) -> str:
    return escape(clean(text), quote=True)


def _sheet(sheet: Sheet) -> str:
    report = sheet.table
    columns = [(cell, column) for cell, column in enumerate(report.columns) if column.shown]
    head = "".join(f"<th>{_text(column.title)}</th>" for _, column in columns)
    marks = _marks([column for _, column in columns])
    rows = "\n".join(_row(report, row, marks) for row in report.rows)
    notes = "".join(f"<p>注：{_text(note)}</p>" for note in report.notes)
    return (
        f'<h2>{_text(report.title)}</h2><p class="plain">{_text(sheet.plain)}（单位：{_text(report.unit)}）</p>'
        f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>\n{rows}\n</tbody></table></div>{notes}'
    )


def _marks(columns: list[Column]) -> list[str]:
    """The class of each column: figures, days, codes; on a phone `k` (what a row is about) and `z` (its sum) lead."""
    kinds = {**dict.fromkeys(RIGHT_ALIGNED, "n"), "date": "c", "code": "c"}
    marks = [kinds.get(column.kind, "") for column in columns]
    texts = [place for place, column in enumerate(columns) if column.kind == "text"]
    told = next((place for place in texts if columns[place].key in _TOLD), texts[0] if texts else -1)
    sums = [place for place, column in enumerate(columns) if column.kind == "money"]
    for place, mark in ((told, "k"), (sums[-1] if sums else -1, "z")):
        if place >= 0:
            marks[place] = f"{marks[place]} {mark}".strip()
    return marks


def _row(report: Report, row: Row, marks: list[str]) -> str:
    columns = [(cell, column) for cell, column in enumerate(report.columns) if column.shown]
    running = running_text(row, [cell for cell, _ in columns])
    cells = []
    for place, (cell, column) in enumerate(columns):
        if running and running[0] <= place <= running[2]:
            if place == running[0]:
                told, whose = columns[running[1]]
                text = _text(shown(row.cells[told], whose, report))
                cells.append(f'<td class="k" colspan="{running[2] - running[0] + 1}">{text}</td>')
            continue
        value = row.cells[cell]
        negative = column.kind in RIGHT_ALIGNED and isinstance(value, int) and value < 0
        kind = f"{marks[place]} m" if negative else marks[place]
        mark = f' class="{kind}"' if kind else ""
        cells.append(f'<td{mark} data-t="{_text(column.title)}">{_text(shown(value, column, report))}</td>')
    heavy = ' class="h"' if row.kind in HEAVY else ""
    return f"<tr{heavy}>{''.join(cells)}</tr>"


def _chart(chart: Chart) -> str:
    svg = renderSVG.drawToString(drawing(chart, 560, 330))
    return f'<p role="img" aria-label="{_text(chart.title)}">{svg[svg.index("<svg") :]}</p>'


def _wall(notice: Notice) -> str:
    wall = notice.wall
    posted = f"{wall.posted.year}年{wall.posted.month}月{wall.posted.day}日" if wall.posted else "（未张榜）"
    signed = "　".join(f"{who}：{name}" for who, name, _ in wall.signed)
    phones = "　".join(f"{who} {number}" for who, number in wall.phones)
    lines = [
        f"张榜日期：{posted}　张榜地点：{wall.place or '（未填）'}　公开期：{wall.days} 天",
        f"对任何一笔有疑问都可以提出，村里在 {wall.answer_days} 天内答复。监督电话：{phones or '（未填）'}",
        *((signed,) if signed else ()),
    ]
    return "<h2>公开说明</h2>" + "".join(f"<p>{_text(line)}</p>" for line in lines)


def _code(notice: Notice) -> str:
    out = BytesIO()
    segno.make_qr(notice.code, error="m").save(out, kind="svg", xmldecl=False, svgns=True, scale=4, border=2)
    svg = out.getvalue().decode().strip()
    return f'<p class="code">{svg}<br>核对码 {_text(notice.digest)}</p>'

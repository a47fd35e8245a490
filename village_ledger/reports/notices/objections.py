"""质询和答复公开表: what villagers asked about earlier notices, and what they were answered by the end of the span.

Columns: when, villager, about, text, answer, answered (day of the last answer), state.
"""

from collections.abc import Iterable

from village_ledger.domain.disclosure import Answer, Objection
from village_ledger.domain.masking import without_numbers
from village_ledger.domain.view import LedgerSource
from village_ledger.reports.frame import report
from village_ledger.reports.model import Column, Report, Row
from village_ledger.reports.query import Query

COLUMNS = (
    Column("when", "日期", "date", 11),
    Column("villager", "质询人", "text", 10),
    Column("about", "对哪一笔", "text", 18),
    Column("text", "问什么", "text", 30),
    Column("answer", "答复", "text", 36),
    Column("answered", "答复日期", "date", 11),
    Column("state", "情况", "text", 10),
)


def build(source: LedgerSource, query: Query, objections: Iterable[Objection]) -> Report:
    """Objections raised in the span, and earlier ones not ended before it; answers as far as given by its last day."""
    first, last = query.start.first_day, query.end.last_day
    rows = []
    for asked in objections:
        answers = [one for one in asked.answers if one.day <= last]
        ended_before = any(one.closes and one.day < first for one in answers)
        if asked.day > last or ended_before:
            continue
        closed = any(one.closes for one in answers)
        said = "；".join(_said(one) for one in answers)
        cells = (
            asked.day,
            asked.villager,
            without_numbers(asked.about),
            without_numbers(asked.text),
            without_numbers(said),
            answers[-1].day if answers else None,
            "已办结" if closed else "正在办理",
        )
        rows.append(Row(cells))
    return report("notice-objections", "质询和答复公开表", source, query, columns=COLUMNS, rows=rows)


def _said(answer: Answer) -> str:
    corrected = f"（更正 {answer.voucher}）" if answer.voucher else ""
    return f"{answer.who}：{answer.text}{corrected}"

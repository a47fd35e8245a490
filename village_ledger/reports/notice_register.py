"""公开台账: the disclosure notices made in the span, when each was signed and hung, and what villagers asked.

Columns: edition (月度, 季度, 年度, 专项), from, to (months), version, made, signed (day of the supervisors' signature),
posted, until (last day it must hang), taken_down, objections, answered, late_days: how long after the day today's rule
sets it was put up, or has not been by the last day of the span; empty for a special notice and one that was withdrawn.
"""

from datetime import date

from village_ledger.domain.disclosure import SUPERVISION
from village_ledger.domain.notice_register import NoticeRecord
from village_ledger.domain.view import LedgerSource

from .frame import SIGNATURES, report
from .model import Column, Report, Row, Value
from .notices.model import EDITIONS
from .query import Query

COLUMNS = (
    Column("edition", "种类", "text", 8),
    Column("from", "起始月份", "text", 9),
    Column("to", "截止月份", "text", 9),
    Column("version", "版次", "integer", 6),
    Column("made", "制作日期", "date", 11),
    Column("signed", "村监会签字", "date", 11),
    Column("posted", "张榜日期", "date", 11),
    Column("until", "应公开到", "date", 11),
    Column("taken_down", "撤榜日期", "date", 11),
    Column("objections", "质询", "integer", 6),
    Column("answered", "已答复", "integer", 7),
    Column("late_days", "逾期天数", "integer", 9),
)
_TITLES: dict[str, str] = dict(EDITIONS.items())


def build(source: LedgerSource, query: Query, register: tuple[NoticeRecord, ...]) -> Report:
    """The notices by the day they were made."""
    first, last = query.start.first_day, query.end.last_day
    found = [one for one in register if first <= one.notice.made_on <= last]
    rows = [Row(_cells(one, last)) for one in found]
    asked, answered = sum(one.objections for one in found), sum(one.answered for one in found)
    blank: tuple[Value, ...] = ("", "", None, None, None, None, None, None)
    rows.append(Row((f"合计 {len(found)} 张", *blank, asked, answered, None), "total"))
    made = report("notice-register", "公开台账", source, query, columns=COLUMNS, rows=rows)
    return made._replace(landscape=True, signatures=SIGNATURES, blank_zero=False)


def _cells(one: NoticeRecord, last: date) -> tuple[Value, ...]:
    notice = one.notice
    signed = [day for role, _, day in notice.signed if role == SUPERVISION]
    return (
        _TITLES[notice.edition],
        str(notice.start),
        str(notice.end),
        notice.version,
        notice.made_on,
        min(signed, default=None),
        notice.posted.day if notice.posted else None,
        notice.last_day,
        next((act.day for act in notice.acts if act.kind == "撤榜"), None),
        one.objections,
        one.answered,
        one.late_days(last),
    )

"""关联人登记簿: whom and which firms the people who run the village declared they are close to, by the end of the span.

Columns: officer, post, relation, name, phone and card (masked), phone_tag and card_tag (tell equal numbers apart from
others, see `domain.masking.tag`), since, until (empty: it still holds). Relations that ended before stay listed.
"""

from village_ledger.domain.masking import masked, tag
from village_ledger.domain.related_person import RelatedPerson
from village_ledger.domain.view import LedgerSource

from .frame import SIGNATURES, day_label, report
from .model import Column, Report, Row, Value
from .query import Query

COLUMNS = (
    Column("officer", "干部姓名", "text", 10),
    Column("post", "岗位", "text", 14),
    Column("relation", "关系", "text", 16),
    Column("name", "关联人（单位）", "text", 24),
    Column("phone", "电话", "text", 14),
    Column("card", "银行卡号", "text", 21),
    Column("phone_tag", "电话标记", "code", 10, shown=False),
    Column("card_tag", "卡号标记", "code", 10, shown=False),
    Column("since", "起始日期", "date", 11),
    Column("until", "终止日期", "date", 11),
)


def build(source: LedgerSource, query: Query, register: tuple[RelatedPerson, ...]) -> Report:
    """The relations that began by the last day of `query.end`, by officer."""
    last = query.end.last_day
    found = [one for one in register if not one.struck and one.since <= last]
    rows = [Row(_cells(one)) for one in found]
    officers = len({one.officer for one in found})
    blank: tuple[Value, ...] = ("", "", "", "", "", "", None, None)
    rows.append(Row((f"合计 {len(found)} 条", f"{officers} 名干部", *blank), "total"))
    made = report("related-persons", "关联人登记簿", source, query, columns=COLUMNS, rows=rows)
    return made._replace(as_of=day_label(query.end), landscape=True, signatures=SIGNATURES)


def _cells(one: RelatedPerson) -> tuple[Value, ...]:
    return (
        one.officer,
        one.post,
        one.relation,
        one.name,
        masked(one.phone),
        masked(one.card),
        tag(one.phone),
        tag(one.card),
        one.since,
        one.until,
    )

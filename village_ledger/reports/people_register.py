"""岗位人员表: who works with the book, in which role, and since when.

Columns: name, role, active, since (the day the role was given, from the log). As it stands now.
"""

from village_ledger.domain.post_holder import PostHolder
from village_ledger.domain.view import LedgerSource

from .frame import SIGNATURES, day_label, report
from .model import Column, Report, Row
from .query import Query

COLUMNS = (
    Column("name", "姓名", "text", 14),
    Column("role", "岗位", "text", 14),
    Column("active", "在岗", "flag", 8),
    Column("since", "任职起", "date", 12),
)


def build(source: LedgerSource, query: Query, register: tuple[PostHolder, ...]) -> Report:
    """Everybody, those on duty first."""
    rows = [Row(tuple(one)) for one in register]
    on_duty = sum(one.active for one in register)
    rows.append(Row((f"合计 {len(rows)} 人", f"在岗 {on_duty} 人", None, None), "total"))
    made = report("people-register", "岗位人员表", source, query, columns=COLUMNS, rows=rows)
    return made._replace(as_of=day_label(query.end), signatures=SIGNATURES)

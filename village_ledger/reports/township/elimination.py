"""内部往来核对表: what linked villages say of each other, agreed or not, and what is taken out of the sums.

Columns: kind, creditor, debtor, claimed, owed, difference, verdict, eliminated.
"""

from collections.abc import Iterable

from village_ledger.domain.dealings import Dealing
from village_ledger.reports.model import Column, Report, Row

from .figures import Gathered, remarks, sum_report, with_total

COLUMNS = (
    Column("kind", "类别", "text", 10),
    Column("creditor", "债权（收入）村", "text", 26),
    Column("debtor", "债务（支出）村", "text", 26),
    Column("claimed", "债权（收入）方记", "money", 16, summed=True),
    Column("owed", "债务（支出）方记", "money", 16, summed=True),
    Column("difference", "差额", "money", 15, summed=True),
    Column("verdict", "核对结果", "text", 12),
    Column("eliminated", "抵销额", "money", 16, summed=True),
)


def build(gathered: Gathered, found: Iterable[Dealing]) -> Report:
    """The dealings of the month's end and of the year to date, those that differ first."""
    names = {one.code: one.name for one in gathered.villages}
    ordered = sorted(found, key=lambda one: (one.kind, one.agreed, one.creditor, one.debtor))
    rows = [
        Row(
            (
                *(one.kind, names.get(one.creditor, one.creditor), names.get(one.debtor, one.debtor)),
                *(one.claimed_fen, one.owed_fen, one.claimed_fen - one.owed_fen, one.verdict),
                one.claimed_fen if one.agreed else 0,
            )
        )
        for one in ordered
    ]
    made = sum_report(gathered, "elimination", "内部往来核对表", COLUMNS, with_total(COLUMNS, rows))
    notes = [*remarks(gathered, by_chart=True), "两边记的一样才抵销；不一致的留在汇总数里，请两个村对账后更正"]
    if not rows:
        notes.append("没有登记村与村之间的往来户，或者它们之间没有往来")
    notes.append("收入支出只算经过往来户科目记的；直接收付现金、存款的不在内")
    return made._replace(notes=tuple(notes))

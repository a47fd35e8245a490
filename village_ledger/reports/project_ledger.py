"""工程项目台账: every project approved by the end of the span, with what was contracted, accepted and paid by then.

Columns: project (code), name, kind, award, decision, approved, budget, contract (number), contractor, signed,
contract_sum, changes, accepted (since the beginning), retained (held back), audited (final account), paid (on the
contract), other (costs beside it), owed (accepted, not retained, not paid), state, acceptors (at the last acceptance).
Payments bound by requests that are not booked yet are left out.
"""

from datetime import date

from village_ledger.domain.project_account import ProjectAccount
from village_ledger.domain.view import LedgerSource

from .frame import day_label, report
from .model import Column, Report, Row, Span, Value
from .query import Query

COLUMNS = (
    Column("project", "项目编号", "code", 12),
    Column("name", "项目名称", "text", 20),
    Column("kind", "类别", "text", 8),
    Column("award", "发包方式", "text", 10),
    Column("decision", "决策文号", "text", 18),
    Column("approved", "批准日期", "date", 11, shown=False),
    Column("budget", "批准金额", "money", 13, summed=True),
    Column("contract", "合同编号", "code", 12, shown=False),
    Column("contractor", "承包人", "text", 18),
    Column("signed", "签订日期", "date", 11, shown=False),
    Column("contract_sum", "合同价", "money", 13, summed=True),
    Column("changes", "变更", "money", 12, summed=True),
    Column("accepted", "已验收", "money", 13, summed=True),
    Column("retained", "应留质保金", "money", 12, summed=True),
    Column("audited", "审定决算", "money", 13, summed=True),
    Column("paid", "已付工程款", "money", 13, summed=True),
    Column("other", "其他费用", "money", 12, summed=True),
    Column("owed", "应付未付", "money", 13, summed=True),
    Column("state", "状态", "text", 8),
    Column("acceptors", "验收人", "text", 20, shown=False),
)
_SUMMED = tuple(place for place, column in enumerate(COLUMNS) if column.summed)


def build(source: LedgerSource, query: Query, projects: tuple[ProjectAccount, ...]) -> Report:
    """The projects in code order and their sums."""
    day = query.end.last_day
    rows = [Row(_cells(one.on(day))) for one in projects if one.project.approved <= day]
    sums: dict[int, int] = dict.fromkeys(_SUMMED, 0)
    for row in rows:
        for place in _SUMMED:
            value = row.cells[place]
            sums[place] += value if isinstance(value, int) else 0
    formula = (Span(0, len(rows) - 1),) if rows else ()
    cells: tuple[Value, ...] = tuple(
        sums[place] if place in sums else f"合计 {len(rows)} 项" if column.key == "name" else _blank(column)
        for place, column in enumerate(COLUMNS)
    )
    rows.append(Row(cells, "total", formula=formula))
    made = report("project-ledger", "工程项目台账", source, query, columns=COLUMNS, rows=rows)
    return made._replace(as_of=day_label(query.end), landscape=True)


def _blank(column: Column) -> Value:
    return None if column.kind == "date" else ""


def _cells(one: ProjectAccount) -> tuple[Value, ...]:
    project = one.project
    accepted, retained = one.accepted_fen(), one.retained_fen()
    paid = one.contract_paid_fen
    last = one.acceptances[-1] if one.acceptances else None
    signed: date | None = project.signed
    return (
        project.code,
        project.name,
        project.kind,
        project.award,
        project.decision,
        project.approved,
        project.budget_fen,
        project.contract,
        project.contractor,
        signed,
        project.contract_fen,
        one.ceiling_fen() - project.contract_fen,
        accepted,
        retained,
        one.final.audited_fen if one.final else 0,
        paid,
        one.paid_fen - paid,
        max(0, accepted - retained - paid),
        one.state,
        "、".join(last.people) if last else "",
    )

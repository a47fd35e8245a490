"""决策台账: every decision of the span, the votes of the meeting that decided, whether it holds, what it moved.

Columns: number, title, day, side, matter, procedure, body, eligible, present, yes, no, abstain, rate (present of
eligible, per cent rounded down), state, valid, failures, cap, spent, left, rules, remarks. Money is fen; everything as
it stands on the last day of the span.
"""

from village_ledger.domain.decision import DRAFT, VOID
from village_ledger.domain.decision_register import DecisionRegister, Standing, standing_on
from village_ledger.domain.view import LedgerSource

from .frame import SIGNATURES, report
from .model import Column, Report, Row, Span, Value
from .query import Query

COLUMNS = (
    Column("number", "决议文号", "text", 21),
    Column("title", "决策事项", "text", 22),
    Column("day", "日期", "date", 11),
    Column("side", "决策主体", "text", 12, shown=False),
    Column("matter", "类别", "text", 12),
    Column("procedure", "程序", "text", 12, shown=False),
    Column("body", "决议会议", "text", 15),
    Column("eligible", "应到", "integer", 6, group="会议和表决"),
    Column("present", "实到", "integer", 6, group="会议和表决"),
    Column("yes", "赞成", "integer", 6, group="会议和表决"),
    Column("no", "反对", "integer", 6, group="会议和表决"),
    Column("abstain", "弃权", "integer", 6, group="会议和表决"),
    Column("state", "状态", "text", 7),
    Column("valid", "成立", "flag", 6),
    Column("failures", "不成立的原因", "text", 40),
    Column("cap", "金额上限", "money", 14),
    Column("spent", "已动用", "money", 14, summed=True),
    Column("left", "未动用", "money", 14, shown=False),
    Column("rules", "规则版本", "text", 14, shown=False),
    Column("remarks", "说明", "text", 20, shown=False),
)
FIRST = (
    "number",
    "matter",
    "body",
    "eligible",
    "present",
    "yes",
    "no",
    "abstain",
    "valid",
    "failures",
    "cap",
    "spent",
)


def build(source: LedgerSource, query: Query, register: DecisionRegister) -> Report:
    """The decisions by day and number, and what they moved together."""
    first, last = query.start.first_day, query.end.last_day
    rows: list[Row] = []
    spent = 0
    for record in register.records:
        if first <= record.decision.day <= last:
            standing = standing_on(record, last, last)
            spent += standing.drawn_fen
            rows.append(Row(_cells(standing, record.rules.label)))
    formula = (Span(0, len(rows) - 1),) if rows else ()
    label: tuple[Value, ...] = (f"合计 {len(rows)} 项", "", None, "", "", "", "", *(None,) * 5, "", None, "", None)
    rows.append(Row((*label, spent, None, "", ""), "total", formula=formula))
    made = report("decision-register", "决策台账", source, query, columns=COLUMNS, rows=rows)
    return made._replace(landscape=True, first=FIRST, signatures=SIGNATURES, blank_zero=False)


def _cells(standing: Standing, rules: str) -> tuple[Value, ...]:
    decision = standing.decision
    vote = decision.deciding
    votes = (vote.eligible, vote.present, vote.yes, vote.no, vote.abstain) if vote else (None,) * 5
    return (
        decision.number,
        decision.title,
        decision.day,
        decision.side,
        decision.matter,
        decision.procedure,
        decision.body,
        *votes,
        decision.state,
        standing.valid,
        "；".join(_reasons(standing)),
        standing.cap_fen,
        standing.drawn_fen,
        standing.left_fen,
        decision.rules or rules,
        "；".join(standing.remarks),
    )


def _reasons(standing: Standing) -> tuple[str, ...]:
    """Why a decision does not hold; a draft or withdrawn one says so first."""
    decision = standing.decision
    found = [str(failure) for failure in standing.failures]
    if decision.state == VOID:
        found.insert(0, f"已作废：{decision.void_reason}")
    elif decision.state == DRAFT:
        found.insert(0, "还没有定稿")
    if standing.replaced_by:
        found.insert(0, f"已由 {standing.replaced_by} 代替")
    return tuple(found)

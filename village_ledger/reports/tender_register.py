"""招投标登记簿: every round of asking for bids announced by the end of the span.

Columns: project (code), name, award, announced, closed, days (of the notice), opened, place, control (highest price, 0
for none), bidders (how many bid), valid (how many of them validly), bids (each with its sum, in order), winner, price,
saved (control less price), supervisors, reason (why not the lowest, or why it failed), contract_sum, remark.
"""

from village_ledger.domain.money import format_fen
from village_ledger.domain.project_account import ProjectAccount
from village_ledger.domain.tender import Bid, Tender, close_bids
from village_ledger.domain.view import LedgerSource

from .frame import day_label, report
from .model import Column, Report, Row, Value
from .query import Query

COLUMNS = (
    Column("project", "项目编号", "code", 12),
    Column("name", "项目名称", "text", 18),
    Column("award", "发包方式", "text", 10),
    Column("announced", "公告日期", "date", 11),
    Column("closed", "截止日期", "date", 11, shown=False),
    Column("days", "公告天数", "integer", 6),
    Column("opened", "开标日期", "date", 11),
    Column("place", "开标地点", "text", 12, shown=False),
    Column("control", "控制价", "money", 13),
    Column("bidders", "投标家数", "integer", 6),
    Column("valid", "有效家数", "integer", 6),
    Column("bids", "各家报价", "text", 34),
    Column("winner", "中标人", "text", 18),
    Column("price", "中标价", "money", 13),
    Column("saved", "比控制价节约", "money", 13, shown=False),
    Column("supervisors", "到场监督", "text", 14),
    Column("reason", "非最低价（流标）理由", "text", 18),
    Column("contract_sum", "合同价", "money", 13),
    Column("remark", "提醒", "text", 16),
)


def build(source: LedgerSource, query: Query, projects: tuple[ProjectAccount, ...]) -> Report:
    """The rounds in the order of their projects and days."""
    day = query.end.last_day
    rows = [
        Row(_cells(one, tender, newest=tender is one.tender))
        for one in projects
        for tender in one.tenders
        if tender.announced <= day
    ]
    made = report("tender-register", "招投标登记簿", source, query, columns=COLUMNS, rows=rows)
    return made._replace(as_of=day_label(query.end), landscape=True)


def _cells(one: ProjectAccount, tender: Tender, *, newest: bool) -> tuple[Value, ...]:
    project, won = one.project, tender.winning
    return (
        project.code,
        project.name,
        project.award,
        tender.announced,
        tender.closed,
        tender.notice_days,
        tender.opened,
        tender.place,
        tender.control_fen,
        len(tender.bids),
        sum(bid.is_valid for bid in tender.bids),
        "；".join(map(_bid, tender.bids)),
        tender.winner,
        won.fen if won else 0,
        tender.control_fen - won.fen if won and tender.control_fen else 0,
        "、".join(tender.supervisors),
        f"流标：{tender.failed}" if tender.failed else tender.reason,
        project.contract_fen if newest else 0,
        "；".join(close_bids(tender)),
    )


def _bid(bid: Bid) -> str:
    text = f"{bid.bidder} {format_fen(bid.fen)}"
    return text if bid.is_valid else f"{text}（无效：{bid.flaw}）"

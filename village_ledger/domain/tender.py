"""The tender record (招投标记录): notice, opening, bids, winner; what is wrong with it or the contract after it."""

from datetime import date
from typing import NamedTuple

from .money import LIMIT_FEN, format_fen
from .problems import Problem
from .project import Project
from .works_rules import AwardWay, WorksRules, percent

_CLOSE_BP = 100
"""Bids that differ by less than one per cent are remarked on."""


class Bid(NamedTuple):
    """One bid or quotation. `flaw` says why it was found invalid; empty for a valid one."""

    bidder: str
    fen: int
    flaw: str = ""
    contact: str = ""

    @property
    def is_valid(self) -> bool:
        """Whether it was found to answer the conditions."""
        return not self.flaw


class Tender(NamedTuple):
    """One round of asking for bids. `failed` (流标) says why it led to nothing; then another round follows.

    `announced` to `closed` are the days the notice stood, both included; `control_fen` is the highest price (控制价),
    0 for none; `reason` is why the winner's bid was not the lowest.
    """

    announced: date
    closed: date
    opened: date | None = None
    place: str = ""
    control_fen: int = 0
    supervisors: tuple[str, ...] = ()
    bids: tuple[Bid, ...] = ()
    winner: str = ""
    reason: str = ""
    failed: str = ""
    note: str = ""
    id: int = 0
    version: int = 0

    @property
    def winning(self) -> Bid | None:
        """The winner's bid."""
        return next((one for one in self.bids if one.bidder == self.winner), None) if self.winner else None

    @property
    def lowest(self) -> Bid | None:
        """The lowest valid bid."""
        return min((one for one in self.bids if one.is_valid), key=lambda one: one.fen, default=None)

    @property
    def notice_days(self) -> int:
        """How many days the notice stood."""
        return (self.closed - self.announced).days + 1

    @property
    def is_settled(self) -> bool:
        """Whether it has come to an end, with a winner or without."""
        return bool(self.winner or self.failed)


def check_tender(tender: Tender, project: Project, rules: WorksRules) -> tuple[Problem, ...]:
    """What is wrong with a round; `field` is the name in `Tender`, `line` the place of a bid."""
    found = [*_dates(tender, project, rules.way(project.award)), *_bids(tender)]
    if tender.winner and tender.failed:
        found.append(Problem("failed", "流标的没有中标人，二者只能填一项", field="failed"))
    if tender.is_settled and tender.opened is None:
        found.append(Problem("opened", "请填开标日期", field="opened"))
    if tender.winner:
        found += _winner(tender, rules.way(project.award))
    return (*found, *(Problem("collusion", text, field="bids", blocking=False) for text in close_bids(tender)))


def _dates(tender: Tender, project: Project, way: AwardWay | None) -> list[Problem]:
    found = []
    if tender.announced < project.approved:
        found.append(Problem("announced", "公告日期早于决策批准日期，应先决策再招标", field="announced"))
    if tender.closed < tender.announced:
        found.append(Problem("closed", "公告截止日期早于公告日期", field="closed"))
    elif way and tender.notice_days < way.notice_days:
        text = f"公告 {tender.notice_days} 天，{way.name}要求至少 {way.notice_days} 天（{way.basis}）"
        found.append(Problem("notice", text, field="closed"))
    if tender.opened and tender.opened < tender.closed:
        found.append(Problem("opened", "开标日期早于公告截止日期", field="opened"))
    return found


def _bids(tender: Tender) -> list[Problem]:
    found = []
    seen: set[str] = set()
    for line, bid in enumerate(tender.bids):
        if not bid.bidder.strip():
            found.append(Problem("bidder", f"第 {line + 1} 家没有名称", line, "bidder"))
        elif bid.bidder in seen:
            found.append(Problem("bidder", f"投标人“{bid.bidder}”写了两次", line, "bidder"))
        seen.add(bid.bidder)
        if not 0 < bid.fen < LIMIT_FEN:
            found.append(Problem("bid", f"“{bid.bidder}”的报价应大于零", line, "fen"))
    if not 0 <= tender.control_fen < LIMIT_FEN:
        found.append(Problem("control", "控制价不能是负数，也不能过大", field="control_fen"))
    return found


def _winner(tender: Tender, way: AwardWay | None) -> list[Problem]:
    found = []
    valid = [bid for bid in tender.bids if bid.is_valid]
    if way and len(valid) < way.least_bidders:
        text = f"有效报价 {len(valid)} 家，{way.name}要求至少 {way.least_bidders} 家（{way.basis}），应作流标处理"
        found.append(Problem("bidders", text, field="bids"))
    if not tender.supervisors:
        found.append(Problem("supervisors", "请填到场监督的人（村务监督委员会成员等）", field="supervisors"))
    won, lowest = tender.winning, tender.lowest
    if won is None or not won.is_valid:
        found.append(Problem("winner", f"中标人“{tender.winner}”不在有效投标人里", field="winner"))
        return found
    if tender.control_fen and won.fen > tender.control_fen:
        text = f"中标价 {format_fen(won.fen)} 超过控制价 {format_fen(tender.control_fen)}"
        found.append(Problem("control", text, field="winner"))
    if lowest and won.fen > lowest.fen and not tender.reason.strip():
        text = f"中标价不是最低（最低 {lowest.bidder} {format_fen(lowest.fen)}），请写明理由"
        found.append(Problem("reason", text, field="reason"))
    return found


def close_bids(tender: Tender) -> tuple[str, ...]:
    """What bids fixed beforehand (围标) look like; remarks only."""
    found = []
    contacts: dict[str, str] = {}
    for bid in tender.bids:
        contact = bid.contact.strip()
        other = contacts.setdefault(contact, bid.bidder) if contact else bid.bidder
        if other != bid.bidder:
            found.append(f"“{other}”和“{bid.bidder}”的联系方式相同，请核实是否串通投标")
    prices = sorted(bid.fen for bid in tender.bids if bid.is_valid)
    if len(prices) > 2 and (prices[-1] - prices[0]) * 10_000 < prices[0] * _CLOSE_BP:
        found.append("各家报价相差不到 1%，请核实是否串通投标")
    return tuple(found)


def check_award(project: Project, tender: Tender | None, rules: WorksRules) -> tuple[Problem, ...]:
    """Whether the way of award fits the sum, and the contract the round that was won."""
    way = rules.way(project.award)
    if way is None:
        names = "、".join(one.name for one in rules.ways)
        return (Problem("award", f"发包方式“{project.award}”不对，只能是：{names}", field="award"),)
    found = []
    fen = project.contract_fen or project.budget_fen
    bound = rules.bound(project.kind, fen)
    if bound and project.award not in bound.ways:
        text = f"{project.kind} {format_fen(fen)} 元应{'或'.join(bound.ways)}（{bound.basis}），不能{project.award}"
        found.append(Problem("bound", text, field="award", blocking=project.has_contract and bound.confirmed))
    most = rules.retention
    if most.figure and project.retention_bp > most.figure and project.is_works:
        text = f"质保金比例高于 {percent(most.figure)}（{most.basis}）"
        found.append(Problem("retention", text, field="retention_bp", blocking=False))
    if project.has_contract and way.has_bids:
        found += _check_contract(project, tender)
    return tuple(found)


def _check_contract(project: Project, tender: Tender | None) -> list[Problem]:
    won = tender.winning if tender else None
    if tender is None or won is None:
        text = f"{project.award}的项目，要先登记报价和中标人才能签合同"
        return [Problem("tender", text, field="contract_fen")]
    found = []
    if project.contractor != tender.winner:
        text = f"承包人“{project.contractor}”不是中标人“{tender.winner}”（招标投标法第四十六条）"
        found.append(Problem("contractor", text, field="contractor"))
    if project.contract_fen > won.fen:
        text = f"合同价高于中标价 {format_fen(won.fen)}（招标投标法第四十六条）"
        found.append(Problem("price", text, field="contract_fen"))
    if project.signed and tender.opened and project.signed < tender.opened:
        found.append(Problem("signed", "合同签订日期早于开标日期", field="signed"))
    return found

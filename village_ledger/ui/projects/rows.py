"""How projects and their courses are listed."""

from datetime import date
from typing import NamedTuple

from village_ledger.domain.money import format_fen
from village_ledger.domain.project import ProjectPayment
from village_ledger.domain.project_account import ProjectAccount
from village_ledger.domain.tender import Tender
from village_ledger.domain.works_rules import percent
from village_ledger.services.projects import ProjectRecord
from village_ledger.ui.tables.text_rows import Cells

HEADERS = ("编号", "项目", "类别", "发包方式", "批准金额", "合同价（含变更）", "已验收", "已付", "还可付", "状态")
WIDTHS = (106, 180, 88, 104, 108, 140, 108, 108, 108, 84)
RIGHT = (4, 5, 6, 7, 8)
EVENT_HEADERS = ("日期", "事项", "金额", "说明", "凭据")
EVENT_WIDTHS = (108, 104, 112, 400, 160)
FILTERS = ("全部", "在建", "已竣工", "要注意")


class Event(NamedTuple):
    """One thing in the course of a project: its proof, and what that is (`decision`, a number; `payment`)."""

    day: date
    what: str
    fen: int
    text: str
    proof: str
    payment: ProjectPayment | None = None
    decision: str = ""


def record_row(record: ProjectRecord) -> Cells:
    """A project as a row of the list; one that wants attention is coloured."""
    account = record.account
    project = account.project
    has = project.has_contract
    texts = (
        project.code,
        project.name,
        project.kind,
        project.award,
        format_fen(project.budget_fen),
        format_fen(account.ceiling_fen()) if has else "",
        format_fen(account.accepted_fen()) if account.acceptances else "",
        format_fen(account.paid_fen) if account.payments else "",
        format_fen(record.payable_fen) if has else "",
        account.state,
    )
    return Cells(texts, "warning" if record.remarks else "", record, (1, 9))


def matches(record: ProjectRecord, text: str, name: str) -> bool:
    """Whether a project is shown under a filter and a search text."""
    account = record.account
    project = account.project
    done = account.completed() or bool(account.final)
    fits = {"全部": True, "在建": not done, "已竣工": done, "要注意": bool(record.remarks)}[name]
    wanted = text.strip().lower()
    fields = (project.code, project.name, project.contractor, project.decision, project.site)
    return fits and (not wanted or any(wanted in field.lower() for field in fields))


def events(account: ProjectAccount) -> list[Event]:
    """The course of a project in day order: from the decision to the last payment."""
    project = account.project
    found = [
        Event(project.approved, "立项", project.budget_fen, "批准金额", project.decision, decision=project.decision)
    ]
    for tender in account.tenders:
        found += _tender_events(tender)
    if project.has_contract and project.signed:
        terms = [project.contractor]
        if project.advance_fen:
            terms.append(f"预付 {format_fen(project.advance_fen)}")
        if project.retention_bp:
            terms.append(f"质保金 {percent(project.retention_bp)}，{project.retention_due} 期满")
        found.append(Event(project.signed, "合同", project.contract_fen, "；".join(terms), project.contract))
    found += [
        Event(one.day, "变更", one.fen, one.reason, one.decision, decision=one.decision) for one in account.changes
    ]
    for one in account.acceptances:
        text = f"累计；{'、'.join(one.people)}" + (f"；{one.opinion}" if one.opinion else "")
        found.append(Event(one.day, one.kind, one.total_fen, text, ""))
    found += [Event(one.day, "退还质保金", one.fen, one.reason, "") for one in account.releases]
    found += [Event(one.day, "决算", one.audited_fen, one.auditor, one.number) for one in account.finals]
    for paid in account.payments:
        words = "" if paid.posted else "已申请，还没有入账"
        found.append(Event(paid.day, f"付{paid.kind}", paid.fen, words, paid.label, paid))
    return sorted(found, key=lambda one: one.day)


def _tender_events(tender: Tender) -> list[Event]:
    days = f"公告 {tender.notice_days} 天（至 {tender.closed}）"
    found = [
        Event(tender.announced, "招标公告", tender.control_fen, f"{days}{'，控制价' if tender.control_fen else ''}", "")
    ]
    if tender.opened:
        bids = "；".join(
            f"{bid.bidder} {format_fen(bid.fen)}{'' if bid.is_valid else f'（无效：{bid.flaw}）'}"
            for bid in tender.bids
        )
        won = tender.winning
        result = f"流标：{tender.failed}" if tender.failed else f"中标 {tender.winner}" if won else ""
        watched = f"监督 {'、'.join(tender.supervisors)}" if tender.supervisors else ""
        text = "；".join(part for part in (result, bids, tender.reason, watched) if part)
        found.append(Event(tender.opened, "开标", won.fen if won else 0, text, tender.place))
    return found


def event_row(event: Event) -> Cells:
    """A row of the course; what is asked for but not paid yet is muted."""
    amount = format_fen(event.fen) if event.fen else ""
    texts = (event.day.isoformat(), event.what, amount, event.text, event.proof)
    waiting = event.payment is not None and not event.payment.posted
    return Cells(texts, "muted" if waiting else "", event)

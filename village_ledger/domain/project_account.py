"""A project with all that happened to it, and how much may be paid: the figures are folded, never stored."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from .money import format_fen
from .problems import Problem
from .project import (
    COMPLETION,
    CONTRACT_FIELDS,
    CONTRACT_PAYMENT,
    Acceptance,
    ContractChange,
    FinalAccount,
    Project,
    ProjectPayment,
    Release,
)
from .tender import Tender
from .works_rules import WorksRules, percent


class ProjectAccount(NamedTuple):
    """A project with its rounds of tender, changes, acceptances, releases, final accounts, payments, oldest first."""

    project: Project
    tenders: tuple[Tender, ...] = ()
    changes: tuple[ContractChange, ...] = ()
    acceptances: tuple[Acceptance, ...] = ()
    releases: tuple[Release, ...] = ()
    finals: tuple[FinalAccount, ...] = ()
    payments: tuple[ProjectPayment, ...] = ()

    def on(self, day: date) -> "ProjectAccount":
        """The project as it was on a day: what came later, and what is not booked, left out."""
        project = self.project
        if project.signed and project.signed > day:
            blank = {name: Project._field_defaults[name] for name in CONTRACT_FIELDS}
            project = project._replace(**blank)
        return self._replace(
            project=project,
            tenders=tuple(one for one in self.tenders if one.announced <= day),
            changes=tuple(one for one in self.changes if one.day <= day),
            acceptances=tuple(one for one in self.acceptances if one.day <= day),
            releases=tuple(one for one in self.releases if one.day <= day),
            finals=tuple(one for one in self.finals if one.day <= day),
            payments=tuple(one for one in self.payments if one.posted and one.day <= day),
        )

    @property
    def tender(self) -> Tender | None:
        """The newest round."""
        return self.tenders[-1] if self.tenders else None

    @property
    def final(self) -> FinalAccount | None:
        """The final account that holds."""
        return self.finals[-1] if self.finals else None

    @property
    def has_entries(self) -> bool:
        """Whether the contract's terms are fixed because something rests on them."""
        return bool(self.changes or self.acceptances or self.releases or self.finals or self.payments)

    def ceiling_fen(self, on: date = date.max) -> int:
        """The contract's sum with the changes up to a day."""
        return self.project.contract_fen + sum(one.fen for one in self.changes if one.day <= on)

    def approved_fen(self, on: date = date.max) -> int:
        """What decisions allow to be spent in all: the project's budget and what changes added."""
        return self.project.budget_fen + sum(one.fen for one in self.changes if one.fen > 0 and one.day <= on)

    def accepted_fen(self, on: date = date.max) -> int:
        """The value of the work accepted up to a day; the audited sum if that is less."""
        accepted = max((one.total_fen for one in self.acceptances if one.day <= on), default=0)
        return min(accepted, self.final.audited_fen) if self.final and self.final.day <= on else accepted

    def retained_fen(self, on: date = date.max) -> int:
        """Retention money still held back on a day."""
        due = retention_fen(self.accepted_fen(on), self.project.retention_bp)
        return max(0, due - self.released_fen(on))

    def released_fen(self, on: date = date.max) -> int:
        """Retention money set free up to a day."""
        return sum(one.fen for one in self.releases if one.day <= on)

    def completed(self, on: date = date.max) -> bool:
        """Whether the whole was accepted by a day."""
        return any(one.kind == COMPLETION and one.day <= on for one in self.acceptances)

    @property
    def contract_paid_fen(self) -> int:
        """Paid, or bound to be, on the contract."""
        return sum(one.fen for one in self.payments if one.kind == CONTRACT_PAYMENT)

    @property
    def paid_fen(self) -> int:
        """Paid, or bound to be, for the project in all."""
        return sum(one.fen for one in self.payments)

    @property
    def state(self) -> str:
        """How far it has come."""
        if self.final and self.contract_paid_fen >= self.final.audited_fen:
            return "已结清"
        if self.final:
            return "已决算"
        if self.completed():
            return "已竣工"
        if self.project.has_contract:
            return "施工中" if self.project.is_works else "履行中"
        return "已开标" if self.tender and self.tender.winner else "招标中" if self.tender else "已立项"


def retention_fen(accepted_fen: int, rate_bp: int) -> int:
    """The part of what was accepted that is held back, rounded half up."""
    return (accepted_fen * rate_bp + 5_000) // 10_000


class Limit(NamedTuple):
    """The most that may have been paid in all after a payment, and why."""

    fen: int
    reason: str


def needs_audit(account: ProjectAccount, rules: WorksRules, on: date = date.max) -> bool:
    """Whether the final account must be audited before the last payment."""
    return bool(account.project.is_works and rules.audit.figure and account.ceiling_fen(on) >= rules.audit.from_fen > 0)


def contract_limits(account: ProjectAccount, rules: WorksRules, on: date) -> tuple[Limit, ...]:
    """What bounds the sum of the payments on the contract on a day."""
    project, ceiling = account.project, account.ceiling_fen(on)
    found = [Limit(ceiling, f"合同价加变更 {format_fen(ceiling)}")]
    accepted, retained = account.accepted_fen(on), account.retained_fen(on)
    payable = max(accepted - retained, min(project.advance_fen, ceiling))
    text = f"已验收 {format_fen(accepted)}"
    if retained:
        text += f"，应留质保金 {format_fen(retained)}"
    if payable > accepted - retained:
        text += f"，可预付 {format_fen(project.advance_fen)}"
    found.append(Limit(payable, text))
    final = account.final if account.final and account.final.day <= on else None
    if final:
        found.append(Limit(final.audited_fen, f"审定决算 {format_fen(final.audited_fen)}"))
    elif needs_audit(account, rules, on):
        most = ceiling * rules.audit.figure // 10_000
        text = f"决算审计前最多付合同价的 {percent(rules.audit.figure)}，即 {format_fen(most)}（{rules.audit.basis}）"
        found.append(Limit(most, text))
    return tuple(found)


def payable_fen(account: ProjectAccount, rules: WorksRules, on: date) -> int:
    """What may still be paid on the contract on a day."""
    most = min(limit.fen for limit in contract_limits(account, rules, on)) - account.contract_paid_fen
    return max(0, min(most, account.approved_fen(on) - account.paid_fen))


def payment_refusal(account: ProjectAccount, rules: WorksRules, fen: int, on: date, kind: str) -> str:
    """Why so much cannot be paid for the project on a day; empty when it can."""
    project = account.project
    if fen <= 0:
        return "付款金额应大于零"
    if on < project.approved:
        return f"{on} 早于项目批准日期 {project.approved}"
    if kind == CONTRACT_PAYMENT:
        if not project.has_contract:
            return f"项目“{project.name}”还没有签合同，不能付{project.kind}款，请先登记合同"
        if project.signed and on < project.signed:
            return f"{on} 早于合同签订日期 {project.signed}"
        paid = account.contract_paid_fen
        for limit in sorted(contract_limits(account, rules, on), key=lambda one: one.fen):
            if paid + fen > limit.fen:
                return (
                    f"项目“{project.name}”已付 {format_fen(paid)}，再付 {format_fen(fen)} 就超过{limit.reason}，"
                    f"最多还能付 {format_fen(max(0, limit.fen - paid))}"
                )
    approved = account.approved_fen(on)
    if account.paid_fen + fen > approved:
        return (
            f"项目“{project.name}”共批准 {format_fen(approved)}（{project.decision}），已付 "
            f"{format_fen(account.paid_fen)}，再付 {format_fen(fen)} 就超过了，请先由会议追加"
        )
    return ""


def check_change(account: ProjectAccount, change: ContractChange) -> str:
    """Why a change of the contract cannot be entered; empty when it can."""
    if not account.project.has_contract:
        return "还没有签合同，不能登记变更"
    if not change.fen:
        return "变更金额不能是零"
    if not change.decision.strip() or not change.reason.strip():
        return "请填变更的决策文号和原因"
    if account.project.signed and change.day < account.project.signed:
        return "变更日期早于合同签订日期"
    if account.final:
        return "已经决算，合同价不能再变更"
    ceiling = account.ceiling_fen() + change.fen
    if ceiling < max(account.accepted_fen(), account.contract_paid_fen, 1):
        return f"减到 {format_fen(ceiling)} 就少于已验收或已付的金额，不能这样变更"
    return ""


def check_acceptance(account: ProjectAccount, acceptance: Acceptance, rules: WorksRules) -> str:
    """Why an acceptance cannot be entered; empty when it can."""
    project, need = account.project, rules.acceptance
    last = account.acceptances[-1] if account.acceptances else None
    ceiling = account.ceiling_fen(acceptance.day)
    people = {name.strip() for name in acceptance.people if name.strip()}
    if not project.has_contract or (project.signed and acceptance.day < project.signed):
        return "验收日期以前还没有签合同，请先登记合同"
    if account.completed():
        return "已经竣工验收，不能再登记验收"
    if last and (acceptance.day < last.day or acceptance.total_fen < last.total_fen):
        return f"累计验收金额和日期都不能小于上次验收（{last.day}，{format_fen(last.total_fen)}）"
    if not 0 < acceptance.total_fen <= ceiling:
        return f"累计验收金额应大于零，不超过合同价加变更 {format_fen(ceiling)}；超出的请先登记变更"
    if not people:
        return "请填参加验收的人"
    if project.is_works and account.ceiling_fen() >= need.from_fen and len(people) < need.figure:
        return (
            f"{format_fen(need.from_fen)} 元以上的工程至少 {need.figure} 人验收，现在 {len(people)} 人（{need.basis}）"
        )
    return ""


def check_release(account: ProjectAccount, release: Release) -> str:
    """Why retention money cannot be set free; empty when it can."""
    due = account.project.retention_due
    if not account.completed(release.day):
        return "还没有竣工验收，不能退还质保金"
    if due and release.day < due:
        return f"质保期到 {due} 才满，不能提前退还"
    if not 0 < release.fen <= account.retained_fen(release.day):
        return f"应留的质保金是 {format_fen(account.retained_fen(release.day))}，退还金额应大于零，不能超过它"
    return "" if release.reason.strip() else "请写质保期满复查的情况"


def check_final(account: ProjectAccount, final: FinalAccount) -> str:
    """Why a final account cannot be entered; empty when it can."""
    if not account.completed(final.day):
        return "还没有竣工验收，不能登记决算"
    ceiling = account.ceiling_fen()
    if not 0 < final.audited_fen <= ceiling:
        return f"审定金额应大于零，不超过合同价加变更 {format_fen(ceiling)}；超出的请先登记变更"
    return "" if final.auditor.strip() else "请填决算审核（审计）单位"


def split_remarks(projects: Iterable[Project], rules: WorksRules) -> tuple[Problem, ...]:
    """Contracts at one site within a year that together reach a bound each stays below (规避招标); remarks only."""
    found = []
    signed = sorted((one for one in projects if one.signed and one.site.strip()), key=lambda one: str(one.signed))
    for place, first in enumerate(signed):
        near = [
            one
            for one in signed[place:]
            if one.site == first.site and one.kind == first.kind and _days(first, one) <= 365
        ]
        bound = rules.bound(first.kind, sum(one.contract_fen for one in near))
        if len(near) > 1 and bound and all(one.contract_fen < bound.from_fen for one in near):
            names = "、".join(one.name for one in near)
            text = f"{names}：同一地点一年内的合同合计达到 {format_fen(bound.from_fen)}，请核实是否化整为零规避招标"
            found.append(Problem("split", text, field="award", blocking=False))
    return tuple(found)


def _days(first: Project, other: Project) -> int:
    return (other.signed - first.signed).days if first.signed and other.signed else 0

"""Projects (工程项目): works voted by the villagers (一事一议), other works and purchases; what is wrong with one.

What happens to a project is kept as entries that only ever grow: changes of the contract by decision, acceptances,
retention money released, the final account, payments. Money is integer fen, rates basis points.
"""

from datetime import date
from typing import NamedTuple

from .account import Item
from .budget import PROJECT
from .money import LIMIT_FEN
from .problems import Problem

KINDS = ("一事一议", "工程", "采购")
WORKS = ("一事一议", "工程")
"""Kinds that are works: they are accepted by several people and may need an audited final account."""

STAGE, COMPLETION = "阶段验收", "竣工验收"
ACCEPTANCES = (STAGE, COMPLETION)
CONTRACT_PAYMENT, OTHER_COST = "工程款", "其他费用"
"""What a payment is for: the contract with the winner, or survey, design, supervision and the like beside it."""

CONTRACT_FIELDS = ("contract", "contractor", "contract_fen", "signed", "advance_fen", "retention_bp", "retention_due")
"""The fields of a project that say what its contract agreed."""

_RATE_LIMIT = 10_000


class Project(NamedTuple):
    """One project with its contract, as far as it is agreed.

    `budget_fen` is what `decision` approved, `member` the 项目 its vouchers are kept by. The contract is one of the
    contract register (`contract`) or only its terms; `advance_fen` of it is payable before anything is accepted,
    `retention_bp` of what is accepted is held back until `retention_due`.
    """

    code: str
    name: str
    kind: str
    award: str
    decision: str
    budget_fen: int
    approved: date
    member: Item | None = None
    contract: str = ""
    contractor: str = ""
    contract_fen: int = 0
    signed: date | None = None
    advance_fen: int = 0
    retention_bp: int = 0
    retention_due: date | None = None
    site: str = ""
    note: str = ""
    id: int = 0
    version: int = 0
    uid: str = ""

    @property
    def is_works(self) -> bool:
        """Whether it is building works rather than a purchase."""
        return self.kind in WORKS

    @property
    def has_contract(self) -> bool:
        """Whether the terms of a contract are entered."""
        return self.contract_fen > 0

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class ContractChange(NamedTuple):
    """The contract's sum raised or lowered (工程变更) by a decision."""

    day: date
    fen: int
    decision: str
    reason: str
    id: int = 0


class Acceptance(NamedTuple):
    """Work done and found good: its value from the beginning on (累计), and who was there."""

    day: date
    kind: str
    total_fen: int
    people: tuple[str, ...]
    opinion: str = ""
    id: int = 0


class Release(NamedTuple):
    """Retention money set free (退还质保金) after the works were looked at again."""

    day: date
    fen: int
    reason: str
    id: int = 0


class FinalAccount(NamedTuple):
    """The final account (决算) as audited; a later one replaces it."""

    day: date
    audited_fen: int
    auditor: str
    number: str = ""
    id: int = 0


class ProjectPayment(NamedTuple):
    """Money paid, or bound to be, for a project. `label` says by what: a voucher or a request."""

    day: date
    fen: int
    kind: str
    label: str
    source: str
    posted: bool = True


_TEXTS = {
    "code": ("项目编号", 40),
    "name": ("项目名称", 60),
    "decision": ("决策文号", 100),
    "contract": ("合同编号", 40),
    "contractor": ("承包人（供应商）", 100),
    "site": ("地点", 100),
    "note": ("备注", 500),
}


def check_project(project: Project) -> tuple[Problem, ...]:
    """What is wrong with a project by itself, in reading order; `field` is the name in `Project`."""
    found = [
        Problem("too-long", f"{title}太长，最多 {limit} 个字", field=field)
        for field, (title, limit) in _TEXTS.items()
        if len(getattr(project, field)) > limit
    ]
    found += [
        Problem("missing", f"请填{_TEXTS[field][0]}", field=field)
        for field in ("code", "name", "decision")
        if not getattr(project, field).strip()
    ]
    if any(sign in project.code for sign in " \t\n,，;；") or not project.code.isprintable():
        found.append(Problem("code", "项目编号不能含有空格、逗号和分号", field="code"))
    if project.kind not in KINDS:
        found.append(Problem("choice", f"项目类别只能是：{'、'.join(KINDS)}", field="kind"))
    if not 0 < project.budget_fen < LIMIT_FEN:
        found.append(Problem("amount", "请填批准金额，应大于零", field="budget_fen"))
    if project.member and project.member.category != PROJECT:
        found.append(Problem("member", f"“{project.member.name}”不是项目类辅助核算", field="member"))
    return (*found, *_check_contract(project))


def _check_contract(project: Project) -> list[Problem]:
    found = []
    if not 0 <= project.contract_fen < LIMIT_FEN:
        found.append(Problem("amount", "合同价不能是负数，也不能过大", field="contract_fen"))
    elif not project.contract_fen:
        given = ("contractor", "signed", "advance_fen", "retention_bp", "retention_due")
        if project.contract or any(getattr(project, field) for field in given):
            found.append(Problem("missing", "填了合同的内容，请填合同价", field="contract_fen"))
        return found
    if project.contract_fen > project.budget_fen:
        found.append(Problem("budget", "合同价超过批准金额，请先由会议追加再签合同", field="contract_fen"))
    if not project.contractor.strip():
        found.append(Problem("missing", "请填承包人（供应商）", field="contractor"))
    if project.signed is None:
        found.append(Problem("missing", "请填合同签订日期", field="signed"))
    elif project.signed < project.approved:
        found.append(Problem("signed", "合同签订日期早于批准日期，应先决策再签合同", field="signed"))
    if not 0 <= project.advance_fen <= project.contract_fen:
        found.append(Problem("advance", "预付款应在零和合同价之间", field="advance_fen"))
    if not 0 <= project.retention_bp < _RATE_LIMIT:
        found.append(Problem("retention", "质保金比例应在 0 到 100% 之间", field="retention_bp"))
    elif project.retention_bp and project.retention_due is None:
        found.append(Problem("missing", "留了质保金，请填质保期满日", field="retention_due"))
    return found

"""What a voucher that spends still lacks: its outflow against the tiers, the requests linked to it and their papers.

Pure: everything looked up elsewhere (decisions, budgets, tenders) comes as values in a `Backing`. Money is integer fen.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from .approval import DISPOSAL, Outflow, Spending, SpendLine, Tier, TierTable
from .money import format_fen
from .request import Request, RequestLine, Signature


class Need(NamedTuple):
    """One kind of spending in a voucher: how much of it in fen, and the tier that amount falls into."""

    kind: str
    amount_fen: int
    tier: Tier


class Demands(NamedTuple):
    """What the tiers ask of a voucher. Nothing is asked where `needs` is empty."""

    payment: Outflow
    disposal: Outflow
    needs: tuple[Need, ...]

    @property
    def amount_fen(self) -> int:
        """What is paid out, or what the disposed asset stood at in the books when no money moves."""
        return self.payment.total_fen or self.disposal.total_fen


class Backing(NamedTuple):
    """A request linked to a voucher and what stands behind it on the day of the voucher.

    `problems` say why its decision, contract or project does not hold; `bodies` have decided on it; `notice_days` the
    decision was posted for; `tendered`: by tender or open bidding; `in_budget`: within the approved budget or under a
    contract that was decided on. `taken` names another voucher that used it already.
    """

    request: Request
    signatures: tuple[Signature, ...] = ()
    problems: tuple[str, ...] = ()
    bodies: frozenset[str] = frozenset()
    notice_days: int = 0
    tendered: bool = False
    in_budget: bool = False
    taken: str = ""


class Link(NamedTuple):
    """One place in the chain of signatures: the duty, what its signature is called, who may sign, and the signature."""

    duty: str
    label: str
    role: str
    again: bool
    signature: Signature | None = None


def demands_of(table: TierTable, payment: Outflow, disposal: Outflow) -> Demands:
    """The tiers a voucher's spending falls into, kind by kind; those that ask for nothing are left out."""
    sums = {**payment.by_kind(), **disposal.by_kind()}
    needs = []
    for kind, fen in sums.items():
        tier = table.tier(kind, fen)
        if tier and not tier.is_free:
            needs.append(Need(kind, fen, tier))
    return Demands(payment, disposal, tuple(needs))


def chain(request: Request, tier: Tier | None, spending: Spending, signatures: Iterable[Signature]) -> tuple[Link, ...]:
    """The signatures a request needs, in order, with those it has; the first without one is next."""
    given = {one.duty: one for one in signatures if one.round == request.round}
    links = []
    for duty in tier.signers if tier else ():
        rule = spending.signer(duty)
        links.append(Link(duty, rule.label, rule.role, rule.again, given.get(duty)))
    return tuple(links)


def next_link(links: Iterable[Link]) -> Link | None:
    """Who signs next; None when everybody has."""
    return next((link for link in links if link.signature is None), None)


def tier_lacks(tier: Tier, backing: Backing, spending: Spending) -> tuple[str, ...]:
    """What of a tier's demands a request does not have, as a refusal lists it."""
    found = [link.label for link in chain(backing.request, tier, spending, backing.signatures) if not link.signature]
    found += [f"{stamp}盖章" for stamp in tier.stamps if f"{stamp}盖章" not in backing.request.documents]
    if not (tier.in_budget_exempt and backing.in_budget):
        found += [f"{meeting}决议" for meeting in tier.meetings if not spending.bodies_for(meeting) & backing.bodies]
        if backing.notice_days < tier.notice_days:
            had = f"（已公示 {backing.notice_days} 天）" if backing.notice_days else ""
            found.append(f"决议公示满 {tier.notice_days} 天{had}")
        if tier.tender and not backing.tendered:
            found.append("招标（公开竞价）记录")
    found += [document for document in tier.documents if document not in backing.request.documents]
    return tuple(found)


_NO_REQUEST = Request(date.min, "", "", "", "", "", ())


def tier_demands(tier: Tier, spending: Spending) -> tuple[str, ...]:
    """Everything a tier asks for, as a refusal lists it when there is no request at all."""
    return ("用款申请", *tier_lacks(tier, Backing(_NO_REQUEST), spending))


def missing(demands: Demands, backings: tuple[Backing, ...], table: TierTable, spending: Spending) -> tuple[str, ...]:
    """What a voucher lacks, one sentence a shortcoming; empty: it may be posted.

    Requests of one kind for one payee count together, so that splitting a payment does not lower its tier.
    """
    if not demands.needs:
        return ()
    found: list[str] = []
    sums: dict[tuple[str, str], int] = {}
    for backing in backings:
        key = (backing.request.kind, backing.request.payee)
        sums[key] = sums.get(key, 0) + backing.request.amount_fen
    for backing in backings:
        request = backing.request
        tier = table.tier(request.kind, sums[request.kind, request.payee])
        found += _request_lacks(backing, tier, spending)
    lines = [line for backing in backings for line in _keyed(backing.request)]
    for outflow in (demands.payment, demands.disposal):
        found += _uncovered(demands, outflow, lines, spending)
    found += _other_accounts(demands, backings)
    return tuple(dict.fromkeys(found))


def _request_lacks(backing: Backing, tier: Tier | None, spending: Spending) -> list[str]:
    request = backing.request
    name = f"用款申请 {request.number}（{request.kind} {format_fen(request.amount_fen)} 元）"
    if backing.taken:
        return [f"{name}已经用于凭证 {backing.taken}，一份申请只能用一次"]
    found = [f"{name}：{problem}" for problem in backing.problems]
    lacks = tier_lacks(tier, backing, spending) if tier else ()
    if lacks:
        found.append(f"{name}还缺：{'、'.join(lacks)}")
    elif request.state != "已批准":
        found.append(f"{name}的状态是“{request.state}”，还没有批准")
    return found


class _Cover:
    """What a request line can still cover."""

    def __init__(self, kind: str, line: RequestLine) -> None:
        self.kind = kind
        self.account = line.account
        self.items = frozenset(line.items)
        self.left = line.fen


def _keyed(request: Request) -> list[_Cover]:
    return [_Cover(request.kind, line) for line in request.lines]


def _uncovered(demands: Demands, outflow: Outflow, covers: list[_Cover], spending: Spending) -> list[str]:
    """Spending that no linked request asked for: wrong account, wrong party, or more than was approved."""
    if not outflow.total_fen:
        return []
    needs = {need.kind: need for need in demands.needs}
    covered = 0
    rest: list[tuple[SpendLine, int]] = []
    for line in outflow.lines:
        if line.kind not in needs:
            covered += line.fen
            continue
        left = _cover(line, covers)
        covered += line.fen - left
        if left:
            rest.append((line, left))
    short = outflow.total_fen - covered
    if short <= 0:
        return []
    found = []
    by_kind: dict[str, int] = {}
    for line, left in rest:
        by_kind[line.kind] = by_kind.get(line.kind, 0) + left
    for kind, fen in by_kind.items():
        need = needs[kind]
        what = "处置资产" if kind == DISPOSAL else "付款"
        if fen >= need.amount_fen:
            lacks = "、".join(tier_demands(need.tier, spending))
            found.append(f"{what} {format_fen(need.amount_fen)} 元（{kind}）还缺：{lacks}")
        else:
            places = "、".join(str(line.place + 1) for line, _ in rest if line.kind == kind)
            found.append(
                f"第 {places} 行有 {format_fen(min(fen, short))} 元（{kind}）不在已关联的用款申请之内"
                "（科目、往来户或金额和申请的不一样）"
            )
    return found


def _cover(line: SpendLine, covers: list[_Cover]) -> int:
    """Use up what was approved for a line's account and items, the closest match first; returns what is left."""
    left = line.fen
    items = frozenset(line.items)
    fitting = [one for one in covers if one.account == line.account and one.kind == line.kind and one.items <= items]
    for one in sorted(fitting, key=lambda one: -len(one.items)):
        used = min(left, one.left)
        one.left -= used
        left -= used
    return left


def _other_accounts(demands: Demands, backings: tuple[Backing, ...]) -> list[str]:
    """Money paid from an account the requests did not name: cash instead of the bank, for one."""
    named = {backing.request.money_account for backing in backings} - {""}
    if not named:
        return []
    return [
        f"申请从 {'、'.join(sorted(named))} 付款，凭证却从 {account} 付出"
        for account in demands.payment.money_accounts
        if account not in named
    ]

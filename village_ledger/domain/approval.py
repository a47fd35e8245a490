"""What a payment needs by its kind and amount: tier tables as values, and what kind of spending a voucher is.

Money is integer fen. No national law sets these amounts; each township fixes its own, so the tables are data with their
source and the days they are in force (resources/governance/tiers-*.toml). What of it is there already, and what is
missing, is told by `approval_check`.
"""

from collections.abc import Callable, Iterable
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from .errors import BadInput
from .money import format_fen
from .voucher import Draft

PAYMENT_KINDS = ("生产性开支", "非生产性开支", "工程支出", "人员报酬", "补助救济", "购置资产", "对外投资", "其他付款")
DISPOSAL = "资产处置"
"""An asset leaving the books; moves no money by itself (集体法 art. 26, 村组法 2018 art. 24)."""
SPEND_KINDS = (*PAYMENT_KINDS, DISPOSAL)
OTHER_KIND = "其他付款"
HANDLER, WITNESS = "经手人", "证明人"
"""The two duties that are held by whom the request names, not by a role."""


class KindRule(NamedTuple):
    """Which accounts are spending of a kind: by prefix, and where `names` are given by a word in the account's path."""

    kind: str
    accounts: tuple[str, ...]
    names: tuple[str, ...] = ()


class SignerRule(NamedTuple):
    """A duty that signs: what a refusal calls its signature, the role that holds it (empty: whom the request names).

    `again`: may be signed by somebody who has signed for another duty, as where one person is 书记 and 主任.
    """

    duty: str
    label: str
    role: str
    again: bool = False


class Spending(NamedTuple):
    """How spending is told apart and signed for under one chart; the same for every tier table.

    `assets` are the accounts whose credit is an asset leaving the books. `meetings` says which bodies' decisions also
    do for another body's.
    """

    kinds: tuple[KindRule, ...]
    assets: tuple[str, ...]
    signers: tuple[SignerRule, ...]
    meetings: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def signer(self, duty: str) -> SignerRule:
        """The rule of a duty; one nobody described is held by the village head."""
        return next((one for one in self.signers if one.duty == duty), SignerRule(duty, f"{duty}签字", "负责人"))

    def bodies_for(self, meeting: str) -> frozenset[str]:
        """Every body whose decision does for a meeting's."""
        return frozenset({meeting, *next((also for name, also in self.meetings if name == meeting), ())})


class Tier(NamedTuple):
    """One step of a ladder: amounts of a kind from `from_fen` to `to_fen` (0: no end) and all they need.

    `signers` sign in this order. `in_budget_exempt`: needs no meeting, notice or tender where the payment is within
    the approved budget or under a contract that was decided on.
    """

    kind: str
    from_fen: int = 0
    from_closed: bool = True
    to_fen: int = 0
    to_closed: bool = False
    signers: tuple[str, ...] = ()
    stamps: tuple[str, ...] = ()
    meetings: tuple[str, ...] = ()
    notice_days: int = 0
    tender: bool = False
    documents: tuple[str, ...] = ()
    in_budget_exempt: bool = False

    def holds(self, fen: int) -> bool:
        """Whether an amount falls into the tier."""
        above = fen > self.from_fen or (self.from_closed and fen == self.from_fen)
        below = not self.to_fen or fen < self.to_fen or (self.to_closed and fen == self.to_fen)
        return above and below

    @property
    def is_free(self) -> bool:
        """Whether nothing is asked for."""
        return not (self.signers or self.stamps or self.meetings or self.notice_days or self.tender or self.documents)

    @property
    def span(self) -> str:
        """How the amounts are told: 不满 1,000.00 元, 1,000.00 元至 5,000.00 元（含）."""
        low, high = f"{format_fen(self.from_fen)} 元", f"{format_fen(self.to_fen)} 元"
        if not self.from_fen and not self.to_fen:
            return "不论金额"
        if not self.from_fen:
            return f"{high}以下（{'含' if self.to_closed else '不含'}）"
        start = f"{low}以上（{'含' if self.from_closed else '不含'}）"
        return f"{start}至 {high}（{'含' if self.to_closed else '不含'}）" if self.to_fen else start


class TierTable(NamedTuple):
    """A township's or village's tiers, with where they come from and the days they are in force."""

    key: str
    title: str
    source: str
    version: str
    valid_from: date
    valid_to: date | None
    tiers: tuple[Tier, ...]
    note: str = ""

    def ladder(self, kind: str) -> tuple[Tier, ...]:
        """The tiers of a kind, smallest amounts first."""
        return tuple(sorted((tier for tier in self.tiers if tier.kind == kind), key=lambda tier: tier.from_fen))

    def tier(self, kind: str, fen: int) -> Tier | None:
        """What an amount of a kind needs; None below the lowest tier."""
        return next((tier for tier in self.tiers if tier.kind == kind and tier.holds(fen)), None)


class SpendLine(NamedTuple):
    """A voucher line money is spent on (or an asset leaves from): its place from 0, kind, account, items, fen."""

    place: int
    kind: str
    account: str
    items: tuple[tuple[str, str], ...]
    fen: int


class Outflow(NamedTuple):
    """What a voucher spends: fen that leave the money accounts (or the assets) and the lines they go to.

    `total_fen` may be less than the lines' sum, where part of an expense stays owed.
    """

    total_fen: int
    lines: tuple[SpendLine, ...]
    money_accounts: tuple[str, ...] = ()

    def by_kind(self) -> dict[str, int]:
        """Fen by kind of spending, none above the total."""
        sums: dict[str, int] = {}
        for line in self.lines:
            sums[line.kind] = sums.get(line.kind, 0) + line.fen
        return {kind: min(fen, self.total_fen) for kind, fen in sums.items()}


def spending_of(draft: Draft, money: tuple[str, ...], kind_of: Callable[[str], str]) -> Outflow:
    """The money a voucher pays out. Transfers among money accounts are none; neither are receipts.

    Paying out of takings within one voucher is still a payment, so receipts are not set off: what counts is money
    credited, as far as something other than money is debited.
    """
    out, accounts, lines = 0, dict[str, None](), list[SpendLine]()
    for index, line in enumerate(draft.lines):
        fen = line.debit_fen - line.credit_fen
        if line.account.startswith(money):
            if fen < 0:
                out -= fen
                accounts[line.account] = None
        elif fen > 0:
            lines.append(SpendLine(index, "", line.account, line.items, fen))
    total = min(out, sum(line.fen for line in lines))
    if total <= 0:
        return Outflow(0, ())
    return Outflow(total, tuple(line._replace(kind=kind_of(line.account)) for line in lines), tuple(accounts))


def disposal_of(draft: Draft, assets: tuple[str, ...]) -> Outflow:
    """What leaves the books of the asset accounts; moving an asset between two of them is none."""
    lines, other = list[SpendLine](), 0
    for index, line in enumerate(draft.lines):
        fen = line.credit_fen - line.debit_fen
        if line.account.startswith(assets):
            if fen > 0:
                lines.append(SpendLine(index, DISPOSAL, line.account, line.items, fen))
        elif fen < 0:
            other -= fen
    total = min(other, sum(line.fen for line in lines))
    return Outflow(total, tuple(lines)) if total > 0 else Outflow(0, ())


def kind_of(spending: Spending, account: str, path: str) -> str:
    """The kind of spending a debit on an account is; `path` is the account's full name."""
    for rule in spending.kinds:
        if account.startswith(rule.accounts) and (not rule.names or any(name in path for name in rule.names)):
            return rule.kind
    return OTHER_KIND


def table_content(table: TierTable) -> dict[str, Any]:
    """A tier table as plain values, for keeping in the book and its log."""
    return {
        "key": table.key,
        "title": table.title,
        "source": table.source,
        "version": table.version,
        "valid_from": table.valid_from.isoformat(),
        "valid_to": table.valid_to.isoformat() if table.valid_to else "",
        "note": table.note,
        "tiers": [
            {name: list(value) if isinstance(value, tuple) else value for name, value in tier._asdict().items()}
            for tier in table.tiers
        ],
    }


def table_of(content: dict[str, Any]) -> TierTable:
    """The inverse of `table_content`. Refuses a table whose ladders overlap or have gaps."""
    try:
        tiers = tuple(_tier(row) for row in content["tiers"])
        until = content.get("valid_to", "")
        table = TierTable(
            str(content["key"]),
            str(content["title"]),
            str(content["source"]),
            str(content["version"]),
            date.fromisoformat(content["valid_from"]),
            date.fromisoformat(until) if until else None,
            tiers,
            str(content.get("note", "")),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BadInput(f"审批权限表不完整：{error}") from None
    if problems := table_problems(table):
        raise BadInput(f"审批权限表“{table.title}”有误：{'；'.join(problems)}")
    return table


def _tier(row: dict[str, Any]) -> Tier:
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    return Tier(**values)


def table_problems(table: TierTable) -> tuple[str, ...]:
    """Where the ladders of a table do not fit together: each amount above the floor must fall into one tier."""
    found = []
    for kind in dict.fromkeys(tier.kind for tier in table.tiers):
        if kind not in SPEND_KINDS:
            found.append(f"没有“{kind}”这类开支")
            continue
        found += _ladder_problems(kind, table.ladder(kind))
    return tuple(found)


def _ladder_problems(kind: str, ladder: tuple[Tier, ...]) -> Iterable[str]:
    for tier in ladder:
        if min(tier.from_fen, tier.to_fen, tier.notice_days) < 0 or (tier.to_fen and tier.to_fen <= tier.from_fen):
            yield f"{kind}的一档金额上下限不对（{tier.span}）"
    for lower, upper in pairwise(ladder):
        if lower.to_fen != upper.from_fen or lower.to_closed == upper.from_closed:
            yield f"{kind}的两档没有接上或有重叠：{lower.span} 和 {upper.span}"
    if ladder[-1].to_fen:
        yield f"{kind}没有 {format_fen(ladder[-1].to_fen)} 元以上的一档"

"""Dealings between villages that stand in both books: what one says and what the other says.

A link tells that a counterparty in one village's books is another village. What both sides agree on falls out of a
sum over the villages; what they do not agree on stays in it and is listed.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from .desk import Figures
from .statement import Statement

Kind = Literal["应收应付", "收入支出"]
Verdict = Literal["一致", "不一致", "对方没有记", "对方未报送"]
DUE, OWED, RESULT = "借", "贷", "损益"
"""What a figure by counterparty and account tells (`0047|113|借`): due on its details, owed, income less expense."""


class Link(NamedTuple):
    """The counterparty `party` (its code in the books of `village`) is the village `other`."""

    village: str
    party: str
    other: str


class Said(NamedTuple):
    """What one village's books say of another: amounts by line of the statement, positive as the line shows them."""

    gives: Figures
    """Lines of what it is owed, or of its income."""
    takes: Figures
    """Lines of what it owes, or of its expense."""


class Dealing(NamedTuple):
    """What `creditor` says it is owed by (or earned from) `debtor`, and what that village says of it.

    `lines` are the amounts by statement line on both sides, to be taken out when they agree.
    """

    kind: Kind
    creditor: str
    debtor: str
    claimed_fen: int
    owed_fen: int
    lines: Figures
    missing: bool = False

    @property
    def agreed(self) -> bool:
        """Whether both say the same."""
        return not self.missing and self.claimed_fen == self.owed_fen

    @property
    def verdict(self) -> Verdict:
        """How they stand to each other."""
        if self.missing:
            return "对方未报送"
        if self.agreed:
            return "一致"
        return "不一致" if self.claimed_fen and self.owed_fen else "对方没有记"


def said(statement: Statement, figures: Figures, parties: Iterable[str], suffix: str = "") -> Said:
    """What a village's figures say of the counterparties, on the lines of a statement that name their accounts."""
    gives: Figures = {}
    takes: Figures = {}
    by_account = _by_account(figures, frozenset(parties), suffix)
    for line in statement.lines:
        for term in line.terms:
            known = by_account.get(term.operand)
            if known is None:
                continue
            due, owed, result = known[DUE], known[OWED], known[RESULT]
            match term.kind:
                case "debit":
                    _put(gives, line.key, term.sign * (due - owed))
                case "debit_details":
                    _put(gives, line.key, term.sign * due)
                case "credit":
                    _put(takes, line.key, term.sign * (owed - due))
                case "credit_details":
                    _put(takes, line.key, term.sign * owed)
                case "income":
                    _put(gives, line.key, term.sign * result)
                case "expense":
                    _put(takes, line.key, -term.sign * result)
                case _:
                    continue
    return Said(gives, takes)


def _by_account(figures: Figures, parties: frozenset[str], suffix: str) -> dict[str, dict[str, int]]:
    found: defaultdict[str, dict[str, int]] = defaultdict(lambda: {DUE: 0, OWED: 0, RESULT: 0})
    for key, fen in figures.items():
        party, _, rest = key.partition("|")
        account, _, name = rest.partition("|")
        bare, at, moment = name.partition("@")
        if party in parties and f"{at}{moment}" == suffix:
            found[account][bare] += fen
    return found


def _put(lines: Figures, key: str, fen: int) -> None:
    if fen:
        lines[key] = lines.get(key, 0) + fen


def dealings(
    kind: Kind, statement: Statement, links: Iterable[Link], figures: Mapping[str, Figures], suffix: str = ""
) -> tuple[Dealing, ...]:
    """Every pair of linked villages in both directions, where either says anything. A village that is missing in
    `figures` did not hand its month over.
    """
    parties: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for link in links:
        parties[link.village, link.other].add(link.party)
    pairs = {(a, b) for a, b in parties} | {(b, a) for a, b in parties}
    found = []
    for creditor, debtor in sorted(pairs):
        claims = said(statement, figures.get(creditor, {}), parties.get((creditor, debtor), ()), suffix).gives
        debts = said(statement, figures.get(debtor, {}), parties.get((debtor, creditor), ()), suffix).takes
        claimed, owed = sum(claims.values()), sum(debts.values())
        if claimed or owed:
            lines = {key: claims.get(key, 0) + debts.get(key, 0) for key in claims.keys() | debts.keys()}
            missing = creditor not in figures or debtor not in figures
            found.append(Dealing(kind, creditor, debtor, claimed, owed, lines, missing))
    return tuple(found)


def removed(found: Iterable[Dealing]) -> Figures:
    """What falls out of a sum, negative by statement line: the dealings both sides agree on."""
    total: Figures = {}
    for one in found:
        if one.agreed:
            for key, fen in one.lines.items():
                total[key] = total.get(key, 0) - fen
    return total

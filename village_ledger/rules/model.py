"""What a rule is, what it looks at, and what it finds."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, Literal, NamedTuple

from village_ledger.domain.chain import sha256
from village_ledger.domain.period import Period
from village_ledger.domain.roles import Roles
from village_ledger.domain.view import LedgerSource

Severity = Literal["高", "中", "低"]
SEVERITIES: tuple[Severity, ...] = ("高", "中", "低")
Row = Mapping[str, Any]
"""A register's row by column key, as docs/formats-reports.md describes it; days are `date`, money fen, areas hundredths
of a mu."""
Values = Mapping[str, Any]
"""A rule's parameters by name: money in fen, shares in percent, days and counts as integers, words and lists
of bounds as tuples."""


class Act(NamedTuple):
    """A record of the village's log: when (UTC, ISO), who, what, on what, and its particulars."""

    at: str
    actor: str
    action: str
    subject: str
    detail: Any


class Case(NamedTuple):
    """What is looked at: the months from `start` to `end` of one village.

    `ledger` answers for these months, and before them as far back as it was handed over. `registers` are rows by report
    name: registers of a state (contracts, cards) as of `end`, those of acts (requests, decisions, documents …) of all
    months. A register that was not handed over is missing, and rules that need it are not run. `market` are yearly
    rents in fen per mu, by class of land, of all contracts of the township; of a single book, of its own.
    """

    ledger: LedgerSource
    start: Period
    end: Period
    roles: Roles
    cash: tuple[str, ...] = ("101",)
    bank: tuple[str, ...] = ("102",)
    registers: Mapping[str, tuple[Row, ...]] = {}
    acts: tuple[Act, ...] = ()
    market: Mapping[str, tuple[int, ...]] = {}

    def rows(self, register: str) -> tuple[Row, ...]:
        """A register's rows; none when it is missing."""
        return self.registers.get(register, ())

    @property
    def last_day(self) -> date:
        """The day the case is looked at from."""
        return self.end.last_day


class Hit(NamedTuple):
    """One thing found. `subject` says what it is about and is unique within the rule (`凭证 2025-06 记-5`).

    `text` is the sentence people read, `evidence` what it rests on as (what, value) pairs, `vouchers` the labels
    (`2025-06 记-5`) that lead to the books.
    """

    subject: str
    text: str
    evidence: tuple[tuple[str, str], ...] = ()
    amount_fen: int = 0
    vouchers: tuple[str, ...] = ()


class Rule(NamedTuple):
    """One rule: `id` (kebab case, the name of its module with hyphens), its place in the reference list, what people
    call it, the sentence it enforces, where that comes from, how bad a hit is, the registers and parameters it needs.
    """

    id: str
    number: int
    title: str
    text: str
    source: str
    severity: Severity
    check: Callable[[Case, Values], Iterator[Hit]]
    parameters: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


class Finding(NamedTuple):
    """A hit of a rule in a village's months, as it is shown, kept and dismissed."""

    rule: Rule
    hit: Hit

    @property
    def key(self) -> str:
        """Which doubt it is, however often it is found again: of rule and subject."""
        return sha256([self.rule.id, self.hit.subject])[:32]

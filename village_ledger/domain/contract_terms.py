"""Statutory terms of contracts: warnings, since the law and not this program decides what an old contract is worth."""

from collections.abc import Iterable
from typing import NamedTuple

from .contract import Contract
from .contract_schedule import term_years
from .problems import Problem


class TermRule(NamedTuple):
    """How long contracts of some kinds, uses and ways of award may run, in years (0: no limit); empty means any."""

    kinds: tuple[str, ...]
    uses: tuple[str, ...]
    awards: tuple[str, ...]
    least: int
    most: int
    text: str
    basis: str

    def applies_to(self, contract: Contract) -> bool:
        """Whether the rule is about such a contract."""
        return (
            (not self.kinds or contract.kind in self.kinds)
            and (not self.uses or contract.use in self.uses)
            and (not self.awards or contract.award in self.awards)
        )


def term_warnings(contract: Contract, rules: Iterable[TermRule]) -> tuple[Problem, ...]:
    """What the law says against the term of a contract; the first rule that applies decides."""
    if contract.end < contract.start:
        return ()
    rule = next((rule for rule in rules if rule.applies_to(contract)), None)
    if rule is None:
        return ()
    years, days = term_years(contract.start, contract.end)
    length = f"{years} 年" + (f"零 {days} 天" if days else "")
    if rule.most and (years, days) > (rule.most, 0):
        return (_warning("term-long", f"合同期限 {length}，长于法定的 {rule.most} 年", rule),)
    if rule.least and years < rule.least:
        return (_warning("term-short", f"合同期限 {length}，短于法定的 {rule.least} 年", rule),)
    return ()


def _warning(code: str, text: str, rule: TermRule) -> Problem:
    return Problem(code, f"{text}：{rule.text}（{rule.basis}）", field="end", blocking=False)

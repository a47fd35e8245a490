"""The statutory terms from resources/contract_terms.toml."""

from functools import cache

from ..domain.contract import AWARDS, KINDS, USES
from ..domain.contract_terms import TermRule
from ..domain.errors import BadInput
from .catalog import read_resource

_SOURCE = "contract_terms.toml"


@cache
def term_rules() -> tuple[TermRule, ...]:
    """The rules in their order. Refuses a damaged file with the place that is wrong."""
    found = []
    for number, row in enumerate(read_resource(_SOURCE).get("term", []), 1):
        rule = TermRule(
            tuple(row.get("kinds", ())),
            tuple(row.get("uses", ())),
            tuple(row.get("awards", ())),
            row.get("min", 0),
            row.get("max", 0),
            str(row.get("text", "")),
            str(row.get("basis", "")),
        )
        known = set(rule.kinds) <= set(KINDS) and set(rule.uses) <= set(USES) and set(rule.awards) <= set(AWARDS)
        if not (known and rule.text and rule.basis and min(rule.least, rule.most) >= 0):
            raise BadInput(f"程序文件 resources/{_SOURCE} 有误：第 {number} 条不完整")
        found.append(rule)
    return tuple(found)

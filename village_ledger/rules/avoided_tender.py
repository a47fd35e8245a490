"""Works and purchases are not cut into contracts below the tender bound (招标投标法第四条: 不得化整为零规避招标).
Looked for: contracts of one kind with one party or for one thing within a year, each below the bound, together at or
above it.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from village_ledger.domain.contract import OUTGOING
from village_ledger.domain.period import Period

from . import cells
from .model import Case, Hit, Row, Rule, Values
from .wording import yuan

_BOUNDS = {"工程": "works", "采购": "purchases"}
_PART = re.compile(r"（[^）]*）|\([^)]*\)|第?[一二三四五六七八九十0-9]+(?:期|标段|标|次|批|段)|[0-9]+")


def check(case: Case, values: Values) -> Iterator[Hit]:
    """One hit a group of contracts whose newest was signed in the case."""
    groups: defaultdict[tuple[str, str], list[tuple[date, Row]]] = defaultdict(list)
    for row in case.rows("contract-register"):
        signed = cells.day(row, "signed") or cells.day(row, "start")
        kind = cells.text(row, "kind")
        if (
            kind not in _BOUNDS
            or cells.text(row, "direction") != OUTGOING
            or cells.text(row, "award") in values["tendered"]
            or not signed
        ):
            continue
        if 0 < cells.fen(row, "total") < values[_BOUNDS[kind]]:
            groups[kind, f"与{cells.name(row, 'party')}"].append((signed, row))
            groups[kind, f"“{_PART.sub('', cells.text(row, 'subject'))}”"].append((signed, row))
    told: set[frozenset[str]] = set()
    for (kind, what), contracts in groups.items():
        run = _newest_run(contracts, values["months"])
        numbers = frozenset(cells.text(row, "contract") for _, row in run)
        total = sum(cells.fen(row, "total") for _, row in run)
        recent = run[-1][0] >= case.start.first_day
        if len(numbers) > 1 and total >= values[_BOUNDS[kind]] and recent and numbers not in told:
            told.add(numbers)
            yield Hit(
                f"{kind}合同 {'、'.join(sorted(numbers))}",
                f"{values['months']} 个月内{what}签了 {len(numbers)} 份{kind}合同，都没有招标，"
                f"每份低于招标限额 {yuan(values[_BOUNDS[kind]])}，"
                f"合计 {yuan(total)}，像是化整为零规避招标",
                tuple((f"合同 {cells.text(row, 'contract')}", _told(day, row)) for day, row in run),
                total,
            )


def _told(day: date, row: Row) -> str:
    return f"{day} {cells.text(row, 'subject')} {cells.text(row, 'party')} {yuan(cells.fen(row, 'total'))}"


def _newest_run(contracts: list[tuple[date, Row]], months: int) -> list[tuple[date, Row]]:
    """The contracts signed within so many months before the newest."""
    ordered = sorted(contracts, key=lambda pair: (pair[0], cells.text(pair[1], "contract")))
    newest = Period.of(ordered[-1][0])
    return [pair for pair in ordered if Period.of(pair[0]).plus(months) > newest]


RULE = Rule(
    "avoided-tender",
    27,
    "规避招标",
    "工程和采购不得化整为零规避招标。",
    "招标投标法第四条；审计疑点清单第27条",
    "高",
    check,
    ("works", "purchases", "months", "tendered"),
    ("contract-register",),
)

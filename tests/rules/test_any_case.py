"""No rule ever breaks, whatever a village hands over: empty registers, red letters, nil amounts, odd texts."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import a_line, a_voucher
from tests.rules import desk_a
from village_ledger.domain.period import Period
from village_ledger.rules.model import Case, Hit, Row
from village_ledger.rules.registry import FIRST_HALF
from village_ledger.services.township.flags import default_parameters, findings

ACCOUNTS = ("101", "102", "51302", "51303", "51306", "51308", "51402", "211", "212", "50102", "153")
NAMES = ("", "石建国", "李秀珍", "清河文具店", "人员:石长林", "项目:机耕路")
TEXTS = st.sampled_from(
    ("", "1", "0002", "00003", "石建国", "清河文具店", "GC1", "付餐费", "；", "负责人 石建国 2025-06-01；")
)
DAYS = st.one_of(st.none(), st.dates(date(2024, 12, 1), date(2026, 1, 31)))
FIGURES = st.one_of(st.none(), st.integers(-2_000_000, 9_000_000), st.sampled_from((0, 1, 1000_00)))
LABELS = st.sampled_from(("", "2025-06 记-1", "2025-07 记-2", "2025-01 记-9"))
TEMPLATES: dict[str, Row] = {
    "document-register": desk_a.a_document("", 1, "2025-06-01"),
    "request-register": desk_a.a_request("", 1),
    "related-persons": desk_a.a_relation("李秀珍"),
    "people-register": desk_a.a_person("石建国"),
    "contract-register": desk_a.a_contract("GC1", "甲队", 1, "2025-01-01"),
    "project-ledger": desk_a.a_project("XM1", "甲队"),
    "tender-register": desk_a.a_round("XM1", "甲 1.00；乙 2.00"),
    "decision-register": desk_a.a_decision("1号", "2025-01-01"),
    "benefit-register": desk_a.a_benefit("甲", 1),
    "contract-parties": {"party": "甲队", "phone_tag": ""},
    "budget-execution": {"item": "", "name": "办公费", "side": "支出", "adjusted": 0, "executed": 0},
    "payment-trail": {"voucher": "", "stage": "决策"},
}
FIXED = {
    "direction": ("收", "付"),
    "side": ("收入", "支出"),
    "kind": ("税务发票", "白条", "农村集体经济组织统一收据", "工程", "采购", "救济慰问"),
}


def cells(key: str, value: Any):
    """What may stand in a cell like this one."""
    if key in FIXED:
        return st.sampled_from(FIXED[key])
    if key == "voucher":
        return LABELS
    if isinstance(value, bool):
        return st.booleans()
    if isinstance(value, int):
        return FIGURES
    return DAYS if isinstance(value, date) or value is None else TEXTS


ODD = st.one_of(st.none(), st.text(max_size=3), st.integers(), st.booleans(), st.just("9" * 5000), DAYS)


def rows(template: Row):
    """A few rows of a register; sometimes columns are missing, or hold something else than they should."""
    right = {key: cells(key, value) for key, value in template.items()}
    odd = {key: st.one_of(wanted, ODD) for key, wanted in right.items()}
    row = st.one_of(st.fixed_dictionaries(right), st.fixed_dictionaries({}, optional=odd))
    return st.lists(row, max_size=4)


@st.composite
def vouchers(draw):
    """Balanced vouchers of 2025, some of nothing, some in red letters, with or without members."""
    made = []
    for number in range(1, draw(st.integers(0, 12)) + 1):
        amounts = draw(st.lists(st.integers(-2_000_000, 2_000_000), min_size=1, max_size=3))
        lines = [(draw(st.sampled_from(ACCOUNTS)), fen, draw(st.sampled_from(NAMES))) for fen in amounts]
        lines.append((draw(st.sampled_from(ACCOUNTS)), -sum(amounts), ""))
        entries = [a_line(*line, summary=draw(TEXTS)) for line in lines]
        if draw(st.booleans()):  # the same change of each account, written in red letters on the other side
            entries = [one._replace(debit_fen=-one.credit_fen, credit_fen=-one.debit_fen) for one in entries]
        day = draw(st.dates(date(2025, 1, 1), date(2025, 12, 31)))
        made.append(a_voucher(number, str(day), *entries, attachments=draw(st.integers(0, 1))))
    return made


@st.composite
def cases(draw):
    """A case of any months of 2025 with any registers."""
    first, last = sorted((draw(st.integers(1, 12)), draw(st.integers(1, 12))))
    registers = {
        name.replace("-", "_"): draw(rows(template)) for name, template in TEMPLATES.items() if draw(st.booleans())
    }
    return desk_a.a_case(*draw(vouchers()), start=f"2025-{first:02d}", end=f"2025-{last:02d}", **registers)


def told(hit: Hit) -> bool:
    """Whether a hit can be shown and kept: texts that are texts, an amount in fen."""
    pairs = [part for pair in hit.evidence for part in pair]
    return all(isinstance(text, str) for text in (hit.subject, hit.text, *pairs, *hit.vouchers)) and all(
        (hit.subject.strip(), hit.text.strip(), type(hit.amount_fen) is int)
    )


@settings(max_examples=60)
@given(cases())
def test_no_rule_breaks_and_every_hit_can_be_shown(case: Case):
    for finding in findings(case, default_parameters()):
        assert told(finding.hit), finding


@settings(max_examples=30)
@given(cases())
def test_looking_again_finds_the_same(case: Case):
    assert findings(case, default_parameters()) == findings(case, default_parameters())


@pytest.mark.parametrize("start", [Period(2025, 1), Period(2025, 12), Period(1900, 1)])
def test_an_empty_ledger_with_empty_registers_gives_no_doubts(start: Period):
    registers = {name.replace("-", "_"): [] for name in TEMPLATES}
    case = desk_a.a_case(start=str(start), end=str(start), openings=(), since=str(start), **registers)
    assert {name for rule in FIRST_HALF for name in rule.needs} <= set(TEMPLATES)
    assert findings(case, default_parameters()) == ()

"""Whatever a village hands over, a rule answers with hits or with nothing.

A seed makes a case: drawn cell by cell, cases this wide would stay nearly empty.
"""

from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import an_item
from tests.rules.desk_b import CHART, a_case, defaults
from village_ledger.domain.view import Opening
from village_ledger.domain.voucher import Line, Voucher
from village_ledger.rules.model import Act, Case, Hit
from village_ledger.rules.registry import SECOND_HALF

KEYS = {
    "contract-register": "contract kind subject party direction use award signed start end price cycle annual total"
    " state decision",
    "contract-arrears": "contract party due received arrears days subject oldest account",
    "contract-tie": "account party contract_balance note",
    "contract-parties": "contract party category unit_rent annual",
    "tender-register": "project name award announced closed days opened control price",
    "resource-register": "code name class area_mu_x100 contracted_x100 idle_x100 location",
    "fixed-asset-register": "code name original net status custodian location acquired voucher",
    "asset-changes": "date change code name original approval decision voucher reason settlement",
    "asset-count": "code name unit missing surplus missing_net surplus_value note",
    "project-ledger": "name state",
    "decision-register": "number title day matter body eligible present yes valid failures state cap spent",
    "benefit-register": "batch kind day document voucher team name amount people area_mu_x100 standard id id_tag"
    " card_tag",
    "related-persons": "officer post relation name since until",
    "people-register": "name role active since",
    "notice-register": "edition from to version made signed posted until taken_down objections answered late_days",
}
USUAL = {
    "kind": ["承包", "租赁", "惠农补贴", "救济慰问"],
    "direction": ["收", "付"],
    "use": ["耕地", "林地", "房屋"],
    "class": ["耕地", "四荒"],
    "category": ["耕地"],
    "contract": ["HT1", "HT2"],
    "decision": ["石村议1号", ""],
    "number": ["石村议1号", "石村议2号"],
    "award": ["公开竞价", "公开协商", "公开招标"],
    "state": ["履行中", "到期未收回", "定稿", "已竣工"],
    "cycle": ["按年", "一次付清", "每五年"],
    "status": ["在用", "闲置"],
    "change": ["报废", "出售", "使用变更"],
    "reason": ["状态改为闲置", ""],
    "voucher": ["2025-03 记-1", "2025-06 记-2", ""],
    "batch": ["地力补贴"],
    "edition": ["月度", "季度", "专项"],
    "from": ["2025-01", "2025-04", "2025-13"],
    "to": ["2025-03", "2025-06"],
    "relation": ["本人", "配偶", "任职或投资的单位"],
    "post": ["理事长", "监事", "会计", "出纳"],
    "role": ["会计", "出纳", "乡镇"],
    "matter": ["借款", "出借资金"],
    "standard": ["86.60元/亩", "999999999999999元/亩", "每人500元"],
    "id_tag": ["i1", "i2"],
    "card_tag": ["c1", "c2"],
    "account": ["112", "113"],
    "custodian": ["王喜贵", ""],
    "failures": ["到会不足", ""],
    "valid": [True, False],
    "active": [True, False],
    "name": ["石建国", "石大山", "李秀珍"],
    "party": ["石建国", "石大山", "李秀珍"],
    "officer": ["石建国", "石大山", "李秀珍"],
}
ON_DAYS = {
    "signed",
    "start",
    "end",
    "oldest",
    "announced",
    "closed",
    "opened",
    "date",
    "day",
    "made",
    "posted",
    "until",
}
ON_DAYS |= {"since", "taken_down", "acquired"}
COUNTED = {"annual", "total", "due", "received", "arrears", "days", "contract_balance", "unit_rent", "control", "price"}
COUNTED |= {"area_mu_x100", "contracted_x100", "idle_x100", "original", "net", "missing", "surplus", "missing_net"}
COUNTED |= {"surplus_value", "eligible", "present", "yes", "cap", "spent", "amount", "people", "objections", "answered"}
COUNTED |= {"late_days", "version"}


ROOT = Path(__file__).resolve().parents[2]
ODD = [None, True, -1, 10**9, 10**17, date.max, date.min, "", " ", "〔〕", "2025-06-30"]
"""A rule trusts no register: now and then a cell holds anything."""
ACCOUNTS = ["101", "102", "112", "113", "151", "153", "201", "211", "241", "50101", "50103", "51303", "401"]
NAMES = ["石建国", "石大山", "李记超市", "环村路", ""]
SUMMARIES = ["收租金", "购办公电脑", "借给石建国", "收代发补贴", "冲销2025年3月记-1号凭证：", ""]
INSTANTS = ["2025-07-01T08:00:00Z", "2026-07-01", "", "9999-12-31T23:59:59Z"]
ACTIONS = ["post", "reopen", "hand-over", "unreview", "draft-delete", "settings", "rules"]


def a_day(dice: Random) -> date:
    """Of the year or near it, often the same one, sometimes decades away."""
    usual = date(2024, 6, 1) + timedelta(days=dice.randrange(760))
    return dice.choice([usual, usual, usual, date(2025, 3, 10), date(2025, 3, 10), date(1990, 1, 1), date(2070, 1, 1)])


def a_cell(dice: Random, key: str):
    """Mostly what the register holds there."""
    if dice.random() < 0.08:
        return dice.choice(ODD)
    if key in ON_DAYS:
        return a_day(dice)
    if key in COUNTED:
        return dice.choice([0, 1, 30, 1_000, dice.randrange(10**7)])
    return dice.choice(USUAL.get(key, ["石桥村", ""]))


def register(dice: Random, keys: str):
    return [{key: a_cell(dice, key) for key in keys.split()} for _ in range(dice.randrange(20))]


def some_lines(dice: Random) -> tuple[Line, ...]:
    """Two or more lines that balance; amounts may be red, members any."""
    amounts = [dice.choice([1, -1, 100]) * dice.randrange(10**6) for _ in range(dice.randrange(1, 4))]
    made = []
    for fen in [*amounts, -sum(amounts)]:
        as_credit = fen < 0 if dice.random() < 0.8 else fen > 0
        items = (an_item(name),) if (name := dice.choice(NAMES)) else ()
        debit, credit = (0, -fen) if as_credit else (fen, 0)
        made.append(Line(dice.choice(SUMMARIES), dice.choice(ACCOUNTS), items, debit, credit))
    return tuple(made)


def some_vouchers(dice: Random) -> list[Voucher]:
    found: list[Voucher] = []
    for identity in range(dice.randrange(12)):
        lines, reverses = some_lines(dice), dice.choice([0, 0, 0, 1, 7])
        if reverses and found and dice.random() < 0.5:
            lines = tuple(
                line._replace(debit_fen=-line.debit_fen, credit_fen=-line.credit_fen) for line in found[0].lines
            )
        people = [dice.choice(["王会计", "李审核", ""]) for _ in range(3)]
        word, number, kind = dice.choice("记付"), dice.randrange(1, 9), dice.choice(["normal", "normal", "carry"])
        uid = f"{identity:032x}"
        day = date(2024, 6, 1) + timedelta(days=dice.randrange(760))
        found.append(Voucher(identity, uid, day, word, number, lines, 0, kind, *people, "王会计", reverses=reverses))
    return found


def a_detail(dice: Random):
    draft = dice.randrange(3)
    return dice.choice(
        [
            None,
            [[draft, "2025-07", 1], [], 5],
            {"uid": f"{draft:032x}", "draft": draft, "reason": dice.choice(ODD), "handed_over": dice.choice(ODD)},
            {"topic": dice.choice(["tiers", None]), "valid_from": dice.choice(ODD)},
            {"control": [None, 7], "control_from": ["2025-10", None], "single_person": [1], "log_in": ["1", "0"]},
        ]
    )


def any_case(seed: int) -> Case:
    dice = Random(seed)
    subject = dice.choice(["2025-05", "", "草稿7"])
    return a_case(
        *some_vouchers(dice),
        openings=[
            Opening(code, (an_item("石建国"),), dice.randrange(-(10**6), 10**6)) for code in ACCOUNTS if code in CHART
        ],
        first=dice.choice(["2024-01", "2025-01", "2025-12"]),
        acts=[
            Act(dice.choice(INSTANTS), "周敏", dice.choice(ACTIONS), subject, a_detail(dice))
            for _ in range(dice.randrange(8))
        ],
        market={"耕地": tuple(dice.randrange(10**6) for _ in range(dice.randrange(6)))},
        **{name.replace("-", "_"): register(dice, keys) for name, keys in KEYS.items()},
    )


@settings(max_examples=200)
@given(st.integers(0, 2**32))
def test_no_case_stops_a_rule_and_the_same_case_gives_the_same_hits(seed):
    case = any_case(seed)
    for rule in SECOND_HALF:
        found = tuple(rule.check(case, defaults(rule)))
        assert tuple(rule.check(case, defaults(rule))) == found
        for hit in found:
            assert isinstance(hit, Hit)
            assert hit.subject
            assert hit.text
            assert isinstance(hit.amount_fen, int)
            assert all(isinstance(part, str) for pair in hit.evidence for part in pair)
            assert all(isinstance(label, str) for label in hit.vouchers)


def test_the_cases_reach_every_rule():
    cases = [any_case(seed) for seed in range(400)]
    silent = [rule.id for rule in SECOND_HALF if not any(any(rule.check(case, defaults(rule))) for case in cases)]
    assert silent == []


@pytest.mark.parametrize("rule", SECOND_HALF, ids=lambda rule: rule.id)
def test_nothing_is_found_where_nothing_was_handed_over(rule):
    empty = a_case(**{name.replace("-", "_"): () for name in KEYS})
    assert tuple(rule.check(empty, defaults(rule))) == ()


@pytest.mark.parametrize("rule", SECOND_HALF, ids=lambda rule: rule.id)
def test_every_register_a_rule_needs_is_one_that_is_handed_over(rule):
    assert set(rule.needs) <= set(KEYS)
    assert 31 <= rule.number <= 56


@pytest.mark.parametrize("rule", SECOND_HALF, ids=lambda rule: rule.id)
def test_the_rule_is_described(rule):
    assert f"| {rule.number} | `{rule.id}` |" in (ROOT / "docs" / "rules.md").read_text("utf-8")

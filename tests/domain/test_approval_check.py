"""Each demand of a tier, met and not met; and what covers what a voucher spends."""

from datetime import date

import pytest

from village_ledger.domain.approval import Outflow, SpendLine, Tier, TierTable
from village_ledger.domain.approval_check import (
    Backing,
    Demands,
    Need,
    chain,
    demands_of,
    missing,
    next_link,
    tier_lacks,
)
from village_ledger.domain.request import Request, RequestLine, Signature
from village_ledger.services import tiers

DAY = date(2025, 10, 8)
SPENDING = tiers.spending("rural-2023")
KIND = "非生产性开支"
FREE = Outflow(0, ())


def a_request(fen: int = 500, **more: object) -> Request:
    request = Request(DAY, "用途", KIND, "文具店", "甲", "乙", (RequestLine("纸", "51303", (), fen),), "102")
    return request._replace(state="已批准", round=1, number="用2025-001")._replace(**more)


def signed(*duties: str) -> tuple[Signature, ...]:
    return tuple(Signature(step, duty, f"{duty}人", DAY, round=1) for step, duty in enumerate(duties))


@pytest.mark.parametrize(
    ("tier", "met", "lack"),
    [
        (Tier(KIND, signers=("村监会",)), {"signatures": signed("村监会")}, "村监会审核签字"),
        (Tier(KIND, signers=("乡镇",)), {"signatures": signed("乡镇")}, "乡镇审批"),
        (Tier(KIND, stamps=("村监会",)), {"request": a_request(documents=("村监会盖章",))}, "村监会盖章"),
        (Tier(KIND, documents=("验收单",)), {"request": a_request(documents=("验收单",))}, "验收单"),
        (Tier(KIND, meetings=("村民代表会议",)), {"bodies": frozenset({"村民代表会议"})}, "村民代表会议决议"),
        (Tier(KIND, meetings=("村民代表会议",)), {"bodies": frozenset({"成员大会"})}, "村民代表会议决议"),
        (Tier(KIND, meetings=("两委会",)), {"bodies": frozenset({"村民代表会议"})}, "两委会决议"),
        (Tier(KIND, notice_days=7), {"notice_days": 7}, "决议公示满 7 天"),
        (Tier(KIND, tender=True), {"tendered": True}, "招标（公开竞价）记录"),
    ],
)
def test_a_demand_is_named_until_it_is_met(tier, met, lack):
    assert tier_lacks(tier, Backing(a_request()), SPENDING) == (lack,)
    assert tier_lacks(tier, Backing(a_request())._replace(**met), SPENDING) == ()


def test_a_notice_that_is_too_short_tells_how_long_it_was():
    tier = Tier(KIND, notice_days=7)
    assert tier_lacks(tier, Backing(a_request(), notice_days=6), SPENDING) == ("决议公示满 7 天（已公示 6 天）",)


def test_a_lower_meeting_does_not_do_for_a_higher_one():
    tier = Tier(KIND, meetings=("村民代表会议",))
    assert tier_lacks(tier, Backing(a_request(), bodies=frozenset({"两委会"})), SPENDING) == ("村民代表会议决议",)


def test_within_the_budget_meetings_may_be_spared_but_never_signatures():
    tier = Tier(KIND, signers=("村监会",), meetings=("两委会",), notice_days=7, tender=True, in_budget_exempt=True)
    assert tier_lacks(tier, Backing(a_request(), in_budget=True), SPENDING) == ("村监会审核签字",)
    strict = tier._replace(in_budget_exempt=False)
    assert len(tier_lacks(strict, Backing(a_request(), in_budget=True), SPENDING)) == 4


def test_signatures_of_an_earlier_submission_do_not_count():
    tier = Tier(KIND, signers=("负责人", "村监会"))
    links = chain(a_request(round=2), tier, SPENDING, signed("负责人"))
    assert next_link(links).duty == "负责人"
    assert next_link(chain(a_request(), tier, SPENDING, signed("负责人"))).duty == "村监会"


TABLE = TierTable("x", "表", "", "1", DAY, None, (Tier(KIND, 100, signers=("村监会",)),))


def a_demand(*lines: SpendLine, total: int = 0, money: tuple[str, ...] = ("102",)) -> Demands:
    return demands_of(TABLE, Outflow(total or sum(line.fen for line in lines), lines, money), FREE)


def test_below_the_lowest_tier_nothing_is_asked():
    assert a_demand(SpendLine(0, KIND, "51303", (), 99)).needs == ()
    assert a_demand(SpendLine(0, KIND, "51303", (), 100)).needs == (Need(KIND, 100, TABLE.tiers[0]),)


def test_a_request_covers_its_account_and_members_up_to_its_amount():
    full = Backing(a_request(500), signed("村监会"))
    assert missing(a_demand(SpendLine(0, KIND, "51303", (), 500)), (full,), TABLE, SPENDING) == ()
    assert missing(a_demand(SpendLine(0, KIND, "51303", (("项目", "村道"),), 500)), (full,), TABLE, SPENDING) == ()
    more = missing(a_demand(SpendLine(0, KIND, "51303", (), 501)), (full,), TABLE, SPENDING)
    assert more[0].startswith("第 1 行有 0.01 元")
    other = missing(a_demand(SpendLine(0, KIND, "51304", (), 500)), (full,), TABLE, SPENDING)
    assert other[0].startswith("付款 5.00 元（非生产性开支）还缺：用款申请")
    named = Backing(a_request(lines=(RequestLine("纸", "51303", (("项目", "村道"),), 500),)), signed("村监会"))
    assert missing(a_demand(SpendLine(0, KIND, "51303", (), 500)), (named,), TABLE, SPENDING) != ()


def test_what_stays_owed_need_not_be_covered():
    lines = (SpendLine(0, KIND, "51303", (), 500), SpendLine(1, KIND, "51304", (), 400))
    full = Backing(a_request(500), signed("村监会"))
    assert missing(a_demand(*lines, total=500), (full,), TABLE, SPENDING) == ()
    assert missing(a_demand(*lines, total=501), (full,), TABLE, SPENDING) != ()


def test_money_from_another_account_than_the_request_names_is_told():
    full = Backing(a_request(500), signed("村监会"))
    demand = a_demand(SpendLine(0, KIND, "51303", (), 500), money=("101",))
    assert missing(demand, (full,), TABLE, SPENDING) == ("申请从 102 付款，凭证却从 101 付出",)


@pytest.mark.parametrize(
    ("backing", "told"),
    [
        (Backing(a_request(), signed("村监会"), taken="2025-10 记-3"), "一份申请只能用一次"),
        (Backing(a_request(), signed("村监会"), ("决策不成立",)), "决策不成立"),
        (Backing(a_request(state="退回"), signed("村监会")), "还没有批准"),
        (Backing(a_request()), "还缺：村监会审核签字"),
    ],
)
def test_a_request_that_does_not_hold_says_why(backing, told):
    demand = a_demand(SpendLine(0, KIND, "51303", (), 500))
    assert any(told in text for text in missing(demand, (backing,), TABLE, SPENDING))

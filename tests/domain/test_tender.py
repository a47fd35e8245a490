"""Tender records: bidders, notice, control price, winner; and contracts that do not follow them."""

from datetime import date

import pytest

from village_ledger.domain.project import Project
from village_ledger.domain.tender import Bid, Tender, check_award, check_tender
from village_ledger.domain.works_rules import AwardWay, Bound, TenderBound, WorksRules

RULES = WorksRules(
    ways=(AwardWay("公开招标", 3, 5, "招标投标法第二十八条"), AwardWay("询价", 3), AwardWay("直接委托")),
    bounds=(
        TenderBound(("工程",), 4_000_000_00, ("公开招标",), "必须招标的工程项目规定第五条", confirmed=True),
        TenderBound(("工程",), 50_000_00, ("公开招标", "询价"), "某镇规定"),
    ),
    retention=Bound(0, 300, "建设工程质量保证金管理办法第七条"),
)
ROAD = Project("GC-01", "村道硬化", "工程", "公开招标", "石桥决〔2025〕3号", 150_000_00, date(2025, 2, 1))
BIDS = (Bid("甲公司", 96_000_00), Bid("乙公司", 99_000_00), Bid("丙公司", 105_000_00))
ROUND = Tender(
    date(2025, 2, 3), date(2025, 2, 10), date(2025, 2, 11), "村部", 100_000_00, ("许长根",), BIDS, winner="甲公司"
)
SIGNED = ROAD._replace(contractor="甲公司", contract_fen=96_000_00, signed=date(2025, 2, 20))


def codes(tender: Tender, *, blocking: bool = True) -> list[str]:
    return [one.code for one in check_tender(tender, ROAD, RULES) if one.blocking is blocking]


def test_a_round_with_notice_bidders_supervision_and_the_lowest_winner_is_sound() -> None:
    assert check_tender(ROUND, ROAD, RULES) == ()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"closed": date(2025, 2, 6)}, "notice"),  # 4 days of 5
        ({"announced": date(2025, 1, 31)}, "announced"),
        ({"opened": date(2025, 2, 9)}, "opened"),
        ({"opened": None}, "opened"),
        ({"bids": BIDS[:2]}, "bidders"),  # 招标投标法第二十八条: fewer than three bidders
        ({"bids": (*BIDS[:2], BIDS[2]._replace(flaw="没有资质"))}, "bidders"),
        ({"supervisors": ()}, "supervisors"),
        ({"winner": "丁公司"}, "winner"),
        ({"control_fen": 95_000_00}, "control"),
        ({"winner": "乙公司"}, "reason"),
        ({"failed": "不足三家"}, "failed"),
        ({"bids": (*BIDS, BIDS[0])}, "bidder"),
        ({"bids": (*BIDS, Bid("丁公司", 0))}, "bid"),
    ],
)
def test_a_round_against_the_rules_is_refused(change: dict[str, object], code: str) -> None:
    assert code in codes(ROUND._replace(**change))


def test_a_winner_that_is_not_the_lowest_needs_a_reason() -> None:
    assert codes(ROUND._replace(winner="乙公司", reason="甲公司无同类业绩，评标委员会一致意见")) == []


def test_a_failed_round_needs_no_bidders() -> None:
    assert codes(ROUND._replace(winner="", bids=BIDS[:1], failed="只有一家投标")) == []


def test_bids_with_one_contact_or_nearly_one_price_are_remarked_on() -> None:
    near = tuple(Bid(bid.bidder, 96_000_00 + place * 10_00) for place, bid in enumerate(BIDS))
    assert codes(ROUND._replace(bids=near), blocking=False) == ["collusion"]
    same = tuple(bid._replace(contact="13800000000") for bid in BIDS[:2])
    assert codes(ROUND._replace(bids=(*same, BIDS[2])), blocking=False) == ["collusion"]


def award_codes(project: Project, tender: Tender | None = ROUND) -> list[tuple[str, bool]]:
    return [(one.code, one.blocking) for one in check_award(project, tender, RULES)]


def test_the_contract_goes_to_the_winner_at_no_more_than_the_bid() -> None:
    assert award_codes(SIGNED) == []
    assert award_codes(SIGNED, None) == [("tender", True)]
    assert award_codes(SIGNED._replace(contractor="乙公司")) == [("contractor", True)]  # 招标投标法第四十六条
    assert award_codes(SIGNED._replace(contract_fen=96_000_01)) == [("price", True)]
    assert award_codes(SIGNED._replace(signed=date(2025, 2, 10))) == [("signed", True)]


def test_a_contract_above_the_bound_must_be_put_out_to_tender() -> None:
    direct = SIGNED._replace(award="直接委托")
    assert award_codes(direct) == [("bound", False)]  # a figure not confirmed only reminds
    large = direct._replace(contract_fen=4_000_000_00, budget_fen=5_000_000_00)
    assert award_codes(large) == [("bound", True)]
    assert award_codes(large._replace(contract_fen=0, contractor="", signed=None)) == [("bound", False)]


def test_more_retention_than_the_law_allows_is_remarked_on() -> None:
    assert award_codes(SIGNED._replace(retention_bp=500)) == [("retention", False)]


def test_an_unknown_way_of_award_is_refused() -> None:
    assert award_codes(SIGNED._replace(award="口头")) == [("award", True)]

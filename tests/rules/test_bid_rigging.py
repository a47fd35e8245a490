"""Bidders who do not compete."""

from tests.rules.desk_a import a_case, a_round, hits
from village_ledger.rules.bid_rigging import RULE, valid_bids

WIDE = "宏达公司 100,000.00；甲公司 101,000.00；乙公司 100,500.00"


def test_bids_within_one_per_cent_are_named():
    (hit,) = hits(RULE, a_case(tender_register=[a_round("XM1", WIDE.replace("101,000.00", "100,999.99"))]))
    assert hit.text == "“机耕路”2025-04-07 公告的招标：3 家有效报价高低相差不到 1%，像是围标串标"
    assert ("甲公司", "100,999.99 元") in hit.evidence


def test_one_per_cent_apart_two_bidders_and_invalid_bids_are_not():
    rows = [
        a_round("XM1", WIDE),
        a_round("XM2", "宏达公司 100,000.00；甲公司 100,001.00"),
        a_round("XM3", "宏达公司 100,000.00；甲公司 100,001.00；乙公司 100,002.00（无效：迟到）", winner=""),
    ]
    assert hits(RULE, a_case(tender_register=rows)) == ()


def test_what_the_register_remarks_on_and_one_telephone_are_named():
    parties = [{"party": "甲公司", "phone_tag": "aa"}, {"party": "乙公司", "phone_tag": "aa"}]
    row = a_round("XM1", WIDE, remark="甲公司和乙公司的联系人相同")
    (hit,) = hits(RULE, a_case(tender_register=[row], contract_parties=parties))
    assert "甲公司和乙公司的联系人相同；甲公司、乙公司的联系电话相同" in hit.text


def test_one_loser_beside_one_winner_three_times_is_named():
    bids = "宏达公司 100,000.00；甲公司 120,000.00"
    rows = [a_round(f"XM{number}", bids) for number in (1, 2, 3)]
    (hit,) = hits(RULE, a_case(tender_register=rows))
    assert hit.subject == "宏达公司 甲公司"
    assert hits(RULE, a_case(tender_register=rows[:2])) == ()


def test_bids_are_read_from_their_text():
    assert valid_bids("甲 公司 1,000.50；乙 2（无效：迟到）；三") == (("甲公司", 1000_50),)

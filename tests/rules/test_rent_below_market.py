from tests.rules.desk_b import a_case, a_contract, hits, subjects
from village_ledger.rules.rent_below_market import RULE, median

MARKET = {"耕地": (200_00, 300_00, 320_00, 400_00)}  # in the middle: 310 yuan; 70 % of it: 217 yuan


def priced(rent, contract="HT1"):
    return {"contract": contract, "category": "耕地", "unit_rent": rent, "annual": rent * 10}


def case_of(rent, market=None, **cells):
    return a_case(contract_parties=[priced(rent)], contract_register=[a_contract(**cells)], market=market or MARKET)


def test_the_middle_of_an_even_count_lies_between_the_two_in_the_middle():
    assert median((400, 200, 320, 300)) == 310
    assert median((5, 1, 3)) == 3


def test_a_rent_a_fen_below_the_share_of_the_median_is_a_hit():
    (hit,) = hits(RULE, case_of(216_99))
    assert hit.subject == "合同 HT1"
    assert "每亩每年 216.99 元，只有同类（耕地）4 份合同中位数 310.00 元的 69%" in hit.text
    assert hit.amount_fen == 2_169_90


def test_a_rent_at_the_share_is_left_alone():
    assert subjects(RULE, case_of(217_00)) == []


def test_too_few_contracts_make_no_market_and_those_that_ended_are_not_compared():
    assert subjects(RULE, case_of(1_00, market={"耕地": (300_00, 400_00)})) == []
    assert subjects(RULE, case_of(1_00, state="已收回")) == []
    assert subjects(RULE, case_of(1_00, direction="付")) == []

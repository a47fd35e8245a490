from tests.rules.desk_b import a_case, an_asset, hits, subjects
from village_ledger.rules.no_custodian import RULE


def test_a_card_of_worth_without_a_keeper_is_a_hit():
    (hit,) = hits(RULE, a_case(fixed_asset_register=[an_asset("ZC1", custodian="", original=2_000_00)]))
    assert hit.text == "资产 ZC1 旧粮仓没有登记保管使用人，原值 2,000.00 元"


def test_kept_and_small_things_are_left_alone():
    cards = [an_asset("ZC1"), an_asset("ZC2", custodian="", original=1_999_99)]
    assert subjects(RULE, a_case(fixed_asset_register=cards)) == []

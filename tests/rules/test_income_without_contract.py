import pytest

from tests.builders import a_voucher
from tests.rules.desk_b import a_case, a_contract, hits, red_letter, subjects
from village_ledger.rules.income_without_contract import RULE

RENT = ("102", 3_000_00), ("50102", -3_000_00)


def case_of(*vouchers):
    return a_case(*vouchers, contract_register=[a_contract(contract="HT1", party="李记超市", subject="1号门面")])


def test_rent_that_names_no_contract_is_a_hit():
    (hit,) = hits(RULE, case_of(a_voucher(5, "2025-06-03", *RENT, summary="收仓库租金")))
    assert hit.vouchers == ("2025-06 记-5",)
    assert hit.amount_fen == 3_000_00
    assert hit.text == "2025-06 记-5 记租金、承包款收入 3,000.00 元，合同台账里没有对应的合同：收仓库租金"


@pytest.mark.parametrize("summary", ["收李记超市租金", "收1号门面租金", "HT1 一季度"])
def test_rent_that_names_party_thing_or_contract_is_left_alone(summary):
    assert subjects(RULE, case_of(a_voucher(5, "2025-06-03", *RENT, summary=summary))) == []


def test_rent_charged_to_the_party_is_left_alone():
    charged = a_voucher(5, "2025-06-03", ("112", 3_000_00, "李记超市"), ("50102", -3_000_00))
    assert subjects(RULE, case_of(charged)) == []


def test_other_income_and_what_was_cancelled_are_left_alone():
    sold = a_voucher(5, "2025-06-03", ("102", 3_000_00), ("50103", -3_000_00), summary="卖茶叶")
    wrong = a_voucher(6, "2025-06-03", *RENT, summary="收仓库租金")
    assert subjects(RULE, case_of(sold, wrong, red_letter(7, "2025-06-20", wrong))) == []

"""Works of 50,000 yuan and more are tendered; twelve months together."""

from tests.rules.desk_a import a_case, a_contract, hits
from village_ledger.rules.avoided_tender import RULE


def found(*contracts, **changed):
    return hits(RULE, a_case(contract_register=list(contracts)), **changed)


def test_two_contracts_with_one_party_that_reach_the_bound_are_named_once():
    (hit,) = found(
        a_contract("GC1", "甲队", 30_000_00, "2025-01-10"),
        a_contract("GC2", "甲队", 20_000_00, "2025-12-31", subject="机耕路维修（二期）"),
    )
    assert hit.subject == "工程合同 GC1、GC2"
    assert "12 个月内与甲队签了 2 份工程合同，都没有招标，每份低于招标限额 50,000.00 元，合计 50,000.00 元" in hit.text


def test_one_thing_cut_into_stages_for_two_parties_is_named():
    (hit,) = found(
        a_contract("GC1", "甲队", 30_000_00, "2025-03-10", subject="机耕路维修一期"),
        a_contract("GC2", "乙队", 30_000_00, "2025-06-10", subject="机耕路维修二期"),
    )
    assert "“机耕路维修”" in hit.text


def test_below_the_bound_in_all_tendered_a_year_apart_or_of_other_kinds_are_not():
    first = a_contract("GC1", "甲队", 30_000_00, "2025-01-10")
    for second in (
        a_contract("GC2", "甲队", 19_999_99, "2025-06-10"),
        a_contract("GC2", "甲队", 20_000_00, "2025-06-10", award="招标"),
        a_contract("GC2", "甲队", 50_000_00, "2025-06-10"),
        a_contract("GC2", "甲队", 20_000_00, "2025-06-10", kind="采购"),
        a_contract("GC2", "甲队", 20_000_00, "2025-06-10", direction="收"),
        a_contract("GC2", "乙队", 20_000_00, "2025-06-10", subject="水渠清淤"),
    ):
        assert found(first, second) == ()
    assert (
        found(a_contract("GC0", "甲队", 30_000_00, "2024-06-10"), a_contract("GC2", "甲队", 20_000_00, "2025-06-10"))
        == ()
    )

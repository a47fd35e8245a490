from datetime import date

from tests.rules.desk_b import a_case, hits, subjects
from village_ledger.rules.disposal_without_papers import RULE


def case_of(**cells):
    row = {
        "date": date(2025, 9, 1),
        "change": "报废",
        "code": "ZC9",
        "name": "旧拖拉机",
        "original": -5_000_00,
        "approval": "石建国 2025-08-30",
        "decision": "石村议〔2025〕6号",
        "voucher": "2025-09 记-3",
        "reason": "不能使用",
    }
    return a_case(asset_changes=[row | cells])


def test_what_a_disposal_lacks_is_named():
    (hit,) = hits(RULE, case_of(approval="", decision="", voucher=""))
    assert hit.text == "资产 ZC9 旧拖拉机 2025-09-01 报废，原值 5,000.00 元，缺：审批手续、会议决议、入账凭证"
    assert hit.amount_fen == 5_000_00
    assert hit.vouchers == ()


def test_complete_papers_small_values_and_other_changes_are_left_alone():
    assert subjects(RULE, case_of()) == []
    assert subjects(RULE, case_of(decision="", original=-4_999_99)) == []
    assert subjects(RULE, case_of(approval="", change="移交")) == []
    assert subjects(RULE, case_of(approval="", date=date(2024, 12, 31))) == []

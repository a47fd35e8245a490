from tests.rules.desk_b import a_benefit, a_case, hits, subjects
from village_ledger.rules.shared_card import RULE


def test_two_people_on_one_card_are_a_hit_even_on_two_lists():
    rows = [
        a_benefit("张三", 300_00, card_tag="c1", voucher="2025-06 记-4"),
        a_benefit("李四", 200_00, card_tag="c1", batch="低温补贴"),
    ]
    (hit,) = hits(RULE, a_case(benefit_register=rows))
    assert hit.subject == "银行卡 c1"
    assert hit.text == "同一张银行卡收了 2 人的补贴、补偿：张三、李四，合计 500.00 元"
    assert hit.vouchers == ("2025-06 记-4",)


def test_one_person_twice_and_rows_without_a_card_are_left_alone():
    rows = [
        a_benefit("张三", 300_00),
        a_benefit("张三", 300_00, batch="低温补贴"),
        a_benefit("李四", 1, card_tag=""),
        a_benefit("王五", 1, card_tag=""),
    ]
    assert subjects(RULE, a_case(benefit_register=rows)) == []

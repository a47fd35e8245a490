from tests.rules.desk_b import a_benefit, a_case, hits, subjects
from village_ledger.rules.several_cards import RULE


def test_a_person_paid_on_two_cards_is_a_hit():
    rows = [a_benefit("张三", 300_00), a_benefit("张三", 200_00, batch="低温补贴", card_tag="other")]
    (hit,) = hits(RULE, a_case(benefit_register=rows))
    assert hit.text == "张三（身份证 **************1007）用 2 张银行卡领取补贴、补偿，合计 500.00 元"


def test_one_card_and_people_without_a_number_are_left_alone():
    rows = [
        a_benefit("张三", 300_00),
        a_benefit("张三", 200_00, batch="低温补贴"),
        a_benefit("李四", 1, id_tag="", card_tag="a"),
        a_benefit("李四", 1, id_tag="", card_tag="b"),
    ]
    assert subjects(RULE, a_case(benefit_register=rows)) == []

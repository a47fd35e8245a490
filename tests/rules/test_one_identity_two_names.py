from tests.rules.desk_b import a_benefit, a_case, hits, subjects
from village_ledger.rules.one_identity_two_names import RULE


def test_two_names_under_one_number_are_a_hit():
    rows = [a_benefit("张三", 300_00), a_benefit("张山", 200_00, id_tag="id-张三", batch="低温补贴")]
    (hit,) = hits(RULE, a_case(benefit_register=rows))
    assert hit.text == "同一个身份证号（**************1007）用了 2 个姓名领取：张三、张山，合计 500.00 元"


def test_one_name_on_two_lists_and_rows_without_a_number_are_left_alone():
    rows = [
        a_benefit("张三", 300_00),
        a_benefit("张三", 200_00, batch="低温补贴"),
        a_benefit("李四", 1, id_tag=""),
        a_benefit("王五", 1, id_tag=""),
    ]
    assert subjects(RULE, a_case(benefit_register=rows)) == []

from datetime import date

from tests.rules.desk_b import a_benefit, a_case, hits, subjects
from village_ledger.rules.duplicate_subsidy import RULE


def test_a_person_twice_on_a_list_or_on_two_lists_of_one_document_is_a_hit():
    once, again = a_benefit("张三", 300_00), a_benefit("张三", 280_00, batch="补发", day=date(2025, 9, 1))
    (hit,) = hits(RULE, a_case(benefit_register=[once, again]))
    assert hit.text == "张三按“清农〔2025〕8号”领取惠农补贴 2 次，合计 580.00 元"
    assert hit.evidence[0] == ("名单", "2025年地力补贴 2025-06-12、补发 2025-09-01")
    without = {"id_tag": "", "document": ""}
    assert len(hits(RULE, a_case(benefit_register=[a_benefit("李四", 1, **without)] * 2))) == 1


def test_other_documents_other_people_and_dividends_are_left_alone():
    rows = [
        a_benefit("张三", 300_00),
        a_benefit("张三", 300_00, document="清农〔2025〕9号"),
        a_benefit("李四", 300_00),
        a_benefit("王五", 10_00, kind="分红"),
        a_benefit("王五", 10_00, kind="分红"),
    ]
    assert subjects(RULE, a_case(benefit_register=rows)) == []

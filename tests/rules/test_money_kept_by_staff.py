"""Staff who hold the village's money."""

from tests.rules.desk_a import a_case, a_person, hits, paid
from village_ledger.rules.money_kept_by_staff import RULE

PEOPLE = [a_person("陈秋菊", "出纳")]


def test_money_paid_to_staff_to_be_passed_on_is_remarked_on():
    case = a_case(paid(1, "2025-06-02", 3000_00, "陈秋菊", summary="转存陈秋菊代收水费"), people_register=PEOPLE)
    (hit,) = hits(RULE, case)
    assert hit.subject == "凭证 2025-06 记-1 陈秋菊"
    assert "摘要写着“代收”" in hit.text


def test_other_payments_to_staff_and_such_payments_to_others_are_not():
    case = a_case(
        paid(1, "2025-06-02", 300_00, "陈秋菊", summary="报销差旅费"),
        paid(2, "2025-06-02", 300_00, "何秀英", summary="付代管补偿款"),
        people_register=PEOPLE,
    )
    assert hits(RULE, case) == ()

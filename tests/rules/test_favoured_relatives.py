from tests.rules.desk_b import a_benefit, a_case, hits, related, subjects
from village_ledger.rules.favoured_relatives import RULE

NAMES = [related("石建国", "理事长", "兄弟姐妹", "石大山"), related("许长根", "监事长", "子女", "许国平")]


def case_of(first, second, others, kind="救济慰问"):
    amounts = {"石大山": first, "许国平": second, "张三": others}
    rows = [a_benefit(name, fen, kind=kind) for name, fen in amounts.items() if fen]
    return a_case(benefit_register=rows, related_persons=NAMES)


def test_two_relatives_with_three_tenths_of_the_relief_are_a_hit():
    (hit,) = hits(RULE, case_of(200_00, 100_00, 700_00))
    assert hit.text == (
        "“2025年地力补贴”3 人里有 2 人是干部或者亲属：石大山（石建国的兄弟姐妹）、"
        "许国平（许长根的子女），领了 300.00 元，占 30%"
    )
    assert hit.amount_fen == 300_00


def test_a_smaller_share_one_relative_and_other_kinds_are_left_alone():
    assert subjects(RULE, case_of(199_00, 100_00, 701_00)) == []
    assert subjects(RULE, case_of(900_00, 0, 100_00)) == []
    assert subjects(RULE, case_of(500_00, 400_00, 100_00, kind="惠农补贴")) == []

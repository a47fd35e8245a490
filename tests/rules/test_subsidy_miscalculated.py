from tests.rules.desk_b import a_benefit, a_case, hits, subjects
from village_ledger.rules.subsidy_miscalculated import RULE


def row(name, amount, area=7_25, standard="86.60元/亩"):
    return a_benefit(name, amount, area_mu_x100=area, standard=standard)


def test_an_amount_more_than_a_yuan_off_is_a_hit():
    # 7.25 mu at 86.60 yuan: 627.85 yuan
    (hit,) = hits(RULE, a_case(benefit_register=[row("石建国", 628_86), row("李秀珍", 627_85)]))
    assert hit.text == (
        "“2025年地力补贴”有 1 人的金额不等于面积乘标准（石建国），如石建国 7.25 亩应发 627.85 元，实发 628.86 元"
    )
    assert hit.amount_fen == 1_01


def test_what_rounding_leaves_and_lists_without_area_or_standard_are_left_alone():
    rows = [
        row("石建国", 628_85),
        row("李秀珍", 500_00, area=0),
        row("王德发", 500_00, standard="每人500元"),
    ]
    assert subjects(RULE, a_case(benefit_register=rows)) == []
    assert subjects(RULE, a_case(benefit_register=[row("张三", 600_00, standard="")])) == []

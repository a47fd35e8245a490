"""Lists of relief against the voucher, against themselves."""

from tests.rules.desk_a import WELFARE, a_benefit, a_case, hits, paid
from village_ledger.rules.welfare_lists import RULE

LABEL = "2025-01 记-1"


def found(fen: int, *rows):
    return hits(RULE, a_case(paid(1, "2025-01-22", fen, account=WELFARE), benefit_register=list(rows)))


def test_a_list_that_differs_from_its_voucher_by_a_fen_is_named():
    (hit,) = found(800_01, a_benefit("甲", 400_00, LABEL), a_benefit("乙", 400_00, LABEL))
    assert hit.text == "名单“春节慰问”等合计 800.00 元，凭证 2025-01 记-1 却付出 800.01 元，对不上"
    assert hit.amount_fen == 1


def test_two_lists_of_one_voucher_are_added_up():
    other = a_benefit("乙", 400_00, LABEL, batch="老人", kind="惠农补贴")
    assert found(800_00, a_benefit("甲", 400_00, LABEL), other) == ()


def test_a_person_twice_by_number_or_by_team_and_name_is_named():
    (hit,) = found(1, a_benefit("甲", 400_00, id_tag="aa"), a_benefit("甲某", 400_00, id_tag="aa"))
    assert hit.subject == "春节慰问 2025-01-22 重名"
    assert len(found(1, a_benefit("甲", 400_00), a_benefit("甲", 400_00))) == 1
    assert found(1, a_benefit("甲", 400_00), a_benefit("甲", 400_00, team="二组")) == ()


def test_unlike_sums_per_head_under_one_standard_are_named():
    rows = [a_benefit("甲", 800_00, people=2), a_benefit("乙", 400_00), a_benefit("丙", 400_01)]
    (hit,) = found(1, *rows)
    assert hit.text == "名单“春节慰问”同一标准下人均金额不一样：丙"
    assert found(1, *rows[:2]) == ()
    assert found(1, *rows[:2], a_benefit("丙", 900_00, standard="五保户900元")) == ()
    assert found(1, *rows[:2], a_benefit("丙", 900_00, area_mu_x100=100)) == ()

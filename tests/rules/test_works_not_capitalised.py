from tests.builders import a_voucher, an_opening
from tests.rules.desk_b import a_case, hits, subjects
from village_ledger.rules.works_not_capitalised import RULE

PROJECT = "项目:环村路"


def spent(day, fen=50_000_00):
    return a_voucher(2, day, ("153", fen, PROJECT), ("102", -fen))


def test_works_without_a_movement_for_91_days_are_a_hit():
    case = a_case(spent("2025-10-01"), project_ledger=[{"name": "环村路", "state": "已竣工"}])
    (hit,) = hits(RULE, case)
    assert hit.text == (
        "在建工程 环村路 2025-10-01 以后没有发生额，已 91 天，还挂着 50,000.00 元，没有转作固定资产（项目台账：已竣工）"
    )
    assert hit.vouchers == ("2025-10 记-2",)


def test_works_of_90_days_and_finished_ones_are_left_alone():
    assert subjects(RULE, a_case(spent("2025-10-02"))) == []
    done = a_voucher(3, "2025-05-01", ("151", 50_000_00), ("153", -50_000_00, PROJECT))
    assert subjects(RULE, a_case(spent("2025-02-01"), done)) == []


def test_works_the_book_began_with_are_a_hit_too():
    (hit,) = hits(RULE, a_case(openings=[an_opening("153", 8_000_00, PROJECT), an_opening("301", -8_000_00)]))
    assert hit.text.startswith("在建工程 环村路 账簿启用以来没有发生额，已 364 天，还挂着 8,000.00 元")

from tests.builders import a_voucher
from tests.rules.desk_b import a_case, hits, subjects
from village_ledger.rules.number_gap import RULE


def numbered(*numbers, word="记", day="2025-06-03"):
    return [a_voucher(number, day, ("101", 1_00), ("102", -1_00), word=word) for number in numbers]


def test_gaps_are_told_as_runs():
    (hit,) = hits(RULE, a_case(*numbered(2, 3, 7, 9)))
    assert hit.text == "2025年6月记字凭证断号，缺 记-1、记-4 至 记-6、记-8"
    assert hit.subject == "2025-06 记字断号"


def test_a_number_used_twice_is_a_hit():
    (hit,) = hits(RULE, a_case(*numbered(1, 2, 2)))
    assert hit.text == "2025年6月记字凭证重号：记-2"
    assert hit.vouchers == ("2025-06 记-2",)


def test_each_month_and_word_runs_from_one():
    vouchers = [*numbered(1, 2), *numbered(1, 2, day="2025-07-03"), *numbered(1, word="付")]
    assert subjects(RULE, a_case(*vouchers)) == []

from tests.builders import a_voucher
from tests.rules.desk_b import a_case, hits, related, subjects
from village_ledger.rules.officer_advance import RULE

NAMES = [related("石建国", "理事长")]


def lent(day, fen=1_000_00, who="石建国"):
    return a_voucher(5, day, ("113", fen, who), ("101", -fen), summary="预支备用金")


def back(day, fen):
    return a_voucher(9, day, ("51303", fen), ("113", -fen, "石建国"), summary="报账")


def case_of(*vouchers, **registers):
    return a_case(*vouchers, **({"related_persons": NAMES, "people_register": []} | registers))


def test_an_advance_open_for_31_days_is_a_hit_with_what_is_left_of_it():
    (hit,) = hits(RULE, case_of(lent("2025-11-30"), back("2025-12-10", 400_00)))
    assert hit.text == (
        "石建国（理事长）2025-11-30 支取 1,000.00 元（预支备用金），过了 31 天还有 600.00 元没有报账或者归还"
    )
    assert hit.amount_fen == 600_00
    assert hit.vouchers == ("2025-11 记-5",)


def test_what_is_paid_back_settles_the_oldest_first():
    young = a_voucher(6, "2025-12-20", ("113", 500_00, "石建国"), ("101", -500_00), summary="再预支")
    assert subjects(RULE, case_of(lent("2025-06-01"), young, back("2025-12-21", 1_000_00))) == []


def test_young_advances_other_people_and_rent_owed_are_left_alone():
    rent = a_voucher(5, "2025-01-10", ("113", 1_000_00, "石建国"), ("50101", -1_000_00), summary="应收承包款")
    assert subjects(RULE, case_of(lent("2025-12-01"))) == []
    assert subjects(RULE, case_of(lent("2025-06-01", who="张三"))) == []
    assert subjects(RULE, case_of(rent)) == []


def test_people_who_work_with_the_book_are_officers_but_the_township_is_not():
    people = [{"name": "周敏", "role": "会计", "active": True}, {"name": "吴镇", "role": "乡镇", "active": True}]
    told = {"related_persons": [], "people_register": people}
    assert subjects(RULE, case_of(lent("2025-06-01", who="周敏"), **told)) == ["凭证 2025-06 记-5 1"]
    assert subjects(RULE, case_of(lent("2025-06-01", who="吴镇"), **told)) == []

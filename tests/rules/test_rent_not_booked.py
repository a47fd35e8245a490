from tests.rules.desk_b import a_case, hits, subjects
from village_ledger.rules.rent_not_booked import RULE


def case_of(arrears, booked):
    owed = [
        {"contract": f"HT{n}", "party": "张三", "account": "113", "arrears": fen} for n, fen in enumerate(arrears, 1)
    ]
    tie = [] if booked is None else [{"account": "113", "party": "张三", "contract_balance": booked}]
    explanation = {"account": "113", "party": "", "contract_balance": None, "difference": 1}
    return a_case(contract_arrears=owed, contract_tie=[*tie, explanation])


def test_what_two_contracts_owe_beyond_what_the_books_say_is_a_hit():
    (hit,) = hits(RULE, case_of([1_000_00, 500_00], 600_00))
    assert hit.subject == "往来户 113 张三"
    assert hit.text == "张三按合同（HT1、HT2）到期应收未收 1,500.00 元，账上只挂了 600.00 元，有 900.00 元没有入账"
    assert hit.amount_fen == 900_00


def test_a_party_the_books_do_not_know_or_owe_to_has_all_of_it_missing():
    assert hits(RULE, case_of([1_000_00], None))[0].amount_fen == 1_000_00
    assert hits(RULE, case_of([1_000_00], -300_00))[0].amount_fen == 1_000_00


def test_what_is_in_the_books_to_the_fen_is_left_alone():
    assert subjects(RULE, case_of([1_000_00, 500_00], 1_500_00)) == []

from datetime import date

from tests.rules.desk_b import a_case, hits, related, subjects
from village_ledger.rules.incompatible_duties import RULE


def case_of(*names, people=()):
    rows = [{"name": name, "role": role, "active": True} for name, role in people]
    return a_case(related_persons=names, people_register=rows)


def test_who_keeps_the_books_and_the_cash_is_a_hit():
    (hit,) = hits(RULE, case_of(related("周敏", "出纳"), people=[("周敏", "会计")]))
    assert hit.text == "周敏一人兼任会计和出纳，这两个岗位不相容"
    assert hit.evidence[1] == ("岗位", "会计、出纳")


def test_a_supervisor_related_to_a_director_is_a_hit_once():
    declared = (
        related("石建国", "理事"),
        related("石大山", "监事"),
        related("石建国", "理事", "兄弟姐妹", "石大山"),
        related("石大山", "监事", "兄弟姐妹", "石建国"),
    )
    (hit,) = hits(RULE, case_of(*declared))
    assert hit.text == "石建国和石大山是近亲属（兄弟姐妹），不能分任监事和理事"


def test_posts_that_go_together_ended_ones_and_firms_are_left_alone():
    assert subjects(RULE, case_of(related("石建国", "理事长"), people=[("石建国", "负责人")])) == []
    assert subjects(RULE, case_of(related("周敏", "出纳", until=date(2025, 6, 30)), people=[("周敏", "会计")])) == []
    firm = (related("石建国", "理事"), related("许氏", "监事"), related("石建国", "理事", "任职或投资的单位", "许氏"))
    assert subjects(RULE, case_of(*firm)) == []

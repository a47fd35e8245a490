"""Who must have signed, and not twice."""

from tests.rules.desk_a import a_case, a_request, hits
from village_ledger.rules.signatures import RULE, signed_by


def wrong(**cells):
    found = hits(RULE, a_case(request_register=[a_request("2025-06 记-5", 900_00, **cells)]))
    return found[0].text.partition("的签批有问题：")[2] if found else ""


def test_a_request_signed_by_four_people_is_right():
    assert wrong() == ""


def test_each_missing_signature_and_each_name_that_stands_twice_is_named():
    assert wrong(handler="") == "没有经手人"
    assert wrong(witness="何大有") == "何大有既是经手人又是证明人"
    assert wrong(handler="石建国") == "石建国经手又审批"
    assert wrong(handler="许长根") == "许长根经手又监督"
    assert wrong(submitter="石建国") == "石建国报账又审批"
    assert wrong(signatures="会计 周敏 2025-06-02") == "没有负责人审批；没有监督组织签字"
    assert wrong(signatures="负责人 石建国 2025-06-02；村监会 石建国 2025-06-02") == "石建国审批又监督"


def test_requests_that_were_not_paid_are_not_judged():
    assert hits(RULE, a_case(request_register=[a_request("", 900_00, handler="")])) == ()


def test_signatures_are_read_from_their_text():
    assert signed_by("负责人 石建国 2025-06-02；村监会 许长根 2025-06-03") == (
        ("负责人", "石建国"),
        ("村监会", "许长根"),
    )
    assert signed_by("") == ()

"""Payments to those close to an officer."""

from tests.rules.desk_a import LABOUR, a_case, a_document, a_relation, hits, on, paid
from village_ledger.rules.related_payees import RULE


def test_payments_to_a_relative_are_one_hit_with_their_sum():
    case = a_case(
        paid(1, "2025-06-02", 900_00, "李秀珍"),
        paid(2, "2025-07-02", 600_00, "李秀珍"),
        related_persons=[a_relation("李秀珍")],
    )
    (hit,) = hits(RULE, case)
    assert hit.text == (
        "付给李秀珍（石建国（理事长）的配偶） 2 笔共 1,500.00 元，属于关联人付款，要看本人是否回避、价格是否公允"
    )
    assert (hit.subject, hit.vouchers) == ("石建国 李秀珍", ("2025-06 记-1", "2025-07 记-2"))


def test_another_name_with_the_same_card_is_found():
    case = a_case(
        paid(1, "2025-06-02", 900_00, "清河建材店"),
        document_register=[a_document("2025-06 记-1", 900_00, "2025-06-01", account_tag="ab12")],
        related_persons=[a_relation("李秀珍", card_tag="ab12")],
    )
    assert [hit.amount_fen for hit in hits(RULE, case)] == [900_00]


def test_before_and_after_the_relation_and_what_everybody_gets_are_not():
    related = [a_relation("李秀珍", since=on("2025-03-01"), until=on("2025-05-31"))]
    case = a_case(
        paid(1, "2025-02-28", 900_00, "李秀珍"),
        paid(2, "2025-06-01", 900_00, "李秀珍"),
        paid(3, "2025-04-01", 900_00, "李秀珍", account=LABOUR),
        related_persons=related,
    )
    assert hits(RULE, case) == ()
    first = a_case(paid(1, "2025-03-01", 1, "李秀珍"), paid(2, "2025-05-31", 1, "李秀珍"), related_persons=related)
    assert [hit.amount_fen for hit in hits(RULE, first)] == [2]

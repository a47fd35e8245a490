"""More than 40 % of 20,000 yuan by three payments; a first payment of 50,000."""

from tests.rules.desk_a import a_case, hits, paid
from village_ledger.rules.supplier_concentration import RULE


def spending(*told: tuple[str, int]):
    return a_case(*(paid(n, "2025-06-02", fen, payee) for n, (payee, fen) in enumerate(told, 1)))


def test_a_supplier_with_more_than_its_share_is_named():
    (hit,) = hits(RULE, spending(("甲店", 3000_00), ("甲店", 3000_00), ("甲店", 2000_01), ("", 11_999_99)))
    assert hit.text == (
        "管理费用-办公费付款 20,000.00 元，其中付给甲店 3 笔 8,000.01 元，占 40%（界限 40%），供应商过于集中"
    )
    assert hit.amount_fen == 8000_01


def test_at_the_share_below_the_sum_two_payments_and_utilities_are_not():
    assert hits(RULE, spending(("甲店", 3000_00), ("甲店", 3000_00), ("甲店", 2000_00), ("", 12_000_00))) == ()
    assert hits(RULE, spending(("甲店", 9000_00), ("甲店", 9000_00), ("甲店", 1999_99))) == ()
    assert hits(RULE, spending(("甲店", 15_000_00), ("甲店", 15_000_00))) == ()
    assert hits(RULE, spending(*[("国网示范县供电公司", 9000_00)] * 3)) == ()


def test_a_newcomers_large_first_payment_is_named_where_earlier_books_are_known():
    vouchers = (paid(1, "2024-05-02", 100_00, "乙公司"), paid(2, "2025-06-02", 50_000_00, "乙公司"))
    vouchers += (paid(3, "2025-06-03", 50_000_00, "丙公司"), paid(4, "2025-06-04", 49_999_99, "丁公司"))
    (hit,) = hits(RULE, a_case(*vouchers, since="2024-01"))
    assert hit.subject == "丙公司 首次付款"
    assert hits(RULE, a_case(*vouchers[1:])) == ()

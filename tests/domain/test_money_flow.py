"""Income less spending of any voucher is what it changed in the funds, however it is written."""

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import a_voucher
from village_ledger.domain.money_flow import money_flow
from village_ledger.domain.voucher import Voucher

MONEY = ("101", "102")


def flows(voucher: Voucher) -> list[tuple[str, str, int]]:
    return [(line.flow, line.account, line.amount_fen) for line in money_flow([voucher], MONEY)]


def test_a_receipt_is_income_and_a_payment_spending() -> None:
    assert flows(a_voucher(1, "2025-01-05", ("102", 500), ("501", -500))) == [("income", "501", 500)]
    assert flows(a_voucher(1, "2025-01-05", ("513", 300), ("101", -300))) == [("spending", "513", 300)]


def test_moving_money_to_the_bank_and_vouchers_without_money_are_neither() -> None:
    assert flows(a_voucher(1, "2025-01-05", ("102", 500), ("101", -500))) == []
    assert flows(a_voucher(1, "2025-01-05", ("513", 300), ("211", -300))) == []


def test_what_stays_owing_is_taken_off_the_spending() -> None:
    bought = a_voucher(1, "2025-01-05", ("151", 1000), ("102", -600), ("211", -400))
    assert flows(bought) == [("spending", "151", 1000), ("spending", "211", -400)]


def test_red_letters_take_back_on_the_side_they_were_booked() -> None:
    payment = a_voucher(1, "2025-01-05", ("513", 300), ("101", -300))
    red = payment._replace(
        lines=tuple(line._replace(debit_fen=-line.debit_fen, credit_fen=-line.credit_fen) for line in payment.lines)
    )
    assert flows(red) == [("spending", "513", -300)]


def test_money_on_both_sides_is_told_apart_line_by_line() -> None:
    both = a_voucher(1, "2025-01-05", ("102", 500), ("501", -500), ("513", 200), ("101", -200))
    assert flows(both) == [("income", "501", 500), ("spending", "513", 200)]


@given(
    st.lists(
        st.tuples(st.sampled_from(["101", "102", "501", "513", "211", "151"]), st.integers(-10_000, 10_000)),
        min_size=1,
        max_size=8,
    )
)
def test_the_lines_add_up_to_the_change_of_the_funds(drawn: list[tuple[str, int]]) -> None:
    lines = [(code, fen) for code, fen in drawn if fen] or [("513", 1)]
    rest = -sum(fen for _, fen in lines)
    voucher = a_voucher(1, "2025-01-05", *lines, *([("102", rest)] if rest else []))
    change = sum(line.debit_fen - line.credit_fen for line in voucher.lines if line.account.startswith(MONEY))
    signed = sum(line.amount_fen * (1 if line.flow == "income" else -1) for line in money_flow([voucher], MONEY))
    assert signed == change

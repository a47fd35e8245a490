"""A mistake found after posting, and one found after closing and handing over."""

from datetime import date

import pytest

from tests.services.conftest import a_draft, book, post_all  # noqa: F401  # the fixture is used by name
from village_ledger.domain.errors import NotAllowed
from village_ledger.domain.period import Period
from village_ledger.services import people, periods, vouchers
from village_ledger.services.integrity import verify

JANUARY, FEBRUARY = Period(2024, 1), Period(2024, 2)


def cash(book, period) -> int:  # noqa: F811
    return sum(row.closing_fen for row in book.ledger.balances(period, period) if row.account == "101")


def test_a_red_letter_voucher_cancels_a_mistake_and_both_point_at_each_other(book):  # noqa: F811
    (wrong,) = post_all(book, a_draft(date(2024, 1, 5), "513", "101", 80_00))
    assert cash(book, JANUARY) == 920_00
    red = vouchers.reverse(book, wrong.id, date(2024, 1, 9))
    people.log_in(book, "李审核")
    vouchers.review(book, [red.id])
    (posted,) = vouchers.post(book)
    assert (posted.number, posted.reverses, posted.total_fen) == (2, wrong.id, -80_00)
    assert vouchers.voucher(book, wrong.id).reversed_by == posted.id
    assert cash(book, JANUARY) == 1_000_00
    with pytest.raises(NotAllowed, match="已经被"):
        vouchers.reverse(book, wrong.id, date(2024, 1, 10))
    assert verify(book).ok


def test_a_month_reopened_by_the_head_of_the_village_is_closed_again_with_other_figures(book):  # noqa: F811
    post_all(book, a_draft(date(2024, 1, 5), "513", "101", 80_00))
    first = periods.close(book, JANUARY, backup=False)
    periods.mark_handed_over(book, JANUARY)
    with pytest.raises(NotAllowed, match="会计不能反结账"):
        periods.reopen(book, JANUARY, "漏记")
    people.log_in(book, "陈主任")
    periods.reopen(book, JANUARY, "漏记一笔")
    post_all(book, a_draft(date(2024, 1, 31), "513", "101", 20_00))
    second = periods.close(book, JANUARY, backup=False)
    assert first.sm3 != second.sm3
    (status, *_) = periods.periods(book)
    assert (status.reopened, status.handed_over, status.changed_after_hand_over) == (1, True, True)
    assert cash(book, FEBRUARY) == 900_00
    assert verify(book).ok
    assert verify(book, first.head).ok

"""Closing and reopening months and the year."""

from datetime import date

import pytest

from village_ledger.domain.closing import plan_distribution
from village_ledger.domain.errors import BadInput, NotAllowed, PeriodClosed
from village_ledger.domain.period import Period
from village_ledger.domain.view import Opening
from village_ledger.domain.voucher import DraftLine
from village_ledger.services import distribution, integrity, openings, people, periods, settings, vouchers
from village_ledger.services.book import Book

from .conftest import a_draft, post_all

JAN = Period(2024, 1)
DEC = Period(2024, 12)


def closing(book: Book, period: Period) -> dict[str, int]:
    return {row.account: row.closing_fen for row in book.ledger.balances(period, period) if row.closing_fen}


def failed(book: Book, period: Period) -> list[str]:
    return [check.code for check in periods.close_checks(book, period) if not check.passed]


def test_a_clean_month_closes_and_the_next_one_opens(book: Book) -> None:
    post_all(book, a_draft(date(2024, 1, 3), "101", "501", 5_00))
    result = periods.close(book, JAN)
    assert book.open_period == Period(2024, 2)
    assert result.carry_vouchers == ()
    assert result.backup is not None
    assert result.backup.exists()
    assert len(result.head) == 64
    assert integrity.verify(book).ok


def test_a_draft_left_over_blocks_the_close_and_is_named(book: Book) -> None:
    vouchers.save_draft(book, a_draft(date(2024, 1, 3), "101", "501", 5_00))
    with pytest.raises(NotAllowed, match="还有 1 张凭证没有记账"):
        periods.close(book, JAN)
    assert book.open_period == JAN


def test_cash_below_zero_on_any_day_blocks_the_close(book: Book) -> None:
    post_all(
        book,
        a_draft(date(2024, 1, 10), "513", "101", 1_200_00),
        a_draft(date(2024, 1, 20), "101", "501", 500_00),
    )
    (check,) = (check for check in periods.close_checks(book, JAN) if not check.passed)
    assert check.code == "cash"
    assert "2024-01-10" in check.detail
    assert "-200.00" in check.detail
    with pytest.raises(NotAllowed, match="库存现金"):
        periods.close(book, JAN)


def test_an_overdrawn_bank_account_is_only_a_warning(book: Book) -> None:
    post_all(book, a_draft(date(2024, 1, 10), "513", "102", 1_00))
    assert failed(book, JAN) == ["bank"]
    periods.close(book, JAN)


def test_months_close_in_order(book: Book) -> None:
    with pytest.raises(NotAllowed, match="请先结 2024年1月"):
        periods.close(book, Period(2024, 2))
    periods.close(book, JAN)
    with pytest.raises(PeriodClosed):
        periods.close(book, JAN)


def test_the_year_end_carries_everything_to_undistributed_profit(book: Book) -> None:
    post_all(
        book,
        a_draft(date(2024, 3, 1), "101", "501", 900_00),
        a_draft(date(2024, 4, 1), "513", "101", 300_00),
        a_draft(date(2024, 12, 31), "32201", "311", 60_00),
    )
    results = periods.close_through(book, DEC)
    assert len(results) == 12
    assert [voucher.kind for voucher in results[-1].carry_vouchers] == ["carry", "carry", "year_end", "year_end"]
    assert closing(book, DEC) == {"101": 1_600_00, "301": -1_000_00, "311": -60_00, "32202": -540_00}
    assert closing(book, Period(2025, 1)) == closing(book, DEC)
    assert integrity.verify(book).ok


def test_a_monthly_book_carries_each_month_to_the_years_result(book: Book) -> None:
    settings.save_settings(book, book.settings._replace(carry_forward="month"))
    post_all(book, a_draft(date(2024, 1, 3), "101", "501", 5_00))
    periods.close(book, JAN)
    assert closing(book, JAN) == {"101": 1_005_00, "301": -1_000_00, "321": -5_00}


def test_pending_losses_must_be_settled_before_the_year_is_closed(book: Book) -> None:
    post_all(book, a_draft(date(2024, 5, 1), "181", "101", 10_00))
    periods.close_through(book, Period(2024, 11))
    with pytest.raises(NotAllowed, match=r"181 待处理财产损溢还有余额 10\.00"):
        periods.close(book, DEC)


def test_reopening_needs_the_right_person_a_reason_and_the_last_month(book: Book) -> None:
    periods.close_through(book, Period(2024, 2))
    with pytest.raises(NotAllowed, match="由负责人、乡镇办理"):
        periods.reopen(book, Period(2024, 2), "漏记")
    people.log_in(book, "陈主任")
    with pytest.raises(BadInput, match="原因"):
        periods.reopen(book, Period(2024, 2), " ")
    with pytest.raises(NotAllowed, match="最后一个"):
        periods.reopen(book, JAN, "漏记")
    periods.reopen(book, Period(2024, 2), "漏记电费")
    assert book.open_period == Period(2024, 2)
    status = {status.period: status for status in periods.periods(book)}[Period(2024, 2)]
    assert (status.closed, status.reopened, status.changed_after_hand_over) == (False, 1, False)
    assert integrity.verify(book).ok
    people.log_in(book, "王会计")
    periods.close(book, Period(2024, 2))
    assert integrity.verify(book).ok


def test_reopening_a_month_already_handed_over_leaves_a_mark(book: Book) -> None:
    with pytest.raises(NotAllowed, match="还没有结账"):
        periods.mark_handed_over(book, JAN)
    periods.close(book, JAN)
    periods.mark_handed_over(book, JAN)
    people.log_in(book, "陈主任")
    periods.reopen(book, JAN, "乡镇退回")
    people.log_in(book, "王会计")
    periods.close(book, JAN)
    (status, *_later) = periods.periods(book)
    assert status.handed_over
    assert status.changed_after_hand_over


def test_the_distribution_is_worked_out_from_the_books(book: Book) -> None:
    post_all(book, a_draft(date(2024, 3, 1), "101", "501", 900_00), a_draft(date(2024, 4, 1), "513", "101", 300_00))
    periods.close_through(book, Period(2024, 11))
    plan = plan_distribution(2024, *distribution.year_result(book, 2024), 1_000, 100_00)
    assert (plan.result_fen, plan.reserve_fen, plan.left_fen) == (600_00, 60_00, 440_00)
    members = (DraftLine("向成员分配", "113", (("往来户", "张三"),), credit_fen=100_00),)
    draft = distribution.distribute(book, plan, members)
    people.log_in(book, "李审核")
    vouchers.review(book, [draft.id])
    vouchers.post(book)
    periods.close(book, DEC)
    assert closing(book, DEC)["32202"] == -440_00
    assert distribution.year_result(book, 2024) == (600_00, 0)
    assert distribution.year_result(book, 2025) == (0, 440_00)


def test_a_book_begun_in_mid_year_knows_its_year_to_date(book: Book) -> None:
    entity = book.entity._replace(first_period=Period(2024, 6))
    settings.save_entity(book, entity)
    openings.save_openings(
        book,
        (
            Opening("101", (), 700_00, 900_00, 300_00),
            Opening("301", (), -100_00),
            Opening("501", (), -900_00, 0, 900_00),
            Opening("513", (), 300_00, 300_00, 0),
        ),
    )
    post_all(book, a_draft(date(2024, 6, 3), "101", "501", 50_00))
    rows = {row.account: row for row in book.ledger.balances(Period(2024, 6), Period(2024, 6))}
    assert (rows["101"].year_debit_fen, rows["101"].year_credit_fen) == (950_00, 300_00)
    assert (rows["501"].credit_fen, rows["501"].year_credit_fen) == (50_00, 950_00)
    assert distribution.year_result(book, 2024) == (650_00, 0)
    periods.close(book, Period(2024, 6))
    later = {row.account: row for row in book.ledger.balances(Period(2024, 7), Period(2024, 7))}
    assert (later["501"].opening_fen, later["501"].year_credit_fen) == (-950_00, 950_00)
    periods.close_through(book, DEC)
    assert closing(book, DEC) == {"101": 750_00, "301": -100_00, "32202": -650_00}
    assert distribution.year_result(book, 2024) == (650_00, 0)

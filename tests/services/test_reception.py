"""Reception in a book: none where the rule says so, and figures that only fall."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.services.contract_desk import post_drafts
from tests.services.project_desk import project_book
from village_ledger.domain.errors import BadInput
from village_ledger.domain.period import Period
from village_ledger.domain.reception import zero_problems
from village_ledger.domain.voucher import Draft, DraftLine
from village_ledger.services import periods, reception, settings, vouchers, works_rules
from village_ledger.services.book import Book
from village_ledger.services.spending_watch import spending_watch


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """A book at the accountant's desk."""
    with project_book(tmp_path) as opened:
        yield opened


def spent(day: date, summary: str, fen: int, account: str = "51306") -> Draft:
    lines = (DraftLine(summary, account, (), debit_fen=fen), DraftLine(summary, "101", (), credit_fen=fen))
    return Draft(day, "记", lines)


def blocked(book: Book, draft: Draft) -> bool:
    rules = works_rules.reception_rules(book, draft.day)
    return bool(zero_problems(rules, book.chart, reception.watched_accounts(book), draft))


def test_reception_is_blocked_until_the_village_may_have_it(book: Book) -> None:
    draft = spent(date(2025, 6, 3), "付检查组餐费", 300_00, "51303")
    assert blocked(book, draft)
    assert not blocked(book, spent(date(2025, 6, 3), "购酒精、口罩", 300_00, "51303"))
    book.actor = ""
    works_rules.save_reception(book, zero=False, basis="某市村务卡管理办法", valid_from=date(2025, 6, 1))
    assert not blocked(book, draft)
    assert blocked(book, draft._replace(day=date(2025, 5, 31)))
    with pytest.raises(BadInput, match="请写明依据"):
        works_rules.save_reception(book, zero=True, basis=" ", valid_from=date(2025, 7, 1))


def test_what_rises_above_last_years_same_months_is_told(book: Book) -> None:
    for draft in (
        spent(date(2025, 3, 3), "付差旅费", 500_00),
        spent(date(2025, 9, 3), "付差旅费", 900_00),
        spent(date(2026, 2, 3), "付差旅费", 400_00),
        spent(date(2026, 3, 3), "付检查组餐费", 30_00, "51303"),
    ):
        vouchers.save_draft(book, draft)
    post_drafts(book)
    assert reception.only_fall(book, Period(2025, 12)) == ()  # no last year to compare with
    assert reception.only_fall(book, Period(2026, 2)) == (
        "差旅费只减不增：2026年至今 400.00，去年同期 0.00，多 400.00",
    )
    assert reception.only_fall(book, Period(2026, 3)) == ("招待费只减不增：2026年至今 30.00，去年同期 0.00，多 30.00",)


def test_the_entry_of_vouchers_watches_reception_in_books_under_control(book: Book) -> None:
    for draft in (spent(date(2025, 1, 13), "付差旅费", 500_00), spent(date(2025, 1, 9), "付电费", 90_00, "51304")):
        vouchers.save_draft(book, draft)
    post_drafts(book)
    assert spending_watch(book).reception is None
    settings.save_settings(book, book.settings._replace(control="national", control_from="2030-01"))
    watch = spending_watch(book)
    assert watch.reception is not None
    assert (watch.reception.zero, watch.this_year) == (True, None)
    for month in Period(2025, 1).through(Period(2025, 12)):
        periods.close(book, month)
    assert spending_watch(book).last_year == {"差旅费": 500_00}


def test_the_rules_shipped_and_their_profiles_are_whole() -> None:
    assert works_rules.shipped_reception().title == "零招待（默认）"
    assert not works_rules.shipped_reception("allowed").zero
    rules = works_rules.shipped_works()
    assert [way.name for way in rules.ways] == ["公开招标", "邀请招标", "竞争性谈判", "询价", "直接委托"]
    bound = rules.bound("工程", 4_000_000_00)
    assert bound is not None
    assert bound.confirmed
    assert rules.bound("工程", 3_999_999_99) is None


def test_a_village_keeps_its_own_rules_for_works_from_a_day_on(book: Book) -> None:
    book.actor = ""
    content = works_rules.works_content(book, date(2025, 1, 1))
    content["bound"] = [
        {"kinds": ["工程"], "from": 50000, "ways": ["公开招标"], "basis": "清河镇规定", "confirmed": True}
    ]
    works_rules.save_works(book, content, date(2025, 7, 1))
    assert works_rules.works_rules(book, date(2025, 6, 30)).bound("工程", 50_000_00) is None
    bound = works_rules.works_rules(book, date(2025, 7, 1)).bound("工程", 50_000_00)
    assert bound is not None
    assert bound.basis == "清河镇规定"
    with pytest.raises(BadInput, match="没有发包方式“抽签”"):
        works_rules.save_works(
            book, {**content, "bound": [{"kinds": ["工程"], "from": 1, "ways": ["抽签"]}]}, date(2026, 1, 1)
        )

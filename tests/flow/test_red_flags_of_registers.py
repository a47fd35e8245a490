"""Red flags in the life of a book: what the sample village shows, and what a month handed over and changed shows."""

from datetime import date
from pathlib import Path

from tests.services.conftest import STAFF, a_draft, post_all
from village_ledger.domain.period import Period
from village_ledger.services import creation, periods, vouchers
from village_ledger.services.book import Book
from village_ledger.services.township import flags
from village_ledger.services.township.cases import case_of_book


def found(book: Book, *rules: str) -> set[tuple[str, str]]:
    """What these rules find in the book's year 2025, by rule and subject."""
    return {(one.rule.id, one.hit.subject) for one in flags.book_findings(book, 2025) if one.rule.id in rules}


def test_the_sample_village_shows_what_its_registers_say(sample_village: Path):
    watched = (
        *("overdue-rent", "not-taken-back", "rent-in-advance", "contract-too-long", "rent-not-booked"),
        *("income-without-contract", "area-mismatch", "asset-without-card", "asset-expensed", "idle-asset"),
        *("idle-land", "no-custodian", "count-difference", "works-not-capitalised", "number-gap"),
        *("decision-defective", "borrowing-without-vote", "long-hanging", "self-reviewed", "reversed-later"),
    )
    with Book.open(sample_village, read_only=True) as book:
        assert found(book, *watched) == {
            # four tenants are more than 30 days behind; 顺达木制品厂 is six days late
            ("overdue-rent", "合同 JD2023-15"),
            ("overdue-rent", "合同 JD2023-12"),
            ("overdue-rent", "合同 HT2021-01"),
            ("overdue-rent", "合同 HT2023-02"),
            # the vegetable garden, let until 30 June and still worked
            ("not-taken-back", "合同 HT2020-01"),
            # the barren hill, thirty years paid at once
            ("rent-in-advance", "合同 HT2012-01"),
            # the old workshop is idle since before the book began; the old computer is worth too little
            ("idle-asset", "资产 ZC-0009"),
            # two parcels lie idle; of the third, the quarry, nobody expects a use
            ("idle-land", "地块 GD015"),
            ("idle-land", "地块 YD004"),
            # the sprinkler (told too late) and the old school (too few votes)
            ("decision-defective", "决议 石村议〔2025〕7号"),
            ("decision-defective", "决议 石村议〔2025〕9号"),
        }


def test_a_month_opened_again_and_a_voucher_cancelled_leave_their_traces(tmp_path: Path):
    new = creation.NewBook("石桥村股份经济合作社", Period(2025, 1), people=STAFF)
    rules = ("reopened-after-hand-over", "reversed-later", "review-withdrawn", "number-gap", "self-reviewed")
    with creation.create_book(tmp_path / "石桥村.vlb", new) as book:
        (bought,) = post_all(book, a_draft(date(2025, 1, 8), "101", "301", 2_000_00, "收股金"))
        periods.close(book, Period(2025, 1), backup=False)
        periods.mark_handed_over(book, Period(2025, 1))
        assert found(book, *rules) == set()

        book.actor = "陈主任"
        periods.reopen(book, Period(2025, 1), "漏记一笔")
        book.actor = "王会计"
        periods.close(book, Period(2025, 1), backup=False)
        (red,) = post_all(book, vouchers.reverse(book, bought.id, date(2025, 2, 3)))
        withdrawn_and_deleted(book)

        case = case_of_book(book, Period(2025, 1), Period(2025, 2))
        hits = {one.rule.id: one.hit for one in flags.findings(case, flags.parameters()) if one.rule.id in rules}
        assert set(hits) == {"reopened-after-hand-over", "reversed-later", "review-withdrawn"}
        assert "陈主任又反结账，原因：漏记一笔" in hits["reopened-after-hand-over"].text
        assert hits["reversed-later"].vouchers == (f"2025-02 {red.label}", f"2025-01 {bought.label}")
        assert "已报送月份的凭证" in hits["reversed-later"].text
        assert "审核以后由李审核取消审核，又由王会计删除" in hits["review-withdrawn"].text


def withdrawn_and_deleted(book: Book) -> None:
    """A draft that was reviewed, set back and thrown away."""
    draft = vouchers.save_draft(book, a_draft(date(2025, 2, 5), "101", "301", 500_00))
    book.actor = "李审核"
    vouchers.review(book, [draft.id])
    vouchers.unreview(book, [draft.id])
    book.actor = "王会计"
    vouchers.delete_drafts(book, [draft.id])

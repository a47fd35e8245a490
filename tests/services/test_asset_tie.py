"""Every difference between cards and ledger is named; other charts tie too."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.services.asset_desk import FEBRUARY, JANUARY, TRUCK, desk, post_drafts
from tests.services.conftest import STAFF, a_draft, post_all
from village_ledger.domain.period import Period
from village_ledger.domain.view import Opening
from village_ledger.reports.query import Query
from village_ledger.services import asset_cards, asset_changes, asset_runs, creation, openings, people, vouchers
from village_ledger.services.book import Book
from village_ledger.services.reports import run

__all__ = ["desk"]


def causes(book: Book, period: Period = JANUARY) -> list[tuple[str, int, str]]:
    return [(cause.account, cause.fen, cause.text) for cause in asset_cards.tie(book, period).causes]


def test_a_purchase_without_a_card_is_named_by_its_voucher(desk: Book):
    post_all(desk, a_draft(date(2024, 1, 8), "151", "101", 960_00))
    assert causes(desk) == [("151", -960_00, "凭证 2024-01 记-1 的 960.00 没有对应的卡片或变动")]


def test_a_card_without_its_voucher_and_a_voucher_without_its_card_are_both_named(desk: Book):
    (voucher,) = post_all(desk, a_draft(date(2024, 1, 8), "151", "101", 960_00))
    pump = TRUCK._replace(
        code="ZC-0002", name="水泵", original_fen=960_00, residual_fen=0, opening_accumulated_fen=0,
        acquired=date(2024, 1, 8), in_use=date(2024, 1, 8), entered=JANUARY,
    )  # fmt: skip
    saved = asset_cards.add_card(desk, pump)
    assert [text for _, _, text in causes(desk)] == [
        "卡片 ZC-0002 水泵 没有关联购建凭证",
        "凭证 2024-01 记-1 的 960.00 没有对应的卡片或变动",
    ]
    asset_cards.change_card(desk, saved._replace(voucher=voucher.uid))
    assert causes(desk) == []
    people.log_in(desk, "王会计")
    vouchers.reverse(desk, voucher.id, date(2024, 2, 1))
    post_drafts(desk, FEBRUARY)
    assert [text for _, _, text in causes(desk, FEBRUARY)] == [
        "凭证 2024-01 记-1 已冲销或没有记这个科目，卡片上是 960.00"
    ]


def test_opening_balances_that_differ_from_the_cards_are_named(desk: Book):
    day = date(2023, 12, 1)
    pump = TRUCK._replace(code="ZC-0002", original_fen=1_000_00, opening_accumulated_fen=0, residual_fen=0)
    asset_cards.add_card(desk, pump._replace(acquired=day, in_use=day))
    assert causes(desk) == [("151", 1_000_00, "期初卡片合计 51,000.00，期初余额 50,000.00")]
    report = run(desk, "asset-ledger-check", Query(JANUARY, JANUARY))
    reasons = [row.cells[-1] for row in report.rows if row.level == 1]
    assert reasons == ["期初卡片合计 51,000.00，期初余额 50,000.00"]


def test_two_errors_that_cancel_each_other_are_still_named(desk: Book):
    post_all(desk, a_draft(date(2024, 1, 8), "151", "101", 960_00), a_draft(date(2024, 1, 9), "101", "151", 960_00))
    found = asset_cards.tie(desk, JANUARY)
    assert not any(row.difference_fen for row in found.accounts)
    assert (len(found.causes), found.tied) == (2, False)


@pytest.fixture
def old_chart(tmp_path: Path) -> Iterator[Book]:
    """A book by the 2004 chart, whose trees are written down on their own account."""
    new = creation.NewBook("石桥村", Period(2024, 1), people=STAFF, chart="rural-2004")
    with creation.create_book(tmp_path / "旧制度.vlb", new) as book:
        book.actor = "王会计"
        openings.save_openings(
            book,
            (
                Opening("132", (), 10_800_00),
                Opening("151", (), 50_000_00),
                Opening("152", (), -4_800_00),
                Opening("301", (), -56_000_00),
            ),
        )
        yield book


def test_a_book_by_the_2004_chart_ties_too(old_chart: Book):
    truck = TRUCK._replace(expense_account="541")
    asset_cards.add_card(old_chart, truck)
    orchard = truck._replace(
        code="SW-0001", name="果园", category="经济林", kind="生产性生物资产", original_fen=12_000_00, residual_fen=0,
        opening_accumulated_fen=1_200_00, asset_account="132", depreciation_account="132", expense_account="502",
    )  # fmt: skip
    asset_cards.add_card(old_chart, orchard)
    assert asset_cards.tie(old_chart, JANUARY).tied
    asset_runs.depreciate(old_chart, JANUARY)
    post_drafts(old_chart, JANUARY)
    found = asset_cards.tie(old_chart, JANUARY)
    assert found.tied
    assert {row.account: row.ledger_fen for row in found.accounts} == {
        "132": 10_700_00,
        "151": 50_000_00,
        "152": -5_200_00,
    }
    assert asset_changes.changes(old_chart) == ()

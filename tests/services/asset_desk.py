"""A book with a truck and a tea garden in its opening balances, and short ways to work on it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.services.conftest import STAFF
from village_ledger.domain.assets.card import Card
from village_ledger.domain.assets.change import Change, Paper
from village_ledger.domain.period import Period
from village_ledger.domain.view import Opening
from village_ledger.domain.voucher import Draft, Voucher
from village_ledger.services import accounts, asset_cards, creation, openings, people, vouchers
from village_ledger.services.book import Book

JANUARY, FEBRUARY, MARCH = Period(2024, 1), Period(2024, 2), Period(2024, 3)

TRUCK = Card(
    "ZC-0001",
    "农用车",
    "运输工具",
    50_000_00,
    date(2022, 12, 1),
    Period(2023, 12),
    asset_account="151",
    depreciation_account="152",
    expense_account="513",
    residual_fen=2_000_00,
    opening_accumulated_fen=4_800_00,
    life_months=120,
    in_use=date(2022, 12, 1),
    quantity=2000,
    unit="辆",
)
"""12 of 120 months gone: 48,000 / 120 = 400.00 a month."""

GARDEN = TRUCK._replace(
    code="SW-0001",
    name="茶园",
    category="经济林",
    kind="生产性生物资产",
    original_fen=12_000_00,
    asset_account="132",
    depreciation_account="133",
    expense_account="511",
    residual_fen=0,
    opening_accumulated_fen=1_200_00,
    quantity=1000,
    unit="亩",
)
"""100.00 a month."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Book]:
    """The book in January 2024 with both cards registered."""
    new = creation.NewBook("石桥村股份经济合作社", Period(2024, 1), people=STAFF)
    with creation.create_book(tmp_path / "石桥村.vlb", new) as book:
        book.actor = "王会计"
        accounts.add_item(book, "往来户", "张三")
        openings.save_openings(
            book,
            (
                Opening("101", (), 20_000_00),
                Opening("132", (), 12_000_00),
                Opening("133", (), -1_200_00),
                Opening("151", (), 50_000_00),
                Opening("152", (), -4_800_00),
                Opening("301", (), -76_000_00),
            ),
        )
        asset_cards.add_card(book, TRUCK)
        asset_cards.add_card(book, GARDEN)
        yield book


def truck(book: Book) -> Card:
    """The truck's card with its id."""
    return next(card for card in asset_cards.register(book).cards if card.code == "ZC-0001")


def drafts(book: Book, period: Period) -> tuple[Draft, ...]:
    """The month's drafts."""
    return vouchers.drafts_of(book, period)


def lines(draft: Draft) -> list[tuple[str, int]]:
    """Account and signed fen of each line, debits positive."""
    return [(line.account, line.debit_fen - line.credit_fen) for line in draft.lines]


def post_drafts(book: Book, period: Period) -> tuple[Voucher, ...]:
    """Review and post every draft of a month."""
    ids = [draft.id for draft in vouchers.drafts_of(book, period)]
    people.log_in(book, "李审核")
    vouchers.review(book, ids)
    posted = vouchers.post(book, ids)
    book.actor = "王会计"
    return posted


def applied(kind: str, day: date, **fields: object) -> Change:
    """An application by the accountant."""
    change = Change(0, kind, day, "损坏", application=Paper("王会计", day, "申〔2024〕1号"))
    return change._replace(**fields)  # type: ignore[arg-type]


APPROVAL = Paper("陈主任", date(2024, 2, 19), "批〔2024〕1号")

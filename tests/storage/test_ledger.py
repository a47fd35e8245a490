"""The stored ledger answers what folding the plain list of vouchers answers, closed months or not."""

import tempfile
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from village_ledger.domain.period import Period
from village_ledger.domain.view import MemoryLedger, Opening
from village_ledger.domain.voucher import Draft, DraftLine
from village_ledger.services import accounts, creation, integrity, openings, periods, vouchers
from village_ledger.services.book import Book
from village_ledger.services.people import Person

LEAVES = ("102", "113", "121", "501", "513", "32202")
HOUSEHOLDS = ("甲户", "乙户")
FIRST = Period(2024, 11)

lines = st.tuples(st.sampled_from(LEAVES), st.sampled_from(HOUSEHOLDS), st.integers(-500, 500).filter(bool))
entries = st.tuples(st.integers(0, 3), st.integers(1, 28), st.lists(lines, min_size=1, max_size=4))


def a_draft(entry: tuple[int, int, list[tuple[str, str, int]]]) -> Draft:
    month, day, parts = entry
    period = FIRST.plus(month)
    made = [
        DraftLine(
            "业务", code, (("往来户", household),) if code == "113" else (), *_sides(fen), quantity=_quantity(code)
        )
        for code, household, fen in parts
    ]
    difference = sum(fen for _code, _household, fen in parts)
    made.append(DraftLine("平衡", "301", credit_fen=difference) if difference else DraftLine("平", "301", debit_fen=1))
    if not difference:
        made.append(DraftLine("平", "301", credit_fen=1))
    return Draft(date(period.year, period.month, day), "记", tuple(made))


def _sides(fen: int) -> tuple[int, int]:
    return (fen, 0) if fen % 2 else (0, -fen)


def _quantity(code: str) -> int:
    return 1500 if code == "121" else 0


def a_book(path: Path) -> Book:
    book = creation.create_book(
        path, creation.NewBook("石桥村", FIRST, people=(Person("甲", "会计"),), single_person=True)
    )
    accounts.change_account(book, "121", unit="公斤")
    for household in HOUSEHOLDS:
        accounts.add_item(book, "往来户", household)
    item = book.ledger.item("往来户", "甲户")
    assert item
    openings.save_openings(
        book,
        (
            Opening("102", (), 700, 900, 200),
            Opening("113", (item,), -300, 0, 300),
            Opening("121", (), 100, 0, 0, 5000),
            Opening("301", (), -500, 0, 400),
        ),
    )
    return book


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(entries, min_size=1, max_size=12), st.integers(0, 4))
def test_stored_and_folded_ledgers_agree(made: list[tuple[int, int, list[tuple[str, str, int]]]], closed: int) -> None:
    with tempfile.TemporaryDirectory() as folder, a_book(Path(folder) / "账.vlb") as book:
        ids = [vouchers.save_draft(book, a_draft(entry)).id for entry in made]
        vouchers.review(book, ids)
        vouchers.post(book)
        for month in range(closed):
            periods.close(book, FIRST.plus(month), backup=False)
        everything = book.ledger.vouchers(FIRST, FIRST.plus(5))
        plain = MemoryLedger(book.entity, book.chart, openings.openings(book), everything)
        for start, end in ((0, 0), (0, 1), (1, 1), (0, 4), (1, 3), (2, 2), (2, 4), (3, 3), (4, 5), (5, 5)):
            span = (FIRST.plus(start), FIRST.plus(end))
            assert book.ledger.balances(*span) == plain.balances(*span), span
            assert book.ledger.lines(*span) == plain.lines(*span), span
            assert sum(row.closing_fen for row in book.ledger.balances(*span)) == 0
        household = book.ledger.item("往来户", "乙户")
        assert household
        wide = (FIRST, FIRST.plus(5))
        assert book.ledger.lines(*wide, ("113",), household) == plain.lines(*wide, ("113",), household)
        numbers: dict[Period, list[int]] = {}
        for voucher in everything:
            numbers.setdefault(voucher.period, []).append(voucher.number)
        assert all(found == list(range(1, len(found) + 1)) for found in numbers.values())
        assert integrity.verify(book).ok

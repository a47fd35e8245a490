"""The papers and relations of the sample village, and what its package hands over of them."""

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.services.packing import unpacked
from village_ledger.domain.period import Period
from village_ledger.domain.source_document import DocumentRecord
from village_ledger.reports.query import Query
from village_ledger.services import documents, packages, related
from village_ledger.services.book import Book
from village_ledger.services.integrity import verify
from village_ledger.services.reports import run

YEAR = Query(Period(2025, 1), Period(2025, 12))
KEYS = (
    "document-register",
    "related-persons",
    "request-register",
    "benefit-register",
    "notice-register",
    "people-register",
    "contract-parties",
)


@pytest.fixture(scope="module")
def village(sample_village: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    path = tmp_path_factory.mktemp("oversight") / "示例村.vlb"
    shutil.copy(sample_village, path)
    with Book.open(path, actor="周敏") as book:
        yield book


def papers(book: Book) -> tuple[DocumentRecord, ...]:
    return documents.of_year(book, 2025)


def test_the_papers_fit_the_vouchers_they_are_with(village: Book) -> None:
    vouchers = {one.id: one for one in village.ledger.vouchers(Period(2025, 1), Period(2025, 12))}
    money = (*village.settings.cash_accounts, *village.settings.bank_accounts)
    for one in papers(village):
        if one.voucher:
            voucher = vouchers[one.voucher]
            moved = sum(line.debit_fen - line.credit_fen for line in voucher.lines if line.account.startswith(money))
            assert abs(moved) == one.document.amount_fen, one.label
            assert (moved > 0) == (one.document.direction == "收"), one.label
            assert 0 <= (voucher.day - one.document.day).days <= 4, one.label


def test_most_payments_have_papers_and_the_receipts_run_through(village: Book) -> None:
    money = (*village.settings.cash_accounts, *village.settings.bank_accounts)
    paid = {
        one.id
        for one in village.ledger.vouchers(Period(2025, 1), Period(2025, 12))
        if sum(line.credit_fen - line.debit_fen for line in one.lines if line.account.startswith(money)) > 0
    }
    with_papers = {one.voucher for one in papers(village)}
    assert len(paid & with_papers) * 100 // len(paid) >= 95
    assert paid - with_papers
    assert documents.missing_receipts(village) == ()
    assert [one.document.number for one in papers(village) if one.document.void] == ["00012037"]


def test_relations_and_the_village_as_a_whole_prove_themselves(village: Book) -> None:
    assert {one.relation for one in related.related(village)} >= {"本人", "配偶", "子女", "任职或投资的单位"}
    assert verify(village).ok


def test_one_card_shows_in_three_registers_by_its_tag(village: Book) -> None:
    """The cashier's husband: declared, and paid for ploughing in October by the card she declared."""

    def tags(key: str, name: str, column: str) -> set[object]:
        report = run(village, key, YEAR)
        keys = [one.key for one in report.columns]
        rows = [dict(zip(keys, row.cells, strict=True)) for row in report.rows]
        return {row[column] for row in rows if name in (row.get("name"), row.get("account_name"))} - {""}

    assert tags("related-persons", "陈立新", "card_tag") == tags("document-register", "陈立新", "account_tag") != set()
    assert tags("related-persons", "李秀珍", "card_tag") == tags("benefit-register", "李秀珍", "card_tag") != set()


def test_notices_of_the_sample_were_never_late(village: Book) -> None:
    report = run(village, "notice-register", YEAR)
    keys = [one.key for one in report.columns]
    rows = [dict(zip(keys, row.cells, strict=True)) for row in report.rows if row.kind == "line"]
    assert [row["from"] for row in rows if row["edition"] == "月度"] == [f"2025-{month:02d}" for month in range(1, 12)]
    assert {row["late_days"] for row in rows} == {0, None}
    assert sum(int(str(row["objections"])) for row in rows) == 2
    assert rows[0]["posted"] == date(2025, 2, 8)


def test_everybody_has_a_role_since_the_book_was_made(village: Book) -> None:
    report = run(village, "people-register", YEAR)
    assert {row.cells[0] for row in report.rows[:-1]} == {
        "周敏",
        "陈秋菊",
        "何志远",
        "石建国",
        "许长根",
        "王志强",
        "孙立军",
    }
    assert all(isinstance(row.cells[3], date) for row in report.rows[:-1])


def test_a_package_carries_the_registers_and_no_number_of_anybody(
    village: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VILLAGE_LEDGER_HOME", str(tmp_path / "home"))
    files = unpacked(packages.hand_over(village, Period(2025, 10), tmp_path / "十月.vlp").path)
    for key in KEYS:
        assert f"registers/{key}.csv" in files
        told = json.loads(files[f"registers/{key}.json"])
        assert told["report"] == key
    papers_told = json.loads(files["registers/document-register.json"])["rows"]
    assert {row["voucher"][:7] for row in papers_told} == {"2025-10"}
    own = [one for one in related.related(village) if one.relation != "任职或投资的单位"]
    numbers = {number for one in own for number in (one.phone, one.card) if number}
    numbers |= {one.document.account for one in papers(village) if one.document.account}
    for name, content in files.items():
        if name.startswith(("registers/", "chain/", "month/", "journal/")):
            text = content.decode("utf-8")
            assert not [number for number in numbers if number in text], name


def test_who_got_what_is_not_printed(village: Book) -> None:
    assert "benefit-register" in packages._UNPRINTED

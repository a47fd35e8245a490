"""Reminder slips: only what is overdue, one contract to a sheet."""

from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.services.contract_desk import LI, a_shop, contract_book, post_drafts, some_land
from village_ledger.domain.contract import Price, Step
from village_ledger.domain.errors import BadInput
from village_ledger.services import contracts, publishing
from village_ledger.services.contract_receipts import NewReceipt, register_receipt


def test_a_slip_lists_what_is_overdue_and_prints_on_a5(tmp_path: Path):
    with contract_book(tmp_path) as book:
        contracts.save(book, a_shop())
        contracts.save(book, some_land())
        register_receipt(book, NewReceipt(date(2025, 4, 20), LI, "113", 500_00, "101"))
        post_drafts(book)
        shop, land = contracts.reminders(book, date(2025, 4, 30))
        assert [(line.label, line.rest_fen, line.days) for line in land.lines] == [
            ("2025.01.01—2025.12.31", 800_00, 119)
        ]
        assert (shop.total_fen, shop.pay_by) == (6_000_00, date(2025, 5, 15))
        assert contracts.reminders(book, date(2025, 4, 30), [land.contract.id]) == (land,)
        assert contracts.reminders(book, date(2025, 1, 10), [shop.contract.id]) == (), "due today is not overdue"
        publishing.print_reminders(book, (shop, land), tmp_path / "催缴.pdf")
        pages = PdfReader(tmp_path / "催缴.pdf").pages
        assert len(pages) == 2
        text = pages[1].extract_text()
        assert "捌佰元整" in text
        assert "HT-02" in text
        with pytest.raises(BadInput, match="不用催缴"):
            publishing.print_reminders(book, (), tmp_path / "空.pdf")


def test_many_overdue_payments_take_several_sheets_and_one_sum(tmp_path: Path):
    with contract_book(tmp_path) as book:
        contracts.save(book, a_shop(start=date(2025, 1, 1), price=Price(steps=(Step(1, 1_200_00),), cycle=1)))
        publishing.print_reminders(book, contracts.reminders(book, date(2026, 1, 1)), tmp_path / "催缴.pdf")
        first, second = (page.extract_text() for page in PdfReader(tmp_path / "催缴.pdf").pages)
        assert "合计见末张" in first
        assert "壹仟贰佰元整" in second

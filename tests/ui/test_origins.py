"""The line above a voucher that leads back to where it comes from."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from village_ledger.domain.period import Period
from village_ledger.services import contract_rents, vouchers
from village_ledger.services.book import Book
from village_ledger.services.origins import origins
from village_ledger.ui.main_window import MainWindow


@pytest.fixture
def book(sample_village: Path, tmp_path: Path) -> Iterator[Book]:
    """The sample village, which has contracts, cards and runs tied to its vouchers."""
    with Book.open(Path(shutil.copy(sample_village, tmp_path / sample_village.name)), actor="周敏") as opened:
        yield opened


EVERYTHING = vouchers.VoucherFilter()


def posted_with(book: Book, register: str, count: int = 1) -> tuple[int, str]:
    """A posted voucher that comes from so many rows of a register, and the label of the first."""
    for row in vouchers.find(book, EVERYTHING, 0, 1000):
        if row.posted:
            voucher = vouchers.voucher(book, row.id)
            found = origins(book, voucher.source, voucher.uid)
            if len(found) == count and found[0].register == register:
                return row.id, found[0].label
    raise AssertionError(register)


def test_a_receipt_leads_back_to_its_contract(window: MainWindow, book: Book, qtbot):
    voucher, label = posted_with(book, "contract")
    window.open_voucher(voucher)
    links = window.page("voucher-entry").links
    assert links.origin.text() == f"来自：{label}"
    qtbot.mouseClick(links.origin, Qt.MouseButton.LeftButton)
    assert window.current_key == "contracts"
    assert window.page("contracts").selected().code == label.removeprefix("合同 ")
    window.go_back()
    assert window.page("voucher-entry").links.origin.text() == f"来自：{label}"


def test_depreciation_leads_back_to_its_month(window: MainWindow, book: Book):
    voucher, label = posted_with(book, "depreciation")
    window.open_voucher(voucher)
    links = window.page("voucher-entry").links
    assert links.origin.text() == f"来自：{label}"
    links.origin.click()
    assert window.current_key == "depreciation"
    assert f"{window.page('depreciation').month.label}折旧和摊销" == label


def test_a_purchase_leads_back_to_its_card_even_if_it_is_filtered_out(window: MainWindow, book: Book):
    voucher, label = posted_with(book, "asset")
    window.page("asset-cards").bar.search.setText("没有这样的资产")
    window.open_voucher(voucher)
    window.page("voucher-entry").links.origin.click()
    assert window.current_key == "asset-cards"
    assert window.page("asset-cards").selected().now.card.label == label.removeprefix("资产 ")


def test_a_draft_from_many_contracts_offers_them_in_a_menu(window: MainWindow, book: Book):
    month = book.open_period
    for late in (month, *month.next.through(Period(month.year, 12))):
        contract_rents.accrue(book, late)
    drafts = [draft for draft in vouchers.drafts_of(book, month) if len(origins(book, draft.source)) > 1]
    window.open_draft(drafts[0].id)
    links = window.page("voucher-entry").links
    assert links.origin.text().endswith(f"等 {len(origins(book, drafts[0].source))} 项")
    links.origin.click()
    (menu,) = links.findChildren(QMenu)
    first = menu.actions()[0]
    first.trigger()
    menu.close()
    assert window.page("contracts").selected().code == first.text().removeprefix("合同 ")


def test_a_voucher_typed_by_hand_has_no_such_line(window: MainWindow, book: Book):
    numbers = [row.id for row in vouchers.find(book, EVERYTHING, 0, 100) if row.posted]
    typed = next(
        one for one in (vouchers.voucher(book, number) for number in numbers) if not origins(book, "", one.uid)
    )
    window.open_voucher(typed.id)
    assert not window.page("voucher-entry").links.origin.isVisible()

"""Contracts in the window: registering, charging, receiving, claiming, and the calendar."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.services.conftest import a_draft, post_all
from tests.services.contract_desk import LI, a_shop, contract_book, post_drafts, some_land
from village_ledger import clock
from village_ledger.domain.contract import Price, Step
from village_ledger.domain.parcels import Parcel
from village_ledger.domain.period import Period
from village_ledger.services import contract_rents, contracts, parcels, vouchers
from village_ledger.services.book import Book
from village_ledger.services.contract_attachments import attachments
from village_ledger.ui import theme
from village_ledger.ui.contracts.act_dialogs import (
    AccrueDialog,
    BreakOffDialog,
    DepositDialog,
    ShareDialog,
    TakeBackDialog,
    WaiverDialog,
)
from village_ledger.ui.contracts.calendar_page import CalendarPage
from village_ledger.ui.contracts.claim_dialog import ClaimDialog
from village_ledger.ui.contracts.contract_dialog import ContractDialog
from village_ledger.ui.contracts.contracts_page import ContractsPage
from village_ledger.ui.contracts.files_dialog import FilesDialog
from village_ledger.ui.contracts.receipt_dialog import AllocationDialog, ReceiptDialog
from village_ledger.ui.contracts.receipts_page import ReceiptsPage
from village_ledger.ui.file_import import ImportDialog
from village_ledger.ui.home.summary import read_summary
from village_ledger.ui.operations import Operations
from village_ledger.ui.page import Page
from village_ledger.ui.tables.text_rows import TextRows

TODAY = date(2025, 4, 30)


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Book]:
    """A shop and some land, nothing charged yet, on 30 April 2025."""
    theme.apply(QApplication.instance())
    monkeypatch.setenv("VILLAGE_LEDGER_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    with contract_book(tmp_path) as opened:
        opened.actor = "王会计"
        contracts.save(opened, a_shop())
        contracts.save(opened, some_land())
        yield opened


def show(qtbot: QtBot, page: Page) -> None:
    qtbot.addWidget(page)
    page.resize(1182, 690)
    page.show()
    page.refresh()


def texts(model: TextRows, column: int) -> list[str]:
    return [model.data(model.index(row, column)) for row in range(model.rowCount())]


@pytest.fixture
def page(book: Book, qtbot: QtBot) -> ContractsPage:
    made = ContractsPage(Operations(book, synchronous=True))
    show(qtbot, made)
    return made


def choose(page: ContractsPage, code: str) -> None:
    row = texts(page.model, 0).index(code)
    page.table.setCurrentIndex(page.model.index(row, 0))


def test_the_list_shows_arrears_and_the_chosen_contracts_payments(page: ContractsPage):
    assert texts(page.model, 0) == ["HT-01", "HT-02"]
    assert texts(page.model, 6) == ["6,000.00", "1,300.00"]
    choose(page, "HT-02")
    assert texts(page.panel.model, 0)[2:5] == ["期初", "3", "4"]
    assert texts(page.panel.model, 6)[2] == "逾期 120 天"
    assert page.panel.seq() == 0
    page.search.setText("李四")
    assert texts(page.model, 0) == ["HT-02"]
    page.search.clear()
    page.tabs.setCurrentIndex(4)
    assert page.model.rowCount() == 0
    assert page.count.text() == "共 0 份合同"


def test_the_rows_are_a_proper_model(page: ContractsPage):
    ModelTester(page.model)


def test_a_contract_is_registered_with_its_payments_shown_while_typing(page: ContractsPage, book: Book, qtbot: QtBot):
    page.add()
    dialog = page.findChild(ContractDialog)
    form = dialog.form
    assert form.counter.value() == "50101", "发包收入 for the first kind, 承包"
    form.code.setText("HT-03")
    form.subject.setText("2号门面")
    form.kind.setCurrentText("租赁")
    assert form.counter.value() == "50102", "出租收入"
    facts = dialog._facts()
    form.party.set_choice(form.party._find(facts.items[0].item.name)[0])
    form.start.setText("2025.5.1")
    form.end.setText("2055-04-30")
    form.annual.setText("9600")
    form.cycle.setCurrentText("按季")
    form.growth.setText("每10年递增10%")
    dialog.preview()
    assert dialog.model.rowCount() == 120
    assert "合同总额 317,760.00 元" in dialog.total.text(), "10 x (9600 + 10560 + 11616)"
    assert "民法典第七百零五条" in dialog.message_bar.text
    dialog._save()
    assert dialog.isHidden()
    assert page.selected().code == "HT-03"
    saved = contracts.register(book).accounts[2].contract
    assert saved.price == Price("递增", (Step(1, 9_600_00), Step(11, 10_560_00), Step(21, 11_616_00)), 3)


def test_what_is_wrong_is_said_and_nothing_saved(page: ContractsPage, book: Book):
    page.add()
    dialog = page.findChild(ContractDialog)
    dialog.form.start.setText("2025-02-30")
    dialog.preview()
    assert "没有 2025年2月30日" in dialog.total.text()
    dialog._save()
    assert dialog.isVisible()
    assert len(contracts.register(book).accounts) == 2


def test_opening_a_contract_shows_every_field_as_it_was_saved(page: ContractsPage, book: Book):
    price = Price("递增", (Step(1, 1_000_00), Step(4, 1_100_00)), 6, "后付", 10)
    wanted = some_land(code="HT-08", price=price, contact="138", award="公开竞价", signed=date(2022, 12, 1), note="注")
    saved = contracts.save(book, wanted)
    dialog = ContractDialog(page.operations, saved, page)
    assert dialog.form.contract(saved) == saved
    share = contracts.save(book, some_land(code="HT-07", price=Price("分成", (Step(1, 0),), share_bp=1250)))
    assert ContractDialog(page.operations, share, page).form.contract(share) == share


def test_accruing_receiving_and_letting_off_leave_drafts(page: ContractsPage, book: Book):
    page.accrue()
    accrual = page.findChild(AccrueDialog)
    accrual.period.set_period(Period(2025, 4))
    accrual._save()
    assert "已计提 3 笔，共 7,000.00 元" in page.message_bar.text
    choose(page, "HT-02")
    page.receive()
    receipt = page.findChild(ReceiptDialog)
    receipt.amount.setText("500")
    receipt.give_oldest()
    assert [fen for *_, fen in receipt.grid.parts()] == [300_00, 200_00]
    receipt._save()
    assert "凭证草稿等待审核" in page.message_bar.text
    assert texts(page.panel.model, 5)[2:4] == ["", "800.00"]
    page.waive()
    waiver = page.findChild(WaiverDialog)
    waiver.amount.setText("100")
    waiver._save()
    assert "原因和决议" in waiver.message_bar.text
    waiver.reason.setText("受灾")
    waiver.decision.setText("石村〔2025〕9号")
    waiver._save()
    assert "已减免 100.00 元" in page.message_bar.text
    assert len(vouchers.drafts_of(book, Period(2025, 4))) == 3


def test_a_payment_leads_to_its_voucher(page: ContractsPage, book: Book, qtbot: QtBot):
    page.open_voucher()
    assert "还没有计提" in page.message_bar.text
    contract_rents.accrue(book, Period(2025, 4))
    choose(page, "HT-02")
    page.refresh()
    page.panel.table.setCurrentIndex(page.panel.model.index(3, 0))
    with qtbot.waitSignal(page.open_draft_requested):
        page.open_voucher()
    post_drafts(book)
    page.refresh()
    page.panel.table.setCurrentIndex(page.panel.model.index(3, 0))
    with qtbot.waitSignal(page.open_voucher_requested):
        page.open_voucher()


def test_breaking_off_and_taking_back(page: ContractsPage, book: Book):
    choose(page, "HT-01")
    page.break_off()
    dialog = page.findChild(BreakOffDialog)
    dialog.reason.setText("承租人退租")
    dialog._save()
    assert texts(page.model, 5)[0] == "到期未收回"
    page.take_back()
    page.findChild(TakeBackDialog)._save()
    assert texts(page.model, 5)[0] == "已终止"


def test_a_share_is_reckoned(book: Book, qtbot: QtBot):
    contracts.save(book, a_shop(code="HT-05", price=Price("分成", (Step(1, 500_00),), share_bp=2000)))
    page = ContractsPage(Operations(book, synchronous=True))
    show(qtbot, page)
    choose(page, "HT-05")
    assert page.share_action.isEnabled()
    page.settle()
    dialog = page.findChild(ShareDialog)
    dialog.proceeds.setText("9000")
    dialog._save()
    assert "核定为 1,800.00 元" in page.message_bar.text


def test_attachments_are_added_and_taken_off(page: ContractsPage, book: Book, tmp_path: Path):
    scan = tmp_path / "合同.pdf"
    scan.write_bytes(b"signed")
    page.open_files()
    dialog = page.findChild(FilesDialog)
    dialog.attach(scan)
    assert texts(dialog.model, 0) == ["合同.pdf"]
    assert texts(dialog.model, 3) == ["完好"]
    dialog.detach()
    assert attachments(book, page.selected().id) == ()


def test_reminder_slips_are_written(page: ContractsPage, tmp_path: Path):
    page.print_reminders((), tmp_path / "催缴.pdf")
    assert (tmp_path / "催缴.pdf").read_bytes().startswith(b"%PDF")
    assert "已写出催缴单" in page.message_bar.text


def test_posted_lines_are_claimed_and_receipts_allocated_anew(book: Book, qtbot: QtBot):
    post_all(
        book,
        a_draft(date(2025, 1, 12), "112", "50102", 3_000_00, "应收一季度门面租金", "张三"),
        a_draft(date(2025, 2, 3), "101", "112", 1_200_00, "收张三门面租金", "张三"),
        a_draft(date(2025, 3, 3), "101", "50101", 800_00, "收李四承包款"),
    )
    page = ReceiptsPage(Operations(book, synchronous=True))
    show(qtbot, page)
    assert texts(page.claims, 2) == ["应收", "收款", "直接"]
    page.act()
    page.act()
    assert texts(page.claims, 2) == ["直接"]
    page.act()
    dialog = page.findChild(ClaimDialog)
    land = contracts.register(book).accounts[1].contract
    dialog.grid.show_parts([(land.id, 3, 900_00)])
    assert "多认领了 100.00 元" in dialog.rest.text()
    dialog._save()
    assert dialog.isVisible()
    dialog.grid.show_parts([(land.id, 3, 800_00)])
    dialog._save()
    assert page.claims.rowCount() == 0
    page.tabs.setCurrentIndex(1)
    assert sorted(texts(page.receipts, 4)) == ["1,200.00", "800.00"]
    row = texts(page.receipts, 4).index("1,200.00")
    page.receipt_table.setCurrentIndex(page.receipts.index(row, 0))
    page.act()
    again = page.findChild(AllocationDialog)
    shop = contracts.register(book).accounts[0].contract
    again.grid.show_parts([(shop.id, 2, 1_000_00)])
    again._save()
    assert "还有 200.00 元没有分配" in page.message_bar.text
    with qtbot.waitSignal(page.open_voucher_requested):
        page.open_voucher()


def test_the_calendar_lists_what_is_due_by_kind(book: Book, qtbot: QtBot):
    contracts.save(book, a_shop(code="HT-09", start=date(2022, 1, 1), end=date(2024, 12, 31)))
    page = CalendarPage(Operations(book, synchronous=True))
    show(qtbot, page)
    assert texts(page.model, 0).count("欠租") == 3
    assert "到期未收回" in texts(page.model, 0)
    page.tabs.setCurrentIndex(2)
    assert texts(page.model, 2) == ["HT-09"]
    page.open_contract()
    assert page.findChild(ContractDialog) is not None


def test_the_home_page_tells_of_arrears_and_contracts_that_ended(book: Book):
    contracts.save(book, a_shop(code="HT-09", start=date(2022, 1, 1), end=date(2024, 12, 31), tracked=date(2025, 1, 1)))
    notices = [notice.text for notice in read_summary(book).notices if notice.page == "contract-calendar"]
    assert notices == [
        "2 份合同欠租 7,300.00 元，最长的已逾期 120 天",
        "1 份合同已到期，没有收回也没有续签",
    ]


def test_a_register_is_imported_from_the_page(page: ContractsPage, book: Book, tmp_path: Path):
    file = tmp_path / "台账.csv"
    file.write_text("合同编号,标的,对方,开始日期,结束日期,年租金\nHT-20,鱼塘,张三,2025-01-01,2026-12-31,900\n", "utf-8")
    page.bring_in()
    dialog = page.findChild(ImportDialog)
    dialog.set_path(file)
    dialog._start()
    assert "HT-20" in texts(page.model, 0)


def test_a_book_that_cannot_be_written_offers_no_changes(book: Book, qtbot: QtBot):
    with Book.open(book.path, read_only=True) as reading:
        page = ContractsPage(Operations(reading, synchronous=True))
        show(qtbot, page)
        assert page.model.rowCount() == 2
        for button in (page.add_button, page.accrue_button, page.receive_button):
            assert not button.isEnabled()
        page.add()
        assert page.findChild(ContractDialog) is None
        page.close()


def test_keys_open_and_add(page: ContractsPage, qtbot: QtBot):
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert page.findChild(ContractDialog) is not None


def test_prepaid_rent_is_named_in_the_receipt_form(page: ContractsPage, book: Book):
    choose(page, "HT-02")
    page.receive()
    dialog = page.findChild(ReceiptDialog)
    dialog.amount.setText("600")
    dialog.grid.show_parts([])
    assert "留作预收" in dialog.rest.text()
    dialog._save()
    contract_rents.accrue(book, Period(2025, 4))
    post_drafts(book)
    account = contracts.register(book).accounts[1]
    assert account.contract.party == LI
    assert [one.received_fen for one in account.standings if one.instalment.seq in (0, 3)] == [300_00, 300_00]


def test_choosing_a_parcel_fills_kind_name_and_free_area(page: ContractsPage, book: Book, qtbot: QtBot):
    parcels.add_parcel(book, Parcel("DK-01", "东洼", "耕地", 10_00, date(2020, 1, 1)))
    dialog = ContractDialog(page.operations, None, page)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClicks(dialog.form.subject_code, "dk")
    qtbot.keyClick(dialog.form.subject_code, Qt.Key.Key_Return)
    form = dialog.form
    assert form.subject_kind.currentText() == "资源"
    assert (form.subject.text(), form.area.value_x100()) == ("东洼", 10_00)


def test_a_deposit_is_taken_and_given_back_as_drafts(page: ContractsPage, book: Book, qtbot: QtBot):
    (shop, _land) = contracts.register(book).accounts
    contracts.save(book, shop.contract._replace(deposit_fen=500_00))
    page.refresh()
    choose(page, "HT-01")
    page.move_deposit()
    dialog = page.findChild(DepositDialog)
    assert (dialog.way.currentText(), dialog.amount.value_fen()) == ("收到押金", 500_00)
    dialog.money.setCurrentIndex(0)
    dialog.save_button.click()
    assert "收到押金 500.00 元" in page.message_bar.text
    assert "已收 500.00，已退 0.00" in page.panel.facts.text()
    page.move_deposit()
    dialog = page.findChildren(DepositDialog)[-1]
    assert (dialog.way.currentText(), dialog.amount.value_fen()) == ("退还押金", 500_00)


def test_what_the_village_pays_is_headed_as_such(page: ContractsPage, book: Book):
    contracts.save(book, a_shop(code="FW-01", direction="付", account="211", counter=""))
    page.refresh()

    def headings() -> list[str]:
        model = page.panel.model
        return [model.headerData(column, Qt.Orientation.Horizontal) for column in (3, 4, 5)]

    choose(page, "FW-01")
    assert headings() == ["应付", "已付", "未付"]
    choose(page, "HT-01")
    assert headings() == ["应收", "已收", "未收"]

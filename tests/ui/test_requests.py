"""用款审批, 例外事项, 审批权限 and the basis below a voucher, in a village under control."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from tests.services.request_desk import (
    DAY,
    a_payment,
    a_request,
    a_scan,
    acting,
    approved,
    control_book,
    post,
    sign_through,
)
from village_ledger.domain.request import RequestLine
from village_ledger.services import evidence, exceptions, requests, tiers, vouchers
from village_ledger.services.book import Book
from village_ledger.services.origins import Origin
from village_ledger.ui.main_window import MainWindow
from village_ledger.ui.operations import Operations
from village_ledger.ui.requests.act_dialogs import DocumentsDialog, PaperDialog, SignDialog, VoucherDialog
from village_ledger.ui.requests.exceptions_page import ExceptionsPage
from village_ledger.ui.requests.lines_table import ACCOUNT, AMOUNT, ITEM, SUMMARY
from village_ledger.ui.requests.link_dialog import LinkDialog
from village_ledger.ui.requests.request_dialog import RequestDialog
from village_ledger.ui.requests.requests_page import RequestsPage
from village_ledger.ui.requests.rows import FILTERS, MINE
from village_ledger.ui.requests.tier_dialog import TierDialog, VersionDialog
from village_ledger.ui.requests.tiers_page import TiersPage
from village_ledger.ui.settings.control_card import ControlCard
from village_ledger.ui.vouchers.entry_page import VoucherEntryPage


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """September to be closed, October under control; the accountant at the keyboard."""
    with control_book(tmp_path) as opened:
        yield opened


@pytest.fixture
def operations(book: Book) -> Operations:
    """The way to it, everything at once."""
    return Operations(book, synchronous=True)


def switch(operations: Operations, book: Book, name: str) -> None:
    """Somebody else sits down."""
    book.actor = name
    operations.announce(frozenset({"people"}))


@pytest.fixture
def page(operations: Operations, qtbot: QtBot) -> RequestsPage:
    """The page of requests, shown."""
    made = RequestsPage(operations)
    qtbot.addWidget(made)
    made.resize(1160, 700)
    made.show()
    return made


def dialog_of(page: RequestsPage | ExceptionsPage | TiersPage | VoucherEntryPage, kind: type[QDialog]) -> QDialog:
    """The dialog a page has opened."""
    return next(one for one in page.findChildren(kind) if one.isVisible())


def test_an_empty_register_says_what_requests_are_for(page):
    assert page.stack.currentIndex() == 1
    assert not page.sign_button.isEnabled()


def test_a_request_is_typed_told_its_tier_and_submitted(page, operations, book, qtbot):
    page.add()
    dialog = dialog_of(page, RequestDialog)
    dialog.purpose.setText("买办公用纸")
    dialog.day.set_value(DAY)
    dialog.payee.setText("文具店")
    dialog.handler.setCurrentText("赵出纳")
    dialog.witness.setCurrentText("王会计")
    dialog.money.setCurrentIndex(next(place for place in range(9) if dialog.money.itemData(place)[0] == "102"))
    row = [dialog.lines.cellWidget(0, column) for column in (SUMMARY, ACCOUNT, AMOUNT)]
    row[0].setText("纸张")
    row[1].setFocus()
    qtbot.keyClicks(row[1], "51303")
    qtbot.keyClick(row[1], Qt.Key.Key_Return)
    qtbot.keyClicks(row[2], "1200")
    dialog.preview()
    assert dialog.total.text() == "合计 1,200.00 元"
    assert "非生产性开支，1,000.00 元以上（含）至 5,000.00 元（不含）" in dialog.asked.text()
    assert "两委会决议" in dialog.asked.text()
    dialog.submit_button.click()
    (one,) = requests.requests(book)
    assert (one.number, one.kind, one.state, one.amount_fen) == ("用2025-001", "非生产性开支", "签批中", 1_200_00)
    assert page.selected().request.number == "用2025-001"
    assert page.panel.chain.rowCount() == 4
    assert "还缺" in page.panel.words.text()


def test_what_keeps_a_request_from_being_submitted_is_told_and_the_typing_kept(page, book):
    page.add()
    dialog = dialog_of(page, RequestDialog)
    dialog.day.set_value(DAY)
    dialog.submit_button.click()
    assert dialog.isVisible()
    assert "请填写用途" in dialog.message_bar.text
    (one,) = requests.requests(book)
    assert one.state == "填写"


def test_a_line_on_an_account_kept_by_households_asks_for_one(page, book, qtbot):
    page.add()
    dialog = dialog_of(page, RequestDialog)
    account, item = (dialog.lines.cellWidget(0, column) for column in (ACCOUNT, ITEM))
    assert not item.isEnabled()
    qtbot.keyClicks(account, "211")
    qtbot.keyClick(account, Qt.Key.Key_Return)
    assert item.isEnabled()
    assert item.placeholderText() == "往来户"
    dialog.lines.remove()
    assert dialog.lines.rowCount() == 0


def test_signing_at_the_keyboard_and_from_paper(page, operations, book, tmp_path):
    one = requests.submit(book, requests.save(book, a_request()).id)
    evidence.attach(book, "request", one.uid, a_scan(tmp_path))
    page.show_request(one.number)
    page.sign_on_paper(page.selected())
    dialog = dialog_of(page, PaperDialog)
    assert dialog.signer.currentText() == "赵出纳"
    dialog.day.set_value(DAY)
    dialog.save_button.click()
    assert [each.method for each in requests.signatures(book, one)] == ["书面"]
    assert page.selected().next.duty == "证明人"
    assert page.sign_button.isEnabled()
    page.sign()
    dialog = dialog_of(page, SignDialog)
    dialog.opinion.setCurrentText("属实")
    dialog.save_button.click()
    assert requests.signatures(book, one)[1].opinion == "属实"
    assert not page.sign_button.isEnabled()


def test_the_head_signs_several_at_once_and_approved_ones_lead_to_a_voucher(page, operations, book, qtbot):
    ready = [
        sign_through(book, requests.submit(book, requests.save(book, a_request(payee=payee)).id), until="负责人")
        for payee in ("文具店", "超市")
    ]
    switch(operations, book, "陈主任")
    page.refresh()
    page.tabs.setCurrentIndex(FILTERS.index(MINE))
    assert page.model.rowCount() == 2
    page.table.selectAll()
    page.sign()
    dialog_of(page, SignDialog).save_button.click()
    assert [requests.request_by_id(book, one.id).state for one in ready] == ["签批中", "签批中"]
    assert page.model.rowCount() == 0
    for one in ready:
        sign_through(book, one)
    switch(operations, book, "王会计")
    page.show_request(ready[0].number)
    assert page.voucher_button.isEnabled()
    with qtbot.waitSignal(page.open_draft_requested) as opened:
        page.make_voucher(page.selected())
        dialog = dialog_of(page, VoucherDialog)
        dialog.day.set_value(DAY)
        dialog.save_button.click()
    assert requests.linked(book, opened.args[0])[0].number == ready[0].number


def test_sending_back_withdrawing_and_cancelling(page, operations, book):
    one = sign_through(book, requests.submit(book, requests.save(book, a_request()).id), until="村监会")
    page.show_request(one.number)
    page.withdraw(page.selected())
    assert requests.request_by_id(book, one.id).state == "填写"
    page.submit(page.selected())
    switch(operations, book, "陈主任")
    page.send_back(page.selected())
    dialog = next(one for one in page.findChildren(QDialog) if one.isVisible())
    dialog.reason.setText("单价不对")
    dialog.save_button.click()
    assert requests.request_by_id(book, one.id).state == "退回"
    page.void(page.selected())
    dialog = next(one for one in page.findChildren(QDialog) if one.isVisible())
    dialog.reason.setText("不买了")
    dialog.save_button.click()
    assert requests.request_by_id(book, one.id).state == "已作废"


def test_papers_are_noted_and_the_form_is_printed(page, book, tmp_path, answers):
    line = (RequestLine("修路", "153", (("项目", "村道"),), 2_000_00),)
    one = requests.submit(book, requests.save(book, a_request(kind="工程支出", lines=line)).id)
    page.show_request(one.number)
    page.note_documents(page.selected())
    dialog = dialog_of(page, DocumentsDialog)
    assert [box.text() for box in dialog.boxes] == ["验收单"]
    dialog.boxes[0].setChecked(True)
    dialog.more.setText("照片，发票")
    dialog.save_button.click()
    assert requests.request_by_id(book, one.id).documents == ("验收单", "照片", "发票")
    path = tmp_path / "审批单.pdf"
    answers("save_file", path)
    page.print_action.trigger()
    assert path.stat().st_size > 1_000


def test_a_trail_leads_to_the_request_and_back(page, book):
    requests.save(book, a_request())
    second = requests.save(book, a_request())
    page.refresh()
    page.show_origin(Origin("request", second.id, f"用款申请 {second.number}"))
    assert page.state() == second.number
    page.restore("用2025-001")
    assert page.state() == "用2025-001"


@pytest.fixture
def entry(operations: Operations, qtbot: QtBot) -> VoucherEntryPage:
    """The page where vouchers are typed."""
    made = VoucherEntryPage(operations)
    qtbot.addWidget(made)
    made.resize(1160, 700)
    made.show()
    return made


def test_a_payment_shows_what_it_lacks_and_one_click_makes_its_request(entry, book):
    draft = vouchers.save_draft(book, a_payment(450_00))
    entry.open_draft(draft.id)
    assert entry.basis.isVisible()
    assert entry.basis.text.text().startswith("依据：付款 450.00 元（非生产性开支）还缺：用款申请")
    entry.basis.propose()
    dialog = dialog_of(entry, RequestDialog)
    assert dialog.lines.total_text() == "450.00"
    dialog.payee.setText("文具店")
    dialog.handler.setCurrentText("赵出纳")
    dialog.witness.setCurrentText("王会计")
    dialog.submit_button.click()
    (one,) = requests.linked(book, draft.id)
    assert (one.amount_fen, one.state) == (450_00, "签批中")
    assert f"用款申请 {one.number}" in entry.basis.text.text()
    sign_through(book, one)
    entry.open_draft(draft.id)
    assert entry.basis.text.text() == f"依据：用款申请 {one.number}"
    assert not entry.basis.excuse_button.isVisible()


def test_typing_asks_after_a_pause_only_and_receipts_ask_for_nothing(entry, book):
    entry.open_draft(vouchers.save_draft(book, a_payment(450_00, "101")).id)
    assert not entry.basis.isVisible()
    entry.new_draft(a_payment(450_00))
    entry.paper.check()
    assert not entry.basis.isVisible()  # September is not under control
    entry.paper.model.set_heading(day=DAY)
    entry.paper.check()
    assert entry.basis.isVisible()
    entry.basis.link()
    assert dialog_of(entry, LinkDialog) is not None
    assert entry.paper.draft.id  # what was typed had to be stored first


def test_a_request_there_already_is_chosen_for_a_typed_payment(entry, book):
    one = approved(book)
    approved(book, a_request(300_00))
    draft = vouchers.save_draft(book, a_payment(500_00))
    entry.open_draft(draft.id)
    entry.basis.link()
    dialog = dialog_of(entry, LinkDialog)
    assert dialog.model.value(0).request.number == one.number  # the amount that fits comes first
    dialog.link_button.click()
    assert entry.basis.text.text() == f"依据：用款申请 {one.number}"


def test_an_exception_is_granted_on_the_voucher_by_the_head_only(entry, operations, book):
    draft = vouchers.save_draft(book, a_payment(450_00))
    entry.open_draft(draft.id)
    for name, granted in (("王会计", 0), ("陈主任", 1)):
        switch(operations, book, name)
        entry.basis.excuse()
        dialog = next(one for one in entry.findChildren(QDialog) if one.isVisible())
        dialog.reason.setText("抢修")
        dialog.save_button.click()
        assert len(exceptions.exceptions(book)) == granted
        dialog.close()
    assert entry.basis.text.text().startswith("依据：紧急例外已批准")


def test_exceptions_are_listed_until_a_request_makes_them_good(operations, book, qtbot):
    draft = vouchers.save_draft(book, a_payment())
    with acting(book, "陈主任"):
        exceptions.grant(book, draft.id, "抢修")
    voucher = post(book, draft)
    page = ExceptionsPage(operations)
    qtbot.addWidget(page)
    page.resize(1160, 700)
    page.show()
    assert page.model.rowCount() == 1
    assert "现在：付款 500.00 元" in page.words.text()
    with qtbot.waitSignal(page.open_voucher_requested) as opened:
        page.open_voucher()
    assert opened.args == [voucher.id]
    page.recheck()
    assert "没有已补齐手续的例外" in page.message_bar.text
    approved(book)
    page.link()
    dialog_of(page, LinkDialog).link_button.click()
    assert page.model.rowCount() == 0
    page.tabs.setCurrentIndex(1)
    assert "手续已经补齐" in page.words.text()


@pytest.fixture
def tiers_page(operations: Operations, book: Book, qtbot: QtBot) -> TiersPage:
    """The table of tiers, the head at the keyboard."""
    switch(operations, book, "陈主任")
    made = TiersPage(operations)
    qtbot.addWidget(made)
    made.resize(1160, 700)
    made.show()
    return made


def test_tiers_are_shown_as_a_table_and_an_example_is_taken_over_from_a_day_on(tiers_page, book):
    assert tiers_page.model.rowCount() == len(tiers.shipped("national").tiers)
    tiers_page.choice.setCurrentIndex(tiers_page.choice.findData("ladders"))
    tiers_page._take_example(0)
    assert tiers_page.is_changed
    assert "m.daodoc.com" in tiers_page.note.text()
    tiers_page.save()
    dialog = dialog_of(tiers_page, VersionDialog)
    dialog.day.set_value(date(2025, 11, 1))
    dialog.save_button.click()
    assert tiers.table_on(book, date(2025, 11, 1)).tier("生产性开支", 1_500_00).meetings == ("两委会",)
    assert not tiers_page.is_changed


def test_a_tier_is_changed_split_and_dropped_and_the_ladder_stays_whole(tiers_page, book):
    tiers_page.change()
    dialog = dialog_of(tiers_page, TierDialog)
    dialog.bound.setText("3000")
    dialog.signers.setText("经手人，负责人")
    dialog.take()
    lowest, second, *_ = tiers_page._table.ladder("生产性开支")
    assert (lowest.to_fen, lowest.signers, second.from_fen) == (3_000_00, ("经手人", "负责人"), 3_000_00)
    tiers_page.split()
    dialog = dialog_of(tiers_page, TierDialog)
    dialog.bound.setText("9000")
    dialog.take()
    assert dialog.isVisible()  # not between the bounds of the tier
    dialog.bound.setText("1000")
    dialog.take()
    assert [tier.from_fen for tier in tiers_page._table.ladder("生产性开支")] == [0, 1_000_00, 3_000_00, 10_000_00]
    tiers_page.drop()
    assert [tier.from_fen for tier in tiers_page._table.ladder("生产性开支")] == [0, 3_000_00, 10_000_00]
    tiers.check_table(tiers_page._table)
    tiers_page.undo()
    assert not tiers_page.is_changed


def test_an_unknown_signer_is_refused_in_the_form(tiers_page):
    tiers_page.change()
    dialog = dialog_of(tiers_page, TierDialog)
    dialog.signers.setText("村长")
    dialog.take()
    assert dialog.isVisible()
    dialog.close()


def test_control_is_switched_on_from_a_month_and_loosened_by_the_head_only(operations, book, qtbot, answers):
    card = ControlCard(operations)
    qtbot.addWidget(card)
    card.show_settings(book.settings, book.open_period, writable=True)
    assert card.table.text().startswith("通用（从严）")
    assert not card.is_changed
    answers("ask", True)
    card.profile.setCurrentIndex(0)
    card.save()
    assert book.settings.control == "national"  # the accountant may not
    switch(operations, book, "陈主任")
    card.save()
    assert book.settings.control == ""


def test_the_pages_have_their_places_in_the_window(operations, qtbot):
    window = MainWindow(operations)
    qtbot.addWidget(window, before_close_func=lambda made: made.leave_at_once())
    window.show()
    for key, kind in (("requests", RequestsPage), ("exceptions-list", ExceptionsPage), ("tiers", TiersPage)):
        window.show_page(key)
        assert isinstance(window.page(key), kind)
    assert window.findChild(QLineEdit) is not None

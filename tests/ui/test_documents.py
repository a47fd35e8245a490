"""票据: registered at the voucher by keys, found and voided on their page, never twice."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.ime import commit
from tests.ui.voucher_desk import CONTROL, Desk, a_desk, a_draft, entry_page, focused, posted, press, show, write
from village_ledger.domain.source_document import COLLECTIVE, INVOICE, PAID, RECEIVED, SourceDocument
from village_ledger.services import documents, vouchers
from village_ledger.ui.documents.attached_dialog import AttachedDialog, PickDialog
from village_ledger.ui.documents.document_dialog import DocumentDialog
from village_ledger.ui.documents.documents_page import DocumentsPage
from village_ledger.ui.file_import import ImportDialog
from village_ledger.ui.vouchers.entry_page import VoucherEntryPage

PAPER = SourceDocument(PAID, INVOICE, date(2025, 3, 4), 100_00, "12345678", "", "供电公司")
STUB = SourceDocument(RECEIVED, COLLECTIVE, date(2025, 3, 4), 50_00, "0000001", "", "张三")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return a_desk(tmp_path, monkeypatch)


def papers_of(page: VoucherEntryPage, qtbot: QtBot) -> AttachedDialog:
    """Ctrl+B on the voucher page."""
    press(Qt.Key.Key_B, modifiers=CONTROL)
    dialog = page.papers.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    return dialog


def form_of(dialog: AttachedDialog, qtbot: QtBot) -> DocumentDialog:
    """Enter on 登记票据, where the cursor is."""
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    assert focused() is dialog.new_button
    press(Qt.Key.Key_Return)
    form = dialog.dialog
    assert isinstance(form, DocumentDialog)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is form)
    return form


def test_an_invoice_is_registered_at_the_voucher_by_keys_and_not_twice(qtbot: QtBot, desk: Desk) -> None:
    draft = vouchers.save_draft(desk.book, a_draft())
    page = entry_page(qtbot, desk)
    page.open_draft(draft.id)
    assert page.paper.heading.documents.text() == "票据"
    dialog = papers_of(page, qtbot)
    form = form_of(dialog, qtbot)
    assert (form.amount.text(), form.day.text(), form.direction.currentData()) == ("100.00", "2025-03-05", PAID)
    assert focused() is form.number
    write("1234 5678")
    commit(form.issuer, "供电公司")
    press(Qt.Key.Key_Return)
    assert [one.document.number for one in documents.attached(desk.book, draft.id)] == ["12345678"]
    assert "已登记 税务发票 12345678" in dialog.message_bar.text
    assert page.paper.heading.documents.text() == "票据 1"
    form = form_of(dialog, qtbot)
    assert form.amount.text() == ""  # the first paper covers what the voucher pays
    write("12345678")
    commit(form.issuer, "供电公司")
    commit(form.amount, "5")
    press(Qt.Key.Key_Return)
    assert f"附在草稿{draft.id} 上" in form.message_bar.text
    form.reject()
    dialog.detach_button.click()
    assert documents.attached(desk.book, draft.id) == ()
    assert page.paper.heading.documents.text() == "票据"
    dialog.pick_button.click()
    pick = dialog.dialog
    assert isinstance(pick, PickDialog)
    qtbot.keyClick(pick.table, Qt.Key.Key_Return)
    assert len(documents.attached(desk.book, draft.id)) == 1
    dialog.reject()


def test_a_new_voucher_is_saved_before_its_papers_are_registered(qtbot: QtBot, desk: Desk) -> None:
    page = entry_page(qtbot, desk)
    press(Qt.Key.Key_B, modifiers=CONTROL)
    assert page.papers.dialog is None
    assert "还没有录入内容" in page.message_bar.text
    page.new_draft(a_draft(fen=80_00))
    dialog = papers_of(page, qtbot)
    assert page.paper.draft.id
    form_of(dialog, qtbot).reject()
    dialog.reject()


def test_a_posted_voucher_keeps_its_papers_and_takes_more(qtbot: QtBot, desk: Desk) -> None:
    (voucher,) = posted(desk.book, a_draft(debit="101", credit="50102" if "50102" in desk.book.chart else "501"))
    documents.register(desk.book, STUB, voucher=voucher.uid)
    page = entry_page(qtbot, desk)
    page.open_voucher(voucher.id)
    assert page.paper.heading.documents.text() == "票据 1"
    dialog = papers_of(page, qtbot)
    assert dialog.detach_button.isHidden()
    form = form_of(dialog, qtbot)
    assert (form.direction.currentData(), form.kind.currentText()) == (RECEIVED, COLLECTIVE)
    assert form.amount.text() == "50.00"
    form.reject()
    dialog.reject()


def documents_page(qtbot: QtBot, desk: Desk) -> DocumentsPage:
    page = DocumentsPage(desk.operations)
    show(qtbot, page)
    return page


def test_the_page_finds_a_document_and_leads_to_its_voucher(qtbot: QtBot, desk: Desk) -> None:
    (voucher,) = posted(desk.book, a_draft())
    documents.register(desk.book, PAPER, voucher=voucher.uid)
    documents.register(desk.book, STUB)
    page = documents_page(qtbot, desk)
    assert page.model.rowCount() == 2
    write("5678")
    assert page.model.rowCount() == 1
    press(Qt.Key.Key_Return)
    with qtbot.waitSignal(page.open_voucher_requested) as asked:
        press(Qt.Key.Key_Return)
    assert asked.args == [voucher.id]
    page.search.setText("50.00")
    page.table.selectRow(0)
    page.open_voucher()
    assert "还没有附到凭证上" in page.message_bar.text


def test_a_spoilt_receipt_is_registered_and_gaps_are_told(qtbot: QtBot, desk: Desk) -> None:
    documents.register(desk.book, STUB)
    documents.register(desk.book, STUB._replace(number="0000004"))
    page = documents_page(qtbot, desk)
    assert page.gaps.text() == "统一收据缺号：0000002—0000003"
    press(Qt.Key.Key_Insert)
    form = page.dialog
    assert isinstance(form, DocumentDialog)
    form.direction.setCurrentIndex(form.direction.findData(RECEIVED))
    commit(form.number, "0000002")
    form.save_button.click()
    assert "请填写交款人" in form.message_bar.text
    commit(form.void, "写错金额")
    qtbot.keyClick(form.void, Qt.Key.Key_Return)
    assert page.gaps.text() == "统一收据缺号：0000003"
    row = next(row for row in range(3) if page.model.value(row).document.number == "0000002")
    page.table.selectRow(row)
    assert page.strike_button.isEnabled()
    assert not page.void_button.isEnabled()


def test_a_document_is_voided_and_struck_with_a_reason(qtbot: QtBot, desk: Desk) -> None:
    documents.register(desk.book, PAPER)
    page = documents_page(qtbot, desk)
    for button, state in ((page.void_button, "作废：开票方红冲"), (page.strike_button, "已划去：开票方红冲")):
        button.click()
        dialog = page.dialog
        assert dialog is not None
        dialog.save_button.click()
        assert "要写明原因" in dialog.message_bar.text
        commit(dialog.reason, "开票方红冲")
        dialog.save_button.click()
        assert page.model.index(0, 9).data() == state
    assert not page.strike_button.isEnabled()


def test_a_sheet_is_imported_from_the_page(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "票据.csv"
    file.write_text("收付,票据种类,日期,金额,号码,开具单位\n付,发票,2025-03-04,100,12345678,供电公司\n", "utf-8")
    page = documents_page(qtbot, desk)
    page.bring_in()
    dialog = page.dialog
    assert isinstance(dialog, ImportDialog)
    dialog.set_path(file)
    dialog.import_button.click()
    assert "写入 1 行" in page.message_bar.text
    assert page.model.rowCount() == 1
    with qtbot.waitSignal(page.open_report_requested) as asked:
        page.open_report()
    assert asked.args[0] == "document-register"
    assert str(asked.args[1].start) == "2025-01"

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from village_ledger.domain.period import Period
from village_ledger.reports.query import Query
from village_ledger.services import journal

KEY = Qt.Key


@pytest.fixture
def active(window, qtbot):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def table(window):
    return window.page(window.current_key).view.active()


def go_to_row(window, text):
    view = table(window)
    number = view.report_model.find(text, 0)
    view.setCurrentIndex(view.report_model.index(number, 0))
    view.setFocus()
    return number


def test_a_book_opens_at_the_last_posted_month(active):
    active.show_page("trial-balance")
    page = active.page("trial-balance")
    assert page.report.title == "科目余额表"
    assert page.bar.query()[:2] == (Period(2025, 2), Period(2025, 2))
    assert table(active).report_model.rowCount() > 20


def test_enter_leads_from_statement_to_accounts_ledger_and_voucher_and_escape_back(active, qtbot):
    active.show_page("balance-sheet")
    line = go_to_row(active, "货币资金")
    qtbot.keyClick(table(active), KEY.Key_Return)
    assert active.current_key == "trial-balance"
    page = active.page("trial-balance")
    codes = {row.cells[0] for row in (page.view.tables[0].report_model.row(n) for n in range(2))}
    assert codes == {"101", "102"}
    assert page.narrowed.isVisible()
    bank = go_to_row(active, "银行存款")
    qtbot.keyClick(table(active), KEY.Key_Return)
    assert active.current_key == "subsidiary-ledger"
    assert active.page("subsidiary-ledger").bar.query().account == "102"
    view = table(active)
    entry = next(n for n in range(view.report_model.rowCount()) if view.report_model.row(n).target
                 and view.report_model.row(n).target.kind == "voucher")  # fmt: skip
    view.setCurrentIndex(view.report_model.index(entry, 0))
    qtbot.keyClick(view, KEY.Key_Return)
    assert active.current_key == "voucher-entry"
    qtbot.keyClick(active.page("voucher-entry").paper.table, KEY.Key_Escape)
    assert active.current_key == "subsidiary-ledger"
    assert table(active).current_row() == entry
    qtbot.keyClick(table(active), KEY.Key_Escape)
    assert active.current_key == "trial-balance"
    assert table(active).current_row() == bank
    qtbot.keyClick(table(active), KEY.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert active.current_key == "balance-sheet"
    assert table(active).current_row() == line
    active.go_back()
    assert active.current_key == "balance-sheet"


def test_a_single_leaf_behind_a_line_leads_straight_to_its_ledger(active, qtbot):
    active.show_page("balance-sheet")
    go_to_row(active, "在建工程")
    qtbot.keyClick(table(active), KEY.Key_Return)
    assert active.current_key == "subsidiary-ledger"


def test_a_counterparty_leads_to_its_own_ledger(active, qtbot):
    active.show_page("counterparty-balances")
    go_to_row(active, "李记超市")
    qtbot.keyClick(table(active), KEY.Key_Return)
    query = active.page("subsidiary-ledger").bar.query()
    assert (query.account, query.item.name) == ("112", "李记超市")


def test_escape_never_leaves_a_voucher_being_typed_but_alt_left_does(active, qtbot):
    active.show_page("voucher-list")
    active.open_draft(0)
    page = active.page("voucher-entry")
    qtbot.keyClick(page.paper.table.delegate.editor or page.paper.table, KEY.Key_Escape)
    assert active.current_key == "voucher-entry"
    qtbot.keyClick(page, KEY.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert active.current_key == "voucher-list"


def test_going_back_within_one_page_brings_the_former_query_back(active):
    active.show_page("subsidiary-ledger")
    page = active.page("subsidiary-ledger")
    page.show_query(Query(Period(2025, 1), Period(2025, 2), account="101"))
    active.follow("trial-balance")
    active.open_report("subsidiary-ledger", Query(Period(2025, 1), Period(2025, 2), account="102"))
    assert page.bar.query().account == "102"
    active.go_back()
    active.go_back()
    assert page.bar.query().account == "101"


def test_ctrl_f_finds_and_f3_goes_on(active, qtbot):
    active.show_page("subsidiary-ledger")
    page = active.page("subsidiary-ledger")
    qtbot.keyClick(table(active), KEY.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.search.hasFocus()
    page.search.setText("记-")
    qtbot.keyClick(page.search, KEY.Key_Return)
    first = table(active).current_row()
    qtbot.keyClick(page.search, KEY.Key_F3)
    assert table(active).current_row() > first
    page.search.setText("没有这个")
    qtbot.keyClick(page.search, KEY.Key_Return)
    assert "没有找到" in page.message_bar.text
    qtbot.keyClick(page.search, KEY.Key_Escape)
    assert page.search.text() == ""
    assert table(active).hasFocus()


def test_f2_explains_the_current_line(active, qtbot):
    active.show_page("balance-sheet")
    page = active.page("balance-sheet")
    go_to_row(active, "货币资金")
    qtbot.keyClick(table(active), KEY.Key_F2)
    assert page.formula.isVisible()
    assert "货币资金" in page.formula.line.text()
    assert "101" in page.formula.words.text() or "库存现金" in page.formula.words.text()
    go_to_row(active, "流动资产合计")
    assert "流动资产合计" in page.formula.line.text()
    qtbot.keyClick(table(active), KEY.Key_Escape)
    assert page.formula.isHidden()


def test_choosing_an_account_by_pinyin_shows_its_ledger(active, qtbot):
    active.show_page("general-ledger")
    page = active.page("general-ledger")
    page.bar.account.setFocus()
    qtbot.keyClicks(page.bar.account, "yhck")
    qtbot.keyClick(page.bar.account, KEY.Key_Return)
    assert page.bar.query().account == "102"
    sections = [row for row in page.report.rows if row.kind == "section"]
    assert all("102" in str(row.cells) for row in sections)


def test_a_parent_account_can_be_chosen_too(active, qtbot):
    active.show_page("general-ledger")
    page = active.page("general-ledger")
    page.bar.account.setFocus()
    qtbot.keyClicks(page.bar.account, "513")
    qtbot.keyClick(page.bar.account, KEY.Key_Return)
    assert page.bar.query().account == "513"


def test_a_months_button_changes_the_span(active, qtbot):
    active.show_page("cash-journal")
    page = active.page("cash-journal")
    assert page.bar.query().start == Period(2025, 1)
    qtbot.keyClick(page.bar.span.first, KEY.Key_PageDown)
    assert page.bar.query().start == Period(2025, 2)
    assert page.report.start == "2025-02"


def test_a_month_without_entries_says_so(active):
    active.show_page("vouchers")
    page = active.page("vouchers")
    page.show_query(Query(Period(2025, 3), Period(2025, 3)))
    assert page.empty.isVisible()
    assert "记账" in page.empty.text()


def test_the_forms_of_a_ledger_switch(active):
    active.show_page("subsidiary-ledger")
    form = active.page("subsidiary-ledger").bar.form
    form.setCurrentIndex(form.findData("multi-column-ledger"))
    form.activated.emit(form.currentIndex())
    assert active.current_key == "multi-column-ledger"
    page = active.page("multi-column-ledger")
    assert "科目" in page.empty.text() or page.report is not None


def test_export_writes_the_same_report_marks_it_and_logs_it(active, answers, tmp_path, book):
    active.show_page("trial-balance")
    page = active.page("trial-balance")
    answers("save_file", tmp_path / "余额表.xlsx")
    page.save_as("xlsx")
    assert (tmp_path / "余额表.xlsx").stat().st_size > 4000
    assert "已导出" in page.message_bar.text
    assert journal.entries(book)[0].action == "export"
    answers("save_file", tmp_path / "余额表")
    page.save_as("pdf")
    assert (tmp_path / "余额表.pdf").read_bytes().startswith(b"%PDF")


def test_an_export_that_fails_leaves_a_calm_message(active, answers, tmp_path):
    active.show_page("trial-balance")
    page = active.page("trial-balance")
    answers("save_file", tmp_path / "没有这个文件夹" / "余额表.xlsx")
    page.save_as("xlsx")
    assert page.message_bar.kind == "danger"
    assert list(tmp_path.glob("*.xlsx")) == []


def test_preview_opens_a_pdf(active, monkeypatch):
    shown = []
    monkeypatch.setattr("village_ledger.ui.reports.report_page._open", shown.append)
    active.show_page("balance-sheet")
    active.page("balance-sheet").preview()
    assert shown[0].read_bytes().startswith(b"%PDF")


def test_a_report_follows_what_is_posted_meanwhile(active):
    active.show_page("vouchers")
    page = active.page("vouchers")
    page.show_query(Query(Period(2025, 3), Period(2025, 3)))
    home = active.page("home")
    active.show_page("home")
    home._post_now()
    active.show_page("vouchers")
    assert page.empty.isHidden()
    assert page.view.tables[0].report_model.rowCount() >= 2


def test_the_sheet_names_the_village_the_span_and_the_unit(active):
    active.show_page("income-distribution")
    words = [label.text() for label in active.page("income-distribution").findChildren(QLabel)]
    assert any(text.startswith("编制单位：石桥村") for text in words)
    assert "单位：元" in words

"""Projects in the window: registering, tender, contract, acceptance, and the course of a project."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.services.contract_desk import post_drafts
from tests.services.project_desk import FIVE, a_payment, a_project, a_round, accept, contracted, project_book
from village_ledger import clock
from village_ledger.domain.project import COMPLETION
from village_ledger.services import projects, vouchers
from village_ledger.services.book import Book
from village_ledger.services.works_rules import works_content, works_rules
from village_ledger.ui import theme
from village_ledger.ui.operations import Operations
from village_ledger.ui.projects.act_dialogs import (
    AcceptanceDialog,
    ChangeDialog,
    FinalDialog,
    PaymentDialog,
    ReleaseDialog,
    read_names,
)
from village_ledger.ui.projects.project_dialog import ProjectDialog
from village_ledger.ui.projects.projects_page import ProjectsPage
from village_ledger.ui.projects.rules_dialog import WorksRulesDialog
from village_ledger.ui.projects.tender_dialog import TenderDialog

TODAY = date(2025, 12, 31)


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Book]:
    """The book of the village road at the end of 2025."""
    theme.apply(QApplication.instance())
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    with project_book(tmp_path) as opened:
        yield opened


@pytest.fixture
def page(book: Book, qtbot: QtBot) -> ProjectsPage:
    made = ProjectsPage(Operations(book, synchronous=True))
    qtbot.addWidget(made)
    made.resize(1182, 690)
    made.show()
    return made


def course(page: ProjectsPage, column: int = 1) -> list[str]:
    return [page.course.data(page.course.index(row, column)) for row in range(page.course.rowCount())]


def test_a_book_without_projects_says_what_they_are_for(page: ProjectsPage) -> None:
    assert page.stack.currentIndex() == 1
    assert not page.accept_button.isEnabled()


def test_a_project_is_registered_and_its_contract_waits_for_the_tender(
    page: ProjectsPage, book: Book, qtbot: QtBot
) -> None:
    dialog = ProjectDialog(page.operations, None, date(2025, 2, 1), page)
    qtbot.addWidget(dialog)
    dialog.code.setText("GC-01")
    dialog.name.setText("村道硬化")
    dialog.decision.setText("石桥决〔2025〕3号")
    dialog.budget.setText("120000")
    dialog.award.setCurrentText("询价")
    dialog.member.setCurrentText("村道硬化")
    with qtbot.waitSignal(dialog.saved):
        dialog.save_button.click()
    account = projects.project(book, "GC-01")
    assert (account.project.member, account.project.budget_fen) == (a_project().member, 120_000_00)
    again = ProjectDialog(page.operations, account, TODAY, page)
    qtbot.addWidget(again)
    again.contractor.setText("宏达公司")
    again.sum.setText("100000")
    again.signed.setText("2025-02-20")
    again.retention.setText("3%")
    again.due.setText("2026-08-01")
    again.save_button.click()
    assert "要先登记报价和中标人" in again.message_bar.text
    again.retention.setText("三成")
    again.save_button.click()
    assert "质保金比例“三成”不对" in again.message_bar.text


def test_a_tender_is_entered_and_its_winner_chosen(page: ProjectsPage, book: Book, qtbot: QtBot) -> None:
    projects.save_project(book, a_project())
    dialog = TenderDialog(page.operations, projects.project(book, "GC-01"), None, date(2025, 2, 3), page)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.closed.setText("2025-02-10")
    dialog.opened.setText("2025-02-11")
    dialog.supervisors.setText("许长根，陈德顺")
    for row, bid in enumerate(a_round().bids):
        dialog.bids.item(row, 0).setText(bid.bidder)
        dialog.bids.item(row, 1).setText(str(bid.fen // 100))
    dialog.winner.setCurrentText("路桥公司")
    dialog.save_button.click()
    assert "请写明理由" in dialog.message_bar.text
    dialog.winner.setCurrentText("宏达公司")
    with qtbot.waitSignal(dialog.done_text) as said:
        dialog.save_button.click()
    assert "中标 宏达公司" in said.args[0]
    tender = projects.project(book, "GC-01").tender
    assert tender is not None
    assert (tender.winner, tender.supervisors) == ("宏达公司", ("许长根", "陈德顺"))
    shown = TenderDialog(page.operations, projects.project(book, "GC-01"), tender, TODAY, page)
    qtbot.addWidget(shown)
    assert not shown.save_button.isVisibleTo(shown)


def test_the_course_tells_everything_from_the_decision_to_the_payment(
    page: ProjectsPage, book: Book, qtbot: QtBot
) -> None:
    contracted(book)
    accept(book, 50_000_00)
    vouchers.save_draft(book, a_payment(30_000_00))
    post_drafts(book)
    page.refresh()
    assert course(page) == ["立项", "招标公告", "开标", "合同", "阶段验收", "付工程款"]
    assert page.model.data(page.model.index(0, 8)) == "18,500.00"
    page.course_table.setCurrentIndex(page.course.index(5, 0))
    with qtbot.waitSignal(page.open_voucher_requested):
        page.follow()
    page.course_table.setCurrentIndex(page.course.index(0, 0))
    page.follow()
    assert "决策台账里没有这个文号" in page.message_bar.text
    page.search.setText("没有")
    assert page.model.rowCount() == 0
    page.search.clear()
    page.tabs.setCurrentIndex(2)
    assert page.model.rowCount() == 0
    ModelTester(None).check(page.course)
    page.grab()


def test_acceptance_change_final_account_and_release_are_entered(page: ProjectsPage, book: Book, qtbot: QtBot) -> None:
    contracted(book)
    account = projects.project(book, "GC-01")
    change = ChangeDialog(page.operations, account, date(2025, 4, 1), page)
    qtbot.addWidget(change)
    change.amount.setText("8000")
    change.decision.setText("石桥决〔2025〕5号")
    change.reason.setText("加宽")
    with qtbot.waitSignal(change.done_text):
        change.save_button.click()
    accepting = AcceptanceDialog(page.operations, projects.project(book, "GC-01"), date(2025, 8, 1), page)
    qtbot.addWidget(accepting)
    accepting.kind.setCurrentText(COMPLETION)
    assert accepting.total.text() == "108,000.00"
    accepting.people.setText("许长根、石大山")
    accepting.save_button.click()
    assert "至少 5 人验收，现在 2 人" in accepting.message_bar.text
    accepting.people.setText("、".join(FIVE))
    with qtbot.waitSignal(accepting.done_text):
        accepting.save_button.click()
    final = FinalDialog(page.operations, projects.project(book, "GC-01"), date(2025, 9, 1), page)
    qtbot.addWidget(final)
    final.amount.setText("106000")
    final.auditor.setText("信达会计师事务所")
    with qtbot.waitSignal(final.done_text):
        final.save_button.click()
    release = ReleaseDialog(page.operations, projects.project(book, "GC-01"), TODAY, page)
    qtbot.addWidget(release)
    assert release.amount.text() == "3,180.00"
    release.reason.setText("复查完好")
    release.save_button.click()
    assert "2026-08-01 才满" in release.message_bar.text
    page.refresh()
    assert course(page)[-1] == "决算"
    assert not page.accept_button.isEnabled()
    assert page.release_action.isEnabled()


def test_a_payment_to_the_contractor_booked_without_a_request_is_claimed(
    page: ProjectsPage, book: Book, qtbot: QtBot
) -> None:
    contracted(book)
    accept(book, 50_000_00)
    vouchers.save_draft(book, a_payment(30_000_00, account="211"))
    post_drafts(book)
    account = projects.project(book, "GC-01")
    assert not account.payments
    claim = PaymentDialog(page.operations, account, projects.candidates(book, "GC-01"), page)
    qtbot.addWidget(claim)
    assert claim.amount.text() == "30,000.00"
    with qtbot.waitSignal(claim.done_text):
        claim.save_button.click()
    assert projects.project(book, "GC-01").contract_paid_fen == 30_000_00
    nothing = PaymentDialog(page.operations, account, projects.candidates(book, "GC-01"), page)
    qtbot.addWidget(nothing)
    assert not nothing.save_button.isEnabled()


def test_names_are_told_apart_by_any_usual_sign() -> None:
    assert read_names("许长根，石大山、 李根旺;何大有") == ("许长根", "石大山", "李根旺", "何大有")


def test_the_head_sets_the_figures_projects_are_held_to(page: ProjectsPage, book: Book, qtbot: QtBot) -> None:
    book.actor = ""
    dialog = WorksRulesDialog(page.operations, works_content(book, TODAY), TODAY, page)
    qtbot.addWidget(dialog)
    dialog.bound.setText("50000")
    dialog.people.setValue(7)
    dialog.basis.setText("清河镇村级工程管理办法")
    with qtbot.waitSignal(dialog.done_text) as said:
        dialog.save_button.click()
    assert "7 人验收" in said.args[0]
    rules = works_rules(book, TODAY)
    bound = rules.bound("一事一议", 50_000_00)
    assert bound is not None
    assert (bound.basis, bound.confirmed, rules.audit.figure) == ("清河镇村级工程管理办法", True, 9000)

"""公开榜, 村民质询 and 补贴名单 through real windows."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.ime import commit
from village_ledger import clock
from village_ledger.domain.period import Period
from village_ledger.services import disclosure_profiles, disclosures, notice_files, notices
from village_ledger.services.book import Book
from village_ledger.ui.disclosure.act_dialogs import EndDialog, PostDialog, SignDialog
from village_ledger.ui.disclosure.benefits_page import BenefitsPage
from village_ledger.ui.disclosure.notices_page import NoticesPage
from village_ledger.ui.disclosure.objection_dialogs import AnswerDialog, ObjectionDialog
from village_ledger.ui.disclosure.objections_page import ObjectionsPage
from village_ledger.ui.disclosure.special_dialog import SpecialDialog
from village_ledger.ui.operations import Operations
from village_ledger.ui.settings.disclosure_card import DisclosureCard
from village_ledger.ui.settings.disclosure_rules_dialog import DisclosureRulesDialog

LIST = (
    "补贴类别,名单,发放日期,姓名,金额,身份证号\n惠农补贴,2025年地力补贴,2025-06-12,石满仓,850.00,110101199003070089\n"
)


@pytest.fixture
def operations(sample_village: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Operations]:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 1, 20))
    path = tmp_path / "示例村.vlb"
    shutil.copy(sample_village, path)
    opened = Operations(Book.open(path, actor="周敏"), synchronous=True)
    yield opened
    opened.close()


def shown(qtbot: QtBot, page: NoticesPage | ObjectionsPage | BenefitsPage) -> None:
    qtbot.addWidget(page)
    page.resize(1166, 684)
    page.show()
    page.shown()


def dialog_of(page: NoticesPage | ObjectionsPage, kind: type) -> object:
    return page.findChildren(kind)[-1]


def test_a_notice_goes_its_way_by_the_one_button(qtbot: QtBot, operations: Operations) -> None:
    page = NoticesPage(operations)
    shown(qtbot, page)
    row = page.model.find(lambda one: one.closed and (one.made is None))
    page.table.selectRow(row)
    assert page.step_button.text().startswith("制作")
    page.step_button.click()
    assert page.step_button.text().startswith("村监会签字")
    page.step_button.click()
    dialog = dialog_of(page, SignDialog)
    assert isinstance(dialog, SignDialog)
    assert dialog.who.currentData() == ("许长根", "村监会")
    dialog.accept_button.click()
    page.step_button.click()
    dialog = dialog_of(page, PostDialog)
    assert isinstance(dialog, PostDialog)
    dialog.place.clear()
    dialog.accept_button.click()
    assert "张榜地点" in dialog.message_bar.text
    commit(dialog.place, "村部公告栏")
    qtbot.keyClick(dialog.place, Qt.Key.Key_Return)
    assert page.step_button.text().startswith("撤榜")
    page.step_button.click()
    dialog = dialog_of(page, EndDialog)
    assert isinstance(dialog, EndDialog)
    dialog.accept_button.click()
    assert "不" in dialog.message_bar.text or "只有 1 天" in dialog.message_bar.text
    dialog.reject()


def test_the_preview_shows_every_page(qtbot: QtBot, operations: Operations) -> None:
    page = NoticesPage(operations)
    shown(qtbot, page)
    assert "第 1 页" in page.preview.place.text()
    page.preview.next_button.click()
    assert "第 2 页" in page.preview.place.text()


def test_an_open_month_cannot_be_made(qtbot: QtBot, operations: Operations) -> None:
    page = NoticesPage(operations)
    shown(qtbot, page)
    page.table.selectRow(page.model.find(lambda one: not one.closed))
    assert not page.step_button.isEnabled()
    assert "草稿" in page.words.text()


def test_a_question_is_noted_and_answered(qtbot: QtBot, operations: Operations) -> None:
    def post(book: Book) -> str:
        rows = [one for one in disclosures.spans(book, "month") if one.closed and one.made is None]
        made = disclosures.prepare(book, "month", rows[0].start, rows[0].end)
        disclosures.sign(book, made.uid, clock.today(), "许长根", "村监会")
        return disclosures.post(book, made.uid, clock.today(), "村部").uid

    operations.write(post, lambda _uid: None, touches=frozenset())
    page = ObjectionsPage(operations)
    shown(qtbot, page)
    before = page.model.rowCount()
    page.new_button.click()
    dialog = dialog_of(page, ObjectionDialog)
    assert isinstance(dialog, ObjectionDialog)
    dialog.save_button.click()
    assert "质询人" in dialog.message_bar.text
    commit(dialog.villager, "石满仓")
    dialog.text.setPlainText("路灯电费为什么涨了？")
    dialog.save_button.click()
    assert page.model.rowCount() == before + 1
    page.table.selectRow(page.model.find(lambda one: one.asked.villager == "石满仓" and not one.asked.closed))
    page.answer_button.click()
    answering = dialog_of(page, AnswerDialog)
    assert isinstance(answering, AnswerDialog)
    answering.text.setPlainText("新装了 12 盏路灯")
    answering.save_button.click()
    row = page.model.find(lambda one: one.asked.text == "路灯电费为什么涨了？")
    assert page.model.cell(page.model.rows[row], 6) == "已办结"


def test_a_list_is_imported_masked_and_a_bad_one_named(qtbot: QtBot, operations: Operations, tmp_path: Path) -> None:
    page = BenefitsPage(operations)
    shown(qtbot, page)
    path = tmp_path / "名单.csv"
    path.write_text(LIST, "utf-8")
    page.bring_in(path)
    page.table.selectRow(page.model.find(lambda one: one.title == "2025年地力补贴"))
    assert page.people.cell(page.people.rows[0], 2) == "**************0089"
    path.write_text(LIST.replace("850.00", "八百").replace("地力", "良种"), "utf-8")
    page.bring_in(path)
    assert "第 2 行" in page.message_bar.text


def test_a_preview_that_would_be_the_same_is_not_drawn_again(
    qtbot: QtBot, operations: Operations, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = NoticesPage(operations)
    shown(qtbot, page)
    page.preview.next_button.click()
    drawn: list[int] = []
    pictures = notice_files.pictures
    monkeypatch.setattr(notice_files, "pictures", lambda *args: drawn.append(1) or pictures(*args))
    page.refresh()
    assert not drawn
    assert "第 2 页" in page.preview.place.text()
    page.table.selectRow(page.table.currentIndex().row() + 1)
    assert drawn
    assert "第 1 页" in page.preview.place.text()


def test_a_special_notice_is_made_of_the_sheets_chosen(qtbot: QtBot, operations: Operations) -> None:
    page = NoticesPage(operations)
    shown(qtbot, page)
    page.edition.setCurrentIndex(page.edition.findData("special"))
    page.special_action.trigger()
    dialog = page.findChildren(SpecialDialog)[-1]
    dialog.save_button.click()
    assert "写明公开什么事项" in dialog.message_bar.text
    commit(dialog.subject, "环村路硬化工程")
    for key, box in dialog.sheets.items():
        box.setChecked(key == "projects")
    dialog.months.set_span(Period(2025, 12), Period(2025, 12))
    dialog.save_button.click()
    row = page.model.find(lambda one: one.subject == "环村路硬化工程")
    page.table.selectRow(row)
    assert page.model.cell(page.model.rows[row], 0) == "环村路硬化工程"
    assert page.step_button.text().startswith("村监会签字")


def test_the_village_discloses_in_its_own_way(qtbot: QtBot, operations: Operations) -> None:
    card = DisclosureCard(operations)
    qtbot.addWidget(card)
    assert operations.facts is not None
    card.show_settings(operations.facts.settings, writable=True)
    operations.write(lambda book: setattr(book, "actor", "石建国"), lambda _done: None, touches=frozenset())
    card.own_button.click()
    dialog = card.findChildren(DisclosureRulesDialog)[-1]
    top = dialog.tree.topLevelItem(0)
    assert top is not None
    places = {top.child(place).text(0): top.child(place) for place in range(top.childCount())}
    places["金额"].setCheckState(0, Qt.CheckState.Unchecked)
    dialog.save_button.click()
    assert "不能省去" in dialog.message_bar.text
    places["金额"].setCheckState(0, Qt.CheckState.Checked)
    places["经手人"].setCheckState(0, Qt.CheckState.Unchecked)
    places["事由"].setText(0, "钱做什么用")
    dialog.due.setValue(8)
    dialog.save_button.click()

    def read(book: Book) -> tuple[int, tuple[str, ...]]:
        june = Period(2025, 6)
        table = notices.build(book, "month", june, june).sheets[0].table
        return disclosure_profiles.profile_of(book).due_day, tuple(column.title for column in table.columns)

    found: list[tuple[int, tuple[str, ...]]] = []
    operations.read(read, found.append)
    due, titles = found[0]
    assert due == 8
    assert "经手人" not in titles
    assert "钱做什么用" in titles

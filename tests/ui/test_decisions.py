"""Decisions in the window: entering with what is lacking told while typing, making final, notices, files, rules."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.services.contract_desk import contract_book
from tests.services.decision_desk import VOTE, a_decision, a_study, a_vote, standing_decision
from village_ledger import clock
from village_ledger.services import decisions, evidence, governance
from village_ledger.services.book import Book
from village_ledger.ui import dialogs, theme
from village_ledger.ui.act_dialog import ReasonDialog
from village_ledger.ui.decisions.act_dialogs import NoticeDialog
from village_ledger.ui.decisions.decision_dialog import DecisionDialog
from village_ledger.ui.decisions.decisions_page import DecisionsPage
from village_ledger.ui.decisions.rules_dialogs import FigureDialog, StepDialog, VersionDialog
from village_ledger.ui.decisions.rules_page import RulesPage
from village_ledger.ui.evidence_dialog import EvidenceDialog
from village_ledger.ui.file_import import ImportDialog
from village_ledger.ui.operations import Operations
from village_ledger.ui.page import Page
from village_ledger.ui.tables.text_rows import TextRows

TODAY = date(2025, 7, 1)
NUMBER = a_decision().number


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Book]:
    """A decision that holds and one that failed, on 1 July 2025."""
    theme.apply(QApplication.instance())
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    with contract_book(tmp_path) as opened:
        opened.actor = "王会计"
        standing_decision(opened)
        failed = (a_study(), a_vote(present=18, yes=18, no=0, abstain=0))
        standing_decision(opened, number="石桥决〔2025〕4号", title="出售旧拖拉机", matter="资产处置", steps=failed)
        yield opened


def show(qtbot: QtBot, page: Page) -> None:
    qtbot.addWidget(page)
    page.resize(1182, 690)
    page.show()
    page.refresh()


def texts(model: object, column: int) -> list[str]:
    assert isinstance(model, TextRows)
    return [model.data(model.index(row, column)) for row in range(model.rowCount())]


@pytest.fixture
def page(book: Book, qtbot: QtBot) -> DecisionsPage:
    made = DecisionsPage(Operations(book, synchronous=True))
    show(qtbot, made)
    return made


def choose(page: DecisionsPage, number: str) -> None:
    page.table.setCurrentIndex(page.model.index(texts(page.model, 0).index(number), 0))


def findings(dialog: DecisionDialog) -> list[str]:
    dialog.preview()
    return [dialog.findings.item(row).text() for row in range(dialog.findings.count())]


def test_the_list_tells_at_a_glance_what_holds_and_why_not(page: DecisionsPage):
    assert texts(page.model, 0) == ["石桥决〔2025〕4号", NUMBER]
    assert texts(page.model, 7) == ["不成立", "成立"]
    choose(page, "石桥决〔2025〕4号")
    assert "至少 20 票，赞成 18 票（农村集体经济组织法第二十八条）" in page.panel.words.text()
    assert texts(page.panel.steps.model(), 1) == ["党支部会", "成员代表大会"]
    assert texts(page.panel.notices.model(), 0) == ["决议公开"]
    page.tabs.setCurrentIndex(1)
    assert texts(page.model, 0) == [NUMBER]
    page.tabs.setCurrentIndex(0)
    page.search.setText("拖拉机")
    assert texts(page.model, 0) == ["石桥决〔2025〕4号"]
    assert page.count.text() == "共 1 项决策"
    ModelTester(page.model)


def test_what_is_lacking_is_told_while_a_decision_is_typed(page: DecisionsPage, book: Book):
    page.add()
    dialog = page.findChild(DecisionDialog)
    assert dialog.number.text() == "石桥决〔2025〕5号"
    dialog.title.setText("对外投资入股")
    dialog.matter.setCurrentText("对外投资")
    dialog.procedure.setCurrentText("成员（代表）大会")
    assert [dialog.tabs.tabText(place) for place in range(dialog.tabs.count())] == ["会前研究", "会议决议"]
    study, vote = dialog._forms
    study.day.setText("2025-06-10")
    for name, number in (("eligible", 5), ("present", 5), ("yes", 5)):
        study.counts[name].setText(str(number))
    vote.body.setCurrentText("成员大会")
    vote.day.setText("2025.6.25")
    vote.told.setText("2025-06-16")
    for name, number in (("eligible", 120), ("present", 79), ("yes", 79)):
        vote.counts[name].setText(str(number))
    found = findings(dialog)
    assert (
        "成员大会应有三分之二以上成员参加：应到 120 人，至少 80 人，实到 79 人（农村集体经济组织法第二十七条）" in found
    )
    assert any("提前 9 天" in text for text in found)
    assert any("缺少材料：会议记录、签到表" in text for text in found)
    for form in (study, vote):
        for box in form.documents[:2]:
            box.setChecked(True)
    vote.told.setText("2025-06-15")
    vote.counts["present"].setText("90")
    vote.counts["yes"].setText("90")
    assert [text for text in findings(dialog) if not text.startswith("注")] == [
        "没有登记决议公开，应公开 7 天（村集体经济组织章程（各村不一）；原文未核对）"
    ]
    dialog.cap.setText("50000")
    dialog.text.setPlainText("同意入股。")
    dialog._save()
    assert dialog.isHidden()
    assert page.selected().decision.number == "石桥决〔2025〕5号"
    saved = decisions.decision(book, "石桥决〔2025〕5号")
    assert (saved.cap_fen, saved.day, saved.side, saved.state) == (
        50_000_00,
        date(2025, 6, 25),
        "集体经济组织",
        "起草",
    )
    assert saved.steps[1].documents == ("会议记录", "签到表")


def test_a_date_that_cannot_be_is_said_and_nothing_saved(page: DecisionsPage, book: Book):
    page.add()
    dialog = page.findChild(DecisionDialog)
    dialog.title.setText("换锁")
    dialog._forms[-1].day.setText("2025-02-30")
    assert "没有 2025年2月30日" in findings(dialog)[0]
    dialog._save()
    assert dialog.isVisible()
    assert len(decisions.decisions(book)) == 2


def test_steps_held_together_leave_out_the_first(page: DecisionsPage):
    page.add()
    dialog = page.findChild(DecisionDialog)
    dialog.matter.setCurrentText("工程建设")
    dialog.procedure.setCurrentText("四议两公开")
    propose, consult = dialog._forms[:2]
    propose.together.setChecked(True)
    assert not propose.day.isEnabled()
    consult.day.setText("2025-06-01")
    (step,) = dialog._steps()
    assert (step.key, step.merged) == ("两委商议", True)
    propose.together.setChecked(False)
    assert propose.day.isEnabled()


def test_what_was_typed_stays_when_the_matter_changes(page: DecisionsPage):
    page.add()
    dialog = page.findChild(DecisionDialog)
    dialog.matter.setCurrentText("借款")
    dialog.procedure.setCurrentText("成员（代表）大会")
    dialog._forms[-1].day.setText("2025-06-20")
    dialog.matter.setCurrentText("章程")
    assert dialog._forms[-1].day.text() == "2025-06-20"
    assert [dialog._forms[-1].body.itemText(row) for row in range(dialog._forms[-1].body.count())] == ["成员大会"]


def test_a_final_decision_is_shown_as_it_was_and_locked(page: DecisionsPage):
    choose(page, NUMBER)
    page.open_decision()
    dialog = page.findChild(DecisionDialog)
    assert not dialog.save_button.isEnabled()
    assert all(field.isReadOnly() for field in dialog.form.findChildren(QLineEdit))
    assert not any(field.isEnabled() for field in dialog.tabs.findChildren(QComboBox))
    saved = dialog._decision
    assert dialog.decision()._replace(state="定稿", rules=saved.rules) == saved


def test_a_draft_is_made_final_after_a_question_that_says_what_it_lacks(page: DecisionsPage, book: Book):
    decisions.save(book, a_decision(number="石桥决〔2025〕5号", steps=(a_vote(),)))
    page.show_decision("石桥决〔2025〕5号")
    assert page.final_button.isEnabled()
    page.final_button.click()
    question = page.findChildren(dialogs.Dialog)[-1]
    question.accept()
    assert decisions.decision(book, "石桥决〔2025〕5号").state == "定稿"
    assert not page.final_button.isEnabled()
    assert "已定稿" in page.message_bar.text


def test_a_notice_is_proposed_for_the_days_the_rules_ask_with_its_photo(
    page: DecisionsPage, book: Book, tmp_path: Path
):
    saved = decisions.save(book, a_decision(number="石桥决〔2025〕5号"))
    decisions.finalise(book, saved.id, saved.version)
    page.show_decision("石桥决〔2025〕5号")
    page.notice_button.click()
    dialog = page.findChild(NoticeDialog)
    assert (dialog.start.text(), dialog.end.text()) == ("2025-06-21", "2025-06-27")
    dialog.kind.setCurrentText("结果公开")
    assert dialog.start.text() == "2025-07-01"
    dialog.kind.setCurrentText("会前公告")
    assert dialog.start.text() == "2025-06-13"
    dialog.kind.setCurrentText("决议公开")
    photo = tmp_path / "公示.jpg"
    photo.write_bytes(b"board")
    dialog.take_photo(photo)
    dialog._save()
    assert page.selected().valid
    assert texts(page.panel.files.model(), 0) == ["公示.jpg"]
    assert "2025-06-21 至 2025-06-27，7 天" in page.message_bar.text


def test_a_wrong_notice_is_struck_with_a_reason(page: DecisionsPage, book: Book):
    choose(page, NUMBER)
    page.strike_action.trigger()
    dialog = page.findChild(ReasonDialog)
    dialog._save()
    assert "写明原因" in dialog.message_bar.text
    dialog.reason.setText("日期写错")
    dialog._save()
    assert not page.selected().valid
    assert "已划去：日期写错" in texts(page.panel.notices.model(), 4)[0]
    page.strike_action.trigger()
    assert "选中登记错的那一条" in page.message_bar.text


def test_a_decision_is_withdrawn_and_stays_in_the_list(page: DecisionsPage):
    choose(page, NUMBER)
    page.void_action.trigger()
    dialog = page.findChild(ReasonDialog)
    dialog.reason.setText("法院撤销")
    dialog._save()
    assert page.selected().decision.state == "作废"
    assert "已作废：法院撤销" in page.panel.words.text()
    assert not page.void_action.isEnabled()
    assert not page.notice_button.isEnabled()


def test_a_correction_begins_with_what_it_replaces(page: DecisionsPage):
    choose(page, NUMBER)
    page.replace_action.trigger()
    dialog = page.findChild(DecisionDialog)
    assert dialog.replaces.text() == NUMBER
    assert dialog.number.text() == "石桥决〔2025〕5号"
    assert dialog.cap.value_fen() == 100_000_00
    assert dialog.decision().id == 0


def test_scans_are_added_to_a_final_decision_but_not_taken_off(page: DecisionsPage, book: Book, tmp_path: Path):
    choose(page, NUMBER)
    page.files_action.trigger()
    dialog = page.findChild(EvidenceDialog)
    assert dialog.detach_button.isHidden()
    scan = tmp_path / "签到表.jpg"
    scan.write_bytes(b"names")
    dialog.note.setCurrentText("签到表")
    dialog.attach(scan)
    assert texts(dialog.model, 4) == ["完好"]
    dialog.attach(scan)
    assert "内容相同" in dialog.message_bar.text
    (kept,) = evidence.evidence(book, evidence.DECISION, page.selected().decision.uid)
    evidence.place_of(book, kept.file).write_bytes(b"other names")
    dialog.refresh()
    assert texts(dialog.model, 4) == ["内容被改动"]
    dialog.accept()
    assert texts(page.panel.files.model(), 2) == ["内容被改动"]


def test_a_draft_lets_its_scans_go(page: DecisionsPage, book: Book, tmp_path: Path):
    decisions.save(book, a_decision(number="石桥决〔2025〕5号"))
    page.show_decision("石桥决〔2025〕5号")
    page.files_action.trigger()
    dialog = page.findChild(EvidenceDialog)
    scan = tmp_path / "签到表.jpg"
    scan.write_bytes(b"names")
    dialog.attach(scan)
    dialog.detach_button.click()
    assert dialog.model.rowCount() == 0


@pytest.mark.parametrize(("action", "name"), [("minutes_action", "会议记录"), ("resolution_action", "决议")])
def test_papers_are_printed_from_the_page(
    page: DecisionsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, action: str, name: str
):
    choose(page, NUMBER)
    target = tmp_path / f"{name}.pdf"
    monkeypatch.setattr(dialogs, "save_file", lambda *_rest: target)
    getattr(page, action).trigger()
    assert target.read_bytes()[:5] == b"%PDF-"
    assert f"已写出{name}" in page.message_bar.text


def test_a_register_is_imported_from_the_page(page: DecisionsPage, tmp_path: Path):
    file = tmp_path / "决策.csv"
    file.write_text(
        "决议文号,事项,会议形式,时间,应到,实到,赞成,材料\n石桥理〔2025〕1号,换锁,理事会,2025-06-03,3,3,3,会议记录\n",
        "utf-8",
    )
    page.import_action.trigger()
    dialog = page.findChild(ImportDialog)
    dialog.set_path(file)
    dialog._start()
    assert "石桥理〔2025〕1号" in texts(page.model, 0)


def test_a_book_opened_to_read_shows_and_prints_only(book: Book, qtbot: QtBot):
    with Book.open(book.path, read_only=True, actor="王会计") as reading:
        page = DecisionsPage(Operations(reading, synchronous=True))
        show(qtbot, page)
        assert page.open_button.isEnabled()
        assert page.print_button.isEnabled()
        for widget in (page.add_button, page.final_button, page.notice_button, page.void_action, page.import_action):
            assert not widget.isEnabled()


def test_keys_open_and_find(page: DecisionsPage, qtbot: QtBot):
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert page.findChild(DecisionDialog) is not None


@pytest.fixture
def rules_page(book: Book, qtbot: QtBot) -> RulesPage:
    """The rules of the book."""
    made = RulesPage(Operations(book, synchronous=True))
    show(qtbot, made)
    return made


def pick(page: RulesPage, name: str, what: str) -> None:
    rows = list(zip(texts(page.model, 1), texts(page.model, 2), strict=True))
    page.table.setCurrentIndex(page.model.index(rows.index((name, what)), 0))


def test_every_figure_is_listed_with_article_and_whether_it_was_confirmed(rules_page: RulesPage):
    pick(rules_page, "成员大会", "到会")
    row = rules_page.table.currentIndex().row()
    shown = [rules_page.model.data(rules_page.model.index(row, column)) for column in range(6)]
    assert shown == ["会议", "成员大会", "到会", "应到的三分之二以上", "农村集体经济组织法第二十七条", "已核对"]
    rules_page.search.setText("四议两公开 决议公开")
    assert texts(rules_page.model, 3) == ["7 天"]
    assert texts(rules_page.model, 5) == ["未核对"]
    ModelTester(rules_page.model)


def test_a_changed_figure_becomes_a_new_version_from_a_day_on(rules_page: RulesPage, book: Book):
    pick(rules_page, "成员代表大会", "通过")
    rules_page.change()
    dialog = rules_page.findChild(FigureDialog)
    dialog.fields.value.setText("三分之二")
    dialog._take()
    assert "请写成 2/3 这样的分数" in dialog.message_bar.text
    dialog.fields.value.setText("9/10")
    dialog.fields.law.setCurrentText("石桥村章程")
    dialog.fields.article.setText("第十二条")
    dialog._take()
    assert "全体的十分之九以上" in texts(rules_page.model, 3)
    assert "已改，未保存" in texts(rules_page.model, 5)
    rules_page.save()
    version = rules_page.findChild(VersionDialog)
    version.day.setText("2025-07-01")
    book.actor = ""
    version._save()
    rules = governance.rules(book, TODAY)
    assert rules.label == "本村@1"
    share = rules.body("成员代表大会").majorities[0]
    assert (share.numerator, share.denominator, share.basis.label) == (9, 10, "石桥村章程第十二条")
    assert governance.rules(book, VOTE).label == "national@2025.1"
    assert "本村另存过 1 个版本" in rules_page.version.text()


def test_a_step_of_some_places_is_added_and_taken_out(rules_page: RulesPage):
    pick(rules_page, "四议两公开", "会议决议：会议")
    rules_page.add_step()
    dialog = rules_page.findChild(StepDialog)
    dialog.name.setText("乡镇审核")
    dialog.bodies.setText("乡镇政府")
    dialog._take()
    assert "可以填：" in dialog.message_bar.text
    dialog.bodies.setText("乡镇党委会议")
    dialog._take()
    assert ("四议两公开", "乡镇审核：会议") in zip(texts(rules_page.model, 1), texts(rules_page.model, 2), strict=True)
    pick(rules_page, "四议两公开", "乡镇审核：会议")
    rules_page.drop_step()
    assert "乡镇审核：会议" not in texts(rules_page.model, 2)
    pick(rules_page, "四议两公开", "会议决议：会议")
    rules_page.drop_step()
    assert "不能去掉" in rules_page.message_bar.text
    rules_page.undo()
    assert not rules_page.save_button.isEnabled()


def test_changes_are_not_lost_without_a_question(rules_page: RulesPage, monkeypatch: pytest.MonkeyPatch):
    pick(rules_page, "成员大会", "提前通知")
    rules_page.change()
    dialog = rules_page.findChild(FigureDialog)
    dialog.fields.value.setText("15")
    dialog._take()
    monkeypatch.setattr(dialogs, "ask", lambda *_rest, **_more: False)
    assert not rules_page.may_leave()
    monkeypatch.setattr(dialogs, "ask", lambda *_rest, **_more: True)
    assert rules_page.may_leave()
    assert rules_page.may_leave()


def test_a_notice_still_running_is_told_apart_from_failing(page: DecisionsPage, book: Book):
    later = TODAY - timedelta(days=2)
    steps = (a_study(day=later), a_vote(day=later))
    standing_decision(book, number="石桥决〔2025〕6号", day=later, steps=steps)
    page.show_decision("石桥决〔2025〕6号")
    assert texts(page.model, 7)[0] == "公示中"

"""The start page and the wizard of a new book."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.ime import commit
from tests.ui.new_books import a_new_book
from village_ledger.domain.period import Period
from village_ledger.services import backups, openings, people
from village_ledger.services.book import Book
from village_ledger.services.log_in import access
from village_ledger.services.people import Person
from village_ledger.ui import machine, sample_village
from village_ledger.ui.beginnings import BRING_IN, CONVERT, TOUR, Beginning
from village_ledger.ui.log_in.secrets_dialog import SecretsDialog
from village_ledger.ui.operations import Operations
from village_ledger.ui.sample_village import SAMPLE_NAME
from village_ledger.ui.wizard import start_page
from village_ledger.ui.wizard.new_book_dialog import NewBookDialog
from village_ledger.ui.wizard.place_step import file_name
from village_ledger.ui.wizard.start_page import StartPage

Answers = Callable[[str, object], None]


@pytest.fixture
def page(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StartPage:
    monkeypatch.setattr(start_page, "documents_folder", lambda: tmp_path)
    made = StartPage(Operations(None, synchronous=True))
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def wizard(page: StartPage, qtbot: QtBot) -> NewBookDialog:
    qtbot.keyClick(page.new_button, Qt.Key.Key_Space)
    return next(one for one in page.findChildren(NewBookDialog) if one.isVisible())


def press_enter(wizard: NewBookDialog, field: QWidget, qtbot: QtBot) -> None:
    qtbot.keyClick(field, Qt.Key.Key_Return)


def through_people(wizard: NewBookDialog, qtbot: QtBot) -> None:
    """Answer the first three steps with the keyboard."""
    commit(wizard.identity.name, "石桥村/股份经济合作社")
    press_enter(wizard, wizard.identity.name, qtbot)
    press_enter(wizard, wizard.rules.chart, qtbot)
    for role, name in (("会计", "王会计"), ("审核", "李审核")):
        commit(wizard.people.names[role], name)
    press_enter(wizard, wizard.people.names["审核"], qtbot)


def test_a_book_is_made_with_enter_alone(wizard: NewBookDialog, page: StartPage, tmp_path: Path, qtbot: QtBot) -> None:
    through_people(wizard, qtbot)
    assert wizard.stack.currentWidget() is wizard.place
    assert wizard.place.file() == tmp_path / "石桥村股份经济合作社.vlb"
    press_enter(wizard, wizard.place.path, qtbot)
    shown = next(one for one in wizard.findChildren(SecretsDialog) if one.isVisible())
    with qtbot.waitSignal(page.open_book_requested) as asked:
        qtbot.keyClick(shown.close_button, Qt.Key.Key_Return)
    assert not wizard.isVisible()
    with Book.open(asked.args[0]) as book:
        assert {name: one.state for name, one in access(book).items()} == {"王会计": "临时密码", "李审核": "临时密码"}
        assert book.entity.name == "石桥村/股份经济合作社"
        assert Person("王会计", "会计") in people.people(book)
        assert len(book.chart) > 45
        assert openings.tie(book).tied


def test_nothing_typed_is_lost_by_going_back(wizard: NewBookDialog, qtbot: QtBot) -> None:
    through_people(wizard, qtbot)
    for _step in range(3):
        qtbot.mouseClick(wizard.back_button, Qt.MouseButton.LeftButton)
    assert wizard.stack.currentWidget() is wizard.identity
    assert wizard.identity.name.text() == "石桥村/股份经济合作社"
    assert not wizard.back_button.isVisible()
    assert wizard.answers().people == (Person("王会计", "会计"), Person("李审核", "审核"))


def test_a_step_that_is_not_in_order_cannot_be_left(wizard: NewBookDialog, qtbot: QtBot) -> None:
    press_enter(wizard, wizard.identity.name, qtbot)
    assert wizard.identity.name.property("wrong") is True
    commit(wizard.identity.name, "石桥村")
    assert wizard.identity.name.property("wrong") is False
    qtbot.keyClicks(wizard.identity.region, "123")
    assert wizard.identity.region.property("wrong") is True
    wizard.forward()
    assert wizard.stack.currentWidget() is wizard.identity


def test_a_start_in_the_middle_of_a_year_is_explained(wizard: NewBookDialog) -> None:
    wizard.rules.start.set_period(Period(2025, 5))
    wizard.rules.start.changed.emit(Period(2025, 5))
    assert wizard.answers().start == Period(2025, 5)
    wizard.rules.chart.setCurrentIndex(1)
    wizard.rules.words.setCurrentIndex(1)
    wizard.rules.carry.setCurrentIndex(1)
    wizard.rules.details.setChecked(False)
    new = wizard.answers()
    assert (new.chart, new.words, new.carry_forward) == ("rural-2004", "收付转", "month")
    assert not new.suggested_details


def test_maker_and_reviewer_must_differ_unless_there_is_only_one_person(wizard: NewBookDialog, qtbot: QtBot) -> None:
    step = wizard.people
    commit(step.names["会计"], "王会计")
    assert set(step.problems()) == {"审核"}
    commit(step.names["审核"], "王会计")
    assert "一个人只能担任一个岗位" in step.problems()["审核"]
    step.single.setChecked(True)
    assert step.problems() == {}
    assert step.people() == (Person("王会计", "会计"),)
    assert wizard.answers().single_person


def test_an_existing_file_is_never_overwritten(wizard: NewBookDialog, tmp_path: Path, qtbot: QtBot) -> None:
    through_people(wizard, qtbot)
    wizard.place.file().write_text("x")
    press_enter(wizard, wizard.place.path, qtbot)
    assert wizard.isVisible()
    assert "不会覆盖" in wizard.place.problem()
    assert wizard.place.file().read_text() == "x"
    wizard.place.path.setText(str(tmp_path / "没有" / "账.vlb"))
    assert wizard.place.problem().startswith("文件夹不存在")
    wizard.place.path.setText("")
    assert wizard.place.problem() == "请填写文件名"


def test_file_names_leave_out_signs_that_systems_refuse() -> None:
    assert file_name("石桥村：a/b*?") == "石桥村：ab.vlb"
    assert file_name("..") == "新账套.vlb"


def test_escape_leaves_the_wizard(wizard: NewBookDialog, tmp_path: Path, qtbot: QtBot) -> None:
    qtbot.keyClick(wizard, Qt.Key.Key_Escape)
    assert not wizard.isVisible()
    assert not list(tmp_path.glob("*.vlb"))


def test_a_filled_form_is_not_thrown_away_by_one_key(wizard: NewBookDialog, answers: Answers, qtbot: QtBot) -> None:
    commit(wizard.identity.name, "石桥村")
    answers("ask", False)
    qtbot.keyClick(wizard, Qt.Key.Key_Escape)
    assert wizard.isVisible()
    assert wizard.identity.name.text() == "石桥村"
    answers("ask", True)
    qtbot.keyClick(wizard, Qt.Key.Key_Escape)
    assert not wizard.isVisible()


def test_an_existing_book_is_chosen(page: StartPage, tmp_path: Path, answers: Answers, qtbot: QtBot) -> None:
    answers("pick_file", tmp_path / "账.vlb")
    with qtbot.waitSignal(page.open_book_requested) as asked:
        page.open_button.click()
    assert asked.args == [tmp_path / "账.vlb"]


def test_recent_books_are_offered_and_opened_with_a_key(page: StartPage, tmp_path: Path, qtbot: QtBot) -> None:
    assert page.recent_buttons == []
    with a_new_book(tmp_path) as book:
        machine.remember_book(book.path)
    page.refresh()
    (button,) = page.recent_buttons
    with qtbot.waitSignal(page.open_book_requested) as asked:
        qtbot.keyClick(button, Qt.Key.Key_Space)
    assert asked.args[0].name == "新账.vlb"


def test_the_first_run_is_welcomed_and_later_the_recent_books_come_first(page: StartPage, tmp_path: Path) -> None:
    assert page.is_first_run
    assert page.title_label.text().startswith("欢迎")
    assert not page.recent.isVisible()
    with a_new_book(tmp_path) as book:
        machine.remember_book(book.path)
    page.refresh()
    assert not page.is_first_run
    assert page.recent.isVisible()
    assert page.focusProxy() is page.recent_buttons[0]


def test_every_way_to_begin_has_its_own_key(page: StartPage) -> None:
    buttons = (
        page.new_button,
        page.sample_button,
        page.open_button,
        page.convert_button,
        page.bring_in_button,
        page.restore_button,
    )
    keys = [button.title.text().partition("&")[2][:1] for button in buttons]
    assert len(set(keys)) == len(buttons)
    assert all(button.focusPolicy() & Qt.FocusPolicy.TabFocus for button in buttons)


def test_an_old_book_is_followed_by_a_new_one_filled_in_from_it(
    page: StartPage, tmp_path: Path, answers: Answers, qtbot: QtBot
) -> None:
    with a_new_book(tmp_path, "2023-01", chart="rural-2004", name="旧账") as old:
        path = old.path
    answers("pick_file", path)
    page.convert_button.click()
    (wizard,) = (one for one in page.findChildren(NewBookDialog) if one.isVisible())
    assert wizard.identity.name.text() == "石桥村旧账"
    assert wizard.answers().start == Period(2024, 1)
    assert (wizard.answers().chart, wizard.rules.chart.isEnabled()) == ("rural-2023", False)
    assert wizard.people.names["审核"].text() == "李审核"
    wizard.identity.name.setText("石桥村新账")
    wizard.people.log_in.setChecked(False)
    for _step in range(3):
        wizard.forward()
    with qtbot.waitSignal(page.begin_requested) as asked:
        wizard.forward()
    assert asked.args[1] == Beginning(CONVERT, path)


def test_a_book_that_needs_no_conversion_is_told_on_the_page(page: StartPage, tmp_path: Path, answers: Answers) -> None:
    with a_new_book(tmp_path) as new:
        answers("pick_file", new.path)
    page.convert_button.click()
    assert "不需要转换" in page.message_bar.text
    answers("pick_file", None)
    page.convert_button.click()
    assert page.findChildren(NewBookDialog) == []


def test_importing_begins_with_a_new_book(page: StartPage, qtbot: QtBot) -> None:
    page.bring_in_button.click()
    (wizard,) = page.findChildren(NewBookDialog)
    assert "启用月份" in wizard.message_bar.text
    through_people(wizard, qtbot)
    wizard.people.log_in.setChecked(False)
    with qtbot.waitSignal(page.begin_requested) as asked:
        wizard.forward()
    assert asked.args[1] == Beginning(BRING_IN)


def test_the_sample_is_built_once(
    page: StartPage, own_home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qtbot: QtBot
) -> None:
    built: list[Path] = []

    def build(path: Path, _progress: object) -> Book:
        built.append(path)
        book = a_new_book(tmp_path)
        path.write_text("x")
        return book

    monkeypatch.setattr(sample_village.sample, "build_sample", build)
    for _time in range(2):
        with qtbot.waitSignal(page.begin_requested) as asked:
            page.sample_button.click()
        assert asked.args == [own_home / SAMPLE_NAME, Beginning(TOUR)]
    assert built == [own_home / SAMPLE_NAME]


def test_a_backup_is_restored_to_a_new_place(page: StartPage, tmp_path: Path, answers: Answers, qtbot: QtBot) -> None:
    with a_new_book(tmp_path) as book:
        backup = backups.back_up(book, "手工备份")
    answers("pick_file", backup)
    answers("save_file", tmp_path / "找回来的账")
    with qtbot.waitSignal(page.open_book_requested) as asked:
        page.restore_button.click()
    assert asked.args == [tmp_path / "找回来的账.vlb"]
    with Book.open(asked.args[0], read_only=True) as found:
        assert found.entity.name == "石桥村新账"


def test_a_file_that_is_no_backup_is_told_on_the_page(page: StartPage, tmp_path: Path, answers: Answers) -> None:
    wrong = tmp_path / "照片.vlb"
    wrong.write_bytes(b"x" * 5000)
    answers("pick_file", wrong)
    page.restore_button.click()
    assert page.message_bar.kind == "danger"

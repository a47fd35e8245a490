"""关联人登记 through real windows: declared by keys, ended, struck, imported; numbers masked."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.ime import commit
from tests.ui.voucher_desk import Desk, a_desk, press, show
from village_ledger.services import related
from village_ledger.ui.file_import import ImportDialog
from village_ledger.ui.related.related_dialog import EndDialog, RelatedDialog
from village_ledger.ui.related.related_page import RelatedPage


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return a_desk(tmp_path, monkeypatch)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> RelatedPage:
    made = RelatedPage(desk.operations)
    show(qtbot, made)
    return made


def declared(page: RelatedPage, qtbot: QtBot) -> RelatedDialog:
    """石建国 himself, by Insert and Enter."""
    press(Qt.Key.Key_Insert)
    dialog = page.dialog
    assert isinstance(dialog, RelatedDialog)
    commit(dialog.officer, "石建国")
    assert dialog.name.text() == "石建国"
    commit(dialog.phone, "19900000001")
    qtbot.keyClick(dialog.phone, Qt.Key.Key_Return)
    return dialog


def test_an_officer_and_his_wife_are_declared_by_keys(qtbot: QtBot, desk: Desk, page: RelatedPage) -> None:
    assert page.stack.currentIndex() == 1
    declared(page, qtbot)
    assert "已登记：石建国的本人 石建国" in page.message_bar.text
    page.add_button.click()
    dialog = page.dialog
    assert isinstance(dialog, RelatedDialog)
    assert (dialog.officer.text(), dialog.relation.currentText()) == ("石建国", "配偶")
    commit(dialog.card, "629900")
    qtbot.keyClick(dialog.card, Qt.Key.Key_Return)
    assert "请填写关联人（单位）名称" in dialog.message_bar.text
    commit(dialog.name, "李秀珍")
    dialog.card.clear()
    commit(dialog.card, "6299000000000000003")
    qtbot.keyClick(dialog.card, Qt.Key.Key_Return)
    assert [(one.relation, one.name, one.card) for one in related.related(desk.book)] == [
        ("本人", "石建国", ""),
        ("配偶", "李秀珍", "6299000000000000003"),
    ]
    assert page.model.cell(page.model.rows[1], 5) == "****0003"
    assert page.model.cell(page.model.rows[0], 4) == "*******0001"


def test_a_relation_ends_and_is_struck(qtbot: QtBot, desk: Desk, page: RelatedPage) -> None:
    declared(page, qtbot)
    page.end_button.click()
    dialog = page.dialog
    assert isinstance(dialog, EndDialog)
    dialog.day.clear()
    commit(dialog.day, "2025-01-01")
    dialog.save_button.click()
    assert "早于起始日期 2025-03-12" in dialog.message_bar.text
    dialog.day.clear()
    commit(dialog.day, "2025-03-31")
    dialog.save_button.click()
    assert page.model.cell(page.model.rows[0], 8) == "2025-03-31"
    assert not page.end_button.isEnabled()
    page.strike_button.click()
    dialog = page.dialog
    commit(dialog.reason, "登错人")
    dialog.save_button.click()
    assert page.model.cell(page.model.rows[0], 9) == "已划去：登错人"
    assert not page.strike_button.isEnabled()


def test_a_sheet_is_imported_and_the_registers_open(qtbot: QtBot, page: RelatedPage, tmp_path: Path) -> None:
    file = tmp_path / "关联人.csv"
    file.write_text("干部姓名,岗位,关系,名称,起始日期\n石建国,理事长,配偶,李秀珍,2025-01-01\n", "utf-8")
    page.bring_in()
    dialog = page.dialog
    assert isinstance(dialog, ImportDialog)
    dialog.set_path(file)
    dialog.import_button.click()
    assert page.model.rowCount() == 1
    for key in ("related-persons", "people-register"):
        with qtbot.waitSignal(page.open_report_requested) as asked:
            page._open_report(key)
        assert asked.args[0] == key

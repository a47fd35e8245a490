"""疑点 and 规则参数: looked into, dismissed with a reason, made a comment, and bounds changed."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.ime import commit
from village_ledger.domain.desk import Doubt
from village_ledger.domain.period import Period
from village_ledger.services.township import flags, reviewing
from village_ledger.services.township.desk import Desk
from village_ledger.storage.desk import doubts
from village_ledger.ui.township.comment_dialog import CommentDialog
from village_ledger.ui.township.operations import EVERYTHING
from village_ledger.ui.township.parameters_page import ParameterDialog, read, written
from village_ledger.ui.township.resolve_dialog import ResolveDialog
from village_ledger.ui.township.window import TownshipWindow

from .conftest import STONE_CODE, WILLOW_CODE

SPLIT = "split-payments"


def doubt(code: str, label: str, key: str, text: str = "两笔付给同一户，合起来超过审批界限") -> Doubt:
    return Doubt(
        *(code, 2024, SPLIT, key, Period.parse(label[:7]), f"凭证 {label}", text),
        *((("凭证", label), ("金额", "20.52 元")), 20_52, (label,)),
    )


def keep(window: TownshipWindow, desk: Desk, *found: Doubt) -> None:
    """What an examination would have found."""
    for code in {one.village for one in found}:
        with desk.write() as transaction:
            doubts.store_doubts(desk.store, code, 2024, [one for one in found if one.village == code])
            transaction.record("flags", code)
    window.operations.announce(EVERYTHING)


def two(window: TownshipWindow, desk: Desk) -> None:
    keep(window, desk, doubt(STONE_CODE, "2024-02 记-2", "a"), doubt(WILLOW_CODE, "2024-01 记-3", "b", "周末的凭证"))


def test_a_doubt_shows_its_evidence_and_rule_and_leads_to_the_voucher(
    full: TownshipWindow, desk: Desk, qtbot: QtBot
) -> None:
    two(full, desk)
    full.show_page("doubts")
    page = full.page("doubts")
    view = page.view
    assert page.count.text() == "2 条 / 共 2 条"
    view.table.selectRow(view.model.find(lambda one: one.village.code == STONE_CODE))
    cells = [[view.evidence.item(row, column).text() for column in (0, 1)] for row in (0, 1)]
    assert cells == [["凭证", "2024-02 记-2"], ["金额", "20.52 元"]]
    rule = next(one for one in flags.rules() if one.id == SPLIT)
    assert rule.text in view.rule.text()
    assert rule.source in view.rule.text()
    qtbot.keyClick(view.table, Qt.Key.Key_Return)
    assert full.current_key == "voucher"
    voucher = full.page("voucher")
    assert voucher.heading.text() == "石桥村 2024年2月 记-2"
    assert voucher.doubts.model.rowCount() == 1
    qtbot.keyClick(voucher.sheet.table, Qt.Key.Key_Escape)
    assert full.current_key == "doubts"


def test_enter_on_a_doubt_about_something_else_asks_where_it_stands(
    full: TownshipWindow, desk: Desk, qtbot: QtBot
) -> None:
    keep(full, desk, doubt(STONE_CODE, "2024-02 记-2", "a")._replace(subject="地块 GD015", vouchers=()))
    full.show_page("doubts")
    view = full.page("doubts").view
    qtbot.keyClick(view.table, Qt.Key.Key_Return)
    assert full.current_key == "doubts"
    dialog = view.findChildren(ResolveDialog)[-1]
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_doubt_is_dismissed_with_a_reason_and_leaves_the_list(full: TownshipWindow, desk: Desk) -> None:
    two(full, desk)
    full.show_page("doubts")
    page = full.page("doubts")
    view = page.view
    view.table.selectRow(view.model.find(lambda one: one.village.code == WILLOW_CODE))
    view.resolve_button.click()
    dialog = view.findChildren(ResolveDialog)[-1]
    dialog.save_button.click()
    assert "理由" in dialog.message_bar.text
    commit(dialog.reason, "值班补办，看过签到")
    dialog.save_button.click()
    assert page.count.text() == "1 条 / 共 2 条"
    page.status.setCurrentText("已核排除")
    page.status.activated.emit(page.status.currentIndex())
    assert view.current().doubt.reason == "值班补办，看过签到"
    assert "已核排除：值班补办，看过签到" in view.decided.text()
    newest = desk.log(1)[0]
    assert (newest.action, newest.detail["reason"]) == ("flag-status", "值班补办，看过签到")


def test_a_doubt_becomes_a_comment_on_its_voucher(full: TownshipWindow, desk: Desk) -> None:
    two(full, desk)
    full.show_page("doubts")
    view = full.page("doubts").view
    view.table.selectRow(view.model.find(lambda one: one.village.code == STONE_CODE))
    view.comment_button.click()
    dialog = view.findChildren(CommentDialog)[-1]
    assert dialog.text.toPlainText() == "两笔付给同一户，合起来超过审批界限\n凭证：2024-02 记-2；金额：20.52 元"
    dialog.save_button.click()
    (thread,) = reviewing.threads(desk, desk.village(STONE_CODE))
    assert thread.comment.label == "2024-02 记-2"
    assert len(thread.comment.subject) == 32
    assert thread.comment.subject != thread.comment.label


def test_doubts_are_narrowed_by_village_and_rule(full: TownshipWindow, desk: Desk) -> None:
    two(full, desk)
    full.show_page("doubts")
    page = full.page("doubts")
    page.which.setCurrentIndex(page.which.findData(WILLOW_CODE))
    page.which.activated.emit(page.which.currentIndex())
    assert [one.doubt.text for one in page.view.model.rows] == ["周末的凭证"]


def test_examining_again_finds_what_the_rules_find(full: TownshipWindow, desk: Desk) -> None:
    keep(full, desk, doubt(STONE_CODE, "2024-02 记-2", "gone"))
    full.show_page("doubts")
    page = full.page("doubts")
    page.examine_button.click()
    assert "检查完成" in page.message_bar.text
    assert "gone" not in [one.doubt.key for one in page.view.model.rows]


def test_a_bound_is_changed_with_a_reason_and_set_back(full: TownshipWindow, desk: Desk) -> None:
    full.show_page("parameters")
    page = full.page("parameters")
    commit(page.search, "拆分")
    assert page.rules.rows[0].id == SPLIT
    page.values.selectRow(page.parameters.find(lambda one: one.name == "bounds"))
    page.change_button.click()
    dialog = page.findChildren(ParameterDialog)[-1]
    assert dialog.value.text() == "1000、2000、5000、10000、50000"
    dialog.value.setText("800、三千")
    dialog.save_button.click()
    assert "三千" in dialog.message_bar.text or "审批界限" in dialog.message_bar.text
    dialog.value.setText("800、3000")
    dialog.save_button.click()
    assert "理由" in dialog.message_bar.text
    commit(dialog.reason, "河政发〔2024〕3号")
    dialog.save_button.click()
    held = next(one for one in flags.parameters(desk) if (one.rule, one.name) == (SPLIT, "bounds"))
    assert (held.value, held.own) == ((800_00, 3000_00), True)
    assert "重新检查" in page.message_bar.text
    page.change_button.click()
    page.findChildren(ParameterDialog)[-1].default_button.click()
    held = next(one for one in flags.parameters(desk) if (one.rule, one.name) == (SPLIT, "bounds"))
    assert not held.own


def test_every_parameter_reads_as_it_is_written() -> None:
    for one in flags.default_parameters():
        changed = one._replace(default=())
        text = written(one, one.value)
        assert read(one, text) is None
        if isinstance(one.value, tuple) and one.value and isinstance(one.value[0], str):
            assert read(changed, text) == one.value

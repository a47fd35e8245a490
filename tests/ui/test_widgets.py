import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QVBoxLayout, QWidget

from village_ledger.domain.money import MoneyError
from village_ledger.domain.period import Period
from village_ledger.ui.widgets.bar_chart import BarChart, Bars
from village_ledger.ui.widgets.finder import Choice, FinderEdit
from village_ledger.ui.widgets.flow_layout import FlowLayout
from village_ledger.ui.widgets.form import FormGrid
from village_ledger.ui.widgets.message_bar import MessageBar
from village_ledger.ui.widgets.money_edit import MoneyEdit
from village_ledger.ui.widgets.period_picker import PeriodPicker, PeriodRange
from village_ledger.ui.widgets.side_bar import SideBar, SideEntry

from .ime import commit

CHOICES = (Choice("101", "库存现金", "", 1), Choice("102", "银行存款", "", 2), Choice("10201", "基本户", "银行存款", 3))


def find(text):
    return [choice for choice in CHOICES if text in choice.code + choice.title]


@pytest.fixture
def finder(qtbot):
    holder = QWidget()
    column = QVBoxLayout(holder)
    edit = FinderEdit(find, "科目")
    column.addWidget(edit)
    column.addWidget(QPushButton("其他"))
    qtbot.addWidget(holder)
    holder.show()
    edit.setFocus()
    edit.holder = holder
    return edit


def test_typing_and_enter_choose_the_first_match(finder, qtbot):
    got = []
    finder.chosen.connect(got.append)
    qtbot.keyClicks(finder, "102")
    assert finder.popup.isVisible()
    qtbot.keyClick(finder, Qt.Key.Key_Down)
    qtbot.keyClick(finder, Qt.Key.Key_Return)
    assert got == [3]
    assert finder.text() == "10201 基本户"
    assert finder.value() == 3


def test_escape_closes_the_list_and_leaving_brings_the_choice_back(finder, qtbot):
    finder.set_choice(CHOICES[0])
    qtbot.keyClicks(finder, "zzz")
    assert not finder.popup.isVisible()
    qtbot.keyClick(finder, Qt.Key.Key_Tab)
    assert finder.text() == "101 库存现金"


def test_f7_lists_everything_and_escape_closes_it(finder, qtbot):
    qtbot.keyClick(finder, Qt.Key.Key_F7)
    assert finder.popup.current() == CHOICES[0]
    qtbot.keyClick(finder, Qt.Key.Key_Escape)
    assert not finder.popup.isVisible()


def test_tab_takes_the_match_under_the_cursor(finder, qtbot):
    got = []
    finder.chosen.connect(got.append)
    commit(finder, "现金")
    qtbot.keyClick(finder, Qt.Key.Key_Tab)
    assert got == [1]


def test_emptying_the_field_means_no_choice(finder, qtbot):
    got = []
    finder.chosen.connect(got.append)
    finder.set_choice(CHOICES[1])
    finder.selectAll()
    qtbot.keyClick(finder, Qt.Key.Key_Backspace)
    assert got == [None]
    assert finder.value() is None


def test_a_click_chooses(finder, qtbot):
    got = []
    finder.chosen.connect(got.append)
    qtbot.keyClicks(finder, "10")
    rows = finder.popup._list
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.visualItemRect(rows.item(1)).center())
    assert got == [2]


def test_the_list_stays_under_its_field_when_the_window_grows(finder, qtbot):
    qtbot.keyClicks(finder, "10")
    finder.holder.resize(finder.holder.width() + 60, finder.holder.height() + 90)
    qtbot.waitUntil(lambda: finder.popup.y() == finder.mapToGlobal(finder.rect().bottomLeft()).y() + 3)
    assert finder.popup.isVisible()


def test_page_keys_step_through_months_across_years(qtbot):
    picker = PeriodPicker()
    qtbot.addWidget(picker)
    picker.set_years(2025, 2026)
    picker.set_period(Period(2025, 12))
    got = []
    picker.changed.connect(got.append)
    qtbot.keyClick(picker, Qt.Key.Key_PageDown)
    assert got == [Period(2026, 1)]
    picker.set_period(Period(2024, 3))
    assert picker.period() == Period(2024, 3)


def test_a_span_never_ends_before_it_begins(qtbot):
    span = PeriodRange()
    qtbot.addWidget(span)
    span.set_years(2025, 2025)
    span.set_span(Period(2025, 3), Period(2025, 4))
    got = []
    span.changed.connect(lambda first, last: got.append((first, last)))
    span.first._months.setCurrentIndex(5)
    span.last._months.setCurrentIndex(1)
    assert got == [(Period(2025, 6), Period(2025, 6)), (Period(2025, 2), Period(2025, 2))]


def test_an_amount_may_be_typed_with_the_chinese_keyboard_on(qtbot):
    field = MoneyEdit()
    qtbot.addWidget(field)
    field.show()
    field.setFocus()
    commit(field, "１２３４。５")
    assert field.value_fen() == 1234_50
    field.editingFinished.emit()
    assert field.text() == "1,234.50"
    field.setText("一百")
    assert "不能识别" in field.error()
    with pytest.raises(MoneyError):
        field.value_fen()


def test_the_message_bar_shows_hides_and_acts(qtbot):
    bar = MessageBar()
    qtbot.addWidget(bar)
    done = []
    bar.show_message("已导出", "success", "打开文件夹", lambda: done.append(1))
    assert (bar.text, bar.kind) == ("已导出", "success")
    qtbot.mouseClick(bar._action, Qt.MouseButton.LeftButton)
    assert done == [1]
    qtbot.mouseClick(bar._close, Qt.MouseButton.LeftButton)
    assert bar.text == ""


def test_an_error_replaces_the_hint_below_a_field(qtbot):
    form = FormGrid()
    qtbot.addWidget(form)
    field = form.add("金额", MoneyEdit(), "单位：元")
    note = form._hints[field][0]
    form.set_error(field, "金额为空")
    assert note.text() == "金额为空"
    assert field.property("wrong") is True
    form.clear_errors()
    assert note.text() == "单位：元"
    assert field.property("wrong") is False


def test_the_key_of_a_label_leads_into_a_field_made_of_parts(qtbot):
    form = FormGrid()
    qtbot.addWidget(form)
    form.add("金额(&J)", MoneyEdit())
    picker = PeriodPicker()
    form.add("启用月份(&Q)", picker)
    with qtbot.waitActive(form):
        form.show()
        form.activateWindow()
    qtbot.keyClick(form, Qt.Key.Key_Q, Qt.KeyboardModifier.AltModifier)
    assert picker._years.hasFocus()


@pytest.mark.parametrize("made", [QLineEdit, QPushButton, QComboBox])
def test_nothing_moves_when_the_focus_comes(made, qtbot):
    holder = QWidget()
    column = QVBoxLayout(holder)
    field, other = made(), QPushButton("其他")
    column.addWidget(field)
    column.addWidget(other)
    qtbot.addWidget(holder)
    holder.show()
    other.setFocus()
    before = field.sizeHint()
    field.setFocus()
    field.ensurePolished()
    assert field.sizeHint() == before


def test_a_row_breaks_when_it_gets_narrow(qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    layout = FlowLayout(holder, gap=4)
    for text in ("一二三四", "五六七八", "九十"):
        layout.addWidget(QPushButton(text))
    wide = layout.heightForWidth(2000)
    assert layout.heightForWidth(150) > 2 * wide
    assert layout.itemAt(9) is None
    assert layout.takeAt(0) is not None
    assert layout.count() == 2


def test_the_side_bar_is_worked_with_the_keyboard_and_folds(qtbot):
    entries = (SideEntry("home", "", "首页", "home"), SideEntry("a", "账簿", "总账", "book"))
    bar = SideBar((*entries, SideEntry("b", "账簿", "明细账", "ledger")))
    qtbot.addWidget(bar)
    bar.show()
    chosen, folded = [], []
    bar.chosen.connect(chosen.append)
    bar.collapsed_changed.connect(folded.append)
    bar.set_opened("home")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Up, Qt.Key.Key_Return):
        qtbot.keyClick(bar, key)
    assert chosen == ["a"]
    assert folded == [("账簿",)]
    bar.set_opened("b")
    assert bar.currentItem().text(0) == "明细账"
    assert not bar.grab().isNull()


def test_bars_hang_below_the_line_when_negative(qtbot):
    chart = BarChart(("income", "expense"))
    qtbot.addWidget(chart)
    chart.resize(200, 80)
    chart.show_bars((Bars((100, -50), "一月"), Bars((0, 0))))
    assert not chart.grab().isNull()

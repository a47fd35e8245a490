"""The table behind the entry grid: values in, values out, every step undoable."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.modeltest import ModelTester

from tests.builders import a_chart, an_item
from village_ledger.domain.account import Chart
from village_ledger.domain.checks import CheckContext, check_draft
from village_ledger.domain.period import Period
from village_ledger.domain.search import ItemRecord
from village_ledger.domain.voucher import Draft, DraftLine
from village_ledger.ui.tables.draft_model import PROBLEM_ROLE, RED_ROLE, UNIT_ROLE, DraftModel
from village_ledger.ui.tables.draft_paste import rows_from_text
from village_ledger.ui.tables.draft_rows import MIN_ROWS, Column, Row
from village_ledger.ui.tables.entry_context import EntryContext

DAY = date(2025, 3, 5)
ITEMS = (an_item("张三"), an_item("李四"), an_item("村道", "项目"))


def a_context(chart: Chart | None = None) -> EntryContext:
    check = CheckContext(
        chart or a_chart("10201农商行", "12101农药", units={"12101": "公斤"}),
        ("记",),
        Period(2025, 1),
        Period(2025, 3),
        date(2026, 12, 31),
        frozenset((item.category, item.name) for item in ITEMS),
    )
    return EntryContext(check, tuple(ItemRecord(item) for item in ITEMS))


def a_model(*lines: DraftLine) -> DraftModel:
    return DraftModel(a_context(), Draft(DAY, "记", lines))


def text(model: DraftModel, row: int, column: Column) -> str:
    return str(model.index(row, column).data())


def test_the_model_keeps_qts_rules_while_it_is_edited(qtmodeltester: ModelTester) -> None:
    model = a_model()
    qtmodeltester.check(model)
    for row in range(12):
        model.set_cell(row, Column.SUMMARY, "付电费")
        model.set_cell(row, Column.DEBIT, "1")
    model.delete_row(3)
    model.insert_row(5)
    while model.undo_stack.canUndo():
        model.undo_stack.undo()
    qtmodeltester.check(model)


def test_there_is_always_an_empty_row_to_type_into() -> None:
    model = a_model(*[DraftLine("摘要", "101", debit_fen=1)] * 20)
    assert model.rowCount() == 21
    assert a_model().rowCount() == MIN_ROWS


def test_rows_with_only_a_summary_are_no_lines() -> None:
    model = a_model()
    model.set_cell(0, Column.SUMMARY, "付电费")
    model.set_cell(2, Column.ACCOUNT, "101")
    assert model.draft().lines == (DraftLine(account="101"),)
    assert model.row_of_line(0) == 2


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("10201", "10201"),
        ("１０２０１", "10201"),
        ("10201 银行存款-农商行", "10201"),
        ("银行存款-农商行", "10201"),
        ("农商行", "10201"),
    ],
)
def test_an_account_is_understood_by_code_or_name(typed: str, code: str) -> None:
    model = a_model()
    model.set_cell(0, Column.ACCOUNT, typed)
    assert model.draft().lines[0].account == code
    assert text(model, 0, Column.ACCOUNT) == "10201 银行存款-农商行"


def test_what_cannot_be_read_stays_visible_and_is_named() -> None:
    model = a_model()
    model.set_cell(0, Column.DEBIT, "12元5角")
    model.set_cell(0, Column.ACCOUNT, "没有的科目")
    assert text(model, 0, Column.DEBIT) == "12元5角"
    assert "不能识别" in model.index(0, Column.DEBIT).data(PROBLEM_ROLE)
    assert [problem.field for problem in model.unreadable()] == ["debit", "account"]
    model.set_cell(0, Column.DEBIT, "12.5")
    model.set_cell(0, Column.ACCOUNT, "101")
    assert not model.unreadable()
    assert model.draft().lines == (DraftLine(account="101", debit_fen=1250),)


def test_changing_the_account_drops_items_it_is_not_kept_by() -> None:
    model = a_model(DraftLine("摘要", "113", (("往来户", "张三"),), 100))
    model.set_cell(0, Column.ACCOUNT, "112")
    assert model.draft().lines[0].items == (("往来户", "张三"),)
    model.set_cell(0, Column.ACCOUNT, "101")
    assert model.draft().lines[0].items == ()


def test_an_amount_on_one_side_empties_the_other() -> None:
    model = a_model(DraftLine("摘要", "101", debit_fen=100))
    model.set_cell(0, Column.CREDIT, "3")
    assert model.draft().lines[0] == DraftLine("摘要", "101", credit_fen=300)


@pytest.mark.parametrize(
    ("others", "column", "expected"),
    [
        ((500, 0), Column.CREDIT, (0, 500)),
        ((500, 0), Column.DEBIT, (0, 500)),
        ((0, 500), Column.DEBIT, (500, 0)),
        ((-500, 0), Column.CREDIT, (0, -500)),
        ((0, -500), Column.DEBIT, (-500, 0)),
        ((0, 0), Column.DEBIT, (0, 0)),
    ],
)
def test_balancing_fills_the_side_asked_for_and_goes_red_only_in_a_red_voucher(
    others: tuple[int, int], column: Column, expected: tuple[int, int]
) -> None:
    model = a_model(DraftLine("摘要", "101", debit_fen=others[0], credit_fen=others[1]), DraftLine("摘要", "102"))
    model.balance(1, column)
    line = model.state.rows[1].line
    assert (line.debit_fen, line.credit_fen) == expected


def test_red_amounts_say_so() -> None:
    model = a_model(DraftLine("摘要", "101", debit_fen=100))
    model.redden(0)
    assert text(model, 0, Column.DEBIT) == "-1.00"
    assert model.index(0, Column.DEBIT).data(RED_ROLE) is True


def test_quantity_times_price_gives_the_amount_and_back() -> None:
    model = a_model(DraftLine("购农药", "12101"))
    assert model.index(0, Column.QUANTITY).data(UNIT_ROLE) == "公斤"
    model.set_cell(0, Column.QUANTITY, "12.5")
    model.set_cell(0, Column.PRICE, "3.5")
    assert model.draft().lines[0] == DraftLine("购农药", "12101", debit_fen=4375, quantity=12500)
    model.flip(0)
    model.set_cell(0, Column.QUANTITY, "10")
    assert model.draft().lines[0] == DraftLine("购农药", "12101", credit_fen=3500, quantity=10000)
    model.set_cell(0, Column.CREDIT, "40")
    assert text(model, 0, Column.PRICE) == "4.00"


def test_undo_and_redo_walk_through_every_step_and_know_what_was_saved() -> None:
    model = a_model()
    assert not model.is_changed
    model.set_cell(0, Column.ACCOUNT, "101")
    model.set_cell(0, Column.DEBIT, "5")
    model.set_heading(day=date(2025, 3, 9), attachments=2)
    after = model.draft()
    for _ in range(3):
        model.undo_stack.undo()
    assert model.draft() == Draft(DAY, "记")
    assert not model.is_changed
    for _ in range(3):
        model.undo_stack.redo()
    assert model.draft() == after
    assert model.is_changed


def test_lines_are_moved_inserted_and_deleted() -> None:
    lines = tuple(DraftLine(f"第{n}行", "101", debit_fen=n) for n in (1, 2, 3))
    model = a_model(*lines)
    assert model.move_row(2, -1) == 1
    assert [line.debit_fen for line in model.draft().lines] == [1, 3, 2]
    assert model.move_row(0, -1) == 0
    model.delete_row(0)
    model.insert_row(1)
    assert model.draft().lines == (lines[2], lines[1])
    assert model.state.rows[1] == Row()


def test_problems_are_shown_on_the_cells_they_concern() -> None:
    model = a_model(DraftLine("", "513", debit_fen=1), DraftLine("摘要", "113", credit_fen=1))
    model.set_problems(check_draft(model.draft(), model.context.check))
    assert "摘要" in model.index(0, Column.SUMMARY).data(PROBLEM_ROLE)
    assert "往来户" in model.index(1, Column.ITEMS).data(PROBLEM_ROLE)
    assert model.index(1, Column.CREDIT).data(PROBLEM_ROLE) is None


def test_a_model_that_may_not_be_edited_refuses() -> None:
    model = a_model(DraftLine("摘要", "101", debit_fen=1))
    model.read_only = True
    assert not model.setData(model.index(0, Column.DEBIT), "5")
    model.set_cell(0, Column.DEBIT, "5")
    assert model.draft().lines[0].debit_fen == 1


def test_rows_are_pasted_by_position_with_or_without_items() -> None:
    short = "付电费\t101\t\t12.30\n付电费\t农商行\t12.3\t"
    rows = rows_from_text(short, Column.SUMMARY, a_context())
    assert [row.line for row in rows] == [
        DraftLine("付电费", "101", credit_fen=1230),
        DraftLine("付电费", "10201", debit_fen=1230),
    ]
    long = "借支\t113\t张三\t1,000.00\t\r\n借支\t101\t\t\t1,000.00\r\n"
    assert [row.line for row in rows_from_text(long, Column.SUMMARY, a_context())] == [
        DraftLine("借支", "113", (("往来户", "张三"),), debit_fen=100000),
        DraftLine("借支", "101", credit_fen=100000),
    ]


def test_rows_are_pasted_by_their_titles() -> None:
    table = "科目编码\t备注\t借方金额\t贷方金额\t摘要\n101\t无关\t5\t0.00\t收款\n113\tx\t\t5\t收款"
    rows = rows_from_text(table, Column.DEBIT, a_context())
    assert [row.line for row in rows] == [
        DraftLine("收款", "101", debit_fen=500),
        DraftLine("收款", "113", credit_fen=500),
    ]


def test_unreadable_pasted_cells_are_kept_and_marked() -> None:
    rows = rows_from_text("付电费\t9999\t一百\t", Column.SUMMARY, a_context())
    assert [(column, words) for column, words, _why in rows[0].wrong] == [
        (Column.ACCOUNT, "9999"),
        (Column.DEBIT, "一百"),
    ]


def test_a_pasted_row_with_both_sides_keeps_both_for_the_check_to_find() -> None:
    (row,) = rows_from_text("付款\t101\t5\t7", Column.SUMMARY, a_context())
    assert (row.line.debit_fen, row.line.credit_fen) == (500, 700)


def test_pasted_rows_go_over_empty_rows_and_before_filled_ones() -> None:
    model = a_model(DraftLine("一", "101", debit_fen=1), DraftLine("二", "101", credit_fen=1))
    rows = rows_from_text("三\t102\t5\t\n四\t102\t\t5", Column.SUMMARY, a_context())
    model.insert_rows(1, rows, "粘贴")
    assert [line.summary for line in model.draft().lines] == ["一", "三", "四", "二"]
    model.undo_stack.undo()
    assert [line.summary for line in model.draft().lines] == ["一", "二"]


STEPS = st.lists(
    st.one_of(
        st.tuples(
            st.just("cell"), st.integers(0, 6), st.sampled_from(list(Column)), st.sampled_from(["", "5", "x", "101"])
        ),
        st.tuples(st.just("flip"), st.integers(0, 6)),
        st.tuples(st.just("balance"), st.integers(0, 6), st.sampled_from([Column.DEBIT, Column.CREDIT])),
        st.tuples(st.just("delete"), st.integers(0, 6)),
        st.tuples(st.just("insert"), st.integers(0, 6)),
    ),
    max_size=12,
)


@given(STEPS)
def test_undoing_everything_gives_the_draft_back_as_it_was(steps: list[tuple[object, ...]]) -> None:
    model = a_model(
        DraftLine("摘要", "113", (("往来户", "张三"),), debit_fen=7), DraftLine("摘要", "101", credit_fen=7)
    )
    before = model.state
    acts = {
        "cell": model.set_cell,
        "flip": model.flip,
        "balance": model.balance,
        "delete": model.delete_row,
        "insert": model.insert_row,
    }
    for act, *values in steps:
        acts[str(act)](*values)
        assert model.rowCount() == len(model.state.rows)
        assert not model.state.rows[-1].counts
    while model.undo_stack.canUndo():
        model.undo_stack.undo()
    assert model.state == before

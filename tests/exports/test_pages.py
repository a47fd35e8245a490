from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exports.conftest import make_ledger
from village_ledger.exports.pages import BOTTOM, LEFT, RIGHT, Plan
from village_ledger.reports.model import Column, Report, Row


def _pages(plan):
    return [(page.first, page.last, page.heading) for page in plan.pages]


def test_every_row_of_a_book_is_printed_once_and_sections_start_pages():
    report = make_ledger(accounts=3, lines=70)
    plan = Plan(report)
    printed = [place for page in plan.pages for place in range(page.first, page.last)]
    expected = [place for place, row in enumerate(report.rows) if row.kind != "section"]
    assert printed == expected
    assert [page.heading for page in plan.pages if page.opens_section] == [
        "10201 银行存款-账户1", "10202 银行存款-账户2", "10203 银行存款-账户3",
    ]  # fmt: skip


def test_what_a_page_carries_is_what_the_next_brings():
    report = make_ledger(accounts=1, lines=200)
    plan = Plan(report)
    assert len(plan.pages) > 4
    assert plan.pages[0].brought is None
    assert plan.pages[-1].carried is None
    for page, following in zip(plan.pages, plan.pages[1:], strict=False):
        assert page.carried == following.brought == report.rows[page.last - 1].carry


def test_a_section_that_just_fits_has_no_carried_line():
    lines = next(n for n in range(60) if len(Plan(make_ledger(1, n)).pages) > 1) - 1
    (page,) = Plan(make_ledger(1, lines)).pages
    assert page.carried is None
    first, second = Plan(make_ledger(1, lines + 1)).pages
    assert first.carried == second.brought


def test_no_table_reaches_below_its_floor_or_over_the_margin(trial_balance, balance_sheet):
    for report in (trial_balance, balance_sheet, make_ledger(2, 100)):
        plan = Plan(report)
        right = plan.boxes[-1][-1].x + plan.boxes[-1][-1].width
        assert plan.boxes[0][0].x == LEFT
        assert abs(right - (plan.paper[0] - RIGHT)) < 0.01
        for page in plan.pages:
            extra = (page.brought is not None) + (page.carried is not None)
            used = sum(plan.heights[page.first : page.last]) + plan.head_height + extra * plan.row_height
            assert plan.top - used >= plan.bottom - 0.01 > BOTTOM


def test_too_many_columns_turn_the_paper_and_then_take_a_larger_one():
    def wide(count):
        columns = tuple(Column(f"m{i}", f"栏目{i}", "money", 16) for i in range(count))
        summary = Column("s", "摘要", "text", 30)
        row = Row(("办公费", *[9_999_999_99] * count))
        return Report("x", "多栏账", "村", "", "", "", (summary, *columns), (row,))

    small, middle, large = Plan(wide(4)), Plan(wide(9)), Plan(wide(16))
    assert small.paper[0] < small.paper[1]
    assert middle.paper == small.paper[::-1]
    assert large.paper[0] > middle.paper[0]
    assert Plan(wide(60)).size > 1


def test_long_summaries_make_rows_taller_instead_of_being_cut():
    columns = (Column("d", "日期", "date", 11), Column("s", "摘要", "text", 20), Column("m", "金额", "money", 16))
    rows = (Row((date(2025, 1, 1), "长" * 300, 1)), Row((date(2025, 1, 1), "短", 1)))
    plan = Plan(Report("x", "表", "村", "", "", "", columns, rows, paging="book"))
    assert plan.heights[0] > 2 * plan.heights[1]


def test_notes_that_do_not_fit_get_a_page(balance_sheet):
    rows = tuple(Row(("项目", i, 1, 1)) for i in range(200))
    notes = tuple(f"说明{i}" for i in range(40))
    plan = Plan(balance_sheet._replace(rows=rows, halves=0, notes=notes))
    assert plan.pages[-1].notes
    assert [page.first for page in plan.pages[1:]] == [page.last for page in plan.pages[:-1]]


def test_a_report_without_rows_has_one_page():
    assert len(Plan(Report("x", "表", "村", "", "", "", (Column("a", "甲"),), ())).pages) == 1
    assert len(Plan(Report("x", "表", "村", "", "", "", (Column("a", "甲"),), (), paging="book")).pages) == 1


def test_a_two_sided_statement_of_the_regulations_length_stays_on_one_page(balance_sheet):
    left = [Row((f"资产项目{i}", i, 1, 1), level=1) for i in range(26)]
    right = [Row((f"负债项目{i}", i, 1, 1), level=1) for i in range(20)]
    plan = Plan(balance_sheet._replace(rows=(*left, *right), halves=26))
    assert len(plan.pages) == 1
    assert plan.heights[0] < plan.row_height


@settings(deadline=None, max_examples=40)
@given(
    sizes=st.lists(st.integers(0, 150), min_size=1, max_size=4),
    lengths=st.lists(st.integers(0, 90), min_size=1, max_size=5),
)
def test_however_long_sections_and_summaries_are_every_row_is_printed_once_and_fits(sizes, lengths):
    columns = (Column("s", "摘要", "text", 20), Column("b", "余额", "money", 16, carried=True))
    rows = []
    for section, size in enumerate(sizes):
        rows.append(Row((f"科目{section}", None), "section"))
        rows.extend(Row(("摘" * lengths[i % len(lengths)], i), carry=(i,)) for i in range(size))
    plan = Plan(Report("x", "账", "村", "", "", "", columns, tuple(rows), paging="book"))
    printed = [place for page in plan.pages for place in range(page.first, page.last)]
    assert printed == [place for place, row in enumerate(rows) if row.kind != "section"]
    for page in plan.pages:
        extra = (page.brought is not None) + (page.carried is not None)
        used = sum(plan.heights[page.first : page.last]) + plan.head_height + extra * plan.row_height
        assert plan.top - used >= plan.bottom - 0.01
    for page, following in zip(plan.pages, plan.pages[1:], strict=False):
        assert page.carried == following.brought


def test_the_width_of_a_column_of_codes_does_not_depend_on_which_code_a_set_happens_to_give_first():
    """Processes hash texts differently; the same month must give the same pages in each."""
    columns = (Column("c", "编号", "code", 10), Column("s", "摘要", "text", 20))

    def width(*codes: str) -> float:
        rows = tuple(Row((code, "摘要")) for code in codes)
        return Plan(Report("x", "表", "村", "", "", "", columns, rows)).boxes[0][0].width

    codes = [f"{sign}-0001" for sign in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    assert width(*codes) == width(*reversed(codes)) == width("Z-0001")

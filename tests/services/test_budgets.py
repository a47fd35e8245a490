"""Budgets in a book: drawn up, approved by a decision, adjusted, carried out; never overwritten, always provable."""

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.services.contract_desk import post_drafts
from tests.services.decision_desk import a_decision, standing_decision
from tests.services.project_desk import ROAD, a_payment, project_book
from village_ledger.domain.budget import Adjustment, Budget, BudgetItem
from village_ledger.domain.budget_execution import Spending
from village_ledger.domain.errors import BadInput, NotAllowed, StaleDraft
from village_ledger.domain.period import Period
from village_ledger.domain.voucher import Draft, DraftLine
from village_ledger.reports.query import Query
from village_ledger.services import budget_files, budgets, integrity, reports, settings, vouchers
from village_ledger.services.book import Book

OFFICE = BudgetItem("1", "办公费", "支出", ("51303",), None, 1_000_00)
WORKS = BudgetItem("2", "村道硬化", "支出", (), ROAD, 100_000_00)
PLAN = Budget(2025, (OFFICE, WORKS))
APPROVED = date(2025, 1, 20)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """A book at the accountant's desk."""
    with project_book(tmp_path) as opened:
        yield opened


def approved(book: Book) -> Budget:
    budgets.save_budget(book, PLAN)
    return budgets.approve(book, 2025, "石桥决〔2025〕1号", APPROVED)


def spent(account: str, fen: int, day: date = date(2025, 3, 5)) -> Draft:
    lines = (DraftLine("购办公用品", account, (), debit_fen=fen), DraftLine("购办公用品", "101", (), credit_fen=fen))
    return Draft(day, "记", lines)


def test_a_budget_is_edited_until_it_is_approved_and_only_adjusted_from_then_on(book: Book) -> None:
    first = budgets.save_budget(book, PLAN)
    again = budgets.save_budget(book, first._replace(items=(OFFICE._replace(amount_fen=1_200_00), WORKS)))
    done = budgets.approve(book, 2025, "石桥决〔2025〕1号", APPROVED)
    assert (done.items, done.decision, done.approved) == (again.items, "石桥决〔2025〕1号", APPROVED)
    with pytest.raises(NotAllowed, match="只能用“调整”"):
        budgets.save_budget(book, done)
    with pytest.raises(NotAllowed, match="已由 石桥决〔2025〕1号 批准"):
        budgets.approve(book, 2025, "石桥决〔2025〕2号", APPROVED)
    with pytest.raises(NotAllowed, match="不能删除"):
        budgets.delete_budget(book, 2025)


def test_a_window_that_read_an_older_state_changes_nothing(book: Book) -> None:
    first = budgets.save_budget(book, PLAN)
    budgets.save_budget(book, first._replace(note="第二稿"))
    with pytest.raises(StaleDraft):
        budgets.save_budget(book, first._replace(note="迟到的一稿"))


def test_adjustments_are_added_by_decision_and_never_go_below_zero(book: Book) -> None:
    approved(book)
    day = date(2025, 6, 1)
    budgets.adjust(book, 2025, "1", 500_00, "石桥决〔2025〕9号", day=day, reason="添置打印机")
    with pytest.raises(BadInput, match=r"调整以后是 -0\.01"):
        budgets.adjust(book, 2025, "1", -1_500_01, "石桥决〔2025〕10号", day=day, reason="压减")
    done = budgets.adjust(book, 2025, "1", -1_500_00, "石桥决〔2025〕10号", day=day, reason="压减")
    assert [one.fen for one in done.adjustments] == [500_00, -1_500_00]
    assert done.items == PLAN.items
    with pytest.raises(BadInput, match="请填决策文号"):
        budgets.adjust(book, 2025, "1", 1_00, " ", day=day, reason="追加")


def test_money_moved_to_a_new_item_is_one_act(book: Book) -> None:
    approved(book)
    day, number = date(2025, 7, 1), "石桥决〔2025〕9号"
    moved = (Adjustment("1", day, -300_00, number, "调剂"), Adjustment("9", day, 300_00, number, "调剂"))
    done = budgets.adjust_all(book, 2025, moved, (BudgetItem("9", "报刊费", "支出", ("51307",), None, 999),))
    assert (done.item("9"), done.adjustment_fen("9")) == (BudgetItem("9", "报刊费", "支出", ("51307",)), 300_00)
    with pytest.raises(BadInput, match="没有编号为 8 的项目"):
        budgets.adjust_all(book, 2025, (Adjustment("8", day, 1, number, "调剂"),))


def test_under_control_the_decision_must_hold(book: Book) -> None:
    budgets.save_budget(book, PLAN)
    settings.save_settings(book, book.settings._replace(control="national", control_from="2025-01"))
    with pytest.raises(NotAllowed, match="没有文号为“石桥决〔2025〕3号”的决策"):
        budgets.approve(book, 2025, "石桥决〔2025〕3号", date(2025, 7, 1))
    standing_decision(book, matter="年度预算", title="年度预算", cap_fen=0)
    done = budgets.approve(book, 2025, a_decision().number, date(2025, 7, 1))
    assert done.decision == a_decision().number


def test_execution_follows_the_ledger_month_by_month(book: Book) -> None:
    approved(book)
    vouchers.save_draft(book, spent("51303", 200_00, date(2025, 1, 25)))
    vouchers.save_draft(book, spent("51303", 150_00, date(2025, 3, 5)))
    vouchers.save_draft(book, a_payment(40_000_00))
    post_drafts(book)
    row = budgets.execution(book, 2025, Period(2025, 3), Period(2025, 2)).row("1")
    assert row is not None
    assert (row.period_fen, row.executed_fen, row.rate_bp) == (150_00, 350_00, 3500)
    works = budgets.execution(book, 2025, Period(2025, 12)).row("2")
    assert works is not None
    assert works.executed_fen == 40_000_00


def test_spending_is_warned_of_before_it_overspends_an_item(book: Book) -> None:
    approved(book)
    vouchers.save_draft(book, spent("51303", 900_00))
    post_drafts(book)
    draft = spent("51303", 150_00)
    assert budgets.overspent_by(book, draft.day, draft.lines) == (
        "2025年预算“办公费”将超支 50.00：预算 1,000.00，已执行 900.00，本次 150.00",
    )
    assert budgets.overspent_by(book, date(2026, 1, 5), draft.lines) == ()


def test_only_what_is_left_of_an_approved_budget_is_in_budget(book: Book) -> None:
    approved(book)
    vouchers.save_draft(book, spent("51303", 900_00))
    post_drafts(book)

    def covered(year: int, account: str, fen: int) -> bool:
        return budgets.all_in_budget(book, year, (Spending(account, frozenset(), fen),))

    assert covered(2025, "51303", 100_00)
    assert not covered(2025, "51303", 100_01)
    assert not covered(2024, "51303", 1)
    assert not covered(2025, "51306", 1)


def test_next_years_budget_is_copied_with_what_adjustments_came_to(book: Book) -> None:
    approved(book)
    budgets.adjust(book, 2025, "1", 500_00, "石桥决〔2025〕9号", day=date(2025, 6, 1), reason="添置打印机")
    copy = budgets.copy_of(book, 2026)
    assert [(one.code, one.amount_fen) for one in copy.items] == [("1", 1_500_00), ("2", 100_000_00)]
    assert (copy.is_approved, copy.adjustments) == (False, ())
    with pytest.raises(BadInput, match="没有 2029年的预算"):
        budgets.copy_of(book, 2030)


def test_the_book_proves_itself_and_names_what_was_changed_outside(book: Book) -> None:
    approved(book)
    budgets.adjust(book, 2025, "1", 500_00, "石桥决〔2025〕9号", day=date(2025, 6, 1), reason="添置打印机")
    assert integrity.verify(book).ok
    for sql in (
        "UPDATE budget_adjustment SET fen = 900000",
        "DELETE FROM budget_adjustment",
        "UPDATE budget_item SET amount_fen = 1",
        "DELETE FROM budget_item WHERE code = '1'",
        "UPDATE budget SET decision = '改', version = 9",
        "INSERT INTO budget_item VALUES(99, 2025, 9, '9', '塞入', '支出', '513', '', 1, '')",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            book.connection.execute(sql)
    book.connection.execute("DROP TRIGGER budget_item_no_update")
    book.connection.execute("UPDATE budget_item SET amount_fen = 900000 WHERE code = '1'")
    found = "\n".join(integrity.verify(book).findings)
    assert "年度预算 2025和登记的不一样，被改动过（items" in found
    assert "防改写保护“budget_item_no_update”" in found


def test_the_report_holds_every_item_and_what_was_not_planned(book: Book) -> None:
    approved(book)
    for draft in (spent("51303", 1_100_00), spent("51306", 60_00)):
        vouchers.save_draft(book, draft)
    post_drafts(book)
    made = reports.run(book, "budget-execution", Query(Period(2025, 1), Period(2025, 3)))
    names = [column.key for column in made.columns]
    rows = [dict(zip(names, row.cells, strict=True)) for row in made.rows]
    assert [(row["item"], row["executed"], row["remaining"], row["rate"], row["note"]) for row in rows[1:]] == [
        ("1", 1_100_00, -100_00, "110%", "超支"),
        ("2", 0, 100_000_00, "0%", ""),
        ("", 60_00, -60_00, "—", "未列预算"),
        ("", 1_160_00, 99_840_00, "1%", ""),
    ]
    none = reports.run(book, "budget-execution", Query(Period(2026, 1), Period(2026, 3)))
    assert (none.rows, none.notes) == ((), ("没有编制 2026年预算",))


SHEET = """年度,编号,预算项目,收支,科目,项目,金额（元）,决策文号,批准日期,备注
2025,A1,经营收入,收入,501,,50000,石桥决〔2025〕1号,2025-01-20,
2025,,办公费,支出,51303、51307,,3000,,,含报刊
2025,,村道,支出,,村道硬化,100000,,,
"""


def test_a_sheet_is_taken_over_whole_and_approved_by_the_decision_it_names(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "预算.csv"
    path.write_text(SHEET, "utf-8")
    result = budget_files.import_budget(book, path)
    assert (result.rows, result.added) == (3, 3)
    found = budgets.budget(book, 2025)
    assert found is not None
    assert [(one.code, one.accounts, one.project_name, one.amount_fen) for one in found.items] == [
        ("A1", ("501",), "", 50_000_00),
        ("2", ("51303", "51307"), "", 3_000_00),
        ("3", (), "村道硬化", 100_000_00),
    ]
    assert found.decision == "石桥决〔2025〕1号"
    assert integrity.verify(book).ok
    with pytest.raises(BadInput) as refused:
        budget_files.import_budget(book, path)
    assert "只能用“调整”" in str(refused.value)


def test_every_bad_row_of_a_sheet_is_named_and_nothing_is_kept(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "预算.csv"
    bad = SHEET.replace("51303、51307", "59999").replace(",支出,,村道硬化", ",其他,,村道硬化")
    path.write_text(bad, "utf-8")
    with pytest.raises(BadInput) as refused:
        budget_files.import_budget(book, path)
    assert "第 3 行：科目 59999 不存在" in str(refused.value)
    assert "第 4 行：收支“其他”不对" in str(refused.value)
    assert budgets.budget(book, 2025) is None

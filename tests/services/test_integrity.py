"""`verify` names whatever was changed behind the program's back."""

import sqlite3
from datetime import date

import pytest

from village_ledger.domain.period import Period
from village_ledger.services import integrity, people, periods
from village_ledger.services.book import Book

from .conftest import a_draft, post_all


@pytest.fixture
def kept(book: Book) -> Book:
    """January closed with three vouchers, one more in February."""
    post_all(
        book,
        a_draft(date(2024, 1, 3), "101", "501", 5_00),
        a_draft(date(2024, 1, 4), "113", "101", 3_00, item="张三"),
        a_draft(date(2024, 1, 5), "514", "101", 2_00),
    )
    periods.close(book, Period(2024, 1))
    post_all(book, a_draft(date(2024, 2, 5), "514", "101", 1_00))
    return book


def forge(book: Book, *statements: str) -> None:
    """Change the file as somebody with an SQLite shell would: protection dropped, changed, put back."""
    stranger = sqlite3.connect(book.path)
    triggers = stranger.execute("SELECT name, sql FROM sqlite_schema WHERE type='trigger'").fetchall()
    for name, _sql in triggers:
        stranger.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        stranger.execute(statement)
    for _name, sql in triggers:
        stranger.execute(sql)
    stranger.commit()
    stranger.close()


def test_an_honest_book_proves_itself(kept: Book) -> None:
    found = integrity.verify(kept)
    assert found.ok
    assert found.vouchers == 4
    assert found.head == kept.log_head
    assert integrity.verify(kept, head=found.head).ok


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE voucher_line SET summary = summary || ' ' WHERE voucher_id = 2", "2024-01 记-2 的内容和记账时不一样"),
        ("UPDATE voucher_line SET debit_fen = 301 WHERE debit_fen = 300", "2024-01 记-2"),
        ("UPDATE voucher SET maker = '别人' WHERE id = 3", "2024-01 记-3 的内容和记账时不一样"),
        ("UPDATE voucher SET attachments = 9 WHERE id = 4", "2024-02 记-1 的内容和记账时不一样"),
        ("DELETE FROM voucher_line WHERE voucher_id = 3", "2024-01 记-3"),
        ("UPDATE closed_balance SET debit_fen = debit_fen + 1 WHERE account_id = 1", "已结账余额"),
        ("DELETE FROM closed_balance WHERE debit_fen = 500", "已结账余额"),
        ("UPDATE log SET actor = '别人' WHERE seq = 5", "第 5 条的内容被改过"),
        ("DELETE FROM log WHERE seq = 6", "第 6 条缺失"),
        ("UPDATE account SET name = '现金' WHERE code = '101'", "科目 101 和登记的不一样"),
        ("UPDATE item SET name = '王五' WHERE code = '0001'", "往来户:0001 和登记的不一样"),
        ("UPDATE opening SET balance_fen = balance_fen * 2", "期初余额"),
        ("UPDATE meta SET value = '别的村' WHERE key = 'name'", "账簿设置“name”"),
        ("UPDATE voucher SET kind = 'carry' WHERE id = 1", "记-1"),
    ],
)
def test_one_change_is_found_and_named(kept: Book, statement: str, said: str) -> None:
    forge(kept, statement)
    findings = integrity.verify(kept).findings
    assert any(said in finding for finding in findings), findings


def test_a_removed_voucher_is_found(kept: Book) -> None:
    forge(kept, "DELETE FROM voucher_line WHERE voucher_id = 4", "DELETE FROM voucher WHERE id = 4")
    assert any("2024-02 记-1 被删掉了" in finding for finding in integrity.verify(kept).findings)


def test_a_reordered_pair_of_log_records_is_found(kept: Book) -> None:
    forge(
        kept,
        "UPDATE log SET seq = 1000 WHERE seq = 7",
        "UPDATE log SET seq = 7 WHERE seq = 8",
        "UPDATE log SET seq = 8 WHERE seq = 1000",
    )
    assert any("第 7 条" in finding for finding in integrity.verify(kept).findings)


def test_a_voucher_slipped_in_is_found(kept: Book) -> None:
    forge(
        kept,
        "INSERT INTO voucher SELECT 99, 'forged', month, day, word, 2, 0, kind, maker, reviewer, cashier, poster, 0,"
        " '', 2, total_fen FROM voucher WHERE id = 4",
        "INSERT INTO voucher_line SELECT 99, position, month, carried, account_id, combination_id, debit_fen,"
        " credit_fen, quantity, summary FROM voucher_line WHERE voucher_id = 4",
    )
    assert any("从外部塞进来" in finding for finding in integrity.verify(kept).findings)


def test_removed_protection_is_found(kept: Book) -> None:
    stranger = sqlite3.connect(kept.path)
    stranger.execute("DROP TRIGGER voucher_no_update")
    stranger.commit()
    stranger.close()
    assert integrity.verify(kept).findings == ("防改写保护“voucher_no_update”被去掉或改动过",)


def test_a_truncated_log_shows_against_a_head_kept_elsewhere(kept: Book) -> None:
    printed = kept.log_head
    people.log_in(kept, "陈主任")
    assert integrity.verify(kept, head=printed).ok
    forge(kept, f"DELETE FROM log WHERE seq >= (SELECT seq FROM log WHERE hash = '{printed}')")
    kept.close()
    with Book.open(kept.path) as again:
        assert any("链头" in finding for finding in integrity.verify(again, head=printed).findings)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE period SET changed_after_hand_over = 0", "2024-01 的报送后反结账标记和日志记录的不一样"),
        ("UPDATE period SET reopened = 0, handed_over = 0", "2024-01 的反结账次数、报送标记和日志"),
        (
            "UPDATE period SET closed_by = '别人', closed_at = '2024-02-02T00:00:00Z'",
            "2024-01 的结账时间、结账人和日志",
        ),
        ("UPDATE person SET role = '审核' WHERE name = '老主任'", "人员“老主任”的岗位"),
        ("INSERT INTO person(name, role, active) VALUES('外人', '乡镇', 1)", "人员“外人”的岗位"),
        ("CREATE TRIGGER quiet AFTER INSERT ON voucher BEGIN SELECT 1; END", "数据库结构“quiet”"),
        ("DROP INDEX voucher_reversal", "数据库结构“voucher_reversal”"),
    ],
)
def test_marks_of_months_duties_of_people_and_the_structure_are_proved_too(
    kept: Book, statement: str, said: str
) -> None:
    people.log_in(kept, "陈主任")
    people.save_person(kept, people.Person("老主任", "负责人"))
    periods.mark_handed_over(kept, Period(2024, 1))
    people.log_in(kept, "老主任")
    periods.reopen(kept, Period(2024, 1), "漏记一笔")
    people.log_in(kept, "王会计")
    periods.close(kept, Period(2024, 1))
    assert integrity.verify(kept).ok
    forge(kept, statement)
    findings = integrity.verify(kept).findings
    assert any(said in finding for finding in findings), findings


def test_a_month_marked_closed_without_a_close_in_the_log_is_found(kept: Book) -> None:
    forge(kept, "INSERT INTO period(month, closed, log_seq) VALUES('2024-02', 1, 3)")
    assert "2024-02 标为已结账，但日志里没有结账记录" in integrity.verify(kept).findings


def test_a_month_made_open_again_without_a_reopening_is_found(kept: Book) -> None:
    forge(kept, "UPDATE period SET closed = 0", "DELETE FROM closed_balance")
    assert "2024-01 的结账状态和日志记录的不一样，被改动过" in integrity.verify(kept).findings


def test_what_cannot_be_read_is_a_finding_not_a_crash(kept: Book) -> None:
    forge(kept, "UPDATE voucher SET word = CAST(X'FF41' AS TEXT) WHERE id = 1")
    assert "读不出来" in integrity.verify(kept).findings[-1]


def test_a_head_may_be_given_as_it_is_printed(kept: Book) -> None:
    assert integrity.verify(kept, f" sha256:{kept.log_head.upper()} ").ok

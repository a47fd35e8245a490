"""Logging in: lock-out, change at first use, recovery, and that nothing of a password is kept but its hash."""

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from village_ledger.domain.errors import BadInput, NotAllowed
from village_ledger.services import integrity, journal, log_in, passwords, people, periods, settings
from village_ledger.services.book import Book
from village_ledger.services.people import Person

from .log_in_desk import CODE, PASSWORDS, Hands, a_guarded_book, quicken
from .test_integrity import forge

ACCOUNTANT, HEAD = "王会计", "陈主任"


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    return Hands(monkeypatch)


@pytest.fixture
def guarded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hands: Hands) -> Iterator[Book]:
    quicken(monkeypatch)
    with a_guarded_book(tmp_path) as book:
        yield book


def fail(book: Book, times: int, name: str = ACCOUNTANT) -> str:
    """So many wrong passwords; returns what was said last."""
    said = ""
    for _ in range(times):
        with pytest.raises(NotAllowed) as refusal:
            log_in.log_in(book, name, "not this one")
        said = refusal.value.message
    return said


def acts(book: Book) -> list[str]:
    return [entry.action for entry in journal.entries(book)]


def test_nobody_writes_without_logging_in(guarded: Book) -> None:
    for actor in ("", ACCOUNTANT, "命令行"):
        guarded.actor = actor
        with pytest.raises(NotAllowed, match="登录"):
            people.save_person(guarded, Person("赵六", "出纳"))
    log_in.log_in(guarded, ACCOUNTANT, PASSWORDS[ACCOUNTANT])
    people.save_person(guarded, Person("赵六", "出纳"))


def test_one_person_s_password_does_not_open_another_s_name(guarded: Book) -> None:
    log_in.log_in(guarded, ACCOUNTANT, PASSWORDS[ACCOUNTANT])
    guarded.actor = HEAD
    with pytest.raises(NotAllowed, match="请先登录"):
        people.save_person(guarded, Person("赵六", "出纳"))
    fail(guarded, 1, HEAD)


def test_five_wrong_passwords_lock_for_ten_minutes_and_then_for_twice_as_long(guarded: Book, hands: Hands) -> None:
    assert "还可以试 1 次" in fail(guarded, 4)
    assert "锁定 10 分钟" in fail(guarded, 1)
    with pytest.raises(NotAllowed, match="约 10 分钟后再试"):
        log_in.log_in(guarded, ACCOUNTANT, PASSWORDS[ACCOUNTANT])
    assert log_in.access(guarded)[ACCOUNTANT].minutes == 10
    log_in.log_in(guarded, HEAD, PASSWORDS[HEAD])
    hands.later(9.5)
    with pytest.raises(NotAllowed, match="约 1 分钟"):
        log_in.log_in(guarded, ACCOUNTANT, PASSWORDS[ACCOUNTANT])
    hands.later(0.5)
    assert "锁定 20 分钟" in fail(guarded, 1)
    hands.later(20)
    log_in.log_in(guarded, ACCOUNTANT, PASSWORDS[ACCOUNTANT])
    assert "还可以试 4 次" in fail(guarded, 1)
    assert integrity.verify(guarded).ok


def test_each_failure_is_logged_and_a_try_while_locked_is_not_counted(guarded: Book) -> None:
    fail(guarded, 5)
    fail(guarded, 3)
    failed = [entry for entry in journal.entries(guarded) if entry.action == "log-in-failed"]
    assert [entry.detail["failures"] for entry in failed] == [5, 4, 3, 2, 1]
    assert failed[0].subject == ACCOUNTANT
    assert failed[0].detail["locked_until"] == "2026-03-01T08:10:00Z"


def test_windows_trying_side_by_side_have_no_more_tries_than_one(guarded: Book) -> None:
    """Two windows, each its own connection, guess at the same time: five tries in all are weighed."""
    others = [Book.open(guarded.path) for _ in range(2)]
    weighed: list[str] = []

    def guess(book: Book) -> None:
        for _ in range(6):
            try:
                log_in.log_in(book, ACCOUNTANT, "not this one")
            except NotAllowed as refusal:
                weighed.append(refusal.message)

    threads = [threading.Thread(target=guess, args=(book,)) for book in others]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for book in others:
        book.close()
    assert len([text for text in weighed if text.startswith("密码不对")]) == 5
    assert len(weighed) == 12
    assert integrity.verify(guarded).ok


def test_a_right_password_and_wrong_ones_racing_leave_a_book_that_proves_itself(guarded: Book) -> None:
    other = Book.open(guarded.path)
    thread = threading.Thread(target=lambda: fail(other, 3))
    thread.start()
    for _ in range(3):
        log_in.log_in(guarded, ACCOUNTANT, PASSWORDS[ACCOUNTANT])
    thread.join()
    other.close()
    assert integrity.verify(guarded).ok


def test_an_initial_password_must_be_changed_before_anything_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quicken(monkeypatch)
    with a_guarded_book(tmp_path, own=False) as book:
        initial = f"{PASSWORDS[ACCOUNTANT]}0"
        log_in.log_in(book, ACCOUNTANT, initial)
        with pytest.raises(NotAllowed, match="临时密码"):
            people.save_person(book, Person("赵六", "出纳"))
        with pytest.raises(BadInput, match="一样"):
            log_in.change_password(book, ACCOUNTANT, initial, initial)
        with pytest.raises(BadInput, match="太容易"):
            log_in.change_password(book, ACCOUNTANT, initial, "123456")
        log_in.change_password(book, ACCOUNTANT, initial, "spring-rain-9")
        people.save_person(book, Person("赵六", "出纳"))
        assert log_in.access(book)[ACCOUNTANT].state == "密码"


def test_changing_a_password_needs_the_old_one_and_counts_wrong_ones(guarded: Book) -> None:
    with pytest.raises(NotAllowed, match="密码不对"):
        log_in.change_password(guarded, ACCOUNTANT, "wrong", "spring-rain-9")
    assert acts(guarded)[0] == "log-in-failed"
    log_in.change_password(guarded, ACCOUNTANT, PASSWORDS[ACCOUNTANT], "spring-rain-9")
    fail(guarded, 1)
    log_in.log_in(guarded, ACCOUNTANT, "ｓｐｒｉｎｇ－ｒａｉｎ－９")


def test_a_reset_gives_a_temporary_password_unlocks_and_ends_what_is_open(guarded: Book) -> None:
    log_in.log_in(guarded, ACCOUNTANT, PASSWORDS[ACCOUNTANT])
    other = Book.open(guarded.path)
    log_in.log_in(other, HEAD, PASSWORDS[HEAD])
    fail(other, 5)
    temporary = log_in.reset_password(other, ACCOUNTANT)
    other.close()
    with pytest.raises(NotAllowed, match="请先登录"):
        people.save_person(guarded, Person("赵六", "出纳"))
    log_in.log_in(guarded, ACCOUNTANT, temporary)
    assert log_in.access(guarded)[ACCOUNTANT] == log_in.Access("临时密码", 0)


def test_only_head_and_township_reset_and_not_their_own(guarded: Book) -> None:
    log_in.log_in(guarded, ACCOUNTANT, PASSWORDS[ACCOUNTANT])
    with pytest.raises(NotAllowed, match="不相容岗位"):
        log_in.reset_password(guarded, HEAD)
    log_in.log_in(guarded, HEAD, PASSWORDS[HEAD])
    with pytest.raises(NotAllowed, match="修改密码"):
        log_in.reset_password(guarded, HEAD)


def test_a_recovery_code_lets_somebody_in_once_and_is_replaced(guarded: Book) -> None:
    fail(guarded, 5)
    following = log_in.recover(guarded, ACCOUNTANT, CODE.lower(), "spring-rain-9")
    assert following != CODE
    people.save_person(guarded, Person("赵六", "出纳"))
    with pytest.raises(NotAllowed, match="以前用过"):
        log_in.recover(guarded, HEAD, CODE, "spring-rain-9")
    assert acts(guarded)[0] == "recovery-failed"
    log_in.recover(guarded, HEAD, following, "spring-rain-9")
    assert guarded.actor == HEAD
    assert integrity.verify(guarded).ok


def test_a_miscopied_code_is_told_before_anything_is_tried(guarded: Book) -> None:
    before = guarded.log_head
    with pytest.raises(BadInput, match="第 1 组"):
        log_in.recover(guarded, ACCOUNTANT, ("0" if CODE[0] != "0" else "1") + CODE[1:], "spring-rain-9")
    with pytest.raises(BadInput, match="至少要 6 位"):
        log_in.recover(guarded, ACCOUNTANT, CODE, "short")
    assert guarded.log_head == before


def test_an_older_book_asks_nobody_until_it_is_switched_on(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    quicken(monkeypatch)
    assert {one.state for one in log_in.access(book).values()} == {"免密"}
    with pytest.raises(NotAllowed, match="没有签发过恢复码"):
        log_in.recover(book, ACCOUNTANT, CODE, "spring-rain-9")
    people.log_in(book, "李审核")
    with pytest.raises(NotAllowed, match="启用登录密码由"):
        settings.switch_log_in(book, on=True)
    people.log_in(book, ACCOUNTANT)
    code = settings.switch_log_in(book, on=True)
    with pytest.raises(NotAllowed, match="要登录以后"):
        people.save_person(book, Person("赵六", "出纳"))
    with pytest.raises(NotAllowed, match="第一次登录请先设置密码"):
        log_in.log_in(book, ACCOUNTANT)
    log_in.set_first_password(book, ACCOUNTANT, "spring-rain-9")
    people.save_person(book, Person("赵六", "出纳"))
    with pytest.raises(NotAllowed, match="已经有密码"):
        log_in.set_first_password(book, ACCOUNTANT, "autumn-wind-9")
    with pytest.raises(NotAllowed, match="停用登录密码"):
        settings.switch_log_in(book, on=False)
    log_in.recover(book, HEAD, code, "winter-snow-9")
    assert settings.switch_log_in(book, on=False) == ""
    assert integrity.verify(book).ok


def test_where_no_log_in_is_asked_who_has_a_password_must_still_type_it(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    quicken(monkeypatch)
    with pytest.raises(NotAllowed, match="只能给自己"):
        log_in.set_first_password(book, HEAD, "winter-snow-9")
    log_in.set_first_password(book, ACCOUNTANT, "spring-rain-9")
    people.log_in(book, "李审核")
    with pytest.raises(NotAllowed, match="密码不对"):
        people.log_in(book, ACCOUNTANT)
    book.actor = ACCOUNTANT
    with pytest.raises(NotAllowed, match="设有密码"):
        periods.close(book, book.open_period)
    log_in.log_in(book, ACCOUNTANT, "spring-rain-9")
    periods.close(book, book.open_period, backup=False)


def test_somebody_off_duty_neither_logs_in_nor_goes_on(book: Book) -> None:
    people.save_person(book, Person("赵出纳", "出纳", active=False))
    with pytest.raises(NotAllowed, match="在岗人员"):
        log_in.log_in(book, "赵出纳")
    book.actor = "赵出纳"
    with pytest.raises(NotAllowed, match="已经停用"):
        people.save_person(book, Person("赵六", "出纳"))


def test_a_read_only_book_proves_a_password_without_counting(guarded: Book) -> None:
    with Book.open(guarded.path, read_only=True) as reading:
        fail(reading, 6)
        assert log_in.log_in(reading, ACCOUNTANT, PASSWORDS[ACCOUNTANT]).role == "会计"


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            "UPDATE credential SET hash = (SELECT hash FROM credential WHERE name = '赵出纳') WHERE name = '陈主任'",
            "陈主任",
        ),
        ("UPDATE credential SET failures = 0, locked_until = ''", "王会计 的登录密码或锁定状态"),
        ("UPDATE credential SET must_change = 1 WHERE name = '陈主任'", "陈主任 的登录密码"),
        ("DELETE FROM credential WHERE name = '李审核'", "李审核 的登录密码"),
        ("UPDATE recovery SET digest = replace(digest, substr(digest, 1, 1), 'x')", "恢复码和日志记录的不一样"),
        ("DELETE FROM recovery", "恢复码和日志记录的不一样"),
        ("UPDATE meta SET value = '0' WHERE key = 'log_in'", "账簿设置“log_in”"),
        ("UPDATE person SET role = '负责人' WHERE name = '王会计'", "人员“王会计”的岗位"),
    ],
)
def test_verify_finds_what_was_changed_outside(guarded: Book, statement: str, said: str) -> None:
    fail(guarded, 5)
    assert integrity.verify(guarded).ok
    forge(guarded, statement)
    findings = integrity.verify(guarded).findings
    assert any(said in finding for finding in findings), findings


def test_the_file_itself_refuses_to_drop_a_password(guarded: Book) -> None:
    for table in ("credential", "recovery"):
        with pytest.raises(sqlite3.IntegrityError, match="不能删除"):
            guarded.connection.execute(f"DELETE FROM {table}")


def test_hashes_are_argon2id_at_what_owasp_asks_for() -> None:
    encoded = passwords.hashed("spring-rain-9")
    assert encoded.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert passwords.fits(encoded, "spring-rain-9")
    assert not passwords.fits(encoded, "spring-rain-8")
    assert not passwords.fits("$argon2id$nonsense", "spring-rain-9")
    assert passwords.hashed("spring-rain-9") != encoded


def test_nothing_in_the_book_tells_a_password_or_the_code(guarded: Book) -> None:
    fail(guarded, 2)
    content = guarded.path.read_bytes()
    for secret in (*PASSWORDS.values(), CODE, CODE.replace("-", ""), "not this one"):
        assert secret.encode() not in content

"""Logging in: passwords, lock-out after wrong ones, change at first use, and recovery by the sealed code.

A password is tried inside the write transaction that counts the attempt, so that windows trying side by side have no
more attempts than one. What the log holds of a password is the SHA-256 of its hash, which `verify` compares.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from .. import clock
from ..domain.chain import sha256
from ..domain.errors import BadInput, NotAllowed
from ..domain.passwords import FREE_FAILURES, lock_minutes, password_problem
from ..domain.recovery_code import read_recovery_code
from ..storage import credentials as rows
from ..storage.credentials import Credential, Recovery
from ..storage.log import LogEntry
from ..storage.people import Person
from ..storage.transaction import Transaction
from . import passwords
from .book import Book

WITH_PASSWORD = ("密码", "临时密码")
"""The states of `Access` in which a password is asked."""
_INSTANT = "%Y-%m-%dT%H:%M:%SZ"


class Access(NamedTuple):
    """How somebody logs in now: `state` is 免密, 密码, 临时密码 or 未设密码 (to be set at the first log-in).

    `minutes` is how long a lock-out still lasts, 0 without one.
    """

    state: str
    minutes: int = 0


def access(book: Book) -> dict[str, Access]:
    """How everybody known to the book logs in, by name."""
    known = rows.load_credentials(book.connection)
    without = Access("未设密码" if book.settings.log_in else "免密")
    return {name: _access(known[name]) if name in known else without for name in rows.load_posts(book.connection)}


def _access(credential: Credential) -> Access:
    return Access("临时密码" if credential.must_change else "密码", minutes_locked(credential))


def minutes_locked(credential: Credential) -> int:
    """For how many more minutes a credential is locked, begun ones counted whole."""
    if not credential.locked_until or credential.locked_until <= clock.now():
        return 0
    left = datetime.strptime(credential.locked_until, _INSTANT) - datetime.strptime(clock.now(), _INSTANT)
    return -int(-left.total_seconds() // 60)


def log_in(book: Book, name: str, password: str = "") -> Person:
    """Make a person the one at the keyboard; logged when the book can be written."""
    person = _on_duty(book, name)
    if rows.load_credential(book.connection, name) is None:
        if book.settings.log_in:
            raise NotAllowed(f"{name} 还没有设置密码，第一次登录请先设置密码")
        if not book.read_only:
            with book.write("log-in") as transaction:
                transaction.actor = name
                transaction.record("log-in", name, {"role": person.role})
        book.enter(name)
    elif book.read_only:
        _try_read_only(book, name, password)
    else:
        book.enter(name, _prove(book, name, password, lambda _transaction, known: known))
    return person


def _try_read_only(book: Book, name: str, password: str) -> None:
    """A file nobody can write counts no attempts, and there is nothing to protect from writing."""
    known = rows.load_credential(book.connection, name)
    if known is None or not passwords.fits(known.hash, password):
        raise NotAllowed("密码不对，请重新输入")
    book.enter(name, known.hash)


def set_first_password(book: Book, name: str, password: str) -> Person:
    """Somebody without a password sets one and is logged in. Where no log-in is asked, only for oneself."""
    person = _on_duty(book, name)
    if not book.settings.log_in and book.actor != name:
        raise NotAllowed(f"只能给自己设置密码，请先切换到操作员“{name}”")
    _require_good(name, password)
    with book.write("password") as transaction:
        if rows.load_credential(transaction.connection, name) is not None:
            raise NotAllowed(f"{name} 已经有密码了，请登录后再修改")
        transaction.actor = name
        made = store_password(transaction, name, password, cause="首次设置")
        transaction.record("log-in", name, {"role": person.role})
    book.enter(name, made)
    return person


def change_password(book: Book, name: str, old: str, new: str) -> None:
    """Somebody changes their own password, proving the old one; after it they are logged in."""
    _on_duty(book, name)
    _require_good(name, new, old)
    if rows.load_credential(book.connection, name) is None:
        raise NotAllowed(f"{name} 还没有密码，请先设置")

    def change(transaction: Transaction, _known: str) -> str:
        return store_password(transaction, name, new, cause="本人修改")

    book.enter(name, _prove(book, name, old, change))


def reset_password(book: Book, name: str) -> str:
    """Head or township give somebody a temporary password, returned once; it must be changed at the next log-in."""
    book.authorise("password.reset")
    _on_duty(book, name)
    if name == book.actor:
        raise NotAllowed("自己的密码请用“修改密码”；忘了密码要用恢复码，或者请另一位负责人、乡镇人员重设")
    password = passwords.initial_password()
    with book.write("password.reset") as transaction:
        store_password(transaction, name, password, must_change=True, cause="重设")
    return password


def issue_recovery_code(book: Book) -> str:
    """Put a new recovery code in force and return it once; the one before no longer counts."""
    with book.write("password.reset") as transaction:
        return store_recovery_code(transaction)


def recover(book: Book, name: str, code: str, password: str) -> str:
    """Somebody who cannot log in opens the sealed code and sets a new password; returns the next code to seal."""
    _on_duty(book, name)
    reading = read_recovery_code(code)
    if reading.problem:
        raise BadInput(reading.problem)
    _require_good(name, password)
    made, following = "", ""
    with book.write("password") as transaction:
        stored = rows.load_recovery(transaction.connection)
        if stored is None:
            raise NotAllowed("这本账没有签发过恢复码，请负责人或乡镇重设密码")
        transaction.actor = name
        if sha256(reading.code) == stored.digest:
            made = store_password(transaction, name, password, cause="恢复码")
            following = store_recovery_code(transaction)
        else:
            transaction.record("recovery-failed", name)
    if not made:
        raise NotAllowed("恢复码不对，可能是以前用过、已经换掉的那一份")
    book.enter(name, made)
    return following


def _on_duty(book: Book, name: str) -> Person:
    post = rows.load_post(book.connection, name)
    if post is None or not post.active:
        raise NotAllowed(f"没有叫“{name}”的在岗人员，请在“设置”里添加")
    return Person(name, post.role)


def _require_good(name: str, password: str, old: str = "") -> None:
    if problem := password_problem(name, password, old):
        raise BadInput(problem)


def _prove(book: Book, name: str, password: str, then: Callable[[Transaction, str], str]) -> str:
    """Try a password and do what it proves the right to; returns the hash in force. A wrong one is counted, logged."""
    proved, failures = "", 0
    with book.write("log-in") as transaction:
        known = rows.load_credential(transaction.connection, name)
        if known is None:
            raise NotAllowed(f"{name} 没有密码")
        if minutes := minutes_locked(known):
            raise NotAllowed(f"密码输错次数太多，{name} 已被锁定，请约 {minutes} 分钟后再试；忘了密码请用恢复码")
        if passwords.fits(known.hash, password):
            transaction.actor = name
            _store(transaction, known._replace(failures=0, locked_until=""))
            post = rows.load_post(transaction.connection, name)
            transaction.record("log-in", name, {"role": post.role if post else ""})
            proved = then(transaction, known.hash)
        else:
            failures = known.failures + 1
            locked = _later(lock_minutes(failures))
            _store(transaction, known._replace(failures=failures, locked_until=locked))
            transaction.record("log-in-failed", name, {"failures": failures, "locked_until": locked})
    if not proved:
        if minutes := lock_minutes(failures):
            raise NotAllowed(f"密码不对，已连续输错 {failures} 次，{name} 被锁定 {minutes} 分钟；忘了密码请用恢复码")
        raise NotAllowed(f"密码不对，还可以试 {FREE_FAILURES - failures} 次")
    return proved


def _later(minutes: int) -> str:
    if not minutes:
        return ""
    return (datetime.strptime(clock.now(), _INSTANT) + timedelta(minutes=minutes)).strftime(_INSTANT)


def _store(transaction: Transaction, credential: Credential) -> None:
    rows.save_credential(transaction.connection, credential)


def store_password(
    transaction: Transaction, name: str, password: str, *, must_change: bool = False, cause: str = "初始密码"
) -> str:
    """Write the hash of a password and its record; returns the hash."""
    made = passwords.hashed(password)
    _store(transaction, Credential(name, made, must_change, changed_at=transaction.at))
    transaction.record("password", name, {"digest": sha256(made), "must_change": must_change, "cause": cause})
    return made


def store_recovery_code(transaction: Transaction, code: str = "") -> str:
    """Put a recovery code in force, a new one if none is given, with its record; returns it."""
    issued = code or passwords.new_recovery_code()
    digest = sha256(issued)
    rows.save_recovery(transaction.connection, Recovery(digest, transaction.at))
    transaction.record("recovery-code", "", {"digest": sha256(digest)})
    return issued


class _Told(NamedTuple):
    """A credential as the log tells it."""

    digest: str
    must_change: bool
    failures: int
    locked_until: str
    changed_at: str


def findings(book: Book, log: Iterable[LogEntry]) -> Iterator[str]:
    """Where credentials and recovery code differ from what the log tells of them."""
    told: dict[str, _Told] = {}
    issued = ("", "")
    for entry in log:
        match entry.action:
            case "password":
                told[entry.subject] = _Told(entry.detail["digest"], entry.detail["must_change"], 0, "", entry.at)
            case "log-in-failed" if entry.subject in told:
                told[entry.subject] = told[entry.subject]._replace(**entry.detail)
            case "log-in" if entry.subject in told:
                told[entry.subject] = told[entry.subject]._replace(failures=0, locked_until="")
            case "recovery-code":
                issued = (entry.detail["digest"], entry.at)
    stored = {
        name: _Told(sha256(one.hash), one.must_change, one.failures, one.locked_until, one.changed_at)
        for name, one in rows.load_credentials(book.connection).items()
    }
    for name in sorted(told.keys() | stored.keys()):
        if stored.get(name) != told.get(name):
            yield f"{name} 的登录密码或锁定状态和日志记录的不一样，被改动过"
    recovery = rows.load_recovery(book.connection)
    if ((sha256(recovery.digest), recovery.issued_at) if recovery else ("", "")) != issued:
        yield "恢复码和日志记录的不一样，被改动过"

"""Changing how a book is kept; each change leaves old and new values in the log."""

from ..domain.errors import BadInput, NotAllowed
from ..domain.identity import credit_code_problem, region_code_problem
from ..domain.period import Period
from ..domain.view import Entity
from ..storage.meta import entity_meta, load_meta, save_meta, settings_of
from ..storage.transaction import Transaction
from ..storage.vouchers import any_voucher
from . import disclosure_profiles
from .book import Book, Settings, settings_meta
from .governance import PROFILES
from .log_in import store_recovery_code
from .people import require_keeper, role_of

_SWITCHING = ("会计", "负责人", "乡镇")
"""Who may make everybody log in."""


def save_settings(book: Book, settings: Settings) -> None:
    """Write the settings that differ. What loosens control is decided by head or township, where there is one."""
    book.authorise("settings")
    if settings.words not in {"记", "收付转"}:
        raise BadInput("凭证字只能用“记”或“收、付、转”")
    if settings.carry_forward not in {"year", "month"}:
        raise BadInput("损益结转只能选“年末结转”或“每月结转”")
    disclosure_profiles.profile(settings.disclosure or disclosure_profiles.DEFAULT)
    if settings.control:
        if settings.control not in PROFILES:
            raise BadInput(f"没有“{settings.control}”这套决策规则，可选：{'、'.join(PROFILES)}")
        try:
            Period.parse(settings.control_from)
        except ValueError as error:
            raise BadInput(f"支出管控的起始月份不对：{error}") from None
    if settings.lock_minutes < 0:
        raise BadInput("自动锁定的分钟数不能是负数")
    with book.write("settings") as transaction:
        _change_settings(book, transaction, settings)


def switch_log_in(book: Book, *, on: bool) -> str:
    """Make everybody log in, returning the recovery code to be sealed; or ask nobody any more, returning nothing.

    Who has no password sets one at the first log-in. Who has one keeps it, and must type it in either case.
    """
    book.authorise("settings")
    role = role_of(book, book.actor)
    if on and role not in _SWITCHING:
        raise NotAllowed(f"启用登录密码由{'、'.join(_SWITCHING)}办理，请切换操作员")
    with book.write("settings") as transaction:
        before = settings_of(load_meta(transaction.connection))
        if before.log_in == on:
            raise NotAllowed("已经启用登录密码了" if on else "没有启用登录密码")
        _change_settings(book, transaction, before._replace(log_in=on))
        return store_recovery_code(transaction) if on else ""


def _change_settings(book: Book, transaction: Transaction, settings: Settings) -> None:
    loosened = _loosened(settings_of(load_meta(transaction.connection)), settings)
    if loosened:
        require_keeper(book, loosened)
    _save(transaction, settings_meta(settings))


def _loosened(before: Settings, after: Settings) -> str:
    """What a change would loosen, in words; empty for one that loosens nothing."""
    if after.single_person and not before.single_person:
        return "改为一人岗（不相容岗位的例外）"
    if before.log_in and not after.log_in:
        return "停用登录密码"
    if before.control and (not after.control or after.control_from > before.control_from):
        return "停用或推迟支出管控"
    if before.control and after.control != before.control:
        return "换用另一套决策规则"
    return ""


def save_entity(book: Book, entity: Entity) -> None:
    """Correct the village's name and codes. Chart and first month are fixed once something has been posted."""
    book.authorise("settings")
    problem = region_code_problem(entity.region_code) or credit_code_problem(entity.credit_code)
    if not entity.name.strip():
        problem = "请填写村（单位）名称"
    if problem:
        raise BadInput(problem)
    before = book.entity
    moved = entity.first_period != before.first_period and any_voucher(book.connection)
    if moved or entity.chart != before.chart:
        raise NotAllowed("已经记账，不能再改会计制度和建账月份")
    with book.write("settings") as transaction:
        _save(transaction, entity_meta(entity))


def _save(transaction: Transaction, values: dict[str, str]) -> None:
    before = load_meta(transaction.connection)
    changed = {key: [before.get(key, ""), value] for key, value in values.items() if before.get(key) != value}
    save_meta(transaction.connection, values)
    transaction.record("settings", "", changed)

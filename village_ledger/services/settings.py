"""Changing how a book is kept; each change leaves old and new values in the log."""

from ..domain.errors import BadInput, NotAllowed
from ..domain.identity import credit_code_problem, region_code_problem
from ..domain.view import Entity
from ..storage.meta import entity_meta, load_meta, save_meta
from ..storage.vouchers import any_voucher
from .book import Book, Settings, settings_meta


def save_settings(book: Book, settings: Settings) -> None:
    """Write the settings that differ."""
    if settings.words not in {"记", "收付转"}:
        raise BadInput("凭证字只能用“记”或“收、付、转”")
    if settings.carry_forward not in {"year", "month"}:
        raise BadInput("损益结转只能选“年末结转”或“每月结转”")
    _save(book, settings_meta(settings))


def save_entity(book: Book, entity: Entity) -> None:
    """Correct the village's name and codes. Chart and first month are fixed once something has been posted."""
    problem = region_code_problem(entity.region_code) or credit_code_problem(entity.credit_code)
    if not entity.name.strip():
        problem = "请填写村（单位）名称"
    if problem:
        raise BadInput(problem)
    before = book.entity
    moved = entity.first_period != before.first_period and any_voucher(book.connection)
    if moved or entity.chart != before.chart:
        raise NotAllowed("已经记账，不能再改会计制度和建账月份")
    _save(book, entity_meta(entity))


def _save(book: Book, values: dict[str, str]) -> None:
    with book.write("settings") as transaction:
        before = load_meta(transaction.connection)
        changed = {key: [before.get(key, ""), value] for key, value in values.items() if before.get(key) != value}
        save_meta(transaction.connection, values)
        transaction.record("settings", "", changed)

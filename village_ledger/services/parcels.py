"""Keeping the register of parcels: cards, splits, merges, measurements and ends. Contracts are never overrun."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from .. import clock
from ..domain.area import format_mu
from ..domain.errors import BadInput, NotAllowed
from ..domain.geodesy import outline_problem
from ..domain.land_register import AreaCheck, LandRegister, check_area
from ..domain.parcel_changes import Outcome, ParcelChange, Share, end, lineage, measure, merge, split
from ..domain.parcels import ContractedSpan, Parcel, check_contracted, check_parcel, household_span
from ..domain.problems import Problem
from ..storage import parcels as rows
from ..storage.contracts import load_contracts, parcel_span
from ..storage.log import LogEntry
from ..storage.transaction import Transaction
from .book import Book
from .parcel_rules import parcel_rules
from .registered import compare
from .resources_register import change_detail, parcel_detail, read


class ParcelRecord(NamedTuple):
    """A parcel as it stands on a day: area and the part under contract (hundredths of a mu), and its outline's area.

    `contracts` are those that run on the day.
    """

    parcel: Parcel
    area_x100: int
    contracted_x100: int
    measured: AreaCheck | None
    contracts: tuple[ContractedSpan, ...] = ()


def register(book: Book) -> LandRegister:
    """Every parcel, change and contract over a parcel."""
    return read(book.connection)


def records(book: Book, day: date, *, ended: bool = False) -> tuple[ParcelRecord, ...]:
    """The parcels of a day in code order; with `ended` also those that are no more or not yet."""
    land = register(book)
    rules = parcel_rules().area
    return tuple(
        ParcelRecord(
            parcel,
            land.area(parcel, day),
            land.contracted(parcel, day),
            check_area(parcel, rules),
            tuple(span for span in land.spans.get(parcel.code, ()) if span.covers(day)),
        )
        for parcel in land.parcels
        if ended or parcel.exists_on(day)
    )


def history(book: Book, code: str) -> tuple[ParcelChange, ...]:
    """Where a parcel came from and what became of it, oldest first."""
    return lineage(rows.load_changes(book.connection), code)


def add_parcel(book: Book, parcel: Parcel) -> Parcel:
    """Register a parcel."""
    with book.write("parcel") as transaction:
        return insert_checked(transaction, parcel)


def insert_checked(transaction: Transaction, parcel: Parcel) -> Parcel:
    """Check, insert and log a card within a transaction."""
    problems = check_card(parcel)
    if not problems and rows.load_parcel(transaction.connection, parcel.code):
        problems = (Problem("code", f"地块编号 {parcel.code} 已经登记过", field="code"),)
    if parcel.ended is not None:
        problems = (*problems, Problem("ended", "登记地块时不填终止日期", field="ended"))
    if problems:
        raise BadInput("地块没有登记：", problems)
    rows.insert_parcel(transaction.connection, parcel)
    transaction.record("parcel", parcel.code, parcel_detail(parcel))
    return parcel


def check_card(parcel: Parcel) -> tuple[Problem, ...]:
    """What is wrong with a card and its outline."""
    problems = check_parcel(parcel)
    if parcel.boundary and (text := outline_problem(parcel.boundary)):
        problems = (*problems, Problem("boundary", text, field="boundary"))
    return problems


def change_parcel(book: Book, parcel: Parcel) -> Parcel:
    """Write a card anew. Code, area and life are changed by measuring and ending, not here."""
    with book.write("parcel") as transaction:
        return change_checked(transaction, parcel)


def change_checked(transaction: Transaction, parcel: Parcel) -> Parcel:
    """Check, write and log a changed card within a transaction."""
    before = _existing(transaction, parcel.code)
    if before.ended is not None:
        raise NotAllowed(f"地块 {before} 已于 {before.ended} 终止，不能再修改")
    problems = check_card(parcel)
    if parcel.area_x100 != before.area_x100:
        text = f"面积要用“面积重测”修改（现在登记的是 {format_mu(before.area_x100)} 亩），这样才留得下依据"
        problems = (*problems, Problem("area", text, field="area_x100"))
    if parcel.ended is not None:
        problems = (*problems, Problem("ended", "终止要用“终止地块”办理", field="ended"))
    if parcel.began != before.began:
        problems = (*problems, *_check_began(transaction, parcel))
    problems = (*problems, *_check_contracts(transaction, parcel, clock.today()))
    if problems:
        raise BadInput("地块没有保存：", problems)
    if parcel != before:
        rows.update_parcel(transaction.connection, parcel)
    transaction.record("parcel", parcel.code, parcel_detail(parcel))
    return parcel


def _check_began(transaction: Transaction, parcel: Parcel) -> tuple[Problem, ...]:
    for change in rows.load_changes(transaction.connection):
        if parcel.code in {part.code for part in (*change.old, *change.new)}:
            return (Problem("began", "地块有过变更，登记日期不能再改", field="began"),)
    first = min((span.start for span in _spans(transaction, parcel.code)), default=parcel.began)
    if first < parcel.began:
        return (Problem("began", f"地块有从 {first} 开始的合同，登记日期不能晚于它", field="began"),)
    return ()


def split_parcel(
    book: Book, code: str, shares: tuple[Share, ...], day: date, reason: str, document: str = ""
) -> tuple[Parcel, ...]:
    """Divide a parcel on a day; the parts together have exactly its area."""
    with book.write("parcel") as transaction:
        outcome = split(_existing(transaction, code), shares, day, reason, document)
        return _carry_out(transaction, "地块没有分割：", outcome).begun


def merge_parcels(
    book: Book, codes: tuple[str, ...], code: str, name: str, day: date, reason: str, document: str = ""
) -> Parcel:
    """Join parcels on a day into one with the sum of their areas."""
    with book.write("parcel") as transaction:
        parcels = tuple(_existing(transaction, one) for one in codes)
        outcome = merge(parcels, code, name, day, reason, document)
        return _carry_out(transaction, "地块没有合并：", outcome).begun[0]


def measure_parcel(
    book: Book, code: str, area_x100: int, household_x100: int, day: date, reason: str, document: str = ""
) -> Parcel:
    """Give a parcel the area that was measured; contracts that run must still fit."""
    with book.write("parcel") as transaction:
        outcome = measure(_existing(transaction, code), area_x100, household_x100, day, reason, document)
        return _carry_out(transaction, "面积没有修改：", outcome).changed[0]


def end_parcel(book: Book, code: str, day: date, reason: str, document: str = "") -> Parcel:
    """End a parcel: expropriated, gone, or registered by mistake."""
    with book.write("parcel") as transaction:
        outcome = end(_existing(transaction, code), day, reason, document)
        return _carry_out(transaction, "地块没有终止：", outcome).changed[0]


def _carry_out(transaction: Transaction, title: str, outcome: Outcome | tuple[Problem, ...]) -> Outcome:
    """Write a change with its cards, or refuse it."""
    if not isinstance(outcome, Outcome):
        raise BadInput(title, outcome)
    problems = _check_outcome(transaction, outcome)
    if problems:
        raise BadInput(title, problems)
    for parcel in outcome.begun:
        rows.insert_parcel(transaction.connection, parcel)
    rows.insert_change(transaction.connection, outcome.change)
    for parcel in outcome.changed:
        rows.update_parcel(transaction.connection, parcel)
    change = outcome.change
    transaction.record("parcel-change", change.label, change_detail(change))
    for parcel in (*outcome.changed, *outcome.begun):
        transaction.record("parcel", parcel.code, parcel_detail(parcel))
    return outcome


def _check_outcome(transaction: Transaction, outcome: Outcome) -> tuple[Problem, ...]:
    problems: list[Problem] = []
    known = rows.parcel_ids(transaction.connection)
    for index, parcel in enumerate(outcome.begun):
        if parcel.code in known:
            text = f"地块编号 {parcel.code} 已经用过，新地块要用新编号"
            problems.append(Problem("code", text, index if len(outcome.begun) > 1 else None, "code"))
    day = outcome.change.day
    changes = rows.load_changes(transaction.connection)
    for parcel in outcome.changed:
        last = max((one.day for one in lineage(changes, parcel.code) if _touches(one, parcel.code)), default=day)
        if day < last:
            problems.append(Problem("day", f"地块 {parcel.code} 在 {last} 有过变更，日期不能早于它", field="day"))
        if parcel.ended is None:
            problems += _check_contracts(transaction, parcel, day)
        else:
            problems += _check_free(transaction, parcel, day)
    return tuple(problems)


def _touches(change: ParcelChange, code: str) -> bool:
    return code in {part.code for part in (*change.old, *change.new)}


def _check_contracts(transaction: Transaction, parcel: Parcel, since: date) -> tuple[Problem, ...]:
    """The contracts that run on or after a day must fit into the card as it is going to be."""
    spans = tuple(
        span for span in _spans(transaction, parcel.code) if span.area_x100 and (span.end is None or span.end >= since)
    )
    found = check_contracted(parcel.area_x100, (household_span(parcel), *spans)) if spans else ()
    return tuple(problem._replace(line=None, field="area_x100") for problem in found)


def _check_free(transaction: Transaction, parcel: Parcel, day: date) -> list[Problem]:
    """A parcel that ends must not be under contract on that day or after."""
    running = [span for span in _spans(transaction, parcel.code) if span.end is None or span.end >= day]
    if not running:
        return []
    names = "、".join(span.label or "一份合同" for span in running)
    text = f"地块 {parcel} 在 {day} 及以后还有合同（{names}），请先终止或变更合同，再办理"
    return [Problem("contracts", text, field="day")]


def _spans(transaction: Transaction, code: str) -> tuple[ContractedSpan, ...]:
    """The contracts over one parcel."""
    contracts = load_contracts(transaction.connection, "c.subject_kind = '资源' AND c.subject_code = ?", (code,))
    return tuple(parcel_span(contract) for contract in contracts if contract.is_tenancy)


def _existing(transaction: Transaction, code: str) -> Parcel:
    parcel = rows.load_parcel(transaction.connection, code)
    if parcel is None:
        raise BadInput(f"没有编号为“{code}”的地块")
    return parcel


def findings(book: Book, log: Iterable[LogEntry]) -> Iterator[str]:
    """What differs between the parcels in the book and what the log says of them."""
    cards: dict[str, dict[str, Any]] = {}
    changes: list[dict[str, Any]] = []
    for entry in log:
        if entry.action == "parcel":
            cards[entry.detail["code"]] = entry.detail
        elif entry.action == "parcel-change":
            changes.append(entry.detail)
    stored = {parcel.code: parcel_detail(parcel) for parcel in rows.load_parcels(book.connection)}
    yield from compare("地块", stored, cards)
    if [change_detail(change) for change in rows.load_changes(book.connection)] != changes:
        yield "地块变更记录和日志里的不一样，被增删或改动过"

"""Keeping decisions: drafting, making final, withdrawing, noting public notices; and what a decision still allows.

A final decision never changes: a mistake is corrected by a new decision that replaces it. Money moves on the strength
of a decision only through `require`, which is asked within the transaction that moves it, so that two windows cannot
overdraw a decision together.
"""

import sqlite3
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from .. import clock
from ..domain.decision import DRAFT, FINAL, VOID, Decision, Notice, check_decision, check_notice
from ..domain.decision_register import Record, standing_on
from ..domain.decision_register import Standing as Standing
from ..domain.draw import Draw as Draw
from ..domain.errors import BadInput, NotAllowed, StaleDraft
from ..domain.governance import RuleSet
from ..domain.money import format_fen
from ..domain.problems import Problem
from ..storage.decisions import (
    decision_by_id,
    decision_by_number,
    decision_numbers,
    insert_decision,
    insert_notice,
    load_decisions,
    load_notices,
    replacements,
    strike_notice,
    update_decision,
)
from ..storage.transaction import Transaction
from . import governance
from .book import Book
from .decisions_register import decision_detail, notice_detail, read
from .proposals import new_uid


def decisions(book: Book) -> tuple[Decision, ...]:
    """Every decision by day and number."""
    return load_decisions(book.connection)


def decision(book: Book, number: str) -> Decision | None:
    """The decision of that number (文号)."""
    return decision_by_number(book.connection, number)


def notices(book: Book, decision_id: int) -> tuple[Notice, ...]:
    """The public notices of a decision, oldest first, struck ones too."""
    return load_notices(book.connection, decision_id).get(decision_id, ())


def rules_of(book: Book, decision: Decision) -> RuleSet:
    """The rules a decision is judged by: those it was made final under, or those in force on its day."""
    return governance.Rulebook(book.connection).named(decision.rules, decision.day)


def standings(book: Book, on: date) -> tuple[Standing, ...]:
    """How every decision stands on a day."""
    return tuple(standing_on(record, on) for record in read(book.connection).records)


def standing(book: Book, number: str, on: date) -> Standing:
    """How one decision stands on a day. Refuses an unknown number."""
    return standing_on(_record(book, number), on)


def _record(book: Book, number: str) -> Record:
    found = read(book.connection, number).record(number)
    if found is None:
        raise NotAllowed(f"决策台账里没有文号为“{number}”的决策，请核对文号，或先登记这项决策")
    return found


def draws(book: Book, number: str) -> tuple[Draw, ...]:
    """Everything that draws on a decision, or drew on those it replaced, in order of the days."""
    found = read(book.connection, number).record(number)
    return found.draws if found else ()


class Answer(NamedTuple):
    """Whether a decision allows an act: what stands in the way (empty: nothing), and how the decision stands."""

    obstacle: str
    standing: Standing | None = None


def require(book: Book, number: str, act: str, *, fen: int, on: date, what: str, besides: str = "") -> None:
    """Refuse `what` unless the decision holds on a day, allows the act and leaves so much money, in fen.

    To be asked within the transaction that draws, before the new draw is written.
    """
    if problem := ask(book, number, act, fen=fen, on=on, besides=besides).obstacle:
        raise NotAllowed(f"{what}：{problem}")


def ask(book: Book, number: str, act: str, *, fen: int, on: date, besides: str = "") -> Answer:
    """Whether a decision allows an act of `governance.ACTS`.

    A draw with the target `besides` (the act's own earlier state) does not count.
    """
    try:
        record = _record(book, number)
    except NotAllowed as refusal:
        return Answer(refusal.message)
    found = standing_on(record, on)
    return Answer(_obstacle(record, found, act, fen, besides), found)


def _obstacle(record: Record, found: Standing, act: str, fen: int, besides: str) -> str:
    one = found.decision
    if one.state != FINAL:
        reason = f"（{one.void_reason}）" if one.void_reason else "，还没有定稿"
        return f"决策 {one.number} 是“{one.state}”{reason}，不能据以办理"
    if found.replaced_by:
        return f"决策 {one.number} 已由 {found.replaced_by} 代替，请改用新的文号"
    matter = record.rules.matter(one.matter)
    if matter and act not in matter.acts:
        allowed = f"，只能据以{'、'.join(matter.acts)}" if matter.acts else ""
        return f"决策 {one.number} 决定的是“{one.matter}”{allowed}，不能据以{act}"
    if found.failures:
        return f"决策 {one.number} 不成立：{'；'.join(map(str, found.failures))}"
    own = sum(draw.fen for draw in record.draws if besides and draw.target == besides)
    if fen <= 0:
        return ""
    if not one.cap_fen:
        return f"决策 {one.number} 没有写金额，不能据以动用资金"
    left = found.left_fen + own
    if fen > left:
        used = format_fen(found.drawn_fen - own)
        return (
            f"超过决策 {one.number} 的金额：上限 {format_fen(one.cap_fen)} 元，已动用 {used} 元，"
            f"还可动用 {format_fen(left)} 元，这次要 {format_fen(fen)} 元"
        )
    return ""


def _identity(wanted: Decision, numbers: Mapping[str, int]) -> list[Problem]:
    found = []
    if numbers.get(wanted.number, wanted.id) != wanted.id:
        found.append(Problem("number", f"决议文号 {wanted.number} 已经登记过", field="number"))
    if wanted.replaces and (wanted.replaces not in numbers or wanted.replaces == wanted.number):
        found.append(Problem("replaces", f"没有文号为 {wanted.replaces} 的原决策", field="replaces"))
    return found


def save(book: Book, wanted: Decision) -> Decision:
    """Keep a drafted decision, new or edited."""
    with book.write("decision") as transaction:
        return save_within(transaction, wanted)


def save_within(transaction: Transaction, wanted: Decision) -> Decision:
    """`save` within a transaction."""
    connection = transaction.connection
    problems = (*check_decision(wanted), *_identity(wanted, decision_numbers(connection)))
    if problems:
        raise BadInput(f"决策 {wanted.number} 有问题，没有保存：", problems)
    wanted = wanted._replace(state=DRAFT, rules="", void_reason="")
    if wanted.id:
        before = _current(connection, wanted.id, wanted.version)
        if before.state != DRAFT:
            raise NotAllowed(f"决策 {before.number} 已经{before.state}，不能修改；要更正请新增一项决策代替它")
        saved = update_decision(connection, wanted._replace(uid=before.uid))
    else:
        saved = insert_decision(connection, wanted._replace(uid=new_uid()))
    transaction.record("decision", str(saved), decision_detail(saved))
    return saved


def _current(connection: sqlite3.Connection, decision_id: int, version: int) -> Decision:
    before = decision_by_id(connection, decision_id)
    if before is None:
        raise BadInput("找不到这项决策，请刷新列表")
    if before.version != version:
        raise StaleDraft("这项决策刚才在另一个窗口里改过，请重新打开；您改的内容没有保存")
    return before


def finalise(book: Book, decision_id: int, version: int) -> Decision:
    """Make a decision final (定稿): from then on nothing of it changes. One that fails its rules is kept as failed."""
    with book.write("decision") as transaction:
        return finalise_within(book, transaction, decision_id, version)


def finalise_within(book: Book, transaction: Transaction, decision_id: int, version: int) -> Decision:
    """`finalise` within a transaction."""
    connection = transaction.connection
    before = _current(connection, decision_id, version)
    if before.state != DRAFT:
        raise NotAllowed(f"决策 {before.number} 已经{before.state}")
    if before.day > clock.today():
        raise NotAllowed(f"决策日期是 {before.day}，还没有到，不能定稿")
    if not before.steps or not before.text.strip():
        raise NotAllowed("还没有填会议（各步）和决议内容，不能定稿")
    if before.replaces:
        _require_replaceable(connection, before)
    label = governance.rules(book, before.day).label
    saved = update_decision(connection, before._replace(state=FINAL, rules=label), steps=False)
    transaction.record("decision", f"定稿 {saved}", decision_detail(saved))
    return saved


def _require_replaceable(connection: sqlite3.Connection, wanted: Decision) -> None:
    old = decision_by_number(connection, wanted.replaces)
    if old is None or old.state != FINAL:
        raise NotAllowed(f"要代替的决策 {wanted.replaces} 不是“定稿”")
    if other := replacements(connection).get(wanted.replaces):
        raise NotAllowed(f"决策 {wanted.replaces} 已由 {other} 代替")


def void(book: Book, decision_id: int, version: int, reason: str) -> Decision:
    """Withdraw a decision (作废) with a reason; refused while money it allowed has been moved."""
    if not reason.strip():
        raise BadInput("作废要写明原因")
    with book.write("decision") as transaction:
        connection = transaction.connection
        before = _current(connection, decision_id, version)
        if before.state == VOID:
            raise NotAllowed(f"决策 {before.number} 已经作废")
        if drawn := draws(book, before.number):
            total = format_fen(sum(draw.fen for draw in drawn))
            named = "、".join(draw.label for draw in drawn[:3])
            raise NotAllowed(
                f"决策 {before.number} 已经据以办理 {len(drawn)} 项、{total} 元（{named}{'等' if drawn[3:] else ''}），"
                "不能作废；请先撤销这些事项，或新增一项决策代替它"
            )
        saved = update_decision(connection, before._replace(state=VOID, void_reason=reason.strip()), steps=False)
        transaction.record("decision", f"作废 {saved}", decision_detail(saved))
        return saved


def add_notice(book: Book, decision_id: int, notice: Notice) -> Notice:
    """Note a public notice (公告) of a decision; a wrong one is struck, never changed."""
    with book.write("decision") as transaction:
        return add_notice_within(transaction, decision_id, notice)


def add_notice_within(transaction: Transaction, decision_id: int, notice: Notice) -> Notice:
    """`add_notice` within a transaction."""
    if problems := check_notice(notice):
        raise BadInput("公告有问题，没有登记：", problems)
    owner = decision_by_id(transaction.connection, decision_id)
    if owner is None or owner.state == VOID:
        raise NotAllowed("这项决策已经作废或不在了，不能登记公告")
    made = notice._replace(uid=new_uid(), struck="")
    insert_notice(transaction.connection, decision_id, made)
    transaction.record("decision-notice", f"{owner.number} {made.kind}", notice_detail(owner.uid, made))
    return made


def strike(book: Book, decision_id: int, uid: str, reason: str) -> None:
    """Strike a notice noted by mistake (划去), with the reason."""
    if not reason.strip():
        raise BadInput("划去公告要写明原因")
    with book.write("decision") as transaction:
        owner = decision_by_id(transaction.connection, decision_id)
        notice = next((one for one in notices(book, decision_id) if one.uid == uid), None)
        if owner is None or notice is None or notice.struck:
            raise BadInput("这条公告已经划去或不在了，请刷新")
        strike_notice(transaction.connection, uid, reason.strip())
        done = notice._replace(struck=reason.strip())
        transaction.record("decision-notice", f"划去 {owner.number} {done.kind}", notice_detail(owner.uid, done))


def next_number(book: Book, day: date) -> str:
    """A number for a new decision: the newest of the same year plus one, else the village's first."""
    numbers = [one.number for one in load_decisions(book.connection) if f"〔{day.year}〕" in one.number]
    best, head = 0, ""
    for number in numbers:
        before, _, rest = number.partition(f"〔{day.year}〕")
        digits = rest.removesuffix("号")
        if digits.isascii() and digits.isdigit() and int(digits) > best:
            best, head = int(digits), before
    return f"{head or short_name(book.entity.name) + '决'}〔{day.year}〕{best + 1}号"


def short_name(village: str) -> str:
    """The village's own name in a number: 石桥 of 清河镇石桥村股份经济合作社."""
    name = village.partition("村")[0]
    for sign in ("镇", "乡", "街道"):
        name = name.rpartition(sign)[2] or name
    return name[-4:]

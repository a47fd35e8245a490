"""Changes of assets: applied for, approved (which gives the draft voucher), filed, settled, withdrawn."""

from datetime import date
from typing import NamedTuple

from ..domain.assets.card import Card
from ..domain.assets.change import BOOKED, IMPAIRMENT, IMPROVEMENT, SURPLUS, Change, Paper
from ..domain.assets.change import DISPOSALS as DISPOSALS
from ..domain.assets.drafts import change_draft, leaf, settlement_draft
from ..domain.assets.register import Booking, Register
from ..domain.assets.standing import standing
from ..domain.errors import BadInput, NotAllowed
from ..domain.governance import DISPOSING
from ..storage import assets
from ..storage.transaction import Transaction
from .asset_cards import log_row
from .asset_change_checks import card_of, check_change, history_of, require_latest, with_effect
from .assets_register import read
from .book import Book
from .control import require_decision
from .proposals import new_source, new_uid, propose, take_back, transfer_word

Items = tuple[tuple[str, str], ...]


class ChangeStatus(NamedTuple):
    """A change with its card and where its two vouchers are."""

    change: Change
    card: Card
    booking: Booking
    settlement: Booking


def changes(book: Book, card_id: int = 0) -> tuple[ChangeStatus, ...]:
    """Every change, or one card's, newest first."""
    found = read(book.connection)
    cards = {card.id: card for card in found.cards}
    return tuple(
        ChangeStatus(
            change,
            cards[change.card],
            found.booking(change.source, change.adopted),
            found.booking(change.settle_source),
        )
        for change in sorted(found.changes, key=lambda one: (one.day, one.id), reverse=True)
        if card_id in (0, change.card)
    )


def apply(book: Book, change: Change) -> Change:
    """Enter an application (申请); nothing changes before it is approved."""
    with book.write("asset") as transaction:
        found = read(book.connection)
        card = card_of(found, change.card)
        check_change(found, card, change)
        return insert(transaction, card, change._replace(state="申请中", uid=new_uid(), source="", settle_source=""))


def apply_and_approve(
    book: Book, change: Change, approval: Paper, *, decision: str = "", counter: str = "", items: Items = ()
) -> Change:
    """Apply and approve in one act, for what has been decided already."""
    with book.write("asset") as transaction:
        found = read(book.connection)
        card = card_of(found, change.card)
        check_change(found, card, change)
        entered = change._replace(approval=approval, decision=decision, uid=new_uid(), source="", settle_source="")
        saved = insert(transaction, card, entered._replace(state="申请中"))
        return carry_out(book, transaction, found, saved, counter=counter, items=items)


def insert(transaction: Transaction, card: Card, change: Change) -> Change:
    """Insert and log within a transaction."""
    saved = assets.insert_change(transaction.connection, change)
    log_row(transaction, "asset-change", f"{change.kind} {card.label}", "asset_change", saved.id)
    return saved


def approve(
    book: Book, change_id: int, approval: Paper, *, decision: str = "", counter: str = "", items: Items = ()
) -> Change:
    """Approve an application: it takes effect on its day, and its voucher is drafted where one is needed.

    `counter` is the other account of an improvement (who was paid) or an impairment; `items` its dimension members.
    """
    with book.write("asset.approve") as transaction:
        found = read(book.connection)
        change = _existing(found, change_id)
        if change.state != "申请中":
            raise NotAllowed(f"这项变动已经是“{change.state}”，不能再批准")
        change = change._replace(approval=approval, decision=decision or change.decision)
        return carry_out(book, transaction, found, change, counter=counter, items=items)


def carry_out(
    book: Book, transaction: Transaction, found: Register, change: Change, *, counter: str = "", items: Items = ()
) -> Change:
    """Put an entered change into effect within a transaction."""
    card = card_of(found, change.card)
    check_change(found, card, change)
    if not change.approval.who.strip() or change.approval.day is None:
        raise BadInput("请填写批准人和批准日期")
    done = with_effect(standing(history_of(found, card), change.period), change)
    if done.is_write_off:
        what = f"{card.label} {done.kind}"
        own = f"change:{done.uid}"
        require_decision(book, done.decision, DISPOSING, fen=-done.net_fen, on=done.day, what=what, besides=own)
    if done.kind in BOOKED:
        done = done._replace(source=new_source(f"资产{done.kind} {card.code}", done.uid))
        counter = counter or _usual_counter(book, found, done)
        _require_account(book, counter, done)
        propose(book, transaction, change_draft(done, card, found.rules, transfer_word(book), counter, items))
    done = done._replace(state="已备案" if done.filing.who else "已批准")
    assets.update_change(transaction.connection, done)
    log_row(transaction, "asset-change", f"批准{done.kind} {card.label}", "asset_change", done.id)
    return done


def file(book: Book, change_id: int, filing: Paper) -> Change:
    """Note that a change has been filed with the township (备案)."""
    with book.write("asset.approve") as transaction:
        found = read(book.connection)
        change = _existing(found, change_id)
        if not change.in_effect:
            raise NotAllowed(f"这项变动是“{change.state}”，批准以后才能备案")
        if not filing.who.strip() or filing.day is None:
            raise BadInput("请填写备案单位（人）和备案日期")
        done = change._replace(filing=filing, state="已备案")
        assets.update_change(transaction.connection, done)
        label = card_of(found, change.card).label
        log_row(transaction, "asset-change", f"备案 {change.kind} {label}", "asset_change", done.id)
        return done


def settle(
    book: Book,
    change_id: int,
    day: date,
    *,
    proceeds_fen: int = 0,
    cost_fen: int = 0,
    money: str = "",
    items: Items = (),
) -> Change:
    """Settle a write-off or a surplus: proceeds and costs, then the gain or loss; drafts the second voucher."""
    with book.write("asset.approve") as transaction:
        found = read(book.connection)
        change = _existing(found, change_id)
        card = card_of(found, change.card)
        if not (change.in_effect and (change.is_write_off or change.kind == SURPLUS)):
            raise NotAllowed("只有已批准的处置、盘盈和盘亏才需要结转")
        if found.booking(change.settle_source).state in ("待记账", "已记账"):
            raise NotAllowed(f"{card.label} 的{change.kind}已经结转过了")
        if day < change.day:
            raise BadInput(f"结转日期 {day} 早于{change.kind}日期 {change.day}")
        if proceeds_fen < 0 or cost_fen < 0:
            raise BadInput("收入和费用都不能小于零")
        if proceeds_fen or cost_fen:
            _require_account(book, money, change)
        done = change._replace(settled_on=day, proceeds_fen=proceeds_fen, cost_fen=cost_fen)
        done = done._replace(settle_source=new_source(f"资产{change.kind}结转 {card.code}", new_uid()))
        made = settlement_draft(done, card, found.rules, book.chart, transfer_word(book), money, items)
        if made:
            propose(book, transaction, made)
        else:
            done = done._replace(settle_source="")
        assets.update_change(transaction.connection, done)
        log_row(transaction, "asset-change", f"{change.kind}结转 {card.label}", "asset_change", done.id)
        return done


def unsettle(book: Book, change_id: int) -> Change:
    """Take a settlement back before its voucher is posted."""
    with book.write("asset.approve") as transaction:
        found = read(book.connection)
        change = _existing(found, change_id)
        if change.settled_on is None:
            raise BadInput("这项变动还没有结转")
        done = _take_settlement_back(transaction, found, change)
        assets.update_change(transaction.connection, done)
        log_row(transaction, "asset-change", f"撤销结转 {card_of(found, change.card).label}", "asset_change", done.id)
        return done


def _take_settlement_back(transaction: Transaction, found: Register, change: Change) -> Change:
    if found.booking(change.settle_source).state in ("待记账", "已记账") and change.settle_source:
        take_back(transaction, change.settle_source, f"{change.kind}结转")
    return change._replace(settled_on=None, proceeds_fen=0, cost_fen=0, settle_source="")


def withdraw(book: Book, change_id: int) -> Change:
    """Withdraw an application, or a change whose voucher is not posted or was reversed; the record stays."""
    with book.write("asset") as transaction:
        found = read(book.connection)
        change = _existing(found, change_id)
        if change.state == "已撤销":
            raise NotAllowed("这项变动已经撤销了")
        card = card_of(found, change.card)
        if change.in_effect:
            require_latest(found, card, change)
        if change.in_effect:
            change = _take_settlement_back(transaction, found, change)
            assets.update_change(transaction.connection, change)
            if found.booking(change.source).state in ("待记账", "已记账") and change.source:
                take_back(transaction, change.source, f"{card.label} {change.kind}")
        done = change._replace(state="已撤销")
        assets.update_change(transaction.connection, done)
        log_row(transaction, "asset-change", f"撤销{done.kind} {card.label}", "asset_change", done.id)
        return done


def _existing(found: Register, change_id: int) -> Change:
    change = next((one for one in found.changes if one.id == change_id), None)
    if change is None:
        raise BadInput("这项资产变动已经不在了，请刷新列表")
    return change


def _usual_counter(book: Book, found: Register, change: Change) -> str:
    """The other account where the user names none."""
    if change.kind == IMPAIRMENT or change.is_write_off:
        return leaf(book.chart, found.rules.loss)
    return leaf(book.chart, found.rules.gain) if change.kind == SURPLUS else ""


def _require_account(book: Book, code: str, change: Change) -> None:
    if code not in book.chart or not book.chart.is_leaf(code):
        what = "对方科目（付款或转出的科目）" if change.kind == IMPROVEMENT else "对方科目"
        raise BadInput(f"请选择{what}，要选账上的末级科目" + (f"（{code}不是）" if code else ""))

"""Cards against the ledger (账卡核对): every account kept by cards, and what is behind each difference."""

from typing import NamedTuple, TypeVar

from ..money import format_fen
from ..period import Period
from ..view import LedgerSource
from .card import Card
from .change import SURPLUS
from .register import Register


class Cause(NamedTuple):
    """One reason for a difference on an account: cards less ledger, signed fen (debit positive)."""

    account: str
    fen: int
    text: str
    voucher: int = 0


class AccountTie(NamedTuple):
    """One account: what the cards add up to and what the ledger says, signed fen (debit positive)."""

    account: str
    cards_fen: int
    ledger_fen: int

    @property
    def difference_fen(self) -> int:
        """Cards less ledger."""
        return self.cards_fen - self.ledger_fen


class Tie(NamedTuple):
    """The comparison at the end of a month. `pending` are acts whose vouchers wait: neither side counts them yet."""

    accounts: tuple[AccountTie, ...]
    causes: tuple[Cause, ...]
    pending: tuple[str, ...]

    @property
    def tied(self) -> bool:
        """Whether every account agrees and nothing had to be explained."""
        return not self.causes and not any(row.difference_fen for row in self.accounts)


Key = tuple[int, str]
_Key = TypeVar("_Key")
_OPENING = -1
_UNLINKED = 0


def compare(register: Register, ledger: LedgerSource, through: Period) -> Tie:
    """Compare at the end of a month."""
    prefixes = register.rules.accounts
    first = ledger.entity.first_period
    cards: dict[str, int] = {}
    for now in register.standings(through):
        card = now.card
        _add(cards, card.asset_account, now.original_fen)
        _add(cards, card.depreciation_account or card.asset_account, -now.accumulated_fen)
    booked: dict[str, int] = {}
    actual: dict[Key, int] = {}
    for row in ledger.balances(first, through):
        if row.account.startswith(prefixes):
            _add(booked, row.account, row.closing_fen)
            _add(actual, (_OPENING, row.account), row.opening_fen)
    labels: dict[int, str] = {}
    for line in ledger.lines(first, through, prefixes):
        voucher = register.reversals.get(line.voucher, line.voucher)
        _add(actual, (voucher, line.account), line.debit_fen - line.credit_fen)
        labels.setdefault(line.voucher, f"{line.day.year}-{line.day.month:02d} {line.label}")
    expected, unlinked = _expected(register, first, through)
    rows = tuple(
        AccountTie(code, cards.get(code, 0), booked.get(code, 0))
        for code in sorted(cards.keys() | booked.keys())
        if cards.get(code, 0) or booked.get(code, 0)
    )
    causes = [*unlinked, *_causes(expected, actual, labels)]
    return Tie(rows, tuple(sorted(causes, key=lambda cause: cause.account)), _pending(register, through))


def _expected(register: Register, first: Period, through: Period) -> tuple[dict[Key, int], list[Cause]]:
    """What each voucher should have booked, going by the cards; and cards that name no voucher."""
    found: dict[Key, int] = {}
    unlinked: list[Cause] = []
    by_id = {card.id: card for card in register.cards}
    counted = {change.card for change in register.changes if change.kind == SURPLUS and change.source}
    for card in register.cards:
        if card.entered > through or card.id in counted:
            continue
        accumulated = (card.depreciation_account or card.asset_account, -card.opening_accumulated_fen)
        voucher = _OPENING if card.entered < first else _bought_by(register, card)
        if not voucher:
            text = f"卡片 {card.label} 没有关联购建凭证"
            unlinked.append(Cause(card.asset_account, card.original_fen, text))
            if accumulated[1]:
                unlinked.append(Cause(*accumulated, text))
            continue
        _add(found, (voucher, card.asset_account), card.original_fen)
        _add(found, (voucher, accumulated[0]), accumulated[1])
    for run in register.runs:
        booking = register.booking(run.source, run.adopted)
        if run.period > through or booking.state != "已记账":
            continue
        for line in run.lines:
            _add(found, (_voucher_of(register, run.adopted, booking.voucher, line.account), line.account), -line.fen)
    for change in register.changes:
        booking = register.booking(change.source, change.adopted)
        if change.period > through or not change.in_effect or booking.state != "已记账":
            continue
        card = by_id[change.card]
        original = card.original_fen if change.kind == SURPLUS else change.original_fen
        _add(found, (booking.voucher, card.asset_account), original)
        _add(found, (booking.voucher, card.depreciation_account or card.asset_account), -change.accumulated_fen)
    return found, unlinked


def _bought_by(register: Register, card: Card) -> int:
    return register.booking("", (card.voucher,)).voucher if card.voucher else _UNLINKED


def _voucher_of(register: Register, adopted: tuple[str, ...], default: int, account: str) -> int:
    """Which of several adopted vouchers booked an account."""
    for uid in adopted:
        booking = register.bookings.get(uid)
        if booking and account in booking.accounts:
            return booking.voucher
    return default


def _causes(expected: dict[Key, int], actual: dict[Key, int], labels: dict[int, str]) -> list[Cause]:
    found = []
    for voucher, account in sorted(expected.keys() | actual.keys()):
        cards, booked = expected.get((voucher, account), 0), actual.get((voucher, account), 0)
        if cards == booked:
            continue
        if voucher == _OPENING:
            text = f"期初卡片合计 {format_fen(cards)}，期初余额 {format_fen(booked)}"
        elif not cards:
            text = f"凭证 {labels.get(voucher, '')} 的 {format_fen(booked)} 没有对应的卡片或变动"
        elif not booked:
            text = f"凭证 {labels.get(voucher, '')} 已冲销或没有记这个科目，卡片上是 {format_fen(cards)}"
        else:
            text = f"凭证 {labels.get(voucher, '')} 记了 {format_fen(booked)}，卡片上是 {format_fen(cards)}"
        found.append(Cause(account, cards - booked, text, max(voucher, 0)))
    return found


def _pending(register: Register, through: Period) -> tuple[str, ...]:
    """Acts that are not in the figures because their voucher is not posted."""
    names = {card.id: card.label for card in register.cards}
    texts = []
    for run in register.runs:
        booking = register.booking(run.source, run.adopted)
        if run.period <= through and booking.state != "已记账":
            texts.append(f"{run.period.label}折旧和摊销 {format_fen(run.total_fen)}：{booking.state}")
    for change in register.changes:
        booking = register.booking(change.source, change.adopted)
        if change.in_effect and change.period <= through and booking.state not in ("已记账", "无需凭证"):
            texts.append(f"{change.day} {names.get(change.card, '')} {change.kind}：{booking.state}")
    return tuple(texts)


def _add(sums: dict[_Key, int], key: _Key, fen: int) -> None:
    if fen:
        sums[key] = sums.get(key, 0) + fen

"""Figures of a month about counterparties: how old debts are, and what passed between the village and each of them.

How old a debt is follows the rule of the ageing report. Of years before the one a package carries the desk knows the
movements of each month; what its first month brought forward counts from the month before.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from ...domain.account import COUNTERPARTY, Item
from ...domain.desk import Figures
from ...domain.movement import year_opening_fen
from ...domain.period import Period
from ...domain.view import Balance, LedgerSource
from ...reports.ageing import Entry, age
from ...reports.township.topics import AGES, MONTH, OPENING, figure_key
from ...storage.desk.database import DeskDatabase
from ...storage.desk.ledgers import BalanceLine, counterparty_movements

EntryKey = tuple[str, str]
"""An account and a counterparty's code (empty: kept without)."""
_PARTY = f"{COUNTERPARTY}:"


def earlier_entries(
    store: DeskDatabase, village: str, accounts: tuple[str, ...], before: Period
) -> dict[EntryKey, tuple[Entry, ...]]:
    """What the desk knows of accounts of counterparties before a month, oldest first."""
    found: defaultdict[EntryKey, list[Entry]] = defaultdict(list)
    begun: Period | None = None
    for one in counterparty_movements(store, village, accounts, before):
        begun = begun or one.period
        key = (one.account, _code_of(one))
        if one.period == begun and one.opening_fen:
            found[key].append(_brought(begun, one.opening_fen))
        if one.debit_fen or one.credit_fen:
            found[key].append(Entry(one.period, one.debit_fen, one.credit_fen))
    return {key: tuple(entries) for key, entries in found.items()}


def _code_of(one: BalanceLine) -> str:
    return next((item.removeprefix(_PARTY) for item in one.items if item.startswith(_PARTY)), "")


def _brought(month: Period, fen: int) -> Entry:
    return Entry(month.previous, max(fen, 0), max(-fen, 0))


def debts(
    ledger: LedgerSource, period: Period, accounts: tuple[str, ...], earlier: Mapping[EntryKey, Iterable[Entry]]
) -> Figures:
    """What is due and owed by first-level account, side and age; a debt's side is its counterparty's own."""
    found: Counter[str] = Counter()
    for (account, _party), entries in _entries(ledger, period, accounts, earlier).items():
        balance = sum(one.debit_fen - one.credit_fen for one in entries)
        side = "借" if balance > 0 else "贷"
        for name, fen in zip(AGES, age(entries, period), strict=True):
            found[figure_key(account[:3], side, name)] += fen
    return dict(found)


def _entries(
    ledger: LedgerSource, period: Period, accounts: tuple[str, ...], earlier: Mapping[EntryKey, Iterable[Entry]]
) -> dict[EntryKey, list[Entry]]:
    found: defaultdict[EntryKey, list[Entry]] = defaultdict(list)
    begin = max(period.january, min(ledger.entity.first_period, period))
    brought: Counter[EntryKey] = Counter()
    for row in ledger.balances(begin, begin):
        if row.account.startswith(accounts):
            brought[row.account, _party(row.items)] += row.opening_fen
    for key, fen in brought.items():
        entries = list(earlier.get(key, ()))
        missing = fen - sum(one.debit_fen - one.credit_fen for one in entries)
        if missing:
            entries.insert(0, _brought(min([begin, *(one.month.next for one in entries)]), missing))
        found[key] = entries
    for line in ledger.lines(begin, period, accounts):
        found[line.account, _party(line.items)].append(Entry(Period.of(line.day), line.debit_fen, line.credit_fen))
    return found


def dealings(ledger: LedgerSource, period: Period, year: Iterable[Balance]) -> Figures:
    """By counterparty and account: what is due (`借`) and owed (`贷`) now and at 1 January, each detail on its side;
    income and expense (`损益`) that went through the counterparty's accounts, in the year and in the month.
    """
    found: Counter[str] = Counter()
    details: Counter[tuple[str, str, str]] = Counter()
    for row in year:
        if party := _party(row.items):
            details[party, row.account, ""] += row.closing_fen
            details[party, row.account, OPENING] += year_opening_fen(row)
    for (party, account, moment), fen in details.items():
        found[figure_key(party, account[:3], ("借" if fen > 0 else "贷") + moment)] += abs(fen)
    result = tuple(one.code for one in ledger.chart if one.level == 1 and one.is_profit_and_loss)
    for voucher in ledger.vouchers(period.january, period):
        parties: Counter[str] = Counter()
        for line in voucher.lines:
            if party := _party(line.items):
                parties[party] += line.debit_fen - line.credit_fen
        if voucher.kind != "normal" or len(parties) != 1:
            continue
        ((party, left),) = parties.items()
        for line in voucher.lines:
            fen = line.credit_fen - line.debit_fen
            if line.account.startswith(result) and fen and left and (fen > 0) == (left > 0):
                share = min(fen, left) if fen > 0 else max(fen, left)
                left -= share
                found[figure_key(party, line.account[:3], "损益")] += share
                if voucher.period == period:
                    found[figure_key(party, line.account[:3], f"损益{MONTH}")] += share
    return dict(found)


def _party(items: tuple[Item, ...]) -> str:
    return next((item.code for item in items if item.category == COUNTERPARTY), "")

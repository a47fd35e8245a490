"""往来账龄分析表: how old what is due and owed at the end of the span is, settled first in, first out.

Columns: account, account_name, item, side, balance, months_3, months_6, months_12, years_2, years_3, older; a row's
six ages add up to `balance`, which is absolute and stands on `side`. A debit balance consists of the latest debits
(a credit balance of the latest credits) that earlier settlements leave unpaid; a red-letter line cancels the line it
reverses. What was brought forward when the book began counts from the day before its first month.
"""

from collections.abc import Iterable
from typing import NamedTuple

from village_ledger.domain.account import Item
from village_ledger.domain.period import Period
from village_ledger.domain.view import LedgerSource

from .counterparty_balances import WITHOUT_ITEM, counterparty_accounts, dimension
from .frame import day_label, report
from .model import Column, Report, Row, Span, Target, Value
from .query import Query
from .totals import member

COLUMNS = (
    Column("account", "科目编码", "code", 14),
    Column("account_name", "科目名称", "text", 24),
    Column("item", "往来户", "text", 20),
    Column("side", "方向", "text", 4),
    Column("balance", "期末余额", "money", 16, summed=True),
    Column("months_3", "3个月以内", "money", 14, "账龄", summed=True),
    Column("months_6", "3—6个月", "money", 14, "账龄", summed=True),
    Column("months_12", "6—12个月", "money", 14, "账龄", summed=True),
    Column("years_2", "1—2年", "money", 14, "账龄", summed=True),
    Column("years_3", "2—3年", "money", 14, "账龄", summed=True),
    Column("older", "3年以上", "money", 14, "账龄", summed=True),
)
LIMITS = (3, 6, 12, 24, 36)
"""The ages' upper bounds in months; since a span ends with a month, whole months decide."""


class Entry(NamedTuple):
    """One posting on a household's account: the month, and debit and credit in fen (negative in red letters)."""

    month: Period
    debit_fen: int
    credit_fen: int


def build(source: LedgerSource, query: Query) -> Report:
    """The balances at the end of the span, debit ones first under each account."""
    tops = counterparty_accounts(query)
    entries = _entries(source, query, tops)
    rows: list[Row] = []
    sides: dict[str, list[Span]] = {"借": [], "贷": []}
    grand = {"借": [0] * 7, "贷": [0] * 7}
    for top in tops:
        group = sorted(
            (key for key in entries if key[0].startswith(top)), key=lambda key: (key[0], key[1].code if key[1] else "")
        )
        balances = {key: sum(entry.debit_fen - entry.credit_fen for entry in entries[key]) for key in group}
        for side, sign in (("借", 1), ("贷", -1)):
            wanted = [key for key in group if sign * balances[key] > 0]
            if not wanted:
                continue
            first = len(rows)
            sums = [0] * 7
            for code, item in wanted:
                ages = age(entries[code, item], query.end)
                figures = (sign * balances[code, item], *ages)
                sums = [total + figure for total, figure in zip(sums, figures, strict=True)]
                name = item.name if item else WITHOUT_ITEM
                target = Target("ledger", (code,), str(item) if item else "")
                rows.append(Row((code, source.chart.full_name(code), name, side, *figures), target=target))
            sides[side].append(Span(len(rows), len(rows)))
            span = Span(first, len(rows) - 1)
            cells: tuple[Value, ...] = (top, source.chart.full_name(top), f"{side}方小计", side, *sums)
            rows.append(Row(cells, "subtotal", formula=(span,), target=Target("ledger", (top,))))
            grand[side] = [total + figure for total, figure in zip(grand[side], sums, strict=True)]
    for side, label in (("借", "应收合计"), ("贷", "应付合计")):
        rows.append(Row(("", "", label, side, *grand[side]), "total", formula=tuple(sides[side])))
    made = report("ageing", "往来账龄分析表", source, query, columns=COLUMNS, rows=rows)
    return made._replace(as_of=day_label(query.end), landscape=True)


def age(entries: Iterable[Entry], end: Period) -> tuple[int, ...]:
    """An account's balance by age, as positive fen: the newest charges of the balance's side that make it up."""
    entries = tuple(entries)
    balance = sum(entry.debit_fen - entry.credit_fen for entry in entries)
    ages = [0] * (len(LIMITS) + 1)
    left = abs(balance)
    for month, charge in reversed(_charges(entries, debit=balance > 0)):
        if not left:
            break
        taken = min(left, charge)
        ages[_bucket(month, end)] += taken
        left -= taken
    return tuple(ages)


def _charges(entries: tuple[Entry, ...], *, debit: bool) -> list[tuple[Period, int]]:
    """What built up the balance on that side, oldest first, without lines that were cancelled in red letters."""
    charges: list[tuple[Period, int]] = []
    charged: dict[int, list[int]] = {}
    settled: dict[int, int] = {}
    for month, debit_fen, credit_fen in entries:
        charge, settlement = (debit_fen, credit_fen) if debit else (credit_fen, debit_fen)
        if charge > 0:
            charged.setdefault(charge, []).append(len(charges))
            charges.append((month, charge))
        elif charge < 0 and charged.get(-charge):
            charges[charged[-charge].pop()] = (month, 0)
        if settlement > 0:
            settled[settlement] = settled.get(settlement, 0) + 1
        elif settlement < 0 and settled.get(-settlement):
            settled[-settlement] -= 1
        elif settlement < 0:
            charges.append((month, -settlement))
    return charges


def _bucket(month: Period, end: Period) -> int:
    months = (end.year - month.year) * 12 + end.month - month.month
    for index, limit in enumerate(LIMITS):
        if months < limit:
            return index
    return len(LIMITS)


def _entries(source: LedgerSource, query: Query, tops: tuple[str, ...]) -> dict[tuple[str, Item | None], list[Entry]]:
    first = source.entity.first_period
    found: dict[tuple[str, Item | None], list[Entry]] = {}
    for row in source.balances(first, first):
        if row.opening_fen and row.account.startswith(tops) and (query.item is None or query.item in row.items):
            key = (row.account, member(row.items, dimension(query)))
            opening = row.opening_fen
            found.setdefault(key, []).append(Entry(first.previous, max(opening, 0), max(-opening, 0)))
    for line in source.lines(first, query.end, tops, query.item):
        key = (line.account, member(line.items, dimension(query)))
        found.setdefault(key, []).append(Entry(Period.of(line.day), line.debit_fen, line.credit_fen))
    return found

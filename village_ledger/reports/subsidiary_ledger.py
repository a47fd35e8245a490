"""三栏式明细账: every line of an account with the running balance, a section per leaf account and household.

Columns: see `three_column.COLUMNS`. An account kept by `query.dimension` gets a section per member, other accounts
one; `query.item` narrows every section to the lines of that member.
"""

from collections.abc import Iterable

from village_ledger.domain.account import Account, Chart, Item
from village_ledger.domain.view import Balance, LedgerLine, LedgerSource

from .frame import report, within_book
from .model import Report, Row
from .pages import write, year_before
from .query import Query
from .three_column import COLUMNS, ThreeColumnPage
from .totals import member

Key = tuple[str, Item | None]
Standing = tuple[int, int, int]


def build(source: LedgerSource, query: Query) -> Report:
    """The ledger of `query.account` and all below it, or of every account with a balance or a line."""
    rows: list[Row] = []
    prefixes = (query.account,) if query.account else ()
    write_sections(rows, source, query, prefixes)
    title = "明细账"
    if query.account and (account := source.chart.get(query.account)):
        title = f"{account.name}明细账"
    return report("subsidiary-ledger", title, source, query, columns=COLUMNS, rows=rows)._replace(paging="book")


def write_sections(
    rows: list[Row], source: LedgerSource, query: Query, prefixes: tuple[str, ...], *, daily: bool = False
) -> None:
    """Append the sections of the accounts under these codes, in code order."""
    query = within_book(source, query)
    keyed = _Keys(source.chart, query)
    standings = keyed.standings(source.balances(query.start, query.start), prefixes)
    lines = keyed.lines(source.lines(query.start, query.end, prefixes, query.item))
    wanted = {key for key, standing in standings.items() if standing[0]} | lines.keys()
    if not wanted:
        wanted = {(account.code, query.item) for account in leaves(source.chart, prefixes)}
    for key in sorted(wanted, key=_order):
        code, item = key
        page = ThreeColumnPage(
            rows, source.chart[code], source.chart.full_name(code), item, standings.get(key, (0, 0, 0))
        )
        write(page, lines.get(key, ()), query, daily=daily)


def leaves(chart: Chart, prefixes: tuple[str, ...]) -> tuple[Account, ...]:
    """The accounts under any of these codes that vouchers may be entered on."""
    return tuple(account for account in chart if account.code.startswith(prefixes) and chart.is_leaf(account.code))


class _Keys:
    """Which section a balance or a line belongs to."""

    def __init__(self, chart: Chart, query: Query) -> None:
        self._item = query.item
        category = query.item.category if query.item else query.dimension
        self._dimension = category
        self._split = {
            account.code
            for account in chart
            if category and any(auxiliary.category == category for auxiliary in account.auxiliaries)
        }

    def key(self, account: str, items: tuple[Item, ...]) -> Key:
        if account not in self._split:
            return account, self._item
        return account, member(items, self._dimension)

    def standings(self, balances: Iterable[Balance], prefixes: tuple[str, ...]) -> dict[Key, Standing]:
        """Opening balance and the year's movements so far, from the balances of the span's first month."""
        found: dict[Key, Standing] = {}
        for row in balances:
            if prefixes and not row.account.startswith(prefixes):
                continue
            if self._item and self._item not in row.items:
                continue
            key = self.key(row.account, row.items)
            opening, debit, credit = found.get(key, (0, 0, 0))
            more_debit, more_credit = year_before(row)
            found[key] = (opening + row.opening_fen, debit + more_debit, credit + more_credit)
        return found

    def lines(self, lines: Iterable[LedgerLine]) -> dict[Key, list[LedgerLine]]:
        """The lines of each section, in the order they came."""
        found: dict[Key, list[LedgerLine]] = {}
        whole: dict[str, list[LedgerLine]] = {}
        for line in lines:
            account = line.account
            if account in self._split:
                found.setdefault(self.key(account, line.items), []).append(line)
            elif account in whole:
                whole[account].append(line)
            else:
                whole[account] = found[account, self._item] = [line]
        return found


def _order(key: Key) -> tuple[str, str]:
    code, item = key
    return code, item.code if item else ""

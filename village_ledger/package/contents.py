"""The canonical data of a package as a ledger again: whose book, its accounts, the year's openings and vouchers.

A package carries the year from its first month on, so that 本年累计 and the statements from January can be made again.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple, get_args

from village_ledger.domain.account import CATEGORIES, Account, Auxiliary, Chart, Item, Side, is_code, parent_code
from village_ledger.domain.chain import canonical_text, openings_content, voucher_content
from village_ledger.domain.errors import IntegrityFailure
from village_ledger.domain.period import Period
from village_ledger.domain.view import Entity, MemoryLedger, Opening
from village_ledger.domain.voucher import Line, Voucher, VoucherKind

ENTITY, CHART, ITEMS = "ledger/entity.json", "ledger/chart.json", "ledger/items.json"
OPENINGS, EARLIER = "ledger/openings.json", "ledger/vouchers.jsonl"
MONTH_VOUCHERS = "month/vouchers.jsonl"
MAX_FEN = 10**15
_KINDS = get_args(VoucherKind)


class Contents(NamedTuple):
    """A year to date. `start` is January, or the book's first month; `cash` and `bank` are its money accounts."""

    entity: Entity
    cash: tuple[str, ...]
    bank: tuple[str, ...]
    chart: Chart
    start: Period
    period: Period
    openings: tuple[Opening, ...]
    vouchers: tuple[Voucher, ...]

    @property
    def ledger(self) -> MemoryLedger:
        """The year to date as a ledger."""
        return MemoryLedger(self.entity, self.chart, self.openings, self.vouchers)

    @property
    def of_month(self) -> tuple[Voucher, ...]:
        """The vouchers of the package's own month."""
        return tuple(one for one in self.vouchers if one.period == self.period)

    @property
    def items(self) -> dict[str, str]:
        """Names of all dimension members by `category:code`."""
        found = {item for one in self.vouchers for line in one.lines for item in line.items}
        found.update(item for one in self.openings for item in one.items)
        return {f"{item.category}:{item.code}": item.name for item in sorted(found)}


def write_contents(contents: Contents) -> dict[str, bytes]:
    """The files under `ledger/`; the vouchers of the month itself are in `month/`."""
    earlier = (one for one in contents.vouchers if one.period != contents.period)
    return {
        ENTITY: canonical_text(_entity_content(contents)).encode(),
        CHART: canonical_text([account_content(one) for one in contents.chart]).encode(),
        ITEMS: canonical_text(contents.items).encode(),
        OPENINGS: canonical_text({"period": str(contents.start), "rows": openings_content(contents.openings)}).encode(),
        EARLIER: voucher_lines(earlier),
    }


def voucher_lines(vouchers: Iterable[Voucher]) -> bytes:
    """One voucher's content a line."""
    return "".join(canonical_text(voucher_content(one)) + "\n" for one in vouchers).encode()


def account_content(account: Account) -> list[str]:
    """Code, name, category, side, dimensions, unit."""
    kept = ";".join(one.category + ("" if one.required else "?") for one in account.auxiliaries)
    return [account.code, account.name, account.category, account.side, kept, account.unit]


def _entity_content(contents: Contents) -> dict[str, Any]:
    entity = contents.entity
    return {
        **entity._asdict(),
        "first_period": str(entity.first_period),
        "cash_accounts": list(contents.cash),
        "bank_accounts": list(contents.bank),
    }


def read_contents(files: dict[str, bytes], period: Period) -> Contents:
    """The year to date from the files of a package. IntegrityFailure for anything writing would not have made."""
    try:
        made = _read(files, period)
        again = {**write_contents(made), MONTH_VOUCHERS: voucher_lines(made.of_month)}
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise IntegrityFailure(f"报送包里的账目数据读不出来，内容不对：{str(error)[:100]}") from error
    for name, content in again.items():
        if files[name] != content:
            raise IntegrityFailure(f"报送包里的账目数据（{name}）写法不规范，不是本程序制作的")
    return made


def _read(files: dict[str, bytes], period: Period) -> Contents:
    told = json.loads(files[ENTITY])
    cash, bank = tuple(told.pop("cash_accounts")), tuple(told.pop("bank_accounts"))
    entity = Entity(**{**told, "first_period": Period.parse(told["first_period"])})
    chart = Chart(accounts_of(json.loads(files[CHART])))
    names: dict[str, str] = json.loads(files[ITEMS])
    items = {key: _item(key, name) for key, name in names.items()}
    begun = json.loads(files[OPENINGS])
    start = Period.parse(begun["period"])
    if start != max(period.january, entity.first_period):
        raise ValueError(f"起始月份 {start}")
    openings = tuple(opening_of(row, items, chart) for row in begun["rows"])
    rows = [*files[EARLIER].splitlines(), *files[MONTH_VOUCHERS].splitlines()]
    vouchers = tuple(voucher_of(json.loads(row), number, items, chart) for number, row in enumerate(rows, 1))
    if any(not start <= one.period <= period for one in vouchers):
        raise ValueError("凭证日期不在期间内")
    return Contents(entity, cash, bank, chart, start, period, openings, vouchers)


def accounts_of(rows: list[list[str]]) -> Iterator[Account]:
    """The accounts from the rows of `chart.json`. ValueError for anything writing would not have made."""
    known: set[str] = set()
    for code, name, category, side, kept, unit in rows:
        if not is_code(code) or code in known or (parent_code(code) and parent_code(code) not in known):
            raise ValueError(f"科目 {code}")
        if category not in CATEGORIES or side not in get_args(Side):
            raise ValueError(f"科目 {code} 的类别或方向")
        known.add(code)
        auxiliaries = tuple(
            Auxiliary(text.removesuffix("?"), not text.endswith("?")) for text in kept.split(";") if text
        )
        yield Account(code, _text(name), category, side, auxiliaries, _text(unit))  # type: ignore[arg-type]  # checked


def _item(key: str, name: str) -> Item:
    category, _, code = key.partition(":")
    return Item(category, code, _text(name))


def opening_of(row: list[Any], items: dict[str, Item], chart: Chart) -> Opening:
    """An opening balance from a row of `openings.json`."""
    code, members, balance, debit, credit, quantity = row
    return Opening(
        _leaf(code, chart),
        tuple(items[key] for key in members),
        _fen(balance),
        _fen(debit),
        _fen(credit),
        _fen(quantity),
    )


def voucher_of(told: dict[str, Any], identity: int, items: dict[str, Item], chart: Chart) -> Voucher:
    """A voucher from its content, with `identity` for its id. ValueError where it does not balance."""
    lines = tuple(
        Line(
            _text(summary),
            _leaf(code, chart),
            tuple(items[key] for key in members),
            _fen(debit),
            _fen(credit),
            _fen(quantity),
        )
        for summary, code, members, debit, credit, quantity in told["lines"]
    )
    difference = sum(line.debit_fen - line.credit_fen for line in lines)
    if told["kind"] not in _KINDS or difference or not lines:
        raise ValueError(f"凭证 {told['word']}-{told['number']} 借贷不平")
    return Voucher(
        identity,
        _text(told["uid"]),
        date.fromisoformat(told["date"]),
        _text(told["word"]),
        _fen(told["number"]),
        lines,
        _fen(told["attachments"]),
        told["kind"],
        _text(told["maker"]),
        _text(told["reviewer"]),
        _text(told["cashier"]),
        _text(told["poster"]),
        reverses=_fen(told["reverses"]),
        source=_text(told["source"]),
    )


def _leaf(code: str, chart: Chart) -> str:
    if code not in chart or not chart.is_leaf(code):
        raise ValueError(f"科目 {code} 不是末级科目")
    return code


def _fen(value: Any) -> int:
    if type(value) is not int or abs(value) > MAX_FEN:
        raise ValueError(f"不是金额：{str(value)[:40]}")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"不是文字：{str(value)[:40]}")
    return value

"""What files of either standard tell, and the year to date it amounts to."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from village_ledger.domain.account import CATEGORIES, Account, Chart, Item, Side, is_code, parent_code
from village_ledger.domain.errors import BadInput
from village_ledger.domain.period import Period
from village_ledger.domain.view import Entity, Opening
from village_ledger.domain.voucher import Voucher
from village_ledger.package.contents import MAX_FEN, Contents

from .figures import Figure
from .notes import ACCOUNT, BOTH_SIDES, Note, book_notes, earlier_of, month_of, read_fields

_DECIMAL = re.compile(r"(-?)([0-9]{1,20})(?:\.([0-9]{1,6}))?")
Names = dict[tuple[str, str], str]
"""Names of dimension members by dimension and code."""


class Told(NamedTuple):
    """Accounts come without what the notes say of them; vouchers' ids are their places, `reverses` refers to those."""

    name: str
    credit_code: str
    year: int
    notes: tuple[Note, ...]
    accounts: tuple[Account, ...]
    names: Names
    figures: tuple[Figure, ...]
    vouchers: tuple[Voucher, ...]

    @property
    def closed(self) -> Period | None:
        """The last month that was closed, as far as the files say."""
        text = book_notes(self.notes).get("结账到", "")
        return Period.parse(text) if text else None


def contents_of(told: Told) -> Contents:
    """The year to date. BadInput for what is none: unknown accounts, no month, figures on accounts with details."""
    try:
        return _contents(told)
    except (ValueError, LookupError) as error:
        raise BadInput(f"国标数据前后不一致，不能还原账簿：{str(error)[:200]}") from None


def _contents(told: Told) -> Contents:
    said = book_notes(told.notes)
    months = [one.month for one in told.figures] + [one.day.month for one in told.vouchers]
    start = month_of(said.get("起始月份", ""), Period(told.year, min(months, default=1)))
    end = month_of(said.get("截止月份", ""), Period(told.year, max(months, default=12)))
    if not start.year == end.year == told.year or start > end:
        raise ValueError(f"期间 {start} 至 {end} 不在 {told.year} 年")
    entity = Entity(
        told.name,
        said.get("县", ""),
        said.get("乡镇", ""),
        said.get("区划代码", ""),
        told.credit_code,
        said.get("会计制度", "") or "rural-2023",
        month_of(said.get("建账月份", ""), start),
        said.get("一人岗") == "是",
    )
    chart = Chart(_accounts(told))
    for voucher in told.vouchers:
        if not start <= voucher.period <= end:
            raise ValueError(f"凭证 {voucher.period} {voucher.label} 不在期间之内")
        for line in voucher.lines:
            _leaf(line.account, chart)
    openings = tuple(_openings(told, chart, start))
    cash, bank = (tuple(filter(None, said.get(key, "").split(";"))) for key in ("现金科目", "银行科目"))
    return Contents(entity, cash or ("101",), bank or ("102",), chart, start, end, openings, told.vouchers)


def _accounts(told: Told) -> Iterator[Account]:
    said = {note.key: read_fields(note.text, 2) for note in told.notes if note.group == ACCOUNT}
    known: set[str] = set()
    for one in sorted(told.accounts):
        if not is_code(one.code) or one.code in known:
            raise ValueError(f"科目编码“{one.code}”不对或重复，应为 3-2-2-2-2-2 位")
        if parent_code(one.code) and parent_code(one.code) not in known:
            raise ValueError(f"科目 {one.code} 没有上级科目")
        if one.category not in CATEGORIES:
            raise ValueError(f"科目 {one.code} 的类型“{one.category}”不认识")
        known.add(one.code)
        both, unit = said.get(one.code, ("", one.unit))
        side: Side = "both" if both == BOTH_SIDES else one.side
        yield one._replace(side=side, unit=unit or one.unit)


def _openings(told: Told, chart: Chart, start: Period) -> Iterator[Opening]:
    """Balances at the beginning, of leaves: by combination, and what is left on the account beside them."""
    found: dict[tuple[str, tuple[Item, ...]], Opening] = {}
    rest: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for one in told.figures:
        if one.account not in chart:
            raise ValueError(f"科目 {one.account} 不在科目表里")
        if one.month != start.month or not chart.is_leaf(one.account):
            continue
        sign = -1 if one.items else 1
        rest[one.account][0] += sign * one.opening_fen
        rest[one.account][1] += sign * one.opening_quantity
        if one.items:
            row = Opening(one.account, one.items, one.opening_fen, quantity=one.opening_quantity)
            found[one.account, one.items] = row
    for account, (fen, quantity) in rest.items():
        found[account, ()] = Opening(account, (), fen, quantity=quantity)
    for earlier in earlier_of(told.notes, told.names):
        key = _leaf(earlier.account, chart), earlier.items
        before = found.get(key, Opening(*key))
        found[key] = before._replace(year_debit_fen=earlier.year_debit_fen, year_credit_fen=earlier.year_credit_fen)
    return (found[key] for key in sorted(found) if any(found[key][2:]))


def _leaf(code: str, chart: Chart) -> str:
    if code not in chart or not chart.is_leaf(code):
        raise ValueError(f"科目 {code} 不在科目表里，或者有下级")
    return code


def fen(text: str) -> int:
    """An amount of a file. Raises ValueError for what is none, or not in fen."""
    return _scaled(text, 2)


def thousandths(text: str) -> int:
    """A quantity of a file."""
    return _scaled(text, 3)


def _scaled(text: str, places: int) -> int:
    if not text:
        return 0
    found = _DECIMAL.fullmatch(text)
    if not found:
        raise ValueError(f"“{text[:30]}”不是数字")
    sign, whole, rest = found.groups("")
    if rest[places:].strip("0"):
        raise ValueError(f"“{text}”的小数超过 {places} 位")
    scaled = int(whole + rest[:places].ljust(places, "0"))
    if scaled > MAX_FEN:
        raise ValueError(f"“{text}”太大")
    return -scaled if sign else scaled


def number(text: str) -> int:
    """A whole number of a file."""
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise ValueError(f"“{text[:30]}”不是整数")
    return int(text)


def side_of(text: str) -> Side:
    """借 or 贷."""
    if text not in {"借", "贷"}:
        raise ValueError(f"余额方向“{text[:10]}”不对")
    return "debit" if text == "借" else "credit"

"""What a ledger says that the standards have no place for, and that a book made from the files must know.

In the XML these are values of a custom archive (自定义档案项), in the text set the file ZTSM.TXT; other programs may
leave them alone. Groups: 账套说明 (chart, months, money accounts), 科目说明 (sides and units), 建账前累计 (本年累计 of
a book begun in mid-year), 凭证说明 (what kind a voucher is; in the XML that stands on the voucher itself).
"""

from collections.abc import Iterator
from typing import NamedTuple

from village_ledger.domain.account import DIMENSION_CATEGORIES, Item
from village_ledger.domain.period import Period
from village_ledger.domain.view import Opening
from village_ledger.domain.voucher import Voucher, VoucherKind

from .books import Books

BOOK, ACCOUNT, EARLIER, VOUCHER = "账套说明", "科目说明", "建账前累计", "凭证说明"
GROUPS = (BOOK, ACCOUNT, EARLIER)
KIND_LABELS: dict[VoucherKind, str] = {"normal": "普通", "carry": "结转损益", "year_end": "年终结转"}
KINDS: dict[str, VoucherKind] = {label: kind for kind, label in KIND_LABELS.items()}
BOTH_SIDES = "双向"


class Note(NamedTuple):
    """One thing said: `key` within its group, and the text."""

    group: str
    key: str
    text: str


def notes_of(books: Books) -> tuple[Note, ...]:
    """Everything but 凭证说明."""
    contents, entity = books.contents, books.contents.entity
    told = {
        "会计制度": entity.chart,
        "县": entity.county,
        "乡镇": entity.township,
        "区划代码": entity.region_code,
        "建账月份": str(entity.first_period),
        "起始月份": str(contents.start),
        "截止月份": str(contents.period),
        "结账到": str(books.closed or ""),
        "现金科目": ";".join(contents.cash),
        "银行科目": ";".join(contents.bank),
        "一人岗": "是" if entity.single_person else "否",
    }
    found = [Note(BOOK, key, text) for key, text in told.items()]
    for account in contents.chart:
        if account.side == "both" or account.unit:
            side = BOTH_SIDES if account.side == "both" else ""
            found.append(Note(ACCOUNT, account.code, fields_text((side, account.unit))))
    for number, one in enumerate(sorted(contents.openings), 1):
        if one.year_debit_fen or one.year_credit_fen:
            parts = (one.account, members_text(one.items), str(one.year_debit_fen), str(one.year_credit_fen))
            found.append(Note(EARLIER, f"{number:04d}", fields_text(parts)))
    return tuple(found)


def voucher_notes(books: Books) -> Iterator[Note]:
    """凭证说明 for every voucher that is not an ordinary one without source."""
    labels = labels_by_id(books)
    for one in books.contents.vouchers:
        fields = voucher_fields(one, labels)
        if fields != (KIND_LABELS["normal"], "", ""):
            yield Note(VOUCHER, f"{one.period} {one.label}", fields_text(fields))


def labels_by_id(books: Books) -> dict[int, str]:
    """The vouchers that another one may cancel, by id: `2025-06 记-5`."""
    return {one.id: f"{one.period} {one.label}" for one in books.contents.vouchers}


def voucher_fields(one: Voucher, labels: dict[int, str]) -> tuple[str, str, str]:
    """Kind, the voucher it cancels, and source."""
    return KIND_LABELS[one.kind], labels.get(one.reverses, ""), one.source


def fields_text(fields: tuple[str, ...]) -> str:
    """Fields joined by `-`; a `-` within one is written %2D."""
    return "-".join(field.replace("%", "%25").replace("-", "%2D") for field in fields)


def read_fields(text: str, count: int) -> tuple[str, ...]:
    """The inverse of `fields_text`; missing fields are empty."""
    parts = [part.replace("%2D", "-").replace("%25", "%") for part in text.split("-")]
    return tuple((*parts, *[""] * count)[:count])


def members_text(items: tuple[Item, ...]) -> str:
    """`往来户:0001;项目:0002`."""
    return ";".join(f"{item.category}:{item.code}" for item in items)


def read_members(text: str, names: dict[tuple[str, str], str]) -> tuple[Item, ...]:
    """The inverse of `members_text`. Raises ValueError for a member there is not."""
    found = []
    for part in filter(None, text.split(";")):
        category, _, code = part.partition(":")
        if (category, code) not in names:
            raise ValueError(f"辅助核算 {part} 没有登记")
        found.append(Item(category, code, names[category, code]))
    return tuple(sorted(found))


def earlier_of(notes: tuple[Note, ...], names: dict[tuple[str, str], str]) -> Iterator[Opening]:
    """The openings' 本年累计, without their balances."""
    for note in notes:
        if note.group == EARLIER:
            account, members, debit, credit = read_fields(note.text, 4)
            yield Opening(account, read_members(members, names), 0, int(debit), int(credit))


def book_notes(notes: tuple[Note, ...]) -> dict[str, str]:
    """账套说明 by key."""
    return {note.key: note.text for note in notes if note.group == BOOK}


def month_of(text: str, otherwise: Period) -> Period:
    """A month of 账套说明, or another where it is missing."""
    return Period.parse(text) if text else otherwise


def slots(categories: frozenset[str]) -> tuple[str, ...]:
    """The dimensions a book uses, in the order of 辅助项1编号, 辅助项2编号…"""
    return tuple(category for category in DIMENSION_CATEGORIES if category in categories)

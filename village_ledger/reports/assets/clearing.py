"""清产核资: 资产清查登记表 (a row an asset) and 资产清查汇总表 (a row a class), from the cards and the count.

Detail columns: number, code, name, class, model, unit, book_quantity, book_original, book_accumulated, book_net,
checked_quantity, checked_original, checked_accumulated, checked_net, surplus, loss, acquired, location, status,
custodian, operating. Summary columns: class, kind, book_count, book_original, book_accumulated, book_net,
checked_count, checked_original, checked_accumulated, checked_net, surplus, loss.
"""

from typing import NamedTuple

from village_ledger.domain.assets.card import Card
from village_ledger.domain.assets.change import SURPLUS
from village_ledger.domain.assets.count import part_of
from village_ledger.domain.assets.register import Register
from village_ledger.domain.assets.standing import Standing
from village_ledger.domain.view import LedgerSource
from village_ledger.reports.frame import day_label, report
from village_ledger.reports.model import Column, Report, Value
from village_ledger.reports.query import Query

from .count import before_count, count_of
from .lines import ClassRow, grouped, report_order, use_kind

_SIGNATURES = ("清查小组组长", "清查人员", "负责人", "填表人", "填表日期")
_MONEY = (
    Column("book_original", "原值", "money", 14, "账面数", summed=True),
    Column("book_accumulated", "累计折旧", "money", 13, "账面数", summed=True),
    Column("book_net", "净值", "money", 14, "账面数", summed=True),
)
_CHECKED = (
    Column("checked_original", "原值", "money", 14, "清查核实数", summed=True),
    Column("checked_accumulated", "累计折旧", "money", 13, "清查核实数", summed=True),
    Column("checked_net", "净值", "money", 14, "清查核实数", summed=True),
)
_DIFFERENCES = (
    Column("surplus", "盘盈", "money", 12, "清查结果", summed=True),
    Column("loss", "盘亏", "money", 12, "清查结果", summed=True),
)
COLUMNS = (
    Column("number", "序号", "integer", 4),
    Column("code", "资产编号", "code", 9),
    Column("name", "资产名称", "text", 20),
    Column("class", "类别", "text", 13),
    Column("model", "规格型号", "text", 10),
    Column("unit", "单位", "text", 4),
    Column("book_quantity", "数量", "quantity", 6, "账面数"),
    *_MONEY,
    Column("checked_quantity", "数量", "quantity", 6, "清查核实数"),
    *_CHECKED,
    *_DIFFERENCES,
    Column("acquired", "购建时间", "date", 10),
    Column("location", "坐落（存放地点）", "text", 16),
    Column("status", "使用状态", "text", 8),
    Column("custodian", "使用人", "text", 11),
    Column("operating", "经营性质", "text", 9),
)
SUMMARY_COLUMNS = (
    Column("class", "资产类别", "text", 20),
    Column("kind", "资产种类", "text", 16),
    Column("book_count", "项（件）数", "integer", 8, "账面数", summed=True),
    *_MONEY,
    Column("checked_count", "项（件）数", "integer", 8, "清查核实数", summed=True),
    *_CHECKED,
    *_DIFFERENCES,
)


class Checked(NamedTuple):
    """One asset: as in the books (quantity, original, accumulated) and as found."""

    card: Card
    book: tuple[int, int, int]
    found: tuple[int, int, int]
    now: Standing | None

    @property
    def figures(self) -> tuple[int, ...]:
        """Book, found, surplus and loss, without quantities."""
        book_net, found_net = self.book[1] - self.book[2], self.found[1] - self.found[2]
        difference = found_net - book_net
        return (*self.book[1:], book_net, *self.found[1:], found_net, max(difference, 0), max(-difference, 0))


def build(source: LedgerSource, query: Query, register: Register) -> Report:
    """The detail form."""
    found = []
    for number, one in enumerate(checked(register, query), 1):
        card, figures = one.card, one.figures
        now = one.now
        cells: tuple[Value, ...] = (
            *(number, card.code, card.name, card.category, card.model, card.unit),
            *(one.book[0], *figures[:3], one.found[0], *figures[3:]),
            card.acquired,
            now.location if now else card.location,
            now.status if now else card.status,
            now.custodian if now else card.custodian,
            use_kind(operating=now.operating if now else card.operating),
        )
        found.append(ClassRow(card.category, cells))
    rows = grouped(COLUMNS, found)
    made = report("asset-clearing", "资产清查登记表", source, query, columns=COLUMNS, rows=rows)
    return _finished(made, register, query)


def build_summary(source: LedgerSource, query: Query, register: Register) -> Report:
    """The summary by class."""
    classes: dict[tuple[str, str], list[Checked]] = {}
    for one in checked(register, query):
        classes.setdefault((one.card.kind, one.card.category), []).append(one)
    found = []
    for (kind, category), members in classes.items():
        sums = [sum(figures) for figures in zip(*(one.figures for one in members), strict=True)]
        counts = (sum(1 for one in members if one.book[0]), sum(1 for one in members if one.found[0]))
        totals: tuple[Value, ...] = (category, kind, counts[0], *sums[:3], counts[1], *sums[3:])
        found.append(ClassRow(kind, totals))
    rows = grouped(SUMMARY_COLUMNS, found, "class")
    made = report("asset-clearing-summary", "资产清查汇总表", source, query, columns=SUMMARY_COLUMNS, rows=rows)
    return _finished(made, register, query)


def checked(register: Register, query: Query) -> list[Checked]:
    """Every asset as in the books and as the count found it; without a count the books stand as found."""
    count = count_of(register, query)
    lines = {line.card: line for line in count.lines} if count else {}
    result = []
    for now in before_count(register, count, query).values():
        if not now.present:
            continue
        book = (now.quantity, now.original_fen, now.accumulated_fen)
        line = lines.get(now.card.id)
        found = book
        if line and line.missing:
            original, _, accumulated = part_of(now, line.missing)
            found = (book[0] - line.missing, book[1] - original, book[2] - accumulated)
        result.append(Checked(now.card, book, found, now))
    if count:
        result += [
            Checked(card, (0, 0, 0), (card.quantity, card.original_fen, 0), None)
            for change in register.changes
            if change.kind == SURPLUS and change.in_effect and change.period == count.period
            if (card := register.card(change.card))
        ]
    return sorted(result, key=lambda one: report_order(one.card))


def _finished(made: Report, register: Register, query: Query) -> Report:
    count = count_of(register, query)
    note = (
        f"依据{count.day}盘点（{count.title}，{count.state}），盘点人：{count.people}"
        if count
        else "这段时间没有盘点，核实数按账面数填列"
    )
    day = f"{count.day.year}年{count.day.month}月{count.day.day}日" if count else day_label(query.end)
    return made._replace(as_of=day, notes=(note,), signatures=_SIGNATURES, landscape=True)

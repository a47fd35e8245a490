"""资产盘点表: the newest count of the span, card by card, with what was missing and what was found besides.

Columns: code, name, class, unit, book_quantity, counted_quantity, missing, surplus, original, net, missing_net, status,
found_status, found_location, note.
"""

from village_ledger.domain.assets.change import SURPLUS
from village_ledger.domain.assets.count import Count, part_of
from village_ledger.domain.assets.register import Register
from village_ledger.domain.assets.standing import Standing
from village_ledger.domain.view import LedgerSource
from village_ledger.reports.frame import report
from village_ledger.reports.model import Column, Report
from village_ledger.reports.query import Query

from .lines import ClassRow, grouped, report_order

COLUMNS = (
    Column("code", "资产编号", "code", 10),
    Column("name", "资产名称", "text", 24),
    Column("class", "类别", "text", 15),
    Column("unit", "单位", "text", 5),
    Column("book_quantity", "账面", "quantity", 8, "数量"),
    Column("counted_quantity", "实盘", "quantity", 8, "数量"),
    Column("missing", "盘亏", "quantity", 8, "数量"),
    Column("surplus", "盘盈", "quantity", 8, "数量"),
    Column("original", "原值", "money", 15, "账面金额", summed=True),
    Column("net", "净值", "money", 15, "账面金额", summed=True),
    Column("missing_net", "盘亏净值", "money", 14, summed=True),
    Column("surplus_value", "盘盈价值", "money", 14, summed=True),
    Column("status", "账面状态", "text", 8),
    Column("found_status", "实际状态", "text", 8),
    Column("found_location", "实际地点", "text", 14),
    Column("note", "说明", "text", 16),
)


def count_of(register: Register, query: Query) -> Count | None:
    """The newest count of the span that has not been withdrawn."""
    found = [count for count in register.counts if query.start <= count.period <= query.end and count.state != "已撤销"]
    return found[-1] if found else None


def before_count(register: Register, count: Count | None, query: Query) -> dict[int, Standing]:
    """Every card as the books had it before the count took anything off; at the count's month, else the span's end."""
    if count is None:
        return {now.card.id: now for now in register.standings(query.end)}
    left_out = {change.id for change in register.changes if count.id and change.counted_in == count.id}
    surplus = {change.id for change in register.changes if change.kind == SURPLUS and change.period == count.period}
    kept = tuple(change for change in register.changes if change.id not in left_out | surplus)
    found_besides = {change.card for change in register.changes if change.id in surplus}
    earlier = register._replace(
        changes=kept, cards=tuple(card for card in register.cards if card.id not in found_besides)
    )
    return {now.card.id: now for now in earlier.standings(count.period)}


def build(source: LedgerSource, query: Query, register: Register) -> Report:
    """The sheet as counted."""
    count = count_of(register, query)
    found: list[ClassRow] = []
    if count:
        standings = before_count(register, count, query)
        lines = {line.card: line for line in count.lines if line.card in standings}
        for now in sorted((standings[card] for card in lines), key=lambda now: report_order(now.card)):
            line = lines[now.card.id]
            original, _, accumulated = part_of(now, line.missing) if line.missing else (0, 0, 0)
            cells = (
                now.card.code,
                now.card.name,
                now.card.category,
                now.card.unit,
                line.book_quantity,
                line.counted_quantity,
                line.missing or None,
                None,
                now.original_fen,
                now.net_fen,
                original - accumulated,
                0,
                now.status,
                line.status or now.status,
                line.location or now.location,
                line.note,
            )
            found.append(ClassRow(now.card.category, cells))
        found += _surplus(register, count)
    rows = grouped(COLUMNS, found)
    made = report("asset-count", "资产盘点表", source, query, columns=COLUMNS, rows=rows)
    if count is None:
        return made._replace(notes=("这段时间没有盘点过资产",), landscape=True)
    notes = [f"盘点日期：{count.day}；盘点人：{count.people}；{count.state}"]
    if count.approval.who:
        notes.append(f"批准：{count.approval.label} {count.decision}".rstrip())
    return made._replace(
        as_of=f"{count.title}（{count.day.year}年{count.day.month}月{count.day.day}日）",
        notes=tuple(notes),
        signatures=("盘点人", "监盘人", "负责人", "制表"),
        landscape=True,
    )


def _surplus(register: Register, count: Count) -> list[ClassRow]:
    found = []
    for change in register.changes:
        card = register.card(change.card)
        if change.kind != SURPLUS or not change.in_effect or change.period != count.period or card is None:
            continue
        cells = (
            *(card.code, card.name, card.category, card.unit),
            *(0, card.quantity, None, card.quantity),
            *(0, 0, 0, card.original_fen),
            *("", card.status, card.location, change.reason),
        )
        found.append(ClassRow(card.category, cells))
    return found

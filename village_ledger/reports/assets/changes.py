"""资产变动表: what came, changed and went in the span, with its application, approval and filing.

Columns: date, change, code, name, class, quantity, original, accumulated, net, reason, application, approval, filing,
decision, voucher, state, and hidden settlement. Amounts are what the change adds; posted or waiting is in `state`.
"""

from datetime import date

from village_ledger.domain.assets.card import Card
from village_ledger.domain.assets.change import BOOKED, SURPLUS, Change
from village_ledger.domain.assets.register import Register
from village_ledger.domain.period import Period
from village_ledger.domain.view import LedgerSource
from village_ledger.reports.frame import report
from village_ledger.reports.model import Column, Report, Row, Span, Target, Value
from village_ledger.reports.query import Query

from .lines import SIGNATURES, card_target

COLUMNS = (
    Column("date", "日期", "date", 11),
    Column("change", "变动", "text", 10),
    Column("code", "资产编号", "code", 10),
    Column("name", "资产名称", "text", 22),
    Column("class", "类别", "text", 14),
    Column("quantity", "数量", "quantity", 7),
    Column("original", "原值", "money", 15, "增加（减少为负）", summed=True),
    Column("accumulated", "累计折旧", "money", 14, "增加（减少为负）", summed=True),
    Column("net", "净值", "money", 15, "增加（减少为负）", summed=True),
    Column("reason", "原因和内容", "text", 24),
    Column("application", "申请", "text", 16, "手续"),
    Column("approval", "审批", "text", 16, "手续"),
    Column("filing", "备案", "text", 16, "手续"),
    Column("decision", "决议", "text", 16, "手续"),
    Column("voucher", "凭证", "text", 11),
    Column("state", "状态", "text", 9),
    Column("settlement", "结转凭证", "text", 11, shown=False),
)


def build(source: LedgerSource, query: Query, register: Register) -> Report:
    """Additions and changes by day; withdrawn ones are left out."""
    found: list[tuple[date, int, Row]] = []
    by_id = {card.id: card for card in register.cards}
    surplus = {change.card for change in register.changes if change.kind == SURPLUS and change.source}
    for card in register.cards:
        if query.start <= card.entered <= query.end and card.id not in surplus:
            day = card.acquired if Period.of(card.acquired) == card.entered else card.entered.last_day
            found.append((day, 0, _addition(register, card, day)))
    found += [
        (change.day, change.id, _row(register, change, by_id[change.card]))
        for change in register.changes
        if query.start <= change.period <= query.end and change.state != "已撤销"
    ]
    rows = [row for _, _, row in sorted(found, key=lambda one: one[:2])]
    last: tuple[Value, ...] = (None, "", "", "合计", "", None, *_totals(rows), "", "", "", "", "", "", "", "")
    spans = (Span(0, len(rows) - 1),) if rows else ()
    rows.append(Row(last, "total", formula=spans))
    made = report("asset-changes", "资产变动表", source, query, columns=COLUMNS, rows=rows)
    return made._replace(signatures=SIGNATURES, landscape=True)


def _totals(rows: list[Row]) -> tuple[int, int, int]:
    columns = [[cell if isinstance(cell, int) else 0 for cell in row.cells[6:9]] for row in rows]
    return (sum(row[0] for row in columns), sum(row[1] for row in columns), sum(row[2] for row in columns))


def _addition(register: Register, card: Card, day: date) -> Row:
    booking = register.bookings.get(card.voucher)
    net = card.original_fen - card.opening_accumulated_fen
    cells = (
        day,
        f"新增（{card.source}）",
        card.code,
        card.name,
        card.category,
        card.quantity,
        card.original_fen,
        card.opening_accumulated_fen,
        net,
        card.note,
        *("", "", "", ""),
        booking.label if booking else "",
        booking.state if booking else "没有关联凭证",
        "",
    )
    return Row(cells, target=card_target(register, card))


def _row(register: Register, change: Change, card: Card) -> Row:
    booking = register.booking(change.source, change.adopted)
    settlement = register.booking(change.settle_source)
    figures = (change.original_fen, change.accumulated_fen, change.net_fen)
    quantity = change.quantity
    if change.kind == SURPLUS:
        figures, quantity = (card.original_fen, 0, card.original_fen), card.quantity
    state: str = change.state
    if change.in_effect and change.kind in BOOKED:
        state = f"{state}，{booking.state}"
    cells = (
        change.day,
        change.kind,
        card.code,
        card.name,
        card.category,
        quantity or None,
        *figures,
        "；".join(part for part in (change.reason, described(change)) if part),
        change.application.label,
        change.approval.label,
        change.filing.label,
        change.decision,
        booking.label,
        state,
        settlement.label,
    )
    target = Target("voucher", (card.asset_account,), "", booking.voucher) if booking.voucher else None
    return Row(cells, target=target)


def described(change: Change) -> str:
    """What a change sets, in words."""
    parts = [
        f"{title}改为{value}"
        for title, value in (
            ("状态", change.status),
            ("性质", change.operating),
            ("坐落", change.location),
            ("保管使用人", change.custodian),
        )
        if value
    ]
    if change.in_use:
        parts.append(f"{change.in_use}启用")
    if change.months:
        parts.append(f"剩余年限{change.months}个月")
    return "，".join(parts)

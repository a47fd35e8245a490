"""库存物资收发存汇总表: opening, in, out and closing of every kind of goods, quantity and amount, and whether they tie.

Columns: code, name, model, unit, opening_quantity, opening, in_quantity, in_amount, out_quantity, out_amount,
closing_quantity, closing_price, closing, and hidden account. Posted moves only.
"""

from village_ledger.domain.assets.register import Register
from village_ledger.domain.assets.stock import StockBalance, StockItem, StockMove, moved
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Period
from village_ledger.domain.view import LedgerSource
from village_ledger.reports.frame import report
from village_ledger.reports.model import Column, Report, Target
from village_ledger.reports.query import Query

from .lines import ClassRow, grouped

COLUMNS = (
    Column("code", "物资编号", "code", 10),
    Column("name", "品名", "text", 18),
    Column("model", "规格", "text", 10),
    Column("unit", "单位", "text", 5),
    Column("opening_quantity", "数量", "quantity", 11, "期初结存"),
    Column("opening", "金额", "money", 14, "期初结存", summed=True),
    Column("in_quantity", "数量", "quantity", 11, "本期入库"),
    Column("in_amount", "金额", "money", 14, "本期入库", summed=True),
    Column("out_quantity", "数量", "quantity", 11, "本期出库"),
    Column("out_amount", "金额", "money", 14, "本期出库", summed=True),
    Column("closing_quantity", "数量", "quantity", 11, "期末结存"),
    Column("closing_price", "单价", "money", 10, "期末结存"),
    Column("closing", "金额", "money", 14, "期末结存", summed=True),
    Column("account", "科目编码", "code", 10, shown=False),
)


def build(source: LedgerSource, query: Query, register: Register) -> Report:
    """Goods by account, and in the notes each account against the ledger."""
    found = []
    closing: dict[str, int] = {}
    for item in sorted(register.stock_items, key=lambda item: (item.account, item.code)):
        if not item.account.startswith(query.account):
            continue
        name = source.chart[item.account].name if item.account in source.chart else item.account
        moves = [
            move
            for move in register.stock_moves
            if move.item == item.id and register.counts_now(move.source, move.adopted, posted_only=True)
        ]
        cells, left = _cells(item, moves, query)
        closing[item.account] = closing.get(item.account, 0) + left
        found.append(ClassRow(name, cells, Target("ledger", (item.account,))))
    rows = grouped(COLUMNS, found)
    made = report("stock-summary", "库存物资收发存汇总表", source, query, columns=COLUMNS, rows=rows)
    return made._replace(notes=_ties(source, query, closing), landscape=True, signatures=("负责人", "会计", "保管员"))


def _cells(item: StockItem, moves: list[StockMove], query: Query) -> tuple[tuple[str | int | None, ...], int]:
    now = StockBalance(item.opening_quantity, item.opening_fen)
    opening = now
    inward = outward = StockBalance(0, 0)
    for move in moves:
        period = Period.of(move.day)
        if period > query.end:
            break
        now = moved(now, move)
        if period < query.start:
            opening = now
        elif move.direction == "入库":
            inward = StockBalance(inward.quantity + move.quantity, inward.fen + move.fen)
        else:
            outward = StockBalance(outward.quantity + move.quantity, outward.fen + move.fen)
    cells = (item.code, item.name, item.model, item.unit, *opening, *inward, *outward, now.quantity, now.price_fen)
    return (*cells, now.fen, item.account), now.fen


def _ties(source: LedgerSource, query: Query, closing: dict[str, int]) -> tuple[str, ...]:
    booked = dict.fromkeys(closing, 0)
    for row in source.balances(source.entity.first_period, query.end):
        if row.account in booked:
            booked[row.account] += row.closing_fen
    notes = []
    for code, fen in closing.items():
        name = source.chart.full_name(code) if code in source.chart else code
        if booked[code] == fen:
            notes.append(f"{code} {name} 账面余额 {format_fen(fen)}，与本表相符")
        else:
            notes.append(
                f"{code} {name} 账面余额 {format_fen(booked[code])}，本表 {format_fen(fen)}，"
                f"相差 {format_fen(fen - booked[code])}：账上有没有登记出入库的凭证"
            )
    return tuple(notes)

"""折旧（摊销）计算表: what the span charged each card with, and what it still has to.

Columns: code, name, class, original, residual, life, months_left, monthly, opening, charged, due, closing, net,
expense, and hidden kind, account, method. `charged` is posted; `due` is what drafts and months not yet run will add.
"""

from village_ledger.domain.assets.register import Register
from village_ledger.domain.assets.standing import (
    Charge,
    History,
    due_fen,
    in_order,
    monthly_charge,
    months_left,
    standing,
)
from village_ledger.domain.period import Period
from village_ledger.domain.view import LedgerSource
from village_ledger.reports.frame import report
from village_ledger.reports.model import Column, Report
from village_ledger.reports.query import Query

from .lines import SIGNATURES, ClassRow, card_target, grouped, life, report_order

COLUMNS = (
    Column("code", "资产编号", "code", 10),
    Column("name", "资产名称", "text", 24),
    Column("class", "类别", "text", 15),
    Column("original", "原值", "money", 15, summed=True),
    Column("residual", "净残值", "money", 12, summed=True),
    Column("life", "使用年限", "text", 8),
    Column("months_left", "剩余月数", "integer", 8),
    Column("monthly", "月折旧额", "money", 12, summed=True),
    Column("opening", "期初累计折旧", "money", 14, summed=True),
    Column("charged", "已提", "money", 13, "本期折旧", summed=True),
    Column("due", "应提未提", "money", 12, "本期折旧", summed=True),
    Column("closing", "期末累计折旧", "money", 14, summed=True),
    Column("net", "期末净值", "money", 15, summed=True),
    Column("expense", "费用科目", "text", 18),
    Column("kind", "资产种类", "text", 12, shown=False),
    Column("account", "累计折旧科目", "code", 10, shown=False),
    Column("method", "折旧方法", "text", 8, shown=False),
)


def build(source: LedgerSource, query: Query, register: Register) -> Report:
    """Every card that is depreciated and was on the books in the span."""
    pending = {history.card.id: history for history in register.histories(posted_only=False)}
    found = []
    for history in sorted(register.histories(), key=lambda history: report_order(history.card)):
        card = history.card
        if card.method == "不提" or card.entered > query.end:
            continue
        before = standing(history, query.start.previous)
        now = standing(history, query.end)
        if not before.present:
            continue
        charged = sum(charge.fen for charge in history.charges if query.start <= charge.period <= query.end)
        due = _scheduled(pending[card.id], query.start, query.end) - charged
        expense = source.chart.full_name(card.expense_account) if card.expense_account in source.chart else ""
        cells = (
            card.code,
            card.name,
            card.category,
            now.original_fen,
            now.residual_fen,
            life(card),
            months_left(now, query.end),
            monthly_charge(now),
            before.accumulated_fen,
            charged,
            max(due, 0),
            now.accumulated_fen,
            now.net_fen,
            expense,
            card.kind,
            card.depreciation_account,
            card.method,
        )
        found.append(ClassRow(card.category, cells, card_target(register, card)))
    rows = grouped(COLUMNS, found)
    made = report("depreciation-schedule", "折旧（摊销）计算表", source, query, columns=COLUMNS, rows=rows)
    return made._replace(signatures=SIGNATURES, landscape=True)


def _scheduled(history: History, start: Period, end: Period) -> int:
    """What the span charges in all once every month of it has been run."""
    made = {charge.period: charge for charge in history.charges}
    last_run = max(made, default=history.card.entered)
    charges = list(history.charges)
    total = sum(charge.fen for period, charge in made.items() if start <= period <= end)
    changes = in_order(history.changes)
    for period in max(last_run.next, start).through(end):
        fen = due_fen(standing(history._replace(changes=changes, charges=tuple(charges)), period.previous), period)
        if fen:
            charges.append(Charge(period, fen))
            total += fen
    return total

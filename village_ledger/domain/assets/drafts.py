"""The vouchers that runs, changes and stock moves propose. Ordinary drafts: reviewed and posted like any other."""

from collections.abc import Iterable
from datetime import date

from ..account import Chart
from ..voucher import Draft, DraftLine
from .card import Card
from .change import IMPAIRMENT, IMPROVEMENT, SHORTAGE, SURPLUS, Change
from .register import RunLine
from .rules import BIOLOGICAL, INTANGIBLE, AssetRules
from .stock import StockItem, StockMove

Items = tuple[tuple[str, str], ...]


def run_draft(day: date, word: str, lines: Iterable[RunLine], kinds: dict[int, str], source: str) -> Draft:
    """A month's depreciation: debits by expense account, credits by accumulated account; `kinds` by card id."""
    debit_sums: dict[tuple[str, str], int] = {}
    credit_sums: dict[tuple[str, str], int] = {}
    for line in lines:
        summary = run_summary(kinds[line.card], day)
        debit_sums[line.expense, summary] = debit_sums.get((line.expense, summary), 0) + line.fen
        credit_sums[line.account, summary] = credit_sums.get((line.account, summary), 0) + line.fen
    made = [DraftLine(summary, code, (), debit_fen=fen) for (code, summary), fen in sorted(debit_sums.items()) if fen]
    made += [
        DraftLine(summary, code, (), credit_fen=fen) for (code, summary), fen in sorted(credit_sums.items()) if fen
    ]
    return Draft(day, word, tuple(made), source=source)


def run_summary(kind: str, day: date) -> str:
    """计提6月份固定资产折旧."""
    what = {INTANGIBLE: "无形资产摊销", BIOLOGICAL: "生产性生物资产折旧"}.get(kind, f"{kind}折旧")
    return f"计提{day.month}月份{what}"


def change_draft(change: Change, card: Card, rules: AssetRules, word: str, counter: str, items: Items = ()) -> Draft:
    """The voucher of a change coming into effect. `counter` is the other side of an improvement or impairment."""
    summary = f"{change.kind}：{card.name}（{card.code}）"
    if change.kind == IMPROVEMENT:
        lines = [
            DraftLine(summary, card.asset_account, (), debit_fen=change.original_fen),
            DraftLine(summary, counter, items, credit_fen=change.original_fen),
        ]
    elif change.kind == IMPAIRMENT:
        lines = [
            DraftLine(summary, counter, items, debit_fen=change.accumulated_fen),
            DraftLine(summary, card.depreciation_account, (), credit_fen=change.accumulated_fen),
        ]
    elif change.kind == SURPLUS:
        against = rules.pending or counter
        lines = [
            DraftLine(summary, card.asset_account, (), debit_fen=card.original_fen),
            DraftLine(summary, against, items, credit_fen=card.original_fen),
        ]
    else:
        clearing = rules.clearing(card.kind, counted=change.kind == SHORTAGE) or counter
        lines = [
            DraftLine(summary, clearing, items, debit_fen=-change.net_fen),
            DraftLine(summary, card.depreciation_account, (), debit_fen=-change.accumulated_fen),
            DraftLine(summary, card.asset_account, (), credit_fen=-change.original_fen),
        ]
    return Draft(change.day, word, _without_zero(lines), source=change.source)


def settlement_draft(
    change: Change, card: Card, rules: AssetRules, chart: Chart, word: str, money: str, items: Items = ()
) -> Draft | None:
    """The second voucher: proceeds and costs, then gain or loss; None when there is nothing to book.

    `change` bears `settled_on`, `proceeds_fen` and `cost_fen`. `money` is the account paid into and out of (for a
    shortage: who makes good, e.g. 113).
    """
    counted = change.kind in (SHORTAGE, SURPLUS)
    clearing = rules.clearing(card.kind, counted=counted)
    summary = f"{change.kind}结转：{card.name}（{card.code}）"
    net = card.original_fen if change.kind == SURPLUS else change.net_fen
    result = net + change.proceeds_fen - change.cost_fen
    gain, loss = leaf(chart, rules.gain), leaf(chart, rules.loss)
    lines = [
        DraftLine(summary, money, items, debit_fen=change.proceeds_fen),
        DraftLine(summary, clearing or gain, (), credit_fen=change.proceeds_fen),
        DraftLine(summary, clearing or loss, (), debit_fen=change.cost_fen),
        DraftLine(summary, money, items, credit_fen=change.cost_fen),
    ]
    if clearing and result > 0:
        lines += [
            DraftLine(summary, clearing, (), debit_fen=result),
            DraftLine(summary, gain, (), credit_fen=result),
        ]
    elif clearing:
        lines += [
            DraftLine(summary, loss, (), debit_fen=-result),
            DraftLine(summary, clearing, (), credit_fen=-result),
        ]
    made = _without_zero(lines)
    return Draft(change.settled_on or change.day, word, made, source=change.settle_source) if made else None


def move_draft(move: StockMove, item: StockItem, chart: Chart, word: str, items: Items = ()) -> Draft:
    """The voucher of a receipt or an issue."""
    summary = move.summary or f"{item.name}{move.direction}"
    inward = move.direction == "入库"
    kept = chart.get(item.account)
    other = chart.get(move.counter)
    own = DraftLine(
        summary,
        item.account,
        (),
        move.fen if inward else 0,
        0 if inward else move.fen,
        move.quantity if kept and kept.unit else 0,
    )
    against = DraftLine(
        summary,
        move.counter,
        items,
        0 if inward else move.fen,
        move.fen if inward else 0,
        move.quantity if other and other.unit else 0,
    )
    return Draft(move.day, word, (own, against) if inward else (against, own), source=move.source)


def leaf(chart: Chart, code: str) -> str:
    """A leaf account at or below a code, as a proposal: itself, or its last detail (customarily 其他)."""
    below = [account.code for account in chart.subtree(code) if chart.is_leaf(account.code) and not account.disabled]
    return below[-1] if below else code


def _without_zero(lines: Iterable[DraftLine]) -> tuple[DraftLine, ...]:
    return tuple(line for line in lines if line.debit_fen or line.credit_fen)

"""Payments in cash come from money drawn for them, not from what was taken in that day (现金管理暂行条例: 不得坐支).
Looked for: a day with takings on which more was paid in cash than the till held before and was drawn that day.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from .day_balances import day_balances
from .model import Case, Hit, Rule, Values
from .takings import CashMove, cash_moves
from .wording import yuan


def check(case: Case, values: Values) -> Iterator[Hit]:
    """One hit a day."""
    days: defaultdict[date, list[CashMove]] = defaultdict(list)
    for move in cash_moves(case):
        days[move.day].append(move)
    after = list(day_balances(case, case.cash).values())
    for day, moves in days.items():
        taken, paid = (sum(getattr(move, what) for move in moves) for what in ("taken_fen", "paid_fen"))
        drawn = sum(move.drawn_fen for move in moves)
        if not taken or not paid:
            continue
        at_end = sum(next((fen for when, fen in reversed(place) if when <= day), 0) for place in after)
        banked = sum(move.banked_fen for move in moves)
        before = at_end - taken - drawn + paid + banked
        spent = min(taken, paid - max(0, before) - drawn)
        if spent > 0:
            yield Hit(
                str(day),
                f"{day} 收现金 {yuan(taken)}，当天付现金 {yuan(paid)}，而早上库存现金只有 {yuan(before)}，"
                f"当天提取 {yuan(drawn)}，"
                f"至少有 {yuan(spent)}是用当天收入坐支的",
                tuple((f"凭证 {move.label}", f"{_told(move)}：{move.summary}") for move in moves),
                spent,
                tuple(move.label for move in moves),
            )


def _told(move: CashMove) -> str:
    named = {"收": move.taken_fen, "提取": move.drawn_fen, "缴存": move.banked_fen, "付": move.paid_fen}
    return "，".join(f"{what}现金 {yuan(fen)}" for what, fen in named.items() if fen)


RULE = Rule(
    "spent-from-takings",
    7,
    "坐支现金",
    "不得用当天收入的现金直接支付支出。",
    "现金管理暂行条例（不得坐支）；审计疑点清单第7条",
    "高",
    check,
)

"""Cash taken in is carried to the bank within days and never spent from the till (现金管理暂行条例: 不得坐支;
各地村级财务制度: 3—5 天内缴存). Looked for: takings that no deposit of the days after covers. A deposit covers the
newest takings first.
"""

from collections.abc import Iterator
from datetime import date

from .model import Case, Hit, Rule, Values
from .takings import CashMove, cash_moves
from .wording import yuan

_Open = list[tuple[CashMove, int]]


def check(case: Case, values: Values) -> Iterator[Hit]:
    """One hit a receipt that was not banked, or banked late; the last days of the case are given time."""
    waiting: _Open = []
    for move in cash_moves(case):
        if move.taken_fen:
            waiting.append((move, move.taken_fen))
        left = move.banked_fen
        while left and waiting:
            taken, fen = waiting.pop()
            part = min(fen, left)
            left -= part
            if fen > part:
                waiting.append((taken, fen - part))
            if (move.day - taken.day).days > values["days"] and part >= values["least"]:
                yield _hit(taken, part, values["days"], move)
    for taken, fen in waiting:
        if (case.last_day - taken.day).days > values["days"] and fen >= values["least"]:
            yield _hit(taken, fen, values["days"], None)


def _hit(taken: CashMove, fen: int, days: int, banked: CashMove | None) -> Hit:
    when: date | None = banked.day if banked else None
    late = f"到 {when} 才缴存银行（{banked.label}）" if banked else "没有见到缴存银行"
    return Hit(
        f"凭证 {taken.label} {'迟缴' if banked else '未缴'}",
        f"{taken.day} 收现金 {yuan(taken.taken_fen)}，其中 {yuan(fen)}{late}，超过 {days} 天，像是坐收坐支："
        f"{taken.summary}",
        (
            (f"凭证 {taken.label}", f"{taken.day} 收现金 {yuan(taken.taken_fen)}：{taken.summary}"),
            ("缴存", f"{when} 凭证 {banked.label}" if banked else "没有"),
            ("期限", f"{days} 天"),
        ),
        fen,
        (taken.label, banked.label) if banked else (taken.label,),
    )


RULE = Rule(
    "takings-not-banked",
    7,
    "收入没有及时缴存",
    "收到的现金应当在规定天数内缴存银行，不得坐收坐支。",
    "现金管理暂行条例（不得坐支）；各地村级财务制度；审计疑点清单第7条",
    "中",
    check,
    ("days", "least"),
)

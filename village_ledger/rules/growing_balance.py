"""往来只增不减: a balance that only grows hides what was taken or not handed in. Reference list no. 49 (a water fee
account of a reporting clerk grew year by year).
"""

from collections import defaultdict
from collections.abc import Iterator

from village_ledger.domain.account import Item
from village_ledger.domain.view import LedgerLine

from .accounts import dealings
from .balances import member
from .model import Case, Hit, Rule, Values
from .telling import line_label
from .wording import yuan


def check(case: Case, values: Values) -> Iterator[Hit]:
    """A hit for each balance that so many postings of twelve months made larger, and none smaller, by as much."""
    accounts = dealings(case)
    if not accounts:
        return
    first = case.end.plus(-11)
    postings: defaultdict[tuple[str, tuple[Item, ...]], list[LedgerLine]] = defaultdict(list)
    for line in case.ledger.lines(first, case.end, accounts):
        if line.kind == "normal":
            postings[line.account, line.items].append(line)
    for one in case.ledger.balances(first, case.end):
        lines = postings.get((one.account, one.items), [])
        moves = [line.debit_fen - line.credit_fen for line in lines]
        grown = abs(sum(moves))
        sign = 1 if one.closing_fen > 0 else -1
        if len(moves) < max(values["postings"], 1) or grown < max(values["yuan"], 1):
            continue
        if one.opening_fen * sign >= 0 and all(move * sign > 0 for move in moves):
            name, who = case.ledger.chart.full_name(one.account), member(one.items)
            yield Hit(
                f"往来户 {one.account} {who}",
                f"{name}：{who}一年来 {len(moves)} 笔只增不减，增加 {yuan(grown)}，"
                f"余额{'借' if sign > 0 else '贷'}方 {yuan(abs(one.closing_fen))}",
                (("科目", f"{one.account} {name}"), ("增加", yuan(grown)), ("笔数", str(len(moves)))),
                grown,
                tuple(dict.fromkeys(line_label(line) for line in lines)),
            )


RULE = Rule(
    "growing-balance",
    49,
    "往来只增不减",
    "往来款项有增有减，一年里只增不减的要核对",
    "审计疑点清单第 49 项",
    "中",
    check,
    ("postings", "yuan"),
)

"""The village's own receipts run through without a gap, each once; a void one is kept (村级票据管理制度). Looked for:
numbers missing between two stubs, and numbers used twice.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from village_ledger.domain.source_document import COLLECTIVE, RECEIVED

from . import cells
from .model import Case, Hit, Row, Rule, Values
from .wording import yuan

_Run = tuple[str, int]


def check(case: Case, values: Values) -> Iterator[Hit]:
    """One hit a gap, one a number used twice. A leap longer than a book of receipts is a new book."""
    runs: defaultdict[_Run, defaultdict[int, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in case.rows("document-register"):
        number = cells.serial(row, "number")
        is_stub = cells.text(row, "direction") == RECEIVED and cells.text(row, "kind") == COLLECTIVE
        if is_stub and number is not None:
            runs[cells.text(row, "code"), len(cells.text(row, "number"))][number].append(row)
    for (code, width), numbers in runs.items():
        for before, after in pairwise(sorted(numbers)):
            missing = after - before - 1
            if 0 < missing < values["book"]:
                yield _gap(code, f"{before + 1:0{width}d}", f"{after - 1:0{width}d}", missing)
        for used, same in sorted(numbers.items(), key=lambda pair: pair[0]):
            if len(same) > 1:
                yield _twice(f"{code} {used:0{width}d}".strip(), same)


def _gap(code: str, first: str, last: str, missing: int) -> Hit:
    span = f"{code} {first if first == last else f'{first}—{last}'}".strip()
    return Hit(
        f"收据 {span}",
        f"统一收据存根缺 {span} 共 {missing} 张，既没有入账也没有作废登记，要查收据去向和收的钱",
        (("缺号", span), ("张数", f"{missing} 张")),
    )


def _twice(number: str, same: list[Row]) -> Hit:
    labels = cells.labels(same)
    return Hit(
        f"收据 {number} 重号",
        f"统一收据 {number} 用了 {len(same)} 次",
        tuple(
            (
                cells.text(row, "voucher") or "没有凭证",
                f"{cells.text(row, 'day')} {cells.text(row, 'issuer')} {yuan(cells.fen(row, 'amount'))}",
            )
            for row in same
        ),
        sum(cells.fen(row, "amount") for row in same),
        labels,
    )


RULE = Rule(
    "receipt-numbers",
    9,
    "收据断号、重号",
    "统一收据应当连号使用，作废的要保存，不得缺号、重号。",
    "村级票据管理制度（各地）；审计疑点清单第9条",
    "高",
    check,
    ("book",),
    ("document-register",),
)

"""凭证断号: numbers of a month and word run from 1 without a gap or a double (会计基础工作规范). Reference no. 54."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

from village_ledger.domain.period import Period

from .model import Case, Hit, Rule, Values
from .telling import listed


def check(case: Case, values: Values) -> Iterator[Hit]:
    """A hit for each month and word whose numbers have gaps, and for each that has doubles."""
    found: defaultdict[tuple[Period, str], list[int]] = defaultdict(list)
    for one in case.ledger.vouchers(case.start, case.end):
        found[one.period, one.word].append(one.number)
    for (period, word), numbers in sorted(found.items()):
        evidence = (
            ("月份", str(period)),
            ("最大号", f"{word}-{max(numbers)}"),
            ("张数", str(len(numbers))),
        )
        gaps = [
            f"{word}-{before + 1}" if after == before + 2 else f"{word}-{before + 1} 至 {word}-{after - 1}"
            for before, after in pairwise((0, *sorted(set(numbers))))
            if after > before + 1
        ]
        if gaps:
            yield Hit(f"{period} {word}字断号", f"{period.label}{word}字凭证断号，缺 {listed(gaps)}", evidence)
        doubles = tuple(f"{word}-{number}" for number, times in sorted(Counter(numbers).items()) if times > 1)
        if doubles:
            labels = tuple(f"{period} {label}" for label in doubles)
            yield Hit(
                f"{period} {word}字重号", f"{period.label}{word}字凭证重号：{listed(doubles)}", evidence, 0, labels
            )


RULE = Rule(
    "number-gap",
    54,
    "凭证断号",
    "凭证按月按字连续编号，不得断号、重号",
    "审计疑点清单第 54 项",
    "高",
    check,
)

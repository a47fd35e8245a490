"""In a large set of amounts that grew by themselves 1 leads more often than 9 (本福特定律); amounts somebody made up
do not keep to it. Looked for: first digits of payments that differ by the chi-square test. Only a hint where to draw
samples.
"""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from .model import Case, Hit, Rule, Values
from .payments import payments

EXPECTED = (301_030, 176_091, 124_939, 96_910, 79_181, 66_947, 57_992, 51_153, 45_757)
"""How often each digit from 1 to 9 leads, in millionths: log10(1 + 1/d), rounded; they add up to a million."""
_WHOLE = 1_000_000


def check(case: Case, values: Values) -> Iterator[Hit]:
    """One hit a case; the payments of some years together, silent when there are too few."""
    start = max(case.ledger.entity.first_period, case.end.january.plus(-12 * max(0, values["years"] - 1)))
    amounts = [one.fen for one in payments(case, start) if one.fen >= values["smallest"]]
    if len(amounts) < max(1, values["least"]):
        return
    counted = Counter(int(str(fen)[0]) for fen in amounts)
    statistic = chi_square([counted[digit] for digit in range(1, 10)])
    if statistic * 1000 > values["critical"]:
        excess = max(range(1, 10), key=lambda digit: counted[digit] * _WHOLE - len(amounts) * EXPECTED[digit - 1])
        shown = f"{int(statistic * 100) // 100}.{int(statistic * 100) % 100:02d}"
        yield Hit(
            f"{case.end.year}年首位数字",
            f"{start} 至 {case.end} 的 {len(amounts)} 笔付款金额首位数字分布异常（卡方 {shown}），"
            f"以 {excess} 开头的偏多，可以抽查这些凭证",
            tuple(
                (
                    f"首位 {digit}",
                    f"{counted[digit]} 笔，应约 {(len(amounts) * EXPECTED[digit - 1] + _WHOLE // 2) // _WHOLE} 笔",
                )
                for digit in range(1, 10)
            ),
        )


def chi_square(counted: list[int]) -> Fraction:
    """Pearson's statistic of counts of the digits 1 to 9 against what is expected, exactly."""
    total = sum(counted)
    return sum(
        (
            Fraction((seen * _WHOLE - total * share) ** 2, total * share * _WHOLE)
            for seen, share in zip(counted, EXPECTED, strict=True)
        ),
        Fraction(0),
    )


RULE = Rule(
    "first-digits",
    60,
    "金额首位数字异常",
    "大量自然形成的金额，首位数字的分布符合本福特定律。",
    "本福特定律（审计抽样方法）",
    "低",
    check,
    ("least", "smallest", "years", "critical"),
)

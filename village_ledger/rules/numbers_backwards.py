"""Vouchers are numbered as things happen (会计基础工作规范第五十一条: 连续编号). Looked for: later numbers with days
well before those of earlier numbers of the month, as vouchers made up afterwards have.
"""

from collections.abc import Iterator

from village_ledger.domain.period import Period
from village_ledger.domain.voucher import Voucher

from .model import Case, Hit, Rule, Values
from .payments import voucher_label


def check(case: Case, values: Values) -> Iterator[Hit]:
    """One hit a month and word."""
    series: dict[tuple[Period, str], list[Voucher]] = {}
    for voucher in case.ledger.vouchers(case.start, case.end):
        series.setdefault((voucher.period, voucher.word), []).append(voucher)
    for (month, word), vouchers in series.items():
        found = _backwards(vouchers, values["days"])
        if found:
            labels = tuple(voucher_label(voucher) for voucher, _ in found)
            yield Hit(
                f"{month} {word}字倒号",
                f"{month.label}{word}字有 {len(found)} 张凭证的日期比编号在前的早 {values['days']} 天以上，"
                "像是事后补做："
                f"{'、'.join(labels[:5])}",
                tuple(
                    (f"凭证 {voucher_label(voucher)}", f"{voucher.day}，而前面的 {before.label} 是 {before.day}")
                    for voucher, before in found[:20]
                ),
                0,
                labels,
            )


def _backwards(vouchers: list[Voucher], days: int) -> list[tuple[Voucher, Voucher]]:
    """Vouchers more than so many days before one with a smaller number, with that one."""
    found = []
    latest = vouchers[0]
    for voucher in vouchers[1:]:
        if (latest.day - voucher.day).days > days:
            found.append((voucher, latest))
        elif voucher.day > latest.day:
            latest = voucher
    return found


RULE = Rule(
    "numbers-backwards",
    59,
    "凭证倒号",
    "凭证按发生的先后编号，编号在后的日期不得倒退。",
    "会计基础工作规范第五十一条；审计疑点清单第54条",
    "低",
    check,
    ("days",),
)

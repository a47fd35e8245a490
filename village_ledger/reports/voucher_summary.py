"""凭证汇总表 (科目汇总表): what the span's vouchers debited and credited, by account, with their numbers in the notes.

Columns: code, name, level, leaf, debit, credit, vouchers (how many vouchers touch the account). The total adds the
first level; its `vouchers` counts all of them.
"""

from collections.abc import Iterable

from village_ledger.domain.account import CODE_LENGTHS
from village_ledger.domain.view import LedgerSource
from village_ledger.domain.voucher import Voucher

from .frame import report
from .model import Column, Report, Row, Span, Target, Value
from .query import Query

COLUMNS = (
    Column("code", "科目编码", "code", 14),
    Column("name", "科目名称", "text", 32),
    Column("level", "级次", "integer", 6, shown=False),
    Column("leaf", "末级", "flag", 6, shown=False),
    Column("debit", "借方金额", "money", 18, summed=True),
    Column("credit", "贷方金额", "money", 18, summed=True),
    Column("vouchers", "凭证张数", "integer", 9),
)


def build(source: LedgerSource, query: Query) -> Report:
    """Accounts that vouchers of the span touch, down to `query.level`."""
    vouchers = source.vouchers(query.start, query.end)
    sums = _fold(vouchers)
    rows: list[Row] = []
    tops: list[Span] = []
    debit = credit = 0
    for account in source.chart:
        if account.code not in sums or account.level > query.level:
            continue
        figures = sums[account.code]
        if account.level == 1:
            tops.append(Span(len(rows), len(rows)))
            debit += figures[0]
            credit += figures[1]
        cells: tuple[Value, ...] = (
            account.code,
            account.name,
            account.level,
            source.chart.is_leaf(account.code),
            *figures[:3],
        )
        rows.append(Row(cells, level=account.level - 1, target=Target("ledger", (account.code,))))
    rows.append(Row(("", "合计", 0, False, debit, credit, len(vouchers)), "total", formula=tuple(tops)))
    made = report("voucher-summary", "凭证汇总表", source, query, columns=COLUMNS, rows=rows)
    return made._replace(notes=number_notes(vouchers), signatures=("会计主管（会计）", "记账", "复核", "制表"))


def number_notes(vouchers: Iterable[Voucher]) -> tuple[str, ...]:
    """One sentence per month and word: the numbers from first to last, how many, and their attachments."""
    runs: dict[tuple[int, int, str], list[int]] = {}
    for voucher in vouchers:
        run = runs.setdefault((voucher.day.year, voucher.day.month, voucher.word), [voucher.number, 0, 0, 0])
        run[0] = min(run[0], voucher.number)
        run[1] = max(run[1], voucher.number)
        run[2] += 1
        run[3] += voucher.attachments
    return tuple(
        f"{year}年{month}月：{word}-{first} 至 {word}-{last}，共{count}张，附件{attachments}张"
        for (year, month, word), (first, last, count, attachments) in runs.items()
    )


def _fold(vouchers: Iterable[Voucher]) -> dict[str, list[int]]:
    """Debit, credit, number of vouchers, and the last voucher counted, by account and everything above it."""
    sums: dict[str, list[int]] = {}
    for voucher in vouchers:
        for line in voucher.lines:
            for length in CODE_LENGTHS:
                if length > len(line.account):
                    break
                figures = sums.setdefault(line.account[:length], [0, 0, 0, 0])
                figures[0] += line.debit_fen
                figures[1] += line.credit_fen
                if figures[3] != voucher.id:
                    figures[2] += 1
                    figures[3] = voucher.id
    return sums

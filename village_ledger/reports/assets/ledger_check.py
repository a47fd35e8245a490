"""账卡核对表: the cards against the accounts they are kept on, and the voucher or card behind every difference.

Columns: account, name, cards, ledger, difference, reason. Signed, debit positive. Rows of kind line with an empty
`account` name one reason each.
"""

from village_ledger.domain.assets.register import Register
from village_ledger.domain.assets.tie import compare
from village_ledger.domain.view import LedgerSource
from village_ledger.reports.frame import day_label, report
from village_ledger.reports.model import Column, Report, Row, Span, Target
from village_ledger.reports.query import Query

COLUMNS = (
    Column("account", "科目编码", "code", 10),
    Column("name", "科目名称", "text", 30),
    Column("cards", "卡片合计", "money", 16, summed=True),
    Column("ledger", "账面余额", "money", 16, summed=True),
    Column("difference", "差额", "money", 15, summed=True),
    Column("reason", "差异原因", "text", 48),
)


def build(source: LedgerSource, query: Query, register: Register) -> Report:
    """Every account with cards or a balance, and under it its reasons."""
    tie = compare(register, source, query.end)
    rows: list[Row] = []
    sums = [0, 0, 0]
    spans = []
    listed = set()
    for one in tie.accounts:
        causes = [cause for cause in tie.causes if cause.account == one.account]
        listed.add(one.account)
        figures = (one.cards_fen, one.ledger_fen, one.difference_fen)
        reason = "相符" if not one.difference_fen and not causes else ""
        cells = (one.account, source.chart.full_name(one.account), *figures, reason)
        spans.append(Span(len(rows), len(rows)))
        rows.append(Row(cells, target=Target("ledger", (one.account,))))
        rows += [_reason(cause.fen, cause.text, cause.voucher, one.account) for cause in causes]
        sums = [total + figure for total, figure in zip(sums, figures, strict=True)]
    for cause in tie.causes:
        if cause.account not in listed:
            rows.append(_reason(cause.fen, f"{cause.account} {cause.text}", cause.voucher, cause.account))
    rows.append(Row(("", "合计", *sums, ""), "total", formula=tuple(spans)))
    made = report("asset-ledger-check", "账卡核对表", source, query, columns=COLUMNS, rows=rows)
    notes = tuple(f"还没有记账、两边都没有计入：{text}" for text in tie.pending)
    return made._replace(as_of=day_label(query.end), notes=notes, landscape=True)


def _reason(fen: int, text: str, voucher: int, account: str) -> Row:
    target = Target("voucher", (account,), "", voucher) if voucher else Target("ledger", (account,))
    return Row(("", "", None, None, fen, text), "line", 1, (), target)

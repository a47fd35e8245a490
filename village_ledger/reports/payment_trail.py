"""付款溯源表: payments followed from the statement line to the vote, the papers and the log, one step a row.

Columns: voucher, stage, number, title, who, day, amount, detail, proof. `proof` is a SHA-256: of a file, or of a record
of the log. With `Query.voucher` one voucher; without, every payment of the span.
"""

from collections.abc import Iterable

from village_ledger.domain.trail import Trail, TrailLink, trail_rows
from village_ledger.domain.view import LedgerSource

from .frame import report
from .model import Column, Report, Row, Target
from .query import Query

COLUMNS = (
    Column("voucher", "凭证", "code", 13),
    Column("stage", "环节", "text", 9),
    Column("number", "编号", "code", 20),
    Column("title", "内容", "text", 34),
    Column("who", "人员、地点", "text", 18),
    Column("day", "日期", "date", 11),
    Column("amount", "金额", "money", 14),
    Column("detail", "说明", "text", 40),
    Column("proof", "SHA-256", "code", 66, shown=False),
)


def build(source: LedgerSource, query: Query, trails: Iterable[Trail]) -> Report:
    """The trails, one under the other."""
    rows: list[Row] = []
    for trail in trails:
        if rows:
            rows.append(Row((None,) * len(COLUMNS), "section"))
        for one in trail_rows(trail):
            cells = (trail.label, one.stage, one.number, one.title, one.who, one.day, one.fen, one.detail, one.proof)
            rows.append(Row(cells, target=_target(one.link, trail)))
    made = report("payment-trail", "付款溯源表", source, query, columns=COLUMNS, rows=rows)
    return made._replace(landscape=True)


def _target(link: TrailLink | None, trail: Trail) -> Target:
    if link and link.kind == "ledger":
        return Target("ledger", (link.key,))
    return Target("voucher", voucher=trail.voucher.id)

"""Where a row of a report leads: statement line to accounts, account to its ledger, ledger line to its voucher."""

from typing import NamedTuple

from village_ledger.domain.account import Item
from village_ledger.reports.model import Row
from village_ledger.reports.query import Query
from village_ledger.ui.operations import Facts

ACCOUNTS_REPORT = "trial-balance"
LEDGER_REPORT = "subsidiary-ledger"


class Step(NamedTuple):
    """One step down: a voucher (id) or a report with its query."""

    voucher: int = 0
    report: str = ""
    query: Query | None = None


def step_down(row: Row, query: Query, facts: Facts) -> Step | None:
    """The step a row leads to, or None."""
    target = row.target
    if target is None:
        return None
    if target.kind == "voucher":
        return Step(voucher=target.voucher)
    span = Query(query.start, query.end)
    if target.kind == "accounts" and not (len(target.codes) == 1 and facts.chart.is_leaf(target.codes[0])):
        return Step(report=ACCOUNTS_REPORT, query=span._replace(accounts=target.codes))
    if not target.codes:
        return None
    item = find_item(facts, target.item)
    return Step(
        report=LEDGER_REPORT,
        query=span._replace(account=target.codes[0], item=item, dimension=item.category if item else query.dimension),
    )


def find_item(facts: Facts, written: str) -> Item | None:
    """The member written as `类别:名称`."""
    return next((record.item for record in facts.items if str(record.item) == written), None) if written else None


def rows_behind(rows: tuple[Row, ...], codes: tuple[str, ...]) -> tuple[Row, ...]:
    """The rows of the trial balance that belong to the given accounts."""
    return tuple(row for row in rows if str(row.cells[0] or "").startswith(codes))

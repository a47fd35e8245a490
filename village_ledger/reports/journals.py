"""库存现金日记账 and 银行存款日记账: the ledger of the money accounts, totalled every day (会计基础工作规范 art. 57).

Columns: see `three_column.COLUMNS`. The accounts are `query.account`, else `query.accounts`, else 101 or 102.
"""

from village_ledger.domain.view import LedgerSource

from .frame import report
from .model import Report, Row
from .query import Query
from .subsidiary_ledger import write_sections
from .three_column import COLUMNS


def build_cash(source: LedgerSource, query: Query) -> Report:
    """库存现金日记账."""
    return _build(source, query, "cash-journal", "库存现金日记账", "101")


def build_bank(source: LedgerSource, query: Query) -> Report:
    """银行存款日记账, a section per bank account."""
    return _build(source, query, "bank-journal", "银行存款日记账", "102")


def _build(source: LedgerSource, query: Query, key: str, title: str, default: str) -> Report:
    rows: list[Row] = []
    prefixes = (query.account,) if query.account else query.accounts or (default,)
    write_sections(rows, source, query._replace(dimension="银行账户"), prefixes, daily=True)
    made = report(key, title, source, query, columns=COLUMNS, rows=rows)
    return made._replace(paging="book", signatures=("会计主管（会计）", "出纳"))

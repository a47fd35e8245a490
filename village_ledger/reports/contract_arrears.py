"""合同欠款表: what was overdue under each contract at the end of the span, the longest first.

Columns: contract, party, due (fallen due, waivers taken off), received (of it), arrears, days (since the oldest
unpaid payment), subject, oldest, contact, account. Only contracts in arrears; days count from the due date.
"""

from village_ledger.domain.contract import INCOMING
from village_ledger.domain.contract_account import arrears_on
from village_ledger.domain.contract_register import ContractRegister
from village_ledger.domain.view import LedgerSource

from .frame import day_label, report
from .model import Column, Report, Row, Span, Target
from .query import Query

COLUMNS = (
    Column("contract", "合同编号", "code", 12),
    Column("party", "对方", "text", 18),
    Column("due", "应收", "money", 15, summed=True),
    Column("received", "已收", "money", 15, summed=True),
    Column("arrears", "欠款", "money", 15, summed=True),
    Column("days", "逾期天数", "integer", 9),
    Column("subject", "标的", "text", 24),
    Column("oldest", "最早应收日", "date", 12),
    Column("contact", "联系电话", "text", 15),
    Column("account", "往来科目", "code", 9, shown=False),
)


def build(source: LedgerSource, query: Query, register: ContractRegister) -> Report:
    """Contracts with something overdue on the last day of `query.end`."""
    day = query.end.last_day
    found = []
    for account in register.accounts:
        contract = account.contract
        overdue = arrears_on(account, day)
        if contract.direction == INCOMING and overdue.days and overdue.arrears_fen:
            found.append((overdue, contract))
    found.sort(key=lambda pair: (-pair[0].days, pair[1].code))
    rows = [
        Row(
            (
                contract.code,
                contract.party.name,
                overdue.due_fen,
                overdue.received_fen,
                overdue.arrears_fen,
                overdue.days,
                contract.subject,
                overdue.oldest,
                contract.contact,
                contract.account,
            ),
            target=Target("ledger", (contract.account,), str(contract.party)),
        )
        for overdue, contract in found
    ]
    sums = (sum(one.due_fen for one, _ in found), sum(one.received_fen for one, _ in found))
    formula = (Span(0, len(rows) - 1),) if rows else ()
    label = f"合计 {len(rows)} 份"
    rows.append(Row(("", label, *sums, sums[0] - sums[1], None, "", None, "", ""), "total", formula=formula))
    made = report("contract-arrears", "合同欠款表", source, query, columns=COLUMNS, rows=rows)
    return made._replace(as_of=day_label(query.end), landscape=True)

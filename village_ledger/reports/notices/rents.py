"""合同与租金公开表: who uses what of the village's, for how much, until when, what they paid and what they owe.

Columns: contract, party, subject, start, end, annual, due, received, arrears, basis. `due` and `received` are of the
span, `arrears` what was overdue on its last day.
"""

from village_ledger.domain.contract import INCOMING
from village_ledger.domain.contract_account import arrears_on
from village_ledger.domain.contract_register import ContractRegister
from village_ledger.domain.view import LedgerSource
from village_ledger.reports.contract_figures import figures, rent_now
from village_ledger.reports.frame import report
from village_ledger.reports.model import Column, Report, Row, Span
from village_ledger.reports.query import Query

COLUMNS = (
    Column("contract", "合同编号", "code", 11),
    Column("party", "承包（承租）方", "text", 16),
    Column("subject", "承包（租）了什么", "text", 22),
    Column("start", "开始", "date", 11),
    Column("end", "到期", "date", 11),
    Column("annual", "年租金", "money", 14),
    Column("due", "本期应交", "money", 14, summed=True),
    Column("received", "本期已交", "money", 14, summed=True),
    Column("arrears", "拖欠", "money", 14, summed=True),
    Column("basis", "决议文号", "text", 15),
)


def build(source: LedgerSource, query: Query, register: ContractRegister) -> Report:
    """The contracts the village receives money from that ran in the span or still owe at its end."""
    start, end = query.start.first_day, query.end.last_day
    rows: list[Row] = []
    sums = [0, 0, 0]
    for account in register.accounts:
        contract = account.contract
        if contract.direction != INCOMING or contract.start > end:
            continue
        own, arrears = figures(account, start, end), arrears_on(account, end).arrears_fen
        if contract.last_day < start and not any(own) and not arrears:
            continue
        amounts = (own.due_fen - own.waived_fen, own.received_fen, arrears)
        sums = [total + fen for total, fen in zip(sums, amounts, strict=True)]
        cells = (
            contract.code,
            contract.party.name,
            contract.subject,
            contract.start,
            contract.last_day,
            rent_now(contract, end) or None,
            *amounts,
            contract.decision,
        )
        rows.append(Row(cells))
    formula = (Span(0, len(rows) - 1),) if rows else ()
    rows.append(Row(("", f"合计 {len(rows)} 份", "", None, None, None, *sums, ""), "total", formula=formula))
    made = report("notice-rents", "合同与租金公开表", source, query, columns=COLUMNS, rows=rows)
    return made._replace(landscape=True)

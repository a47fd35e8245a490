"""租金收缴情况表: for each contract what was in arrears before the span, fell due in it, was waived and received.

Columns: contract, party, subject, opening, due, waived, received, closing (arrears at the end), rate (per cent of what
was to be collected). `opening + due - waived - received = closing`; rent paid in advance counts on its due day, and
what is not given to a payment yet is told in the notes.
"""

from village_ledger.domain.contract import INCOMING
from village_ledger.domain.contract_register import ContractRegister
from village_ledger.domain.money import format_fen
from village_ledger.domain.view import LedgerSource

from .contract_figures import Figures, figures
from .frame import report
from .model import Column, Report, Row, Span, Target
from .query import Query

COLUMNS = (
    Column("contract", "合同编号", "code", 12),
    Column("party", "对方", "text", 18),
    Column("subject", "标的", "text", 24),
    Column("opening", "期初欠款", "money", 15, summed=True),
    Column("due", "本期应收", "money", 15, summed=True),
    Column("waived", "本期减免", "money", 13, summed=True),
    Column("received", "本期已收", "money", 15, summed=True),
    Column("closing", "期末欠款", "money", 15, summed=True),
    Column("rate", "收缴率", "text", 9),
)


def build(source: LedgerSource, query: Query, register: ContractRegister) -> Report:
    """The contracts the village receives money from, in code order, with any figure in the span."""
    start, end = query.start.first_day, query.end.last_day
    rows: list[Row] = []
    sums = [0] * 5
    for account in register.accounts:
        contract = account.contract
        own = figures(account, start, end)
        if contract.direction != INCOMING or not any(own):
            continue
        amounts = (*own, own.closing_fen)
        sums = [total + amount for total, amount in zip(sums, amounts, strict=True)]
        cells = (contract.code, contract.party.name, contract.subject, *amounts, _rate(own))
        rows.append(Row(cells, target=Target("ledger", (contract.account,), str(contract.party))))
    formula = (Span(0, len(rows) - 1),) if rows else ()
    total = Figures(*sums[:4])
    rows.append(Row(("", f"合计 {len(rows)} 份", "", *sums, _rate(total)), "total", formula=formula))
    made = report("rent-collection", "租金收缴情况表", source, query, columns=COLUMNS, rows=rows)
    spare = sum(
        one.unallocated_fen for one in register.receipts if one.receipt.route == "往来" and one.receipt.day <= end
    )
    notes = (f"另有预收、尚未分配到各期的合同款 {format_fen(spare)} 元",) if spare else ()
    return made._replace(landscape=True, notes=notes)


def _rate(own: Figures) -> str:
    """Received of what was to be collected, in per cent rounded down, so that 100 means everything."""
    wanted = own.opening_fen + own.due_fen - own.waived_fen
    return f"{max(0, own.received_fen) * 100 // wanted}%" if wanted > 0 else "—"

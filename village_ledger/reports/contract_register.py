"""合同台账: every contract that had begun or was signed by the end of the span, with how it stands on that day.

Columns: contract, kind, subject, party, direction, use, area_mu_x100, award, signed, start, end, price, cycle,
annual (this lease year's rent), total (over the agreed term), deposit, decision, state, arrears. Money is fen, the
area hundredths of a mu; shares count with their guaranteed minimum.
"""

from village_ledger.domain.contract import CYCLES, INCOMING, LISTED
from village_ledger.domain.contract_account import arrears_on
from village_ledger.domain.contract_register import ContractRegister, state_on
from village_ledger.domain.contract_schedule import total_fen
from village_ledger.domain.view import LedgerSource

from .contract_figures import price_label, rent_now
from .frame import day_label, report
from .model import Column, Report, Row, Span, Value
from .query import Query

COLUMNS = (
    Column("contract", "合同编号", "code", 12),
    Column("kind", "类型", "text", 6),
    Column("subject", "标的", "text", 20),
    Column("party", "对方", "text", 16),
    Column("direction", "收付", "text", 4, shown=False),
    Column("use", "用途", "text", 8, shown=False),
    Column("area_mu_x100", "面积（亩）", "money", 10),
    Column("award", "交易方式", "text", 10, shown=False),
    Column("signed", "签订日期", "date", 11, shown=False),
    Column("start", "开始", "date", 11),
    Column("end", "结束", "date", 11),
    Column("price", "计价", "text", 10),
    Column("cycle", "付款", "text", 8),
    Column("annual", "现年租金", "money", 13),
    Column("total", "合同总额", "money", 14, summed=True),
    Column("deposit", "押金", "money", 11, summed=True),
    Column("decision", "决议文号", "text", 19),
    Column("state", "状态", "text", 10),
    Column("arrears", "欠款", "money", 13, summed=True),
)


def build(source: LedgerSource, query: Query, register: ContractRegister) -> Report:
    """The contracts in code order and their sums."""
    day = query.end.last_day
    renewed = register.renewed
    rows: list[Row] = []
    sums = [0, 0, 0]
    for account in register.accounts:
        contract = account.contract
        if min(contract.start, contract.signed or contract.start) > day:
            continue
        state = state_on(contract, day, renewed)
        arrears = arrears_on(account, day).arrears_fen if contract.direction == INCOMING else 0
        total = total_fen(contract)
        sums = [sums[0] + total, sums[1] + contract.deposit_fen, sums[2] + arrears]
        listed = contract.price.form == LISTED
        cells: tuple[Value, ...] = (
            contract.code,
            contract.kind,
            contract.subject,
            contract.party.name,
            contract.direction,
            contract.use,
            contract.area_x100,
            contract.award,
            contract.signed,
            contract.start,
            contract.last_day,
            price_label(contract),
            "" if listed else CYCLES[contract.price.cycle],
            rent_now(contract, day),
            total,
            contract.deposit_fen,
            contract.decision,
            state,
            arrears,
        )
        rows.append(Row(cells))
    formula = (Span(0, len(rows) - 1),) if rows else ()
    label = f"合计 {len(rows)} 份"
    days = (None, None, None)
    cells = ("", "", label, "", "", "", None, "", *days, "", "", None, *sums[:2], "", "", sums[2])
    rows.append(Row(cells, "total", formula=formula))
    made = report("contract-register", "合同台账", source, query, columns=COLUMNS, rows=rows)
    return made._replace(as_of=day_label(query.end), landscape=True)

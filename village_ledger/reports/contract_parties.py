"""合同对方表: with whom each contract is, how they are reached, and what a mu costs a year by class of land.

Columns: contract, party, contact (numbers masked), phone_tag (tells equal numbers apart from others, see
`domain.masking.tag`), category (class of the parcel, else the use agreed), area_mu_x100, annual (this lease year's
rent), unit_rent (fen per mu and year, empty without an area or a yearly rent). Contracts begun or signed by the end of
the span.
"""

from village_ledger.domain.contract_parties import ContractParty
from village_ledger.domain.masking import contact_masked, phone_in, tag
from village_ledger.domain.view import LedgerSource

from .contract_figures import rent_now
from .frame import day_label, report
from .model import Column, Report, Row, Value
from .query import Query

COLUMNS = (
    Column("contract", "合同编号", "code", 12),
    Column("party", "对方", "text", 22),
    Column("contact", "联系电话", "text", 16),
    Column("phone_tag", "电话标记", "code", 10, shown=False),
    Column("category", "地类（用途）", "text", 12),
    Column("area_mu_x100", "面积（亩）", "money", 12),
    Column("annual", "现年租金", "money", 14),
    Column("unit_rent", "每亩年租金", "money", 13),
)


def build(source: LedgerSource, query: Query, register: tuple[ContractParty, ...]) -> Report:
    """The contracts in code order."""
    day = query.end.last_day
    found = [one for one in register if min(one.contract.start, one.contract.signed or one.contract.start) <= day]
    rows = [Row(_cells(one, rent_now(one.contract, day))) for one in found]
    rows.append(Row((f"合计 {len(rows)} 份", "", "", "", "", None, None, None), "total"))
    made = report("contract-parties", "合同对方表", source, query, columns=COLUMNS, rows=rows)
    return made._replace(as_of=day_label(query.end), landscape=True)


def _cells(one: ContractParty, annual: int) -> tuple[Value, ...]:
    contract = one.contract
    return (
        contract.code,
        contract.party.name,
        contact_masked(contract.contact),
        tag(phone_in(contract.contact)),
        one.land_class or contract.use,
        contract.area_x100,
        annual,
        (annual * 200 + contract.area_x100) // (2 * contract.area_x100) if contract.area_x100 and annual else None,
    )

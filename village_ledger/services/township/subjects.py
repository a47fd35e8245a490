"""What a comment can be about besides vouchers and statements: a row of a register that was handed over."""

from ...domain.desk import Village
from ...domain.errors import BadInput
from ...domain.period import Period
from ...domain.review import SubjectKind
from ...reports.stored import stored_rows
from ...storage.desk import registers
from .desk import Desk
from .reviewing import standing

SUBJECTS: dict[str, tuple[SubjectKind, str]] = {
    "contract-register": ("合同", "contract"),
    "contract-arrears": ("合同", "contract"),
    "contract-parties": ("合同", "contract"),
    "rent-collection": ("合同", "contract"),
    "decision-register": ("决策", "number"),
    "fixed-asset-register": ("资产", "code"),
    "biological-asset-register": ("资产", "code"),
    "intangible-asset-register": ("资产", "code"),
    "resource-register": ("资产", "code"),
    "asset-changes": ("资产", "code"),
}
"""What a row of a register is, and the column that names it."""


def require_handed_over(desk: Desk, village: Village, period: Period, kind: SubjectKind, subject: str) -> None:
    """Raise BadInput when no register of the month has it: a number mistyped would puzzle the village."""
    standing(desk, village, period)
    columns = {name: column for name, (named, column) in SUBJECTS.items() if named == kind}
    found = registers.load_registers(desk.store, period, period, village=village.code, names=columns)
    if not any(row.get(columns[name]) == subject for _, _, name, content in found for row in stored_rows(content)):
        raise BadInput(f"{village.name}{period.label}报送的登记簿里没有{kind}“{subject}”，请核对编号")

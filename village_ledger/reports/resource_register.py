"""资源登记簿: the parcels of the span's last day by land class, with what of them is under contract.

Columns: code, name, class, area_mu_x100, contracted_x100, idle_x100 (what of an idle parcel is not under
contract), location, boundaries (四至), land_use, management, holder, owner, proof. Areas are hundredths of a mu;
parcels stand by class and code; the notes tell each class's sum and what does not fit together.
"""

from datetime import date

from village_ledger.domain.area import format_mu
from village_ledger.domain.land_register import LandRegister
from village_ledger.domain.parcels import IDLE, LAND_CLASSES, LET, Parcel
from village_ledger.domain.view import LedgerSource

from .frame import day_label, report
from .model import Column, Report, Row, Span, Value
from .query import Query

COLUMNS = (
    Column("code", "地块编号", "code", 13),
    Column("name", "地块名称", "text", 20),
    Column("class", "地类", "text", 9),
    Column("area_mu_x100", "面积（亩）", "money", 13, summed=True),
    Column("contracted_x100", "已承包发包（亩）", "money", 13, summed=True),
    Column("idle_x100", "闲置（亩）", "money", 11, summed=True),
    Column("location", "坐落", "text", 18),
    Column("boundaries", "四至", "text", 36),
    Column("land_use", "用途", "text", 12),
    Column("management", "经营方式", "text", 10),
    Column("holder", "经营者", "text", 18),
    Column("owner", "权属单位", "text", 16, shown=False),
    Column("proof", "权属证明", "text", 20),
)
_SUMMED = 3


def build(source: LedgerSource, query: Query, register: LandRegister) -> Report:
    """The parcels that exist on the last day of `query.end`."""
    day = query.end.last_day
    existing = sorted(register.existing(day), key=lambda parcel: (LAND_CLASSES.index(parcel.land_class), parcel.code))
    rows = [Row(_cells(register, parcel, day)) for parcel in existing]
    sums = _sums(rows)
    formula = (Span(0, len(rows) - 1),) if rows else ()
    total: tuple[Value, ...] = ("", f"合计（{len(rows)} 块）", "", *sums, *("",) * (len(COLUMNS) - _SUMMED - 3))
    rows.append(Row(total, "total", formula=formula))
    made = report("resource-register", "资源登记簿", source, query, columns=COLUMNS, rows=rows)
    return made._replace(
        as_of=day_label(query.end),
        unit="亩",
        signatures=("负责人", "村务监督委员会主任", "登记人"),
        notes=(*_class_notes(rows[:-1]), *_notes(register, existing, day)),
        landscape=True,
    )


def _cells(register: LandRegister, parcel: Parcel, day: date) -> tuple[Value, ...]:
    area, contracted = register.area(parcel, day), register.contracted(parcel, day)
    return (
        parcel.code,
        parcel.name,
        parcel.land_class,
        area,
        contracted,
        max(area - contracted, 0) if parcel.management == IDLE else 0,
        parcel.location,
        four_boundaries(parcel),
        parcel.land_use,
        parcel.management,
        parcel.holder,
        parcel.owner,
        parcel.proof,
    )


def four_boundaries(parcel: Parcel) -> str:
    """四至 in one line: 东至…，南至…，西至…，北至…."""
    sides = (("东", parcel.east), ("南", parcel.south), ("西", parcel.west), ("北", parcel.north))
    return "，".join(f"{side}至{text}" for side, text in sides if text)


def _sums(rows: list[Row]) -> tuple[int, int, int]:
    columns = [[row.cells[_SUMMED + place] for row in rows] for place in range(3)]
    first, second, third = (sum(value for value in column if isinstance(value, int)) for column in columns)
    return first, second, third


def _class_notes(rows: list[Row]) -> tuple[str, ...]:
    """How much there is of each class."""
    parts = []
    for land_class in LAND_CLASSES:
        of_class = [row for row in rows if row.cells[2] == land_class]
        if of_class:
            area, contracted, _ = _sums(of_class)
            parts.append(
                f"{land_class} {len(of_class)} 块 {format_mu(area)} 亩（已承包发包 {format_mu(contracted)} 亩）"
            )
    return (f"按地类：{'；'.join(parts)}",) if parts else ()


def _notes(register: LandRegister, parcels: list[Parcel], day: date) -> tuple[str, ...]:
    """What does not fit together and should be looked after."""
    over = [parcel for parcel in parcels if register.contracted(parcel, day) > register.area(parcel, day)]
    missing = [parcel for parcel in parcels if parcel.management == LET and not register.contracted(parcel, day)]
    unproved = sum(register.area(parcel, day) for parcel in parcels if not parcel.proof)
    notes = []
    if over:
        notes.append(f"承包发包面积超过地块面积的地块：{_names(over)}")
    if missing:
        notes.append(f"登记为对外发包、但没有当日有效合同的地块：{_names(missing)}")
    if unproved:
        notes.append(f"没有登记权属证明的面积 {format_mu(unproved)} 亩")
    return tuple(notes)


def _names(parcels: list[Parcel]) -> str:
    return "、".join(parcel.code for parcel in parcels)

"""资产汇总表, 资源汇总表, 合同汇总表, 债权债务汇总表, 内控执行汇总表: the registers of the villages added up.

Each is there by kind or class, or by village; the columns are told in docs/formats-township.md.
"""

from collections.abc import Iterable

from village_ledger.domain.desk import Figures
from village_ledger.domain.period import Period
from village_ledger.reports.model import Column, ColumnKind, Report, Row

from .charts import picture
from .figures import VILLAGE, VILLAGE_CODE, Gathered, VillageMonth, added, by_village, remarks, sum_report, with_total
from .topics import AGES, ASSETS, CONTRACTS, CONTROL, DEBTS, OF_A_MOMENT, RESOURCES, grouped, summed

_ASSETS = (
    Column("count", "项（件）数", "integer", 8, summed=True),
    Column("original", "原值", "money", 16, summed=True),
    Column("accumulated", "累计折旧（摊销）", "money", 16, summed=True),
    Column("net", "净值", "money", 16, summed=True),
    Column("operating_net", "其中经营性净值", "money", 16, summed=True),
    Column("idle_count", "项（件）数", "integer", 8, "闲置", summed=True),
    Column("idle_net", "净值", "money", 14, "闲置", summed=True),
)
_RESOURCES = (
    Column("count", "地块数", "integer", 8, summed=True),
    Column("area_mu_x100", "面积", "money", 14, summed=True),
    Column("contracted_x100", "已承包发包", "money", 14, summed=True),
    Column("idle_x100", "闲置", "money", 14, summed=True),
)
_LAND = {"area_mu_x100": "area", "contracted_x100": "contracted", "idle_x100": "idle"}
_CONTRACTS = (
    Column("count", "在履行份数", "integer", 8, summed=True),
    Column("area_mu_x100", "面积（亩）", "money", 12, summed=True),
    Column("annual", "现年租金", "money", 15, summed=True),
    Column("deposit", "押金", "money", 13, summed=True),
    Column("expiring", "即将到期", "integer", 8, summed=True),
    Column("expired", "到期未收回", "integer", 8, summed=True),
    Column("due", "应收", "money", 14, "本月租金", summed=True),
    Column("received", "已收", "money", 14, "本月租金", summed=True),
    Column("overdue", "欠款份数", "integer", 8, summed=True),
    Column("arrears", "欠款", "money", 14, summed=True),
    Column("paying", "付款合同份数", "integer", 8, summed=True),
    Column("paying_total", "付款合同总额", "money", 15, summed=True),
)
_AGE_TITLES = ("3个月以内", "3—6个月", "6—12个月", "1—2年", "2—3年", "3年以上")
_AGES = tuple(
    Column(key, title, "money", 14, "账龄", summed=True) for key, title in zip(AGES, _AGE_TITLES, strict=True)
)
_DEBT_NOTE = "账龄按往来户先借先还推算；首次报送以前转来的余额，从转来时算起"


def build_assets(gathered: Gathered) -> Report:
    """资产汇总表: by kind and class of assets."""
    columns = (Column("kind", "资产种类", "text", 12), Column("class", "类别", "text", 20), *_ASSETS)
    total = added(gathered.figures(ASSETS, one.code) for one in gathered.there)
    rows = [Row((*of, *(figures.get(column.key, 0) for column in _ASSETS))) for of, figures in _classes(total, 2)]
    made = sum_report(gathered, "asset-sum", "资产汇总表", columns, with_total(columns, rows))
    return picture(made, "bars", "各类资产净值", "class", "net")


def build_assets_by_village(gathered: Gathered) -> Report:
    """资产汇总表（分村）."""
    return _by_village(gathered, "asset-villages", "资产汇总表（分村）", ASSETS, _ASSETS, {}, "各村资产净值", "net")


def build_resources(gathered: Gathered) -> Report:
    """资源汇总表: by class of land."""
    columns = (Column("class", "地类", "text", 16), *_RESOURCES)
    total = added(gathered.figures(RESOURCES, one.code) for one in gathered.there)
    rows = [
        Row((*of, *(figures.get(_LAND.get(column.key, column.key), 0) for column in _RESOURCES)))
        for of, figures in _classes(total, 1)
    ]
    made = sum_report(gathered, "resource-sum", "资源汇总表", columns, with_total(columns, rows))
    return picture(made._replace(unit="亩"), "bars", "各地类面积（亩）", "class", "area_mu_x100", "contracted_x100")


def build_resources_by_village(gathered: Gathered) -> Report:
    """资源汇总表（分村）."""
    title = "资源汇总表（分村）"
    made = _by_village(
        gathered, "resource-villages", title, RESOURCES, _RESOURCES, _LAND, "各村面积（亩）", "area_mu_x100"
    )
    return made._replace(unit="亩")


def _classes(total: Figures, depth: int) -> list[tuple[tuple[str, ...], Figures]]:
    """Figures by what they are of, in the order of the names."""
    found: dict[tuple[str, ...], Figures] = {}
    for of, name, amount in grouped(total):
        if len(of) == depth:
            found.setdefault(of, {})[name] = amount
    return sorted(found.items())


def _by_village(
    gathered: Gathered,
    key: str,
    title: str,
    topic: str,
    columns: tuple[Column, ...],
    names: dict[str, str],
    chart: str,
    *drawn: str,
) -> Report:
    def cells(one: VillageMonth) -> tuple[int, ...]:
        figures = gathered.figures(topic, one.code)
        return tuple(summed(figures, names.get(column.key, column.key)) for column in columns)

    rows = by_village(gathered, columns, cells)
    made = sum_report(gathered, key, title, (VILLAGE_CODE, VILLAGE, *columns), rows)
    return picture(made, "bars", chart, "name", *drawn)


def build_contracts(gathered: Gathered) -> Report:
    """合同汇总表: what the villages let and what of it is overdue; what they pay on contracts apart."""

    def cells(one: VillageMonth) -> tuple[int, ...]:
        figures = gathered.figures(CONTRACTS, one.code)
        let = {name: amount for of, name, amount in grouped(figures) if of == ("收",)}
        paid = {name: amount for of, name, amount in grouped(figures) if of == ("付",)}
        let |= {
            "area_mu_x100": let.get("area", 0),
            "paying": paid.get("count", 0),
            "paying_total": paid.get("total", 0),
        }
        return tuple(let.get(column.key, 0) for column in _CONTRACTS)

    rows = by_village(gathered, _CONTRACTS, cells)
    made = sum_report(gathered, "contract-sum", "合同汇总表", (VILLAGE_CODE, VILLAGE, *_CONTRACTS), rows)
    return picture(made, "bars", "各村年租金和欠款", "name", "annual", "arrears")


def build_debts(gathered: Gathered, names: dict[str, str]) -> Report:
    """债权债务汇总表: by account and side, with ages. `names` tells the accounts of the chart."""
    columns = (
        Column("account", "科目编码", "code", 8),
        Column("account_name", "科目名称", "text", 16),
        Column("side", "方向", "text", 5),
        Column("balance", "余额", "money", 16, adds=AGES),
        *_AGES,
    )
    rows: list[Row] = []
    for side, label in (("借", "应收合计"), ("贷", "应付合计")):
        found = []
        total = added(gathered.figures(DEBTS, one.code) for one in gathered.of_chart)
        for (account, stands), figures in _classes(total, 2):
            if stands == side:
                ages = tuple(figures.get(name, 0) for name in AGES)
                found.append(Row((account, names.get(account, account), side, sum(ages), *ages)))
        rows += _shifted(with_total(columns, found, label, at=1), len(rows), side, 2)
    made = sum_report(gathered, "debt-sum", "债权债务汇总表", columns, rows)
    return made._replace(notes=(*remarks(gathered, by_chart=True), _DEBT_NOTE))


def _shifted(rows: list[Row], by: int, side: str, at: int) -> list[Row]:
    """Rows of one side, put behind others; the total bears the side and adds its own rows."""
    *lines, total = rows
    spans = tuple(span._replace(first=span.first + by, last=span.last + by) for span in total.formula)
    cells = list(total.cells)
    cells[at] = side
    cells[at + 1] = sum(value for value in cells[at + 2 :] if isinstance(value, int))
    return [*lines, Row(tuple(cells), "total", formula=spans)]


def build_debts_by_village(gathered: Gathered) -> Report:
    """债权债务汇总表（分村）: due and owed, and what of it is older than a year and than three."""
    columns = tuple(
        Column(f"{side}_{key}", title, "money", 15, group, summed=True)
        for side, group in (("due", "债权"), ("owed", "债务"))
        for key, title in (("total", "余额"), ("year", "1年以上"), ("years_3", "3年以上"))
    )

    def cells(one: VillageMonth) -> tuple[int, ...]:
        found: list[int] = []
        for side in ("借", "贷"):
            ages = dict.fromkeys(AGES, 0)
            for of, name, amount in grouped(gathered.figures(DEBTS, one.code)):
                if of[1:] == (side,):
                    ages[name] += amount
            older = ages["years_2"] + ages["years_3"] + ages["older"]
            found += [sum(ages.values()), older, ages["older"]]
        return tuple(found)

    rows = by_village(gathered, columns, cells)
    made = sum_report(
        gathered, "debt-villages", "债权债务汇总表（分村）", (VILLAGE_CODE, VILLAGE, *columns), rows, _DEBT_NOTE
    )
    return picture(made, "bars", "各村债权债务", "name", "due_total", "owed_total")


def build_control(gathered: Gathered) -> Report:
    """内控执行汇总表: requests, exceptions, decisions, notices and documents from January to the month."""
    columns = tuple(
        Column(key, title, kind, 14 if kind == "money" else 7, group, summed=True)
        for key, title, kind, group in _CONTROL
    )
    months = tuple(gathered.period.january.through(gathered.period))

    def cells(one: VillageMonth) -> tuple[int, ...]:
        figures = _of_year(gathered, one, months)
        return tuple(figures.get(column.key, 0) for column in columns)

    rows = by_village(gathered, columns, cells)
    made = sum_report(gathered, "control-sum", "内控执行汇总表", (VILLAGE_CODE, VILLAGE, *columns), rows)
    return made._replace(as_of=f"{gathered.period.year}年1—{gathered.period.month}月")


_CONTROL: tuple[tuple[str, str, ColumnKind, str], ...] = (
    ("requests", "件数", "integer", "用款申请"),
    ("requests_fen", "金额", "money", "用款申请"),
    ("pending", "待批", "integer", "用款申请"),
    ("exceptions", "件数", "integer", "例外事项"),
    ("exceptions_fen", "金额", "money", "例外事项"),
    ("unsettled", "未补", "integer", "例外事项"),
    ("decisions", "件数", "integer", "决策"),
    ("decisions_invalid", "不成立", "integer", "决策"),
    ("notices", "张榜", "integer", "公开"),
    ("notices_late", "逾期", "integer", "公开"),
    ("objections", "质询", "integer", "公开"),
    ("answered", "答复", "integer", "公开"),
    ("documents", "张数", "integer", "原始单据"),
    ("white_slips", "白条", "integer", "原始单据"),
    ("white_slips_fen", "白条金额", "money", "原始单据"),
)


def _of_year(gathered: Gathered, one: VillageMonth, months: Iterable[Period]) -> Figures:
    """What happened in the months added up, and how things stand at the last."""
    total = added(gathered.figures(CONTROL, one.code, month) for month in months)
    now = gathered.figures(CONTROL, one.code)
    return {key: now.get(key, 0) if key in OF_A_MOMENT else amount for key, amount in total.items()}

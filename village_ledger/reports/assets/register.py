"""固定资产登记簿, 生物资产登记簿, 无形资产登记簿: every card on the books at the end of the span.

Columns: code, name, class, quantity, unit, in_use, life, original, accumulated, net, status, operating, location,
custodian, and hidden model, source, acquired, method, residual, monthly, licence, project, account, voucher.
"""

from village_ledger.domain.assets.register import Register
from village_ledger.domain.assets.rules import BIOLOGICAL, FIXED, INTANGIBLE, WELFARE
from village_ledger.domain.assets.standing import Standing, monthly_charge
from village_ledger.domain.view import LedgerSource
from village_ledger.reports.frame import day_label, report
from village_ledger.reports.model import Column, Report
from village_ledger.reports.query import Query

from .lines import SIGNATURES, ClassRow, card_target, grouped, life, report_order, use_kind

COLUMNS = (
    Column("code", "资产编号", "code", 10),
    Column("name", "资产名称", "text", 24),
    Column("class", "类别", "text", 15),
    Column("quantity", "数量", "quantity", 7),
    Column("unit", "单位", "text", 5),
    Column("in_use", "启用日期", "date", 11),
    Column("life", "使用年限", "text", 8),
    Column("original", "原值", "money", 15, summed=True),
    Column("accumulated", "累计折旧", "money", 14, summed=True),
    Column("net", "净值", "money", 15, summed=True),
    Column("status", "状态", "text", 5),
    Column("operating", "经营性质", "text", 9),
    Column("location", "坐落（存放地点）", "text", 17),
    Column("custodian", "保管使用人", "text", 10),
    Column("model", "规格型号", "text", 12, shown=False),
    Column("source", "取得方式", "text", 8, shown=False),
    Column("acquired", "取得日期", "date", 11, shown=False),
    Column("method", "折旧方法", "text", 8, shown=False),
    Column("residual", "预计净残值", "money", 12, shown=False, summed=True),
    Column("monthly", "月折旧额", "money", 12, shown=False, summed=True),
    Column("licence", "权证号", "text", 14, shown=False),
    Column("project", "资金项目", "text", 14, shown=False),
    Column("account", "资产科目", "code", 10, shown=False),
    Column("voucher", "购建凭证", "text", 12, shown=False),
)
_FIRST = ("code", "name", "class", "original", "accumulated", "net", "status")
_TITLES = {"accumulated": "累计摊销", "monthly": "月摊销额", "method": "摊销方法"}


def build_fixed(source: LedgerSource, query: Query, register: Register) -> Report:
    """固定资产登记簿, which ties to 151 and 152."""
    return _build("fixed-asset-register", "固定资产登记簿", (FIXED,), source, query, register)


def build_biological(source: LedgerSource, query: Query, register: Register) -> Report:
    """生物资产登记簿: productive and public-welfare biological assets."""
    return _build("biological-asset-register", "生物资产登记簿", (BIOLOGICAL, WELFARE), source, query, register)


def build_intangible(source: LedgerSource, query: Query, register: Register) -> Report:
    """无形资产登记簿."""
    made = _build("intangible-asset-register", "无形资产登记簿", (INTANGIBLE,), source, query, register)
    columns = tuple(column._replace(title=_TITLES.get(column.key, column.title)) for column in made.columns)
    return made._replace(columns=columns)


def _build(
    key: str, title: str, kinds: tuple[str, ...], source: LedgerSource, query: Query, register: Register
) -> Report:
    found = [
        _row(register, now)
        for now in sorted(register.standings(query.end), key=lambda now: report_order(now.card))
        if now.card.kind in kinds and now.present and now.card.asset_account.startswith(query.account)
    ]
    rows = grouped(COLUMNS, found)
    made = report(key, title, source, query, columns=COLUMNS, rows=rows)
    return made._replace(as_of=day_label(query.end), signatures=SIGNATURES, landscape=True, first=_FIRST)


def _row(register: Register, now: Standing) -> ClassRow:
    card = now.card
    booking = register.bookings.get(card.voucher)
    cells = (
        card.code,
        card.name,
        card.category,
        now.quantity,
        card.unit,
        now.in_use,
        life(card),
        now.original_fen,
        now.accumulated_fen,
        now.net_fen,
        now.status,
        use_kind(operating=now.operating),
        now.location,
        now.custodian,
        card.model,
        card.source,
        card.acquired,
        card.method,
        now.residual_fen,
        monthly_charge(now),
        card.licence,
        card.project,
        card.asset_account,
        booking.label if booking else "",
    )
    return ClassRow(card.category, cells, card_target(register, card))

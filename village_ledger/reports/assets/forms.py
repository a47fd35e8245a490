"""The printed forms of single assets: the card (资产卡片) and the application, approval and filing form of a change.

Both are tables of four columns: what, its value, and once more.
"""

from village_ledger.domain.account import Chart
from village_ledger.domain.assets.change import SURPLUS, Change, Paper
from village_ledger.domain.assets.register import Register
from village_ledger.domain.assets.standing import Standing, monthly_charge, months_left
from village_ledger.domain.money import capital_amount, format_fen
from village_ledger.domain.period import Period
from village_ledger.domain.quantity import format_quantity
from village_ledger.reports.model import Column, Report, Row

from .changes import described
from .lines import life, use_kind

COLUMNS = (
    Column("item_left", "项目", "text", 14),
    Column("value_left", "内容", "text", 28),
    Column("item_right", "项目", "text", 14),
    Column("value_right", "内容", "text", 28),
)
Pair = tuple[str, str]


def card_form(entity: str, register: Register, chart: Chart, now: Standing, through: Period) -> Report:
    """The card as it stands at the end of a month, with its changes below."""
    card = now.card
    booking = register.bookings.get(card.voucher)
    pairs = [
        ("资产编号", card.code),
        ("资产名称", card.name),
        ("资产种类", card.kind),
        ("类别", card.category),
        ("规格型号", card.model),
        ("数量", f"{format_quantity(now.quantity)} {card.unit}".strip()),
        ("取得方式", card.source),
        ("取得日期", card.acquired.isoformat()),
        ("启用日期", now.in_use.isoformat() if now.in_use else "未启用"),
        ("经营性质", use_kind(operating=now.operating)),
        ("使用状态", now.status),
        ("坐落（存放地点）", now.location),
        ("保管使用人", now.custodian),
        ("权证号", card.licence),
        ("资金项目", card.project),
        ("购建凭证", booking.label if booking else ""),
        ("原值", format_fen(now.original_fen)),
        ("预计净残值", format_fen(now.residual_fen)),
        ("折旧方法", card.method),
        ("使用年限", life(card)),
        ("月折旧额", format_fen(monthly_charge(now))),
        ("剩余月数", str(months_left(now, through))),
        ("累计折旧", format_fen(now.accumulated_fen)),
        ("净值", format_fen(now.net_fen)),
        ("资产科目", _account(chart, card.asset_account)),
        ("累计折旧科目", _account(chart, card.depreciation_account)),
        ("折旧费用科目", _account(chart, card.expense_account)),
        ("备注", card.note),
    ]
    rows = _rows(pairs)
    own = [change for change in register.changes if change.card == card.id and change.in_effect]
    if own:
        rows.append(Row(("变动记录", "", "", ""), "section"))
        rows += [
            Row((change.day.isoformat(), f"{change.kind}　{described(change)}", "审批", change.approval.label))
            for change in own
        ]
    return _form("asset-card", f"{card.kind}卡片", entity, through, rows, ("资产管理员", "会计", "负责人"))


def change_form(entity: str, register: Register, change: Change, now: Standing) -> Report:
    """The form a change goes through; `now` is the asset before it."""
    card = now.card
    original, accumulated = change.original_fen, change.accumulated_fen
    if change.kind == SURPLUS:
        original, accumulated = card.original_fen, 0
    elif change.is_write_off and not original:
        original, accumulated = -now.original_fen, -now.accumulated_fen
    booking = register.booking(change.source, change.adopted)
    settlement = register.booking(change.settle_source)
    pairs = [
        ("资产编号", card.code),
        ("资产名称", card.name),
        ("类别", card.category),
        ("规格型号", card.model),
        ("数量", f"{format_quantity(now.quantity)} {card.unit}".strip()),
        ("变动数量", _moved(change, now)),
        ("启用日期", now.in_use.isoformat() if now.in_use else ""),
        ("使用年限", life(card)),
        ("账面原值", format_fen(now.original_fen)),
        ("累计折旧", format_fen(now.accumulated_fen)),
        ("净值", format_fen(now.net_fen)),
        ("坐落（存放地点）", now.location),
        ("保管使用人", now.custodian),
        ("变动日期", change.day.isoformat()),
        ("变动原因", change.reason),
        ("变动内容", described(change)),
    ]
    if original or accumulated:
        net = original - accumulated
        pairs += [
            ("原值增减", format_fen(original)),
            ("累计折旧增减", format_fen(accumulated)),
            ("净值增减", format_fen(net)),
            ("大写", capital_amount(abs(net))),
        ]
    if change.settled_on:
        pairs += [
            ("处置收入", format_fen(change.proceeds_fen)),
            ("处置费用", format_fen(change.cost_fen)),
        ]
    rows = _rows(pairs)
    rows.append(Row(("办理手续", "", "", ""), "section"))
    rows += [_paper("申请", change.application), _paper("审批", change.approval)]
    rows.append(Row(("决议文号", change.decision, "状态", change.state)))
    rows.append(_paper("备案", change.filing))
    vouchers = "、".join(label for label in (booking.label, settlement.label) if label)
    rows.append(Row(("记账凭证", vouchers, "凭证状态", booking.state if change.in_effect else "")))
    title = f"资产{change.kind}申报审批表"
    return _form("asset-change-form", title, entity, change.period, rows, ("申请人", "批准人", "村监会", "备案单位"))


def _moved(change: Change, now: Standing) -> str:
    if not change.is_write_off:
        return ""
    return f"{format_quantity(abs(change.quantity) or now.quantity)} {now.card.unit}".strip()


def _rows(pairs: list[Pair]) -> list[Row]:
    padded = [*pairs, ("", "")] if len(pairs) % 2 else pairs
    return [Row((*padded[index], *padded[index + 1])) for index in range(0, len(padded), 2)]


def _paper(step: str, paper: Paper) -> Row:
    who = f"{paper.who}　{paper.day or ''}".strip()
    return Row((step, who, f"{step}文号", paper.number))


def _form(key: str, title: str, entity: str, period: Period, rows: list[Row], signatures: tuple[str, ...]) -> Report:
    day = period.last_day
    return Report(
        key,
        title,
        entity,
        str(period),
        str(period),
        f"{day.year}年{day.month}月",
        COLUMNS,
        tuple(rows),
        signatures=signatures,
        blank_zero=False,
    )


def _account(chart: Chart, code: str) -> str:
    return f"{code} {chart.full_name(code)}" if code in chart else code

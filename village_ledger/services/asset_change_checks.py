"""What a change of an asset must satisfy, and what it adds to the card: asked before anything is written."""

from ..domain.assets.card import Card
from ..domain.assets.change import (
    BOOKED,
    IMPAIRMENT,
    KINDS,
    SURPLUS,
    TAKEN_INTO_USE,
    TRANSFER,
    USE,
    Change,
)
from ..domain.assets.count import part_of
from ..domain.assets.register import Register
from ..domain.assets.standing import History, Standing, due_fen, standing
from ..domain.errors import BadInput, NotAllowed
from ..domain.period import Period


def card_of(found: Register, card_id: int) -> Card:
    """A card by its id; refused when it is gone."""
    card = found.card(card_id)
    if card is None:
        raise BadInput("这张资产卡片已经不在了，请刷新列表")
    return card


def history_of(found: Register, card: Card) -> History:
    """A card with everything that happened to it, whether or not the vouchers are posted."""
    histories = found.histories(posted_only=False)
    return next((history for history in histories if history.card.id == card.id), History(card))


def check_change(found: Register, card: Card, change: Change) -> None:
    """Refuse a change that does not fit its kind or the card as it stands."""
    if change.kind not in KINDS:
        raise BadInput(f"没有“{change.kind}”这种变动，可用的有：{'、'.join(KINDS)}")
    if not change.application.who.strip():
        raise BadInput("请填写申请人")
    if change.kind == SURPLUS:
        return
    if change.period < card.entered:
        raise BadInput(f"变动日期 {change.day} 早于 {card.label} 入账的 {card.entered.label}")
    history = history_of(found, card)
    now = standing(history, change.period)
    if not now.present:
        raise NotAllowed(f"{card.label} 已经{now.gone}，不能再登记变动")
    message = _unfit(now, change)
    if message:
        raise BadInput(message)
    charged = [run.period for run in found.runs if run.period > change.period]
    if charged and (change.kind in BOOKED or change.kind == TAKEN_INTO_USE):
        raise NotAllowed(
            f"{charged[-1].label}已经计提折旧，不能再登记 {change.period.label} 的{change.kind}；"
            "请改变动日期，或先撤销后面各月的计提"
        )
    if change.is_write_off:
        ran = any(run.period == change.period for run in found.runs)
        if not ran and due_fen(standing(history, change.period.previous), change.period):
            raise NotAllowed(f"当月减少的资产当月照提折旧：请先计提 {change.period.label} 的折旧，再登记{change.kind}")


def _unfit(now: Standing, change: Change) -> str:
    """What is wrong with a change of a card standing at `now`; empty if nothing."""
    card = now.card
    match change.kind:
        case "改扩建" if change.original_fen <= 0:
            return "请填写改扩建增加的金额"
        case "减值" if change.accumulated_fen <= 0 or change.accumulated_fen > now.net_fen:
            return "减值金额要大于零，且不能超过净值"
        case "减值" if not card.depreciation_account:
            return f"{card.kind}没有累计折旧科目，价值减少请登记毁损"
        case "启用" if change.in_use is None or now.in_use is not None:
            return f"{card.label} 已经在用" if now.in_use else "请填写启用日期"
        case "启用" if change.in_use and Period.of(change.in_use) != change.period:
            return "启用日期要和变动日期在同一个月"
        case "移交" if not (change.location or change.custodian):
            return "请填写新的坐落（存放地点）或新的使用保管人"
        case "使用变更" if not (change.status or change.operating):
            return "请选择新的使用状态，或经营性、非经营性"
    if change.is_write_off and not 0 <= -change.quantity <= now.quantity:
        return f"{change.kind}数量不能超过现有数量"
    return ""


def with_effect(now: Standing, change: Change) -> Change:
    """The change with what it adds to the card worked out from what the card stands at."""
    if change.is_write_off:
        quantity = -change.quantity or now.quantity
        original, residual, accumulated = part_of(now, quantity)
        status = change.kind if change.kind in ("报废", "毁损") and quantity >= now.quantity else ""
        return change._replace(
            original_fen=-original,
            residual_fen=-residual,
            accumulated_fen=-accumulated,
            quantity=-quantity,
            status=status,
        )
    if change.kind == IMPAIRMENT:
        left = now.net_fen - change.accumulated_fen
        return change._replace(residual_fen=min(0, left - now.residual_fen))
    if change.kind in (TRANSFER, USE, TAKEN_INTO_USE):
        return change._replace(original_fen=0, residual_fen=0, accumulated_fen=0, quantity=0, months=0)
    return change


def require_latest(found: Register, card: Card, change: Change) -> None:
    """Refuse to withdraw a change that later charges or changes rest on."""
    later = [
        one
        for one in found.changes
        if one.card == card.id and one.in_effect and (one.day, one.id) > (change.day, change.id) and one.rebases
    ]
    if change.rebases and later:
        raise NotAllowed(f"{card.label} 在 {later[0].day} 又登记了{later[0].kind}，请先撤销后面的变动")
    charged = [run.period for run in found.runs if run.period > change.period]
    if (change.rebases or change.kind == TAKEN_INTO_USE) and charged and not change.is_write_off:
        raise NotAllowed(f"{charged[-1].label}已经按这项变动计提折旧，请先撤销后面各月的计提")

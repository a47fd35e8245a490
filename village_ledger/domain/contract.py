"""Contracts over assets and resources (合同台账): what was agreed, and what is wrong with a contract by itself.

Money is integer fen, areas hundredths of a mu, rates basis points. What has been charged and paid is in
`contract_account`, the payment dates in `contract_schedule`.
"""

from datetime import date
from typing import NamedTuple

from .account import Item
from .area import LIMIT_X100
from .money import LIMIT_FEN
from .problems import Problem

TENANCIES = ("承包", "租赁")
KINDS = (*TENANCIES, "出让", "工程", "采购", "借款", "投资", "其他")
"""承包 and 租赁 give the use of something for a time: it must come back, or be let again, when they end."""

INCOMING, OUTGOING = "收", "付"
"""Whether the village is to receive the money or to pay it."""

FIXED, STEPPED, SHARE, LISTED = "固定", "递增", "分成", "分期"
PRICE_FORMS = (FIXED, STEPPED, SHARE, LISTED)

CYCLES = {
    1: "按月",
    2: "每两月",
    3: "按季",
    6: "半年",
    12: "按年",
    24: "每两年",
    36: "每三年",
    60: "每五年",
    0: "一次付清",
}
"""How often the rent is paid: the months a payment stands for; 0 is the whole term at once."""

ADVANCE, ARREARS = "先付", "后付"
"""Whether a payment is due with the first or the last day of the months it stands for."""

AWARDS = ("公开竞价", "招标", "公开协商", "家庭承包", "集体决议", "续租", "其他")
SUBJECTS = ("资产", "资源", "其他")
USES = ("房屋", "厂房", "设备", "耕地", "园地", "林地", "草地", "水面", "四荒", "建设用地", "其他")
MAX_YEARS = 100
MAX_PAYMENTS = 1200


class Step(NamedTuple):
    """From this lease year on (1 is the first) the rent is so much a year, in fen."""

    year: int
    annual_fen: int


class Payment(NamedTuple):
    """A payment agreed by date and amount, for contracts without a yearly rent."""

    due: date
    amount_fen: int


class Price(NamedTuple):
    """What is to be paid and when.

    `steps` give the yearly rent: one for 固定, several for 递增; for 分成 they are the guaranteed minimum (保底, may be
    0) and `share_bp` the part of the proceeds in basis points. `payments` are those of 分期. `cycle` is a key of
    `CYCLES`; a payment falls due `offset` days after the first (先付) or last (后付) day of its months.
    """

    form: str = FIXED
    steps: tuple[Step, ...] = ()
    cycle: int = 12
    timing: str = ADVANCE
    offset: int = 0
    share_bp: int = 0
    payments: tuple[Payment, ...] = ()


class Contract(NamedTuple):
    """One contract.

    `account` is the 往来 account it is kept on (112, 113, or 211 for what the village pays), `counter` the income or
    expense account a payment falling due is booked against; an empty one means that nothing is accrued. Payments due
    before `tracked` were settled outside this register but for `opening_fen`, which was in arrears then.
    `subject_code` is the code of an asset's card or of a parcel. `ended` is the day it was broken off, `returned` the
    day the village had the thing back, `renews` the code of the contract it continues.
    """

    code: str
    kind: str
    subject: str
    party: Item
    start: date
    end: date
    price: Price
    account: str
    counter: str = ""
    direction: str = INCOMING
    signed: date | None = None
    award: str = ""
    award_number: str = ""
    decision: str = ""
    subject_kind: str = ""
    subject_code: str = ""
    use: str = ""
    area_x100: int = 0
    deposit_fen: int = 0
    contact: str = ""
    tracked: date | None = None
    opening_fen: int = 0
    ended: date | None = None
    ended_reason: str = ""
    returned: date | None = None
    renews: str = ""
    note: str = ""
    id: int = 0
    version: int = 0

    @property
    def last_day(self) -> date:
        """The day it ends: as agreed, or earlier when it was broken off."""
        return min(self.end, self.ended) if self.ended else self.end

    @property
    def is_tenancy(self) -> bool:
        """Whether something is handed over for a time and must come back."""
        return self.kind in TENANCIES

    @property
    def tracked_from(self) -> date:
        """The first day whose payments this register follows."""
        return self.tracked or self.start

    def __str__(self) -> str:
        return f"{self.code} {self.subject}（{self.party.name}）"


class Attachment(NamedTuple):
    """A file kept with a contract: its SHA-256, the name it came with, its size in bytes, when it was added (UTC)."""

    sha256: str
    name: str
    size: int
    added: str = ""


_TEXTS = {
    "code": ("合同编号", 40),
    "subject": ("合同标的", 100),
    "award_number": ("交易鉴证号", 100),
    "decision": ("决议文号", 100),
    "subject_code": ("资产或地块编号", 60),
    "contact": ("联系电话", 60),
    "ended_reason": ("终止原因", 200),
    "note": ("备注", 500),
}


def check_contract(contract: Contract) -> tuple[Problem, ...]:
    """What is wrong with a contract by itself, in reading order; `field` is the name in `Contract` or `Price`."""
    found = [
        Problem("too-long", f"{title}太长，最多 {limit} 个字", field=field)
        for field, (title, limit) in _TEXTS.items()
        if len(getattr(contract, field)) > limit
    ]
    found += [
        Problem("missing", f"请填{_TEXTS[field][0]}", field=field)
        for field in ("code", "subject")
        if not getattr(contract, field).strip()
    ]
    if any(sign in contract.code for sign in " \t\n,，;；") or not contract.code.isprintable():
        found.append(Problem("code", "合同编号不能含有空格、逗号和分号", field="code"))
    found += _choices(contract)
    if not contract.party.name:
        found.append(Problem("missing", "请选对方（往来户）", field="party"))
    if not contract.account:
        found.append(Problem("missing", "请选往来科目", field="account"))
    found += _days(contract)
    if not 0 <= contract.area_x100 < LIMIT_X100:
        found.append(Problem("area", "面积不能是负数，也不能过大", field="area_x100"))
    for field, title in (("deposit_fen", "押金"), ("opening_fen", "期初欠款")):
        if not 0 <= getattr(contract, field) < LIMIT_FEN:
            found.append(Problem("amount", f"{title}不能是负数，也不能过大", field=field))
    return (*found, *_check_price(contract.price))


def _choices(contract: Contract) -> list[Problem]:
    wanted = (
        ("kind", "合同类型", contract.kind, KINDS),
        ("direction", "收付方向", contract.direction, (INCOMING, OUTGOING)),
        ("award", "交易方式", contract.award, ("", *AWARDS)),
        ("subject_kind", "标的类别", contract.subject_kind, ("", *SUBJECTS)),
        ("use", "用途", contract.use, ("", *USES)),
    )
    return [
        Problem("choice", f"{title}“{value}”不对，只能是：{'、'.join(filter(None, known))}", field=field)
        for field, title, value, known in wanted
        if value not in known
    ]


def _days(contract: Contract) -> list[Problem]:
    found = []
    if contract.end < contract.start:
        found.append(Problem("term", "结束日期早于开始日期", field="end"))
    elif contract.end.year - contract.start.year > MAX_YEARS:
        found.append(Problem("term", f"合同期限超过 {MAX_YEARS} 年，请检查起止日期", field="end"))
    if contract.ended and not contract.start <= contract.ended <= contract.end:
        found.append(Problem("ended", "终止日期应在合同期限以内", field="ended"))
    if contract.ended and not contract.ended_reason.strip():
        found.append(Problem("missing", "请填终止原因", field="ended_reason"))
    if contract.returned and contract.returned < contract.start:
        found.append(Problem("returned", "收回日期早于合同开始日期", field="returned"))
    if contract.opening_fen and contract.tracked is None:
        found.append(Problem("tracked", "填了期初欠款，请同时填启用日期（从哪天起在本台账里核算）", field="tracked"))
    return found


def _check_price(price: Price) -> list[Problem]:
    found = []
    if price.form not in PRICE_FORMS:
        found.append(Problem("choice", f"计价方式“{price.form}”不对，只能是：{'、'.join(PRICE_FORMS)}", field="form"))
    if price.cycle not in CYCLES:
        found.append(Problem("choice", "付款周期不对", field="cycle"))
    if price.timing not in (ADVANCE, ARREARS):
        found.append(Problem("choice", f"付款时间只能是“{ADVANCE}”或“{ARREARS}”", field="timing"))
    if abs(price.offset) > 730:
        found.append(Problem("offset", "应付日和周期起止日相差不能超过两年", field="offset"))
    if price.form == LISTED:
        return found + _check_payments(price)
    if not price.steps or price.steps[0].year != 1:
        found.append(Problem("steps", "请填第 1 年的年租金", field="steps"))
    if [step.year for step in price.steps] != sorted({step.year for step in price.steps}):
        found.append(Problem("steps", "递增的年份要从小到大，每年只写一次", field="steps"))
    least = 0 if price.form == SHARE else 1
    if any(not least <= step.annual_fen < LIMIT_FEN for step in price.steps):
        found.append(Problem("steps", "年租金应大于零（分成合同的保底租金可以是零）", field="steps"))
    if price.form in (FIXED, SHARE) and len(price.steps) > 1:
        found.append(Problem("steps", f"“{price.form}”只有一个年租金；逐年不同的请选“{STEPPED}”", field="steps"))
    if price.form == SHARE and not 0 < price.share_bp <= 10_000:
        found.append(Problem("share", "分成比例应在 0 到 100% 之间", field="share_bp"))
    return found


def _check_payments(price: Price) -> list[Problem]:
    if not price.payments:
        return [Problem("payments", "分期付款的合同要列出每期的日期和金额", field="payments")]
    if len(price.payments) > MAX_PAYMENTS:
        return [Problem("payments", f"分期最多 {MAX_PAYMENTS} 期", field="payments")]
    if any(not 0 < payment.amount_fen < LIMIT_FEN for payment in price.payments):
        return [Problem("payments", "每期金额都应大于零", field="payments")]
    days = [payment.due for payment in price.payments]
    if days != sorted(days):
        return [Problem("payments", "各期要按日期先后排列", field="payments")]
    return []

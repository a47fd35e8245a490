"""Lists of who got what: subsidies for farmers (惠农补贴), land compensation (征地补偿), relief. Amounts are fen, areas
hundredths of a mu.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from .money import LIMIT_FEN, format_fen
from .problems import Problem

KINDS = ("惠农补贴", "征地补偿", "救济慰问", "分红", "其他")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_ID_LENGTH, _OLD_ID_LENGTH, _MOBILE_LENGTH = 18, 15, 11


class BenefitRow(NamedTuple):
    """One person's or household's part; the numbers are whole, and masked wherever they are shown."""

    name: str
    amount_fen: int
    team: str = ""
    id_number: str = ""
    phone: str = ""
    card: str = ""
    people: int = 0
    area_x100: int = 0
    standard: str = ""


class BenefitBatch(NamedTuple):
    """One payment to many: kind, title, day, its document, the voucher's label. `struck`: why it is void."""

    kind: str
    title: str
    day: date
    rows: tuple[BenefitRow, ...] = ()
    document: str = ""
    voucher: str = ""
    note: str = ""
    struck: str = ""
    uid: str = ""
    id: int = 0

    @property
    def total_fen(self) -> int:
        """What all rows get together."""
        return sum(row.amount_fen for row in self.rows)


def id_number_problem(text: str) -> str:
    """Why an identity number cannot be right (GB 11643-1999 check digit); empty when it may be."""
    if not text or (len(text) == _OLD_ID_LENGTH and text.isdigit()):
        return ""
    if len(text) != _ID_LENGTH or not text[:-1].isdigit():
        return f"身份证号码应是 18 位，现在是 {len(text)} 位"
    check = _CHECKS[sum(int(digit) * weight for digit, weight in zip(text, _WEIGHTS, strict=False)) % 11]
    return "" if text[-1].upper() == check else "身份证号码的校验位不对，请核对"


def check_batch(batch: BenefitBatch) -> tuple[Problem, ...]:
    """What keeps a list from being registered; `line` is the place of the row."""
    found = []
    if batch.kind not in KINDS:
        found.append(Problem("kind", f"补贴类别只能是：{'、'.join(KINDS)}", field="kind"))
    if not batch.title.strip():
        found.append(Problem("title", "请填写名单标题", field="title"))
    if not batch.rows:
        found.append(Problem("rows", "名单是空的"))
    for place, row in enumerate(batch.rows):
        found += [Problem("row", text, place) for text in _row(row)]
    seen: dict[tuple[str, str], int] = {}
    for place, row in enumerate(batch.rows):
        key = (row.id_number, row.name)
        if row.id_number and key in seen:
            found.append(Problem("twice", f"{row.name} 和第 {seen[key] + 1} 行是同一个人", place))
        seen.setdefault(key, place)
    return tuple(found)


def _row(row: BenefitRow) -> Iterator[str]:
    if not row.name.strip():
        yield "没有姓名"
    if not 0 < row.amount_fen < LIMIT_FEN:
        yield f"{row.name}的金额 {format_fen(row.amount_fen)} 不对，应大于零"
    if problem := id_number_problem(row.id_number):
        yield f"{row.name}的{problem}"
    if row.phone and not (row.phone.replace("-", "").isdigit() and len(row.phone) >= 7):
        yield f"{row.name}的电话号码不对"
    if row.card and not (row.card.isdigit() and 12 <= len(row.card) <= 19):
        yield f"{row.name}的银行卡号应是 12 至 19 位数字"

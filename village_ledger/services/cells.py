"""Reading the cells of a handed-in table as values. What cannot be read raises CellError, in Chinese."""

from datetime import date

from ..domain.account import DIMENSION_CATEGORIES, Auxiliary, Side
from ..domain.money import MoneyError, parse_fen

_SIDES: dict[str, Side] = {
    "借": "debit",
    "借方": "debit",
    "贷": "credit",
    "贷方": "credit",
    "双": "both",
    "双向": "both",
    "借或贷": "both",
    "借贷": "both",
}
_DATE_SIGNS = str.maketrans("年月/.日", "----\0")
_WIDTH = str.maketrans("０１２３４５６７８９；：？，、－／．", "0123456789;:?;;-/.")


class CellError(ValueError):
    """The cell cannot be read; the text says why."""


def read_day(text: str) -> date:
    """`2025-01-05`, `2025/1/5`, `2025.1.5`, `20250105` or `2025年1月5日`."""
    plain = text.translate(_WIDTH).strip().removesuffix(" 00:00:00")
    if len(plain) == 8 and plain.isdigit():
        plain = f"{plain[:4]}-{plain[4:6]}-{plain[6:]}"
    parts = plain.translate(_DATE_SIGNS).replace("\0", "").split("-")
    if not text:
        raise CellError("没有日期")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts) or len(parts[0]) != 4:
        raise CellError(f"日期“{text}”看不懂，请写成 2025-01-05 这样的形式")
    year, month, day = map(int, parts)
    try:
        return date(year, month, day)
    except ValueError:
        raise CellError(f"没有 {year}年{month}月{day}日 这一天，请检查日期") from None


def read_fen(text: str) -> int:
    """An amount in yuan as fen; an empty cell is 0."""
    if not text:
        return 0
    try:
        return parse_fen(text)
    except MoneyError as error:
        raise CellError(str(error)) from None


def read_quantity(text: str) -> int:
    """A quantity with at most three decimals as thousandths; an empty cell is 0."""
    if not text:
        return 0
    plain = text.translate(_WIDTH).replace(",", "").strip()
    whole, _, fraction = plain.lstrip("-").partition(".")
    if not (whole + fraction).isdigit() or not (whole + fraction).isascii():
        raise CellError(f"数量“{text}”不对，只能填数字")
    if len(fraction.rstrip("0")) > 3:
        raise CellError(f"数量“{text}”的小数超过三位")
    if len(whole) > 12:
        raise CellError(f"数量“{text}”过大")
    thousandths = int(whole or "0") * 1000 + int((fraction + "000")[:3])
    return -thousandths if plain.startswith("-") else thousandths


def read_whole(text: str, what: str) -> int:
    """A count that is not negative; an empty cell is 0."""
    plain = text.translate(_WIDTH)
    if not plain:
        return 0
    if not (plain.isascii() and plain.isdigit() and len(plain) < 10):
        raise CellError(f"{what}“{text}”不对，只能填整数")
    return int(plain)


def read_code(text: str) -> str:
    """An account code as text; whether it exists is for others to say."""
    plain = text.translate(_WIDTH)
    if not plain:
        raise CellError("没有科目编码")
    return plain


def read_side(text: str) -> Side | None:
    """借, 贷 or 双向; None when not given."""
    if not text:
        return None
    if text not in _SIDES:
        raise CellError(f"方向“{text}”不对，只能填“借”“贷”或“双向”")
    return _SIDES[text]


def read_auxiliaries(text: str) -> tuple[Auxiliary, ...] | None:
    """`往来户;项目?` as dimensions, `无` as none; None when not given."""
    plain = text.translate(_WIDTH).strip("; ")
    if not plain:
        return None
    if plain == "无":
        return ()
    names = [part.strip() for part in plain.replace(",", ";").split(";") if part.strip()]
    found = tuple(Auxiliary(name.rstrip("?").strip(), not name.endswith("?")) for name in names)
    for auxiliary in found:
        if auxiliary.category not in DIMENSION_CATEGORIES:
            raise CellError(f"辅助核算“{auxiliary.category}”不对，可用的有：{'、'.join(DIMENSION_CATEGORIES)}")
    if len({auxiliary.category for auxiliary in found}) < len(found):
        raise CellError(f"辅助核算“{text}”里同一类别写了两次")
    return found


def read_pairs(text: str) -> tuple[tuple[str, str], ...]:
    """`往来户:甲户;项目:村道` as (category, name) pairs."""
    if not text:
        return ()
    pairs = []
    for part in text.replace("；", ";").replace("：", ":").split(";"):
        if not part.strip():
            continue
        category, colon, name = (piece.strip() for piece in part.partition(":"))
        if not (colon and category and name) or ":" in name:
            raise CellError(f"辅助“{text}”不对，请写成“往来户:甲户;项目:村道”这样的形式")
        if category not in DIMENSION_CATEGORIES:
            raise CellError(f"辅助类别“{category}”不对，可用的有：{'、'.join(DIMENSION_CATEGORIES)}")
        pairs.append((category, name))
    return tuple(pairs)

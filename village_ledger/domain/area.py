"""Areas of land as integer hundredths of a mu (亩): parsing what people type, and formatting.

Does not round: an area with more than two decimals is refused.
"""

LIMIT_X100 = 10**10
"""Areas must stay below one hundred million mu."""

_WIDTH = str.maketrans("０１２３４５６７８９．，。－＋　", "0123456789.,.-+ ")


class AreaError(ValueError):
    """The text is no area; `str()` says in Chinese what is wrong with it."""


def parse_mu(text: str) -> int:
    """Read `12.5`, `1,234.50`, `３．２５亩` as hundredths of a mu."""
    raw = text.translate(_WIDTH).strip().removesuffix("亩").strip()
    if not raw:
        raise AreaError("没有面积，请填亩数，例如 12.50")
    if raw.startswith("-"):
        raise AreaError(f"面积“{text}”不能是负数")
    whole, dot, fraction = raw.removeprefix("+").partition(".")
    head, *groups = whole.split(",")
    if groups and (not 1 <= len(head) <= 3 or any(len(group) != 3 for group in groups)):
        raise AreaError(f"面积“{text}”的千位分隔符位置不对，请写成 1234.50")
    whole = head + "".join(groups)
    digits = whole + fraction
    if not (digits.isascii() and digits.isdigit()) or (dot and not whole and not fraction):
        raise AreaError(f"面积“{text}”看不懂，只能填亩数，例如 12.50")
    if fraction[2:].strip("0"):
        raise AreaError(f"面积“{text}”的小数超过两位，面积以亩为单位保留两位小数")
    area = int(whole or "0") * 100 + int((fraction + "00")[:2])
    if area >= LIMIT_X100:
        raise AreaError(f"面积“{text}”过大，请检查单位是不是亩")
    return area


def format_mu(area_x100: int, *, grouped: bool = True) -> str:
    """Write hundredths of a mu with two decimals: `1,234.50`, or `1234.50` when not grouped."""
    whole, rest = divmod(abs(area_x100), 100)
    body = f"{whole:,}" if grouped else str(whole)
    return f"{'-' if area_x100 < 0 else ''}{body}.{rest:02d}"

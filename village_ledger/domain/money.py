"""Money as integer fen: parsing what people type, formatting, and the capital form (大写金额).

Does not round: an amount that is not a whole number of fen is refused.
"""

LIMIT_FEN = 10**13
"""Amounts must stay below 10^13 fen (one hundred billion yuan) on either side of zero."""

_WIDTH = str.maketrans("０１２３４５６７８９．，。－＋（）　", "0123456789.,.-+() ")
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")


class MoneyError(ValueError):
    """The text is no amount of money; `str()` says in Chinese what is wrong with it."""


def parse_fen(text: str) -> int:
    """Read `1,234.50`, `-3`, `￥５６．７` as fen. Accepts full-width digits and 。 because the IME is often on."""
    raw = text.translate(_WIDTH).strip().lstrip("¥￥").strip()
    negative = raw.startswith("-") or (raw.startswith("(") and raw.endswith(")"))
    body = raw[1:-1] if raw.startswith("(") and raw.endswith(")") else raw[1:] if raw.startswith(("+", "-")) else raw
    body = body.strip()
    if not body:
        raise MoneyError("金额为空，请输入数字，例如 1234.50")
    whole, dot, fraction = body.partition(".")
    if "," in whole:
        head, *groups = whole.split(",")
        if not (1 <= len(head) <= 3) or any(len(group) != 3 for group in groups):
            raise MoneyError(f"金额“{text}”的千位分隔符位置不对，请写成 1,234.50 或 1234.50")
        whole = head + "".join(groups)
    digits = (whole or "0") + fraction
    if not (digits.isascii() and digits.isdigit()) or (dot and not fraction and not whole):
        raise MoneyError(f"金额“{text}”含有不能识别的字符，只能输入数字和小数点")
    if len(fraction) > 2 and fraction[2:].strip("0"):
        raise MoneyError(f"金额“{text}”的小数超过两位，最小单位是分")
    fen = int(whole or "0") * 100 + int((fraction + "00")[:2])
    if fen >= LIMIT_FEN:
        raise MoneyError(f"金额“{text}”过大，必须小于一千亿元")
    return -fen if negative else fen


def format_fen(fen: int, *, grouped: bool = True) -> str:
    """Write fen as yuan with two decimals: `1,234.50`, or `1234.50` when not grouped."""
    yuan, rest = divmod(abs(fen), 100)
    body = f"{yuan:,}" if grouped else str(yuan)
    return f"{'-' if fen < 0 else ''}{body}.{rest:02d}"


def capital_amount(fen: int) -> str:
    """The capital form of an amount, 整 after 元 or 角 and none after 分 (会计基础工作规范 art. 52)."""
    yuan, rest = divmod(abs(fen), 100)
    jiao, cents = divmod(rest, 10)
    text = "负" if fen < 0 else ""
    if yuan:
        text += _capital_integer(yuan) + "元"
    if not rest:
        return (text if yuan else text + "零元") + "整"
    if jiao:
        text += _DIGITS[jiao] + "角"
    elif yuan:
        text += "零"
    return text + (_DIGITS[cents] + "分" if cents else "整")


def _capital_integer(number: int) -> str:
    text = ""
    pending_zero = False
    for group in range((len(str(number)) - 1) // 4, -1, -1):
        part = number // 10 ** (4 * group) % 10_000
        if not part:
            pending_zero = bool(text)
            continue
        if text and (pending_zero or part < 1000):
            text += "零"
        pending_zero = False
        text += _capital_group(part) + _GROUPS[group]
    return text


def _capital_group(part: int) -> str:
    text = ""
    gap = False
    for place in range(3, -1, -1):
        digit = part // 10**place % 10
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + _PLACES[place]
            gap = False
        else:
            gap = True
    return text


def split_by_weight(total_fen: int, weights: tuple[int, ...]) -> tuple[int, ...]:
    """Split an amount in proportion to whole-number weights; the shares add up to it exactly (largest remainder)."""
    whole = sum(weights)
    if whole <= 0 or any(weight < 0 for weight in weights):
        raise ValueError("weights must be non-negative and not all zero")
    sign = -1 if total_fen < 0 else 1
    amount = abs(total_fen)
    shares = [amount * weight // whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda i: (-(amount * weights[i] % whole), i))
    for index in order[: amount - sum(shares)]:
        shares[index] += 1
    return tuple(sign * share for share in shares)

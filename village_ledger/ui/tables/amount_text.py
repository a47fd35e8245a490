"""What people type into amount and quantity cells, read exactly: `1,234.5`, `10+3.23*2`, `（５０－８）×３`, `12。5`.

Integers and fractions only; a result that is no whole number of fen is refused, never rounded.
"""

from fractions import Fraction

from village_ledger.domain.money import LIMIT_FEN, MoneyError, parse_fen
from village_ledger.domain.quantity import format_quantity

_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，。－＋（）　×÷＊／", "0123456789.,.-+() */*/")
_OPERATORS = "+-*/"
QUANTITY_SCALE = 1000
PRICE_SCALE = 10_000
MAX_LENGTH = 120


def is_expression(text: str) -> bool:
    """Whether the text contains arithmetic, not only a signed amount."""
    body = text.translate(_FULL_WIDTH).strip().lstrip("+-¥￥ ")
    return any(sign in body for sign in _OPERATORS)


def parse_amount(text: str) -> int:
    """Read an amount or a sum in yuan as fen. Empty text is 0; MoneyError says in Chinese what is wrong."""
    if not text.strip():
        return 0
    if not is_expression(text):
        return parse_fen(text)
    value = _evaluate(text) * 100
    if value.denominator != 1:
        raise MoneyError(f"算式“{text}”的得数是 {_decimal(value / 100, 6)}…，不是整分，请改成两位小数的金额")
    if abs(value.numerator) >= LIMIT_FEN:
        raise MoneyError(f"算式“{text}”的得数过大，必须小于一千亿元")
    return value.numerator


def parse_quantity(text: str) -> int:
    """Read a quantity with up to three decimals as thousandths of its unit."""
    return _scaled(text, QUANTITY_SCALE, "数量", "三")


def parse_price(text: str) -> int:
    """Read a unit price with up to four decimals as ten-thousandths of a yuan."""
    return _scaled(text, PRICE_SCALE, "单价", "四")


def quantity_text(thousandths: int) -> str:
    """A quantity as it is typed: 12500 is `12.5`, and nothing is an empty cell."""
    return format_quantity(thousandths, grouped=False) if thousandths else ""


def format_price(ten_thousandths: int) -> str:
    """Write a unit price with at least two decimals: 35000 is `3.50`."""
    if not ten_thousandths:
        return ""
    text = _decimal(Fraction(ten_thousandths, PRICE_SCALE), 4)
    return text[:-2] + text[-2:].rstrip("0")


def amount_of(quantity: int, price: int) -> int:
    """Quantity (thousandths) times price (ten-thousandths of a yuan) in fen, half a fen rounded up."""
    return _rounded(Fraction(quantity * price, QUANTITY_SCALE * PRICE_SCALE // 100))


def price_of(amount_fen: int, quantity: int) -> int:
    """The unit price in ten-thousandths of a yuan that an amount and a quantity amount to; 0 without quantity."""
    return _rounded(Fraction(amount_fen * PRICE_SCALE * QUANTITY_SCALE, 100 * quantity)) if quantity else 0


def _scaled(text: str, scale: int, what: str, places: str) -> int:
    if not text.strip():
        return 0
    try:
        value = _evaluate(text) * scale
    except MoneyError as error:
        raise MoneyError(str(error).replace("金额", what, 1)) from None
    if value.denominator != 1:
        raise MoneyError(f"{what}“{text}”的小数超过{places}位")
    if abs(value.numerator) >= LIMIT_FEN:
        raise MoneyError(f"{what}“{text}”过大")
    return value.numerator


def _rounded(value: Fraction) -> int:
    whole = (abs(value.numerator) * 2 + value.denominator) // (2 * value.denominator)
    return -whole if value < 0 else whole


def _decimal(value: Fraction, places: int) -> str:
    whole, rest = divmod(abs(value.numerator) * 10**places // value.denominator, 10**places)
    return f"{'-' if value < 0 else ''}{whole}.{rest:0{places}d}"


def _evaluate(text: str) -> Fraction:
    reader = _Reader(text[:MAX_LENGTH])
    value = reader.sum()
    if reader.peek():
        raise reader.unreadable()
    return value


class _Reader:
    """A recursive-descent reader of + - * / and brackets."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.rest = text.translate(_FULL_WIDTH).replace(" ", "").replace(",", "").lstrip("¥￥")
        self.depth = 0

    def unreadable(self) -> MoneyError:
        return MoneyError(f"金额“{self.text}”含有不能识别的字符，只能输入数字、小数点和 + - * / 算式")

    def peek(self) -> str:
        return self.rest[:1]

    def take(self) -> str:
        sign, self.rest = self.rest[:1], self.rest[1:]
        return sign

    def sum(self) -> Fraction:
        value = self.product()
        while self.peek() in ("+", "-"):
            value = value + self.product() if self.take() == "+" else value - self.product()
        return value

    def product(self) -> Fraction:
        value = self.factor()
        while self.peek() in ("*", "/"):
            if self.take() == "*":
                value *= self.factor()
                continue
            divisor = self.factor()
            if not divisor:
                raise MoneyError(f"算式“{self.text}”里除数是零")
            value /= divisor
        return value

    def factor(self) -> Fraction:
        sign = self.peek()
        if sign in ("+", "-"):
            self.take()
            return self.factor() if sign == "+" else -self.factor()
        if sign == "(":
            self.take()
            self.depth += 1
            if self.depth > 20:
                raise self.unreadable()
            value = self.sum()
            self.depth -= 1
            if self.take() != ")":
                raise MoneyError(f"算式“{self.text}”的括号没有配对")
            return value
        return self.number()

    def number(self) -> Fraction:
        length = 0
        while length < len(self.rest) and (self.rest[length].isascii() and (self.rest[length] in ".0123456789")):
            length += 1
        digits, self.rest = self.rest[:length], self.rest[length:]
        whole, _dot, decimals = digits.partition(".")
        if not (whole or decimals) or "." in decimals or length > 40:
            raise self.unreadable()
        return Fraction(int((whole or "0") + decimals), 10 ** len(decimals))

"""Checks of the codes that identify a village: 12-digit region code and unified social credit code (GB 32100)."""

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def region_code_problem(code: str) -> str:
    """What is wrong with a region code, in Chinese; empty when it is fine or not given."""
    if not code:
        return ""
    if len(code) != 12 or not (code.isascii() and code.isdigit()):
        return f"行政区划代码应为 12 位数字，现在是“{code}”（{len(code)} 位）"
    return ""


def credit_code_problem(code: str) -> str:
    """What is wrong with a unified social credit code; empty when it is fine or not given."""
    if not code:
        return ""
    if len(code) != 18 or any(character not in _ALPHABET for character in code):
        return f"统一社会信用代码应为 18 位数字或大写字母（不含 I、O、S、V、Z），现在是“{code}”"
    if credit_code_check_digit(code[:17]) != code[17]:
        return f"统一社会信用代码“{code}”的校验位不对，请核对有没有输错"
    return ""


def credit_code_check_digit(body: str) -> str:
    """The 18th character for the first 17 (GB 32100-2015, modulus 31)."""
    total = sum(_ALPHABET.index(character) * weight for character, weight in zip(body, _WEIGHTS, strict=True))
    return _ALPHABET[(31 - total % 31) % 31]

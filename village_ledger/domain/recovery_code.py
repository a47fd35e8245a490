"""The sealed recovery code: 140 random bits as seven groups of four signs and one to check them.

The signs are Crockford's base 32 (crockford.com/base32.html): digits and letters without I, L, O and U, so that what
was copied by hand can be read back; the check sign of a group tells which group was miscopied.
"""

from collections.abc import Iterable
from typing import NamedTuple

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS, DATA_SIGNS = 7, 4
RANDOM_BYTES = 18
"""What `recovery_code` wants: 144 bits, the last four of which it leaves."""
_READ_AS = str.maketrans("ILO", "110")


class CodeReading(NamedTuple):
    """A typed code: as it was issued if it can be one, else what is wrong with it."""

    code: str
    problem: str = ""


def recovery_code(random: bytes) -> str:
    """The code made of random bytes: `8F3KX-…`, seven groups of five signs."""
    number = int.from_bytes(random) >> (8 * len(random) - 5 * DATA_SIGNS * GROUPS)
    signs = []
    for _place in range(DATA_SIGNS * GROUPS):
        number, value = divmod(number, len(SIGNS))
        signs.append(value)
    groups = [signs[start : start + DATA_SIGNS] for start in range(0, len(signs), DATA_SIGNS)]
    return "-".join(_group(place, values) for place, values in enumerate(groups))


def read_recovery_code(text: str) -> CodeReading:
    """Read what somebody typed; blanks, hyphens and the case do not matter, I and L are 1, O is 0."""
    signs = "".join(text.upper().split()).replace("-", "").replace("－", "").translate(_READ_AS)
    if strange := [sign for sign in signs if sign not in SIGNS]:
        return CodeReading("", f"恢复码里没有“{strange[0]}”这个字符，请对照封存单检查")
    length = DATA_SIGNS + 1
    if len(signs) != GROUPS * length:
        return CodeReading(
            "", f"恢复码应是 {GROUPS} 组、每组 {length} 位，共 {GROUPS * length} 位，现在是 {len(signs)} 位"
        )
    groups = [signs[start : start + length] for start in range(0, len(signs), length)]
    for place, group in enumerate(groups):
        if _group(place, [SIGNS.index(sign) for sign in group[:DATA_SIGNS]]) != group:
            return CodeReading("", f"恢复码第 {place + 1} 组“{group}”抄错了，请对照封存单检查")
    return CodeReading("-".join(groups))


def _group(place: int, values: Iterable[int]) -> str:
    """A group with its check sign: odd weights find any wrong sign, the place finds groups that changed seats."""
    known = list(values)
    check = (9 * place + sum((2 * index + 1) * value for index, value in enumerate(known))) % len(SIGNS)
    return "".join(SIGNS[value] for value in (*known, check))

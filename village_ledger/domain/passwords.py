"""What a password must be like, and how long somebody who keeps typing wrong ones has to wait."""

import unicodedata

SHORTEST, LONGEST = 6, 64
"""Characters a password may have."""
FREE_FAILURES = 5
"""So many wrong passwords lock a person out for the first time."""
_FIRST_LOCK, _LONGEST_LOCK = 10, 24 * 60
_RUNS = ("01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_COMMON = frozenset(
    {"password", "passw0rd", "abc123", "abc123456", "123123", "112233", "520520", "5201314", "admin123"}
)


def plain(password: str) -> str:
    """The password as it is hashed: what a Chinese input method typed in full width is the same as half width."""
    return unicodedata.normalize("NFKC", password)


def password_problem(name: str, password: str, old: str = "") -> str:
    """What is wrong with a new password, in Chinese; empty when it may be used. `old` is the one it replaces."""
    text = plain(password)
    folded = text.casefold()
    if len(text) < SHORTEST:
        return f"密码至少要 {SHORTEST} 位"
    if len(text) > LONGEST:
        return f"密码最多 {LONGEST} 位"
    if text != text.strip():
        return "密码的开头和结尾不能是空格"
    if plain(name).casefold() in folded:
        return "密码里不能有自己的姓名"
    if len(set(folded)) <= 2 or folded in _COMMON or _is_run(folded):
        return "这个密码太容易猜到（如 123456、888888、abcdef），请换一个"
    if old and text == plain(old):
        return "新密码不能和旧密码一样"
    return ""


def _is_run(text: str) -> bool:
    """Whether it is a stretch of the number row, the alphabet or the keyboard, forwards or backwards."""
    return any(text in run * 2 or text in run[::-1] * 2 for run in _RUNS)


def lock_minutes(failures: int) -> int:
    """For how many minutes so many wrong passwords in a row lock a person out: 10, 20, 40 …, at most a day."""
    if failures < FREE_FAILURES:
        return 0
    return int(min(_FIRST_LOCK * 2 ** min(failures - FREE_FAILURES, 20), _LONGEST_LOCK))

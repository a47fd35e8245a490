"""Which passwords may be used, and how long wrong ones lock a person out."""

import pytest

from village_ledger.domain.passwords import lock_minutes, password_problem, plain


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("", "至少要 6 位"),
        ("abc12", "至少要 6 位"),
        ("123456", "太容易"),
        ("87654321", "太容易"),
        ("888888", "太容易"),
        ("abcdef", "太容易"),
        ("QWERTY", "太容易"),
        ("１２３４５６", "太容易"),
        ("password", "太容易"),
        ("121212", "太容易"),
        ("王会计2025", "姓名"),
        (" abc123x", "空格"),
        ("shuiqiao7", "一样"),
        ("x1" * 40, "最多 64 位"),
    ],
)
def test_a_weak_password_is_told(password: str, said: str) -> None:
    assert said in password_problem("王会计", password, "shuiqiao7")


@pytest.mark.parametrize("password", ["shuiqiao7", "石桥春天来了", "a b c 7 8 9", "19-mule"])
def test_an_ordinary_one_may_be_used(password: str) -> None:
    assert password_problem("王会计", password, "something else") == ""


def test_full_and_half_width_are_the_same_password() -> None:
    assert plain("ｓｈｕｉ７") == "shui7"


def test_the_lock_doubles_up_to_a_day() -> None:
    assert [lock_minutes(failures) for failures in range(4, 9)] == [0, 10, 20, 40, 80]
    assert lock_minutes(13) == lock_minutes(10_000) == 24 * 60

"""What the operating system says, said in Chinese."""

import errno

import pytest

from village_ledger.domain.errors import system_reason


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "磁盘空间不足"),
        (errno.EROFS, "这个磁盘是只读的"),
        (errno.EPERM, "没有权限，或者文件正被其他程序打开"),
        (errno.ENOENT, "文件或文件夹不存在"),
        (errno.EIO, "磁盘读写出错，可能已经拔出或损坏"),
    ],
)
def test_common_complaints_of_the_system_are_in_chinese(number: int, words: str) -> None:
    assert system_reason(OSError(number, "Operation not permitted")) == words


def test_a_rare_complaint_is_passed_on_as_the_system_words_it() -> None:
    assert system_reason(OSError(errno.ELOOP, "Too many links")) == "系统提示：Too many links"
    assert system_reason(OSError("gone")) == "系统提示：gone"


def test_what_windows_says_more_exactly_goes_first() -> None:
    error = OSError(errno.EACCES, "The device is not ready")
    error.winerror = 21  # type: ignore[attr-defined]  # Windows only
    assert system_reason(error) == "磁盘没有准备好，U盘可能已经拔出"
    error.winerror = 5  # type: ignore[attr-defined]  # as above
    assert system_reason(error) == "没有权限，或者文件正被其他程序打开"

"""Why a request can be refused. A refusal is not a bug: its text is for the user, in Chinese, and says what to do.

Refusal
├── BadInput         the data handed in is wrong; carries the problems found
├── NotAllowed       the person or the state of the book does not permit it
│   └── PeriodClosed
├── StaleDraft       another window changed the draft meanwhile
├── BookUnusable     the file is no book, newer, locked or read-only
│   └── BookDamaged  it is a book, but cut short or broken
├── ExportFailed     nothing was written: disk full, file open elsewhere, no such folder
└── IntegrityFailure the book does not prove itself (exit code 3)
"""

import errno

from .problems import Problem

_SYSTEM_REASONS = {
    errno.ENOSPC: "磁盘空间不足",
    errno.EDQUOT: "磁盘空间不足",
    errno.EROFS: "这个磁盘是只读的",
    errno.EACCES: "没有权限，或者文件正被其他程序打开",
    errno.EPERM: "没有权限，或者文件正被其他程序打开",
    errno.ENOENT: "文件或文件夹不存在",
    errno.ENOTDIR: "文件夹不存在",
    errno.EISDIR: "那里是一个文件夹",
    errno.ENAMETOOLONG: "文件名太长",
    errno.EIO: "磁盘读写出错，可能已经拔出或损坏",
}

_WINDOWS_REASONS = {
    # Python takes many of these for EACCES or EINVAL (learn.microsoft.com: System Error Codes).
    19: "这个磁盘是只读的",
    21: "磁盘没有准备好，U盘可能已经拔出",
    32: "文件正被其他程序打开，请关闭后再试",
    33: "文件正被其他程序打开，请关闭后再试",
    39: "磁盘空间不足",
    112: "磁盘空间不足",
    123: "文件名里有不能用的字符",
    206: "文件名或文件夹的路径太长",
    1117: "磁盘读写出错，可能已经拔出或损坏",
}


class Refusal(Exception):
    """The request was refused and nothing was changed."""

    def __init__(self, message: str, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join([self.message, *(problem.message for problem in self.problems)])


class BadInput(Refusal):
    """The data handed in is wrong."""


class NotAllowed(Refusal):
    """The person or the state of the book does not permit the act."""


class PeriodClosed(NotAllowed):
    """The month is closed."""


class StaleDraft(Refusal):
    """The draft was changed in another window since it was read."""


class BookUnusable(Refusal):
    """The file cannot be opened as a book, or not for writing."""


class BookDamaged(BookUnusable):
    """The file is a book, but cut short or broken."""


class ExportFailed(Refusal):
    """The output could not be written; nothing half-written was left behind."""


class IntegrityFailure(Refusal):
    """The book's chain, vouchers or balances do not agree."""


class Cancelled(Refusal):
    """The user cancelled the work; what was done was rolled back."""


def system_reason(error: OSError) -> str:
    """What the operating system complains of, in Chinese where it is a common complaint."""
    windows = _WINDOWS_REASONS.get(getattr(error, "winerror", None) or 0)
    return windows or _SYSTEM_REASONS.get(error.errno or 0, f"系统提示：{error.strerror or error}")

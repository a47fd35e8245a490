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

from .problems import Problem


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

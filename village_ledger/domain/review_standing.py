"""Where a comment of the township stands: folded from the village's answers and the township's last words."""

from datetime import date
from typing import Literal, NamedTuple

from .review import Answer, Comment, Settlement

CommentState = Literal["待答复", "供参考", "已答复", "重新整改", "已整改", "已排除"]
WAITING: frozenset[CommentState] = frozenset({"待答复", "重新整改"})
"""The village must answer (again)."""
SETTLED: frozenset[CommentState] = frozenset({"已整改", "已排除"})
"""The township wants no more."""


class CommentStanding(NamedTuple):
    """A comment with the village's answers and the township's words to them, each in order."""

    comment: Comment
    answers: tuple[Answer, ...] = ()
    settlements: tuple[Settlement, ...] = ()

    @property
    def state(self) -> CommentState:
        """Where it stands. A comment without a deadline asks for no answer (供参考), but may get one."""
        last = self.settlements[-1] if self.settlements else None
        if last and last.state != "重新整改":
            return last.state
        if last and not any(answer.at > last.at for answer in self.answers):
            return "重新整改"
        if self.answers:
            return "已答复"
        return "待答复" if self.comment.deadline else "供参考"

    @property
    def waits(self) -> bool:
        """Whether the village still has to answer."""
        return self.state in WAITING

    @property
    def settled(self) -> bool:
        """Whether the township wants no more."""
        return self.state in SETTLED

    def overdue(self, today: date) -> bool:
        """Whether an answer is due and the deadline has passed."""
        return self.waits and self.comment.deadline is not None and self.comment.deadline < today


def nearest_deadline(standings: tuple[CommentStanding, ...]) -> date | None:
    """The first deadline among those that wait; None when none has one."""
    days = [one.comment.deadline for one in standings if one.waits and one.comment.deadline]
    return min(days, default=None)

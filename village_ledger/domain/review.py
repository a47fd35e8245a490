"""What the township says of a month that a village handed over, and what the village answers.

Both travel as canonical JSON (`*_content`), whose SHA-256 is in the logs of both sides.
"""

from datetime import date
from typing import Any, Literal, NamedTuple

from .period import Period
from .problems import Problem

Opinion = Literal["通过", "补正后通过", "退回", "移交"]
OPINIONS: tuple[Opinion, ...] = ("通过", "补正后通过", "退回", "移交")
PASSING = frozenset({"通过", "补正后通过"})
"""With these the month is passed: its book stays closed."""
SubjectKind = Literal["凭证", "合同", "决策", "资产", "账表", "其他"]
SUBJECT_KINDS: tuple[SubjectKind, ...] = ("凭证", "合同", "决策", "资产", "账表", "其他")
LastWord = Literal["已整改", "已排除", "重新整改"]
LAST_WORDS: tuple[LastWord, ...] = ("已整改", "已排除", "重新整改")
"""Settled, withdrawn, back again."""
SEVERITIES = ("提示", "一般", "严重")
MAX_TEXT = 2000


class Comment(NamedTuple):
    """One remark of the reviewer. `subject` is a voucher's uid, a contract's code, a decision's number …; `label` is
    what people read (`2025-06 记-12`). A comment with a deadline is a finding (问题) that must be answered.

    `category` is the kind of problem, `clause` the rule it rests on, `demand` what is to be done.
    """

    uid: str
    period: Period
    kind: SubjectKind
    subject: str
    label: str
    text: str
    category: str = ""
    clause: str = ""
    demand: str = ""
    deadline: date | None = None
    severity: str = "一般"
    author: str = ""
    at: str = ""


class Answer(NamedTuple):
    """What the village says to a comment. `voucher` is the label of the voucher that corrects (`2025-07 记-3`)."""

    uid: str
    comment: str
    text: str
    voucher: str = ""
    author: str = ""
    at: str = ""


class Settlement(NamedTuple):
    """The township's last word on an answered comment."""

    comment: str
    state: LastWord
    text: str = ""
    author: str = ""
    at: str = ""


class Review(NamedTuple):
    """The township's review of one month of one village, of the package whose close record is `head`.

    `package` is the SHA-256 of the package file; `comments` are those of this month, and older ones still open, with
    `settlements` the last words said since; `round` counts the review files of the month from 1.
    """

    village: str
    region_code: str
    period: Period
    head: str
    package: str
    opinion: Opinion
    text: str
    desk: str
    reviewer: str
    at: str
    round: int = 1
    comments: tuple[Comment, ...] = ()
    settlements: tuple[Settlement, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether the month is passed with it."""
        return self.opinion in PASSING


def check_comment(comment: Comment) -> tuple[Problem, ...]:
    """What keeps a comment from being kept."""
    found = []
    if not comment.text.strip():
        found.append(Problem("text", "请写明意见", field="text"))
    if max(len(comment.text), len(comment.demand), len(comment.clause)) > MAX_TEXT:
        found.append(Problem("text", f"意见最多 {MAX_TEXT} 个字", field="text"))
    if comment.kind not in SUBJECT_KINDS:
        found.append(Problem("kind", f"对象只能是：{'、'.join(SUBJECT_KINDS)}", field="kind"))
    if comment.severity not in SEVERITIES:
        found.append(Problem("severity", f"轻重只能是：{'、'.join(SEVERITIES)}", field="severity"))
    return tuple(found)


def comment_content(one: Comment) -> dict[str, Any]:
    """A comment as canonical JSON values."""
    return {
        **one._asdict(),
        "period": str(one.period),
        "deadline": one.deadline.isoformat() if one.deadline else "",
    }


def comment_of(told: dict[str, Any]) -> Comment:
    """The inverse of `comment_content`. ValueError, TypeError or KeyError for anything else."""
    deadline = date.fromisoformat(told["deadline"]) if told["deadline"] else None
    one = Comment(**{**told, "period": Period.parse(told["period"]), "deadline": deadline})
    if comment_content(one) != told or any(not isinstance(value, str) for value in told.values()):
        raise ValueError("意见写法不规范")
    return one


def review_content(one: Review) -> dict[str, Any]:
    """A review as canonical JSON values."""
    return {
        **one._asdict(),
        "period": str(one.period),
        "comments": [comment_content(comment) for comment in one.comments],
        "settlements": [settlement._asdict() for settlement in one.settlements],
    }


def review_of(told: dict[str, Any]) -> Review:
    """The inverse of `review_content`. ValueError, TypeError or KeyError for anything else."""
    one = Review(
        **{
            **told,
            "period": Period.parse(told["period"]),
            "comments": tuple(comment_of(comment) for comment in told["comments"]),
            "settlements": tuple(Settlement(**settlement) for settlement in told["settlements"]),
        }
    )
    if one.opinion not in OPINIONS or review_content(one) != told:
        raise ValueError("审核意见写法不规范")
    return one

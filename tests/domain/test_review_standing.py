"""Where a comment stands, by what was said to it and when."""

from datetime import date

import pytest

from village_ledger.domain.period import Period
from village_ledger.domain.review import Answer, Comment, Settlement
from village_ledger.domain.review_standing import CommentStanding, nearest_deadline

MONDAY, TUESDAY, WEDNESDAY = (f"2025-07-{day}T01:00:00Z" for day in ("07", "08", "09"))


def comment(deadline: date | None) -> Comment:
    return Comment("c", Period(2025, 6), "凭证", "v", "2025-06 记-1", "附件不全", deadline=deadline)


def answered(at: str) -> Answer:
    return Answer("a", "c", "已补", at=at)


def settled(state: str, at: str) -> Settlement:
    return Settlement("c", state, at=at)


DUE = date(2025, 7, 31)


@pytest.mark.parametrize(
    ("deadline", "answers", "settlements", "state", "waits"),
    [
        (DUE, (), (), "待答复", True),
        (None, (), (), "供参考", False),
        (None, (answered(MONDAY),), (), "已答复", False),
        (DUE, (answered(MONDAY),), (), "已答复", False),
        (DUE, (answered(MONDAY),), (settled("已整改", TUESDAY),), "已整改", False),
        (DUE, (), (settled("已排除", TUESDAY),), "已排除", False),
        (DUE, (answered(MONDAY),), (settled("重新整改", TUESDAY),), "重新整改", True),
        (DUE, (answered(MONDAY), answered(WEDNESDAY)), (settled("重新整改", TUESDAY),), "已答复", False),
        (DUE, (answered(MONDAY),), (settled("已整改", MONDAY), settled("重新整改", TUESDAY)), "重新整改", True),
        (None, (), (settled("重新整改", TUESDAY),), "重新整改", True),
    ],
)
def test_a_comment_stands_as_was_last_said(deadline, answers, settlements, state, waits):
    one = CommentStanding(comment(deadline), answers, settlements)
    assert (one.state, one.waits) == (state, waits)
    assert one.overdue(date(2025, 8, 1)) == (waits and deadline is not None)
    assert not one.overdue(DUE)


def test_the_first_deadline_is_that_of_what_waits():
    late, early = CommentStanding(comment(DUE)), CommentStanding(comment(date(2025, 7, 10)))
    done = CommentStanding(comment(date(2025, 7, 1)), (answered(MONDAY),))
    assert nearest_deadline((late, early, done)) == date(2025, 7, 10)
    assert nearest_deadline((done,)) is None

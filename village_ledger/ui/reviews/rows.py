"""Months with their opinion, and comments as they stand, as rows of a table."""

from datetime import date

from village_ledger.domain.review_standing import CommentStanding
from village_ledger.services.reviews import MonthStanding
from village_ledger.ui import review_words
from village_ledger.ui.tables.text_rows import Cells

MONTH_HEADERS = ("月份", "状态", "意见")
COMMENT_HEADERS = ("月份", "对象", "意见", "期限", "轻重", "情况")
COMMENT_WIDTHS = (104, 170, 300, 100, 56, 130)
FILTERS = ("待答复", "已答复", "已办结", "全部")
_COLOURS = {
    "已通过": "success",
    "补正后通过": "success",
    "退回": "danger",
    "移交": "danger",
    "待重新报送": "warning",
    "报送后改过": "danger",
    "报送后反结账": "danger",
    "审核中": "accent",
}


def month_row(one: MonthStanding, comments: int) -> Cells:
    """A month handed over, with the number of comments on it."""
    texts = (one.period.label, one.state, str(comments) if comments else "")
    return Cells(texts, _COLOURS.get(one.state, ""), one, (1,))


def comment_row(one: CommentStanding, today: date) -> Cells:
    """A comment in the list."""
    comment = one.comment
    texts = (
        comment.period.label,
        f"{comment.kind} {comment.label}",
        f"{comment.category}：{comment.text}" if comment.category else comment.text,
        comment.deadline.isoformat() if comment.deadline else "",
        comment.severity,
        f"{one.state}，已逾期" if one.overdue(today) else one.state,
    )
    return Cells(texts, review_words.colour(one, today), one, (5,))


def matches(one: CommentStanding, wanted: str) -> bool:
    """Whether a comment belongs under a filter."""
    return {
        "待答复": one.waits,
        "已答复": one.state == "已答复",
        "已办结": one.settled,
    }.get(wanted, True)

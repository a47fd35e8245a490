"""A comment of the township in words, as pages show it where it belongs: its state, what it says, what is asked."""

from collections.abc import Iterable
from datetime import date
from html import escape

from village_ledger.domain.review_standing import CommentStanding
from village_ledger.ui import theme
from village_ledger.ui.instants import local_time

_COLOURS = {
    "待答复": "warning",
    "重新整改": "danger",
    "已答复": "info",
    "已整改": "success",
    "已排除": "success",
    "供参考": "muted",
}


def colour(one: CommentStanding, today: date) -> str:
    """The theme's colour for how a comment stands."""
    return "danger" if one.overdue(today) else _COLOURS[one.state]


def state_words(one: CommentStanding, today: date) -> str:
    """How it stands, with the deadline while an answer is due."""
    deadline = one.comment.deadline
    if not one.waits or deadline is None:
        return one.state
    return f"{one.state}，{deadline} 到期，已逾期" if deadline < today else f"{one.state}，{deadline} 前"


def line(one: CommentStanding, today: date) -> str:
    """One comment as a line of rich text: state, category, text, rule, demand."""
    comment, colours = one.comment, theme.current().colours
    parts = [f'<span style="color:{colours[colour(one, today)]}">审核意见（{state_words(one, today)}）</span>']
    parts.append(escape(f"{comment.category}：{comment.text}" if comment.category else comment.text))
    for title, text in (("依据", comment.clause), ("要求", comment.demand)):
        if text:
            parts.append(f'<span style="color:{colours["muted"]}">{title}</span> {escape(text)}')
    return "　".join(parts)


def lines(found: Iterable[CommentStanding], today: date) -> str:
    """Several comments, a line each; empty for none."""
    return "<br>".join(line(one, today) for one in found)


def history(one: CommentStanding) -> str:
    """What was said to a comment so far, in the order of time, a line each; empty for nothing."""
    muted = theme.current().colours["muted"]
    said = [
        (given.at, f"{given.author} 答复", given.text + (f"（更正凭证 {given.voucher}）" if given.voucher else ""))
        for given in one.answers
    ]
    said += [(last.at, f"{last.author or '乡镇'} {last.state}", last.text) for last in one.settlements]
    return "<br>".join(
        f'<span style="color:{muted}">{escape(local_time(at)[:16])} {escape(who)}</span>　{escape(text)}'
        for at, who, text in sorted(said)
    )

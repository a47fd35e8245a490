"""Decisions for tests: one that holds, taken by the members' representatives after the party study."""

from datetime import date, timedelta

from village_ledger.domain.decision import Decision, Notice, Step
from village_ledger.services import decisions
from village_ledger.services.book import Book

VOTE = date(2025, 6, 20)
PAPERS = ("会议记录", "签到表")


def a_study(**more: object) -> Step:
    """The village party branch studied it ten days before the vote."""
    step = Step("会前研究", "党支部会", VOTE - timedelta(days=10), "村委会", "陈书记", "王会计", documents=PAPERS)
    return step._replace(eligible=5, present=5, yes=5)._replace(**more)


def a_vote(**more: object) -> Step:
    """30 representatives, 28 came, 26 agreed."""
    step = Step("会议决议", "成员代表大会", VOTE, "村文化礼堂", "陈主任", "王会计", documents=PAPERS)
    return step._replace(eligible=30, present=28, yes=26, no=1, abstain=1, text="讨论借款方案。")._replace(**more)


def a_decision(**more: object) -> Decision:
    """Up to 100,000.00 may be borrowed."""
    return Decision(
        "石桥决〔2025〕3号",
        "向信用社借款",
        "借款",
        "成员（代表）大会",
        "集体经济组织",
        VOTE,
        100_000_00,
        "同意向信用社借款，用于村道硬化。",
        (a_study(), a_vote()),
    )._replace(**more)


def a_notice(**more: object) -> Notice:
    """The decision was posted the day after the vote for seven days."""
    return Notice("决议公开", VOTE + timedelta(days=1), VOTE + timedelta(days=7), "村务公开栏")._replace(**more)


def standing_decision(book: Book, **more: object) -> Decision:
    """Save, make final and post a decision in a book; it holds from 2025-06-28 on."""
    saved = decisions.save(book, a_decision(**more))
    final = decisions.finalise(book, saved.id, saved.version)
    after = final.day + timedelta(days=1)
    decisions.add_notice(book, final.id, Notice("决议公开", after, after + timedelta(days=6), "村务公开栏"))
    return final

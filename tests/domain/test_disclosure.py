"""The way of a notice: every step only after the one before, and what is overdue."""

from datetime import date

import pytest

from village_ledger.domain.disclosure import Act, Answer, Disclosure, Objection, overdue, spans_due, wrong_act
from village_ledger.domain.period import Period

JUNE = Period(2025, 6)
MADE = Disclosure("a", "month", JUNE, JUNE, 1, "0" * 64, "VLN1", 7, "周敏", date(2025, 7, 3))
SIGNED = Act("签字", date(2025, 7, 4), "许长根", "村监会")
POSTED = Act("张榜", date(2025, 7, 5), "周敏", place="村部公告栏")


def after(*acts: Act) -> Disclosure:
    return MADE._replace(acts=acts)


def test_a_notice_goes_from_made_to_filed() -> None:
    down, filed = Act("撤榜", date(2025, 7, 11), "周敏"), Act("归档", date(2025, 7, 12), "周敏")
    done: tuple[Act, ...] = ()
    for act, state in ((SIGNED, "已签字"), (POSTED, "已张榜"), (down, "已撤榜"), (filed, "已归档")):
        assert wrong_act(after(*done), act) == ""
        done = (*done, act)
        assert after(*done).state == state
    assert after(*done).hung == 7
    assert after(*done).last_day == date(2025, 7, 11)


@pytest.mark.parametrize(
    ("acts", "act", "words"),
    [
        ((), POSTED, "村监会还没有签字"),
        ((Act("签字", date(2025, 7, 4), "周敏", "会计"),), POSTED, "村监会还没有签字"),
        ((SIGNED,), SIGNED, "已经签过字"),
        ((SIGNED,), POSTED._replace(place=" "), "张榜地点"),
        ((SIGNED,), POSTED._replace(day=date(2025, 7, 3)), "早于上一步"),
        ((SIGNED, POSTED), Act("撤榜", date(2025, 7, 10), "周敏"), "规定公开 7 天，到 2025-07-10 只有 6 天"),
        ((SIGNED, POSTED), Act("归档", date(2025, 7, 20), "周敏"), "撤榜以后才能归档"),
        ((), Act("作废", date(2025, 7, 20), "周敏"), "原因"),
        ((Act("作废", date(2025, 7, 20), "周敏", note="重做"),), SIGNED, "已作废"),
    ],
)
def test_a_step_out_of_turn_is_refused_in_words(acts: tuple[Act, ...], act: Act, words: str) -> None:
    assert words in wrong_act(after(*acts), act)


def test_taking_down_early_needs_a_reason() -> None:
    early = Act("撤榜", date(2025, 7, 10), "周敏", note="台风损坏")
    assert wrong_act(after(SIGNED, POSTED), early) == ""


def test_months_are_due_on_the_fifteenth_of_the_next() -> None:
    found = spans_due(Period(2025, 11), date(2026, 1, 15), "month", 15)
    assert [(str(one.start), one.due) for one in found] == [
        ("2025-11", date(2025, 12, 15)),
        ("2025-12", date(2026, 1, 15)),
    ]


def test_quarters_are_due_after_their_last_month() -> None:
    found = spans_due(Period(2025, 2), date(2025, 7, 8), "quarter", 8)
    assert [(str(one.start), str(one.end)) for one in found] == [("2025-02", "2025-03"), ("2025-04", "2025-06")]


def test_a_posted_quarter_covers_its_months() -> None:
    quarter = after(SIGNED, POSTED)._replace(edition="quarter", start=Period(2025, 4), end=JUNE)
    missing = overdue(Period(2025, 4), date(2025, 8, 20), "month", 15, [quarter])
    assert [str(one.start) for one in missing] == ["2025-07"]


def test_an_objection_is_due_ten_days_on_and_ends_with_an_answer() -> None:
    asked = Objection("q", "a", date(2025, 2, 20), "石满仓", "当面", "记-12", "为什么这么多？")
    assert asked.due(10) == date(2025, 3, 2)
    assert not asked.closed
    assert asked._replace(answers=(Answer(date(2025, 2, 22), "石建国", "已说明", closes=True),)).closed

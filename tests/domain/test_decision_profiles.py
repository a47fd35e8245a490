"""Public notices, the profiles of provinces, and figures whose text was not confirmed."""

from datetime import date, timedelta

import pytest

from tests.domain.test_decision_rules import LATER, NATIONAL, found, four_steps, with_step
from tests.services.decision_desk import VOTE, a_decision, a_notice
from village_ledger.domain.decision import Notice
from village_ledger.domain.decision_rules import remarks
from village_ledger.services.governance import profile_rules


@pytest.mark.parametrize(
    ("code", "notice", "on", "text"),
    [
        ("notice", None, LATER, "没有登记决议公开，应公开 7 天"),
        ("notice", a_notice(struck="登记错了"), LATER, "没有登记决议公开，应公开 7 天"),
        ("notice-days", a_notice(end=VOTE + timedelta(6)), LATER, "只有 6 天"),
        ("notice-order", a_notice(start=VOTE - timedelta(1)), LATER, "早于作出决议的 2025-06-20"),
        ("notice-running", a_notice(), VOTE + timedelta(7), "2025-06-21 开始，2025-06-27 满，现在是 2025-06-27"),
    ],
)
def test_a_decision_holds_only_after_it_was_posted_for_its_days(code: str, notice: Notice | None, on: date, text: str):
    failures = found(a_decision(), *([notice] if notice else []), on=on)
    assert text in failures[code][0].text


def test_one_good_notice_is_enough_beside_a_short_one():
    assert not found(a_decision(), a_notice(end=VOTE + timedelta(2)), a_notice())


def test_a_plan_that_must_be_posted_before_the_vote_was_up_for_its_days_then():
    rules = profile_rules("zhejiang")
    early = Notice("会前公告", VOTE - timedelta(15), VOTE - timedelta(1), "村务公开栏")
    assert not found(a_decision(matter="年度预算"), early, a_notice(), rules=rules)
    late = early._replace(start=VOTE - timedelta(14))
    (failure,) = found(a_decision(matter="年度预算"), late, a_notice(), rules=rules)["notice-days"]
    assert "表决前只有 14 天" in failure.text
    assert failure.article == "浙江省农村集体资产管理条例第二十条"
    short = early._replace(start=VOTE - timedelta(30), end=VOTE - timedelta(20))
    assert "表决前只有 11 天" in found(a_decision(matter="年度预算"), short, rules=rules)["notice-days"][0].text


def test_zhejiang_asks_two_thirds_of_all_and_posting_within_five_days():
    rules = profile_rules("zhejiang")
    budget = with_step(four_steps(matter="大额支出"), "会议决议", yes=23, no=1)
    texts = [str(failure) for failure in found(budget, rules=rules)["majority"]]
    assert texts == [
        "村民代表会议应由全体组成人员三分之二以上同意：全体 36 人，至少 24 票，赞成 23 票"
        "（浙江省农村集体资产管理条例第十七条）"
    ]
    late = a_notice(start=VOTE + timedelta(6), end=VOTE + timedelta(20))
    (failure,) = found(budget, late, rules=rules)["notice-late"]
    assert failure.text == "决议公开应在 2025-06-20 作出决议后 5 天内公布，2025-06-26 才公布，6 天后"
    assert failure.article == "浙江省农村集体资产管理条例第二十五条"
    assert "notice-late" not in found(budget, a_notice(start=VOTE + timedelta(5), end=LATER), rules=rules)


def test_shanghai_asks_four_fifths_of_those_present_and_a_quorum_of_representatives():
    rules = profile_rules("shanghai")
    vote = {"eligible": 30, "present": 28, "yes": 22, "no": 6, "abstain": 0}
    (failure,) = found(with_step(a_decision(), "会议决议", **vote), a_notice(), rules=rules)["majority"]
    assert str(failure).startswith("成员代表大会应由到会成员代表五分之四以上同意：到会 28 人，至少 23 票，赞成 22 票")
    assert failure.article == "上海市农村集体资产监督管理条例第十六条"
    few = with_step(a_decision(), "会议决议", eligible=30, present=19, yes=19, no=0, abstain=0)
    assert found(few, a_notice(), rules=rules)["quorum"][0].article == "上海市农村集体资产监督管理条例第十六条"


def test_gansu_and_unknown_places_follow_the_national_figures():
    assert profile_rules("gansu").body("成员大会") == NATIONAL.body("成员大会")
    assert profile_rules("") == NATIONAL


def test_figures_of_the_villagers_committee_law_are_not_certain_from_2026_on():
    before, after = four_steps(date(2025, 12, 31)), four_steps(date(2026, 1, 1))
    law = "村民委员会组织法第二十六条：只核对过2018年修正的文本；2025年修正、2026年1月1日起施行的文本未核对"
    assert law in remarks(after, (), NATIONAL, date(2026, 2, 1))
    assert law not in remarks(before, (), NATIONAL, date(2026, 2, 1))
    short = with_step(after, "会议决议", present=23, yes=23, no=0)
    assert "2026年1月1日起施行的文本未核对" in str(found(short, on=date(2026, 2, 1))["quorum"][0])


def test_a_decision_of_tomorrow_does_not_hold_today():
    assert "future" in found(a_decision(), a_notice(), on=VOTE - timedelta(1))


def test_results_not_posted_yet_are_a_remark_and_no_failure():
    wanted = "还没有登记结果公开（实施以后公开，7 天）"
    assert wanted in remarks(four_steps(), (a_notice(),), NATIONAL, LATER)
    done = Notice("结果公开", VOTE + timedelta(60), VOTE + timedelta(66), "村务公开栏")
    assert wanted not in remarks(four_steps(), (a_notice(), done), NATIONAL, LATER)


def test_what_the_rules_do_not_know_is_told_not_guessed():
    assert "matter" in found(a_decision(matter="修庙"), a_notice())
    assert set(found(a_decision(procedure="拍板"), a_notice())) == {"procedure"}

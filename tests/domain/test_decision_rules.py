"""Every rule has a failing case, with its figures and the article it comes from; what should hold, holds."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.services.decision_desk import PAPERS, VOTE, a_decision, a_notice, a_study, a_vote
from village_ledger.domain.decision import Decision, Failure, Notice, Step
from village_ledger.domain.decision_rules import evaluate
from village_ledger.domain.governance import RuleSet
from village_ledger.services.governance import profile_rules

LATER = date(2025, 12, 31)
NATIONAL = profile_rules("national")
ASSEMBLY = a_vote(body="成员大会", eligible=120, present=90, yes=85, no=3, abstain=2, told=VOTE - timedelta(days=10))
VILLAGERS = a_vote(body="村民会议", eligible=401, present=201, yes=101, no=100, abstain=0, told=VOTE - timedelta(10))


def four_steps(day: date = VOTE, **more: object) -> Decision:
    """四议两公开 to the representatives of the villagers."""
    steps = (
        Step("支部提议", "党支部会", day - timedelta(20), eligible=5, present=5, yes=5, documents=PAPERS),
        Step("两委商议", "两委会", day - timedelta(15), eligible=9, present=8, yes=8, documents=PAPERS),
        Step(
            "党员大会审议",
            "党员大会",
            day - timedelta(7),
            eligible=42,
            present=28,
            yes=22,
            no=6,
            documents=PAPERS,
            told=day - timedelta(10),
        ),
        Step("会议决议", "村民代表会议", day, eligible=36, present=24, yes=13, no=11, documents=PAPERS),
    )
    made = a_decision(matter="工程建设", procedure="四议两公开", side="村民委员会", day=day, steps=steps)
    return made._replace(**more)


def with_step(decision: Decision, key: str, **more: object) -> Decision:
    """The decision with one of its meetings different."""
    return decision._replace(steps=tuple(step._replace(**more) if step.key == key else step for step in decision.steps))


def found(
    decision: Decision, *notices: Notice, rules: RuleSet = NATIONAL, on: date = LATER
) -> dict[str, tuple[Failure, ...]]:
    """What fails, by code."""
    made: dict[str, tuple[Failure, ...]] = {}
    for failure in evaluate(decision, notices, rules, on):
        made[failure.code] = (*made.get(failure.code, ()), failure)
    return made


def test_what_keeps_every_rule_holds():
    for decision in (
        a_decision(),
        a_decision(steps=(a_study(), ASSEMBLY)),
        four_steps(),
        a_decision(matter="其他", procedure="村民（代表）会议", side="村民委员会", steps=(VILLAGERS,)),
    ):
        assert not found(decision, a_notice())


@pytest.mark.parametrize(
    ("code", "decision", "text", "article"),
    [
        (
            "quorum",
            a_decision(steps=(a_study(), ASSEMBLY._replace(present=76, yes=74, no=1, abstain=1))),
            "成员大会应有三分之二以上成员参加：应到 120 人，至少 80 人，实到 76 人",
            "农村集体经济组织法第二十七条",
        ),
        (
            "majority",
            a_decision(steps=(a_study(), ASSEMBLY._replace(yes=79, no=11, abstain=0))),
            "成员大会应由全体成员三分之二以上同意：全体 120 人，至少 80 票，赞成 79 票",
            "农村集体经济组织法第二十七条",
        ),
        (
            "told",
            a_decision(steps=(a_study(), ASSEMBLY._replace(told=VOTE - timedelta(days=9)))),
            "成员大会应提前 10 天告知全体成员：2025-06-20 开会，最迟 2025-06-10 通知，实际 2025-06-11 通知，提前 9 天",
            "农村集体经济组织法第二十七条",
        ),
        (
            "told",
            a_decision(steps=(a_study(), ASSEMBLY._replace(told=None))),
            "没有填成员大会通知（送达方案）的日期，应提前 10 天告知全体成员",
            "农村集体经济组织法第二十七条",
        ),
        (
            "told-of",
            a_decision(steps=(a_study(), ASSEMBLY._replace(told_of=("时间",)))),
            "成员大会的通知应写明时间、地点、事项，缺少：地点、事项",
            "农村集体经济组织法第二十七条",
        ),
        (
            "majority",
            with_step(a_decision(), "会议决议", yes=19, no=9, abstain=0),
            "成员代表大会应由全体成员代表三分之二以上同意：全体 30 人，至少 20 票，赞成 19 票",
            "农村集体经济组织法第二十八条",
        ),
        (
            "size",
            with_step(a_decision(), "会议决议", eligible=20, present=20, yes=20, no=0, abstain=0),
            "成员代表大会的人数应不少于 21 人，应到填的是 20 人",
            "农村集体经济组织法第二十八条",
        ),
        (
            "body",
            a_decision(matter="土地补偿费"),
            "“土地补偿费”不能由成员代表大会决定，应由：成员大会、村民会议、村民会议（户代表）、村民小组会议、"
            "村民小组会议（户代表）",
            "农村集体经济组织法第二十六条第一款第十项、第二十八条",
        ),
        (
            "body",
            a_decision(matter="章程"),
            "“章程”不能由成员代表大会决定，应由：成员大会",
            "农村集体经济组织法第二十六条第一款第一项、第二十八条",
        ),
        (
            "body",
            a_decision(matter="成员确认"),
            "“成员确认”不能由成员代表大会决定，应由：成员大会",
            "农村集体经济组织法第二十六条第一款第三项、第二十八条",
        ),
        (
            "body",
            a_decision(matter="份额量化"),
            "“份额量化”不能由成员代表大会决定，应由：成员大会",
            "农村集体经济组织法第二十六条第一款第八项、第二十八条",
        ),
        (
            "body",
            a_decision(matter="合并分立"),
            "“合并分立”不能由成员代表大会决定，应由：成员大会",
            "农村集体经济组织法第二十六条第一款第十二项、第二十八条",
        ),
        (
            "step",
            a_decision(steps=(a_vote(),)),
            "没有“会前研究”（党支部会、两委会、党员大会、乡镇党委会议）",
            "农村集体经济组织法第二十六条",
        ),
        (
            "majority",
            a_decision(matter="非成员参与分配", steps=(a_study(), ASSEMBLY._replace(yes=89, no=1, abstain=0))),
            "成员大会应由全体成员四分之三以上同意：全体 120 人，至少 90 票，赞成 89 票",
            "农村集体经济组织法第十五条",
        ),
        (
            "majority",
            with_step(
                four_steps(matter="土地承包给外人"), "会议决议", yes=23, no=1, documents=(*PAPERS, "乡镇批准文件")
            ),
            "村民代表会议应由全体组成人员三分之二以上同意：全体 36 人，至少 24 票，赞成 23 票",
            "农村土地承包法第五十二条",
        ),
        (
            "documents",
            with_step(four_steps(matter="土地承包给外人"), "会议决议", yes=24, no=0),
            "“会议决议”村民代表会议缺少材料：乡镇批准文件",
            "农村土地承包法第五十二条",
        ),
        (
            "majority",
            with_step(four_steps(matter="资产处置"), "会议决议", yes=23, no=1),
            "村民代表会议应由全体组成人员三分之二以上同意：全体 36 人，至少 24 票，赞成 23 票",
            "农村集体经济组织法第二十七条、第二十八条、第六十四条",
        ),
        (
            "notice",
            four_steps(matter="收益分配"),
            "没有登记会前公告，应在表决前公告 10 天",
            "农村集体经济组织法第四十六条",
        ),
        (
            "documents",
            with_step(a_decision(), "会议决议", documents=("签到表",)),
            "“会议决议”成员代表大会缺少材料：会议记录",
            "农村集体经济组织法第三十三条",
        ),
        (
            "quorum",
            a_decision(
                matter="其他",
                procedure="理事会",
                steps=(a_vote(body="理事会", eligible=7, present=4, yes=4, no=0, abstain=0),),
            ),
            "理事会应有三分之二以上理事参加：应到 7 人，至少 5 人，实到 4 人",
            "农村集体经济组织法第三十一条",
        ),
        (
            "majority",
            a_decision(
                matter="其他",
                procedure="理事会",
                steps=(a_vote(body="理事会", eligible=7, present=6, yes=3, no=3, abstain=0),),
            ),
            "理事会应由全体理事过半数同意：全体 7 人，至少 4 票，赞成 3 票",
            "农村集体经济组织法第三十一条",
        ),
        (
            "size",
            a_decision(
                matter="其他",
                procedure="理事会",
                steps=(a_vote(body="理事会", eligible=4, present=4, yes=4, no=0, abstain=0),),
            ),
            "理事会的人数应为 3 至 7 人、单数，应到填的是 4 人",
            "农村集体经济组织法第二十九条",
        ),
        (
            "quorum",
            a_decision(
                matter="其他",
                procedure="村民（代表）会议",
                side="村民委员会",
                steps=(VILLAGERS._replace(present=200, yes=101, no=99),),
            ),
            "村民会议应有过半数年满十八周岁的村民参加：应到 401 人，至少 201 人，实到 200 人",
            "村民委员会组织法第二十二条",
        ),
        (
            "majority",
            a_decision(
                matter="其他",
                procedure="村民（代表）会议",
                side="村民委员会",
                steps=(VILLAGERS._replace(yes=100, no=101),),
            ),
            "村民会议应由到会年满十八周岁的村民过半数同意：到会 201 人，至少 101 票，赞成 100 票",
            "村民委员会组织法第二十二条",
        ),
        (
            "quorum",
            a_decision(
                matter="其他",
                procedure="村民（代表）会议",
                side="村民委员会",
                steps=(VILLAGERS._replace(body="村民会议（户代表）", eligible=150, present=99, yes=99, no=0),),
            ),
            "村民会议（户代表）应有三分之二以上户代表参加：应到 150 户，至少 100 户，实到 99 户",
            "村民委员会组织法第二十二条",
        ),
        (
            "told",
            a_decision(
                matter="其他",
                procedure="村民（代表）会议",
                side="村民委员会",
                steps=(VILLAGERS._replace(told=VOTE - timedelta(9)),),
            ),
            "村民会议应提前 10 天告知全体年满十八周岁的村民：2025-06-20 开会，最迟 2025-06-10 通知，"
            "实际 2025-06-11 通知，提前 9 天",
            "村民委员会组织法第二十一条",
        ),
        (
            "quorum",
            with_step(four_steps(), "会议决议", present=23, yes=23, no=0),
            "村民代表会议应有三分之二以上组成人员参加：应到 36 人，至少 24 人，实到 23 人",
            "村民委员会组织法第二十六条",
        ),
        (
            "majority",
            with_step(four_steps(), "会议决议", yes=12, no=12),
            "村民代表会议应由到会组成人员过半数同意：到会 24 人，至少 13 票，赞成 12 票",
            "村民委员会组织法第二十六条",
        ),
        (
            "quorum",
            a_decision(
                matter="其他",
                procedure="村民（代表）会议",
                side="村民委员会",
                steps=(a_vote(body="村民小组会议", eligible=60, present=39, yes=39, no=0, abstain=0),),
            ),
            "村民小组会议应有三分之二以上年满十八周岁的组内村民参加：应到 60 人，至少 40 人，实到 39 人",
            "村民委员会组织法第二十八条",
        ),
        (
            "majority",
            with_step(four_steps(), "两委商议", present=8, yes=4, no=4),
            "两委会应由到会两委成员过半数同意：到会 8 人，至少 5 票，赞成 4 票",
            "“四议两公开”工作法（各地规定不一）",
        ),
        (
            "quorum",
            with_step(four_steps(), "党员大会审议", present=27, yes=27, no=0),
            "党员大会应有三分之二以上党员参加：应到 42 人，至少 28 人，实到 27 人",
            "“四议两公开”工作法（各地规定不一）",
        ),
        (
            "majority",
            with_step(four_steps(), "党员大会审议", yes=21, no=7),
            "党员大会应由全体党员过半数同意：全体 42 人，至少 22 票，赞成 21 票",
            "“四议两公开”工作法（各地规定不一）",
        ),
        (
            "told",
            with_step(four_steps(), "党员大会审议", told=VOTE - timedelta(days=9)),
            "党员大会应提前 3 天告知全体党员：2025-06-13 开会，最迟 2025-06-10 通知，实际 2025-06-11 通知，提前 2 天",
            "“四议两公开”工作法（各地规定不一）",
        ),
        (
            "step",
            four_steps()._replace(steps=four_steps().steps[1:]),
            "没有“支部提议”（党支部会）（与“两委商议”合并召开的，请在那一步注明）",
            "“四议两公开”工作法（各地规定不一）",
        ),
        (
            "limit",
            a_decision(
                matter="日常开支",
                procedure="小额事项议事",
                side="村民委员会",
                cap_fen=2_000_01,
                steps=(a_vote(body="小额事项议事小组", eligible=5, present=5, yes=5, no=0, abstain=0),),
            ),
            "“小额事项议事”最多决定 2,000.00 元，这项决策的上限是 2,000.01 元",
            "村集体经济组织章程（各村不一）",
        ),
        (
            "quorum",
            a_decision(
                matter="日常开支",
                procedure="小额事项议事",
                side="村民委员会",
                cap_fen=2_000_00,
                steps=(a_vote(body="小额事项议事小组", eligible=5, present=3, yes=3, no=0, abstain=0),),
            ),
            "小额事项议事小组应有三分之二以上小组成员参加：应到 5 人，至少 4 人，实到 3 人",
            "村集体经济组织章程（各村不一）",
        ),
        (
            "procedure",
            a_decision(
                procedure="理事会", steps=(a_vote(body="理事会", eligible=5, present=5, yes=5, no=0, abstain=0),)
            ),
            "“借款”不能走“理事会”，应走：四议两公开、成员（代表）大会、村民（代表）会议",
            "农村集体经济组织法第二十六条第一款第十一项",
        ),
    ],
)
def test_what_a_rule_asks_and_is_not_met_is_told_with_figures_and_article(
    code: str, decision: Decision, text: str, article: str
):
    failures = found(decision, a_notice())
    assert (text, article) in {(failure.text, failure.article) for failure in failures.get(code, ())}


@pytest.mark.parametrize(
    ("code", "more", "text"),
    [
        ("present", {"present": 31, "yes": 29}, "实到 31 人，多于应到 30 人"),
        ("present", {"online": 20, "proxy": 9}, "线上 20、委托 9，合计多于实到 28 人"),
        ("proxy", {"proxy": 1}, "成员代表大会不能委托他人参加，填了委托 1 人"),
        ("votes", {"abstain": 0}, "赞成 26、反对 1、弃权 0，合计 27，和实到 28 人不符"),
        ("eligible", {"eligible": 0}, "没有填应到人数"),
        ("attendees", {"attendees": ("张三", "李四")}, "参会名单有 2 人，和实到 28 人不符"),
        ("attendees", {"attendees": ("张三",) * 28}, "参会名单里“张三”写了 28 次，同名的请加注区别"),
        ("day", {"day": VOTE - timedelta(1)}, "决策日期 2025-06-20 和作出决议的成员代表大会日期 2025-06-19 不一致"),
        ("order", {"day": VOTE - timedelta(11)}, "早于前一步“会前研究”的 2025-06-10，先后次序不对"),
        ("step-body", {"body": "理事会"}, "“会议决议”不能由理事会办理，应由：成员大会、成员代表大会"),
        ("step-body", {"body": "茶话会"}, "决策规则里没有“茶话会”这种会议"),
        ("side", {"body": "村民代表会议"}, "作出决议的是村民代表会议，属于村民委员会，决策主体却填的是集体经济组织"),
    ],
)
def test_numbers_and_days_that_do_not_agree_are_told(code: str, more: dict[str, object], text: str):
    failures = found(with_step(a_decision(), "会议决议", **more), a_notice())
    assert any(text in failure.text for failure in failures.get(code, ()))


def test_steps_held_together_by_one_who_holds_both_posts_count_for_both():
    together = with_step(four_steps()._replace(steps=four_steps().steps[1:]), "两委商议", merged=True)
    assert not found(together, a_notice())


def test_a_proxy_of_the_same_household_counts_at_a_members_meeting_only():
    assert not found(a_decision(steps=(a_study(), ASSEMBLY._replace(proxy=12, online=20))), a_notice())


@pytest.mark.parametrize(
    ("told", "held", "ahead"),
    [
        (date(2024, 2, 20), date(2024, 3, 1), 10),
        (date(2023, 2, 19), date(2023, 3, 1), 10),
        (date(2024, 2, 29), date(2024, 3, 10), 10),
        (date(2024, 12, 25), date(2025, 1, 4), 10),
        (date(2024, 12, 26), date(2025, 1, 4), 9),
        (date(2023, 2, 20), date(2023, 3, 1), 9),
    ],
)
def test_days_of_telling_are_calendar_days_over_february_and_the_year_end(told: date, held: date, ahead: int):
    study, vote = a_study(day=held), ASSEMBLY._replace(day=held, told=told)
    failures = found(a_decision(day=held, steps=(study, vote)), a_notice(start=held, end=held + timedelta(6)))
    assert ("told" in failures) == (ahead < 10)
    assert not failures or f"提前 {ahead} 天" in failures["told"][0].text


votes = st.integers(0, 60)


@given(votes, votes, votes, st.integers(0, 150), st.integers(0, 60))
def test_more_votes_for_never_make_a_decision_fail(yes: int, no: int, abstain: int, eligible: int, turned: int):
    turned = min(turned, no + abstain)
    before = with_step(
        a_decision(), "会议决议", eligible=eligible, present=yes + no + abstain, yes=yes, no=no, abstain=abstain
    )
    kept_no = max(0, no - turned)
    after = with_step(before, "会议决议", yes=yes + turned, no=kept_no, abstain=no + abstain - turned - kept_no)
    assert set(found(after, a_notice())) <= set(found(before, a_notice()))


@given(st.integers(0, 200), st.integers(0, 200), st.integers(0, 30))
def test_more_who_came_and_agreed_never_make_a_decision_fail(eligible: int, present: int, more: int):
    before = with_step(a_decision(), "会议决议", eligible=eligible, present=present, yes=present, no=0, abstain=0)
    fuller = min(present + more, max(eligible, present))
    after = with_step(before, "会议决议", present=fuller, yes=fuller)
    assert set(found(after, a_notice())) <= set(found(before, a_notice()))
    assert ("present" in found(before)) == (present > eligible)


@given(st.dates(date(2025, 5, 1), date(2030, 1, 1)), st.integers(0, 40))
def test_a_decision_that_holds_holds_ever_after(day: date, later: int):
    notice = a_notice(start=day, end=day + timedelta(6))
    made = a_decision(day=day, steps=(a_study(day=day), a_vote(day=day)))
    if not found(made, notice, on=day + timedelta(7)):
        assert not found(made, notice, on=day + timedelta(7 + later))

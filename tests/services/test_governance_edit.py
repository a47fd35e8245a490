"""Every figure of the rules can be changed one at a time, and nothing else changes with it."""

from datetime import date
from typing import Any

import pytest

from village_ledger.domain.errors import BadInput
from village_ledger.services.governance import profile_content, profile_rules
from village_ledger.services.governance_edit import (
    Change,
    Figure,
    figures,
    laws,
    options,
    with_change,
    with_step,
    without_step,
)
from village_ledger.services.governance_table import rule_set

DAY = date(2025, 7, 1)
CONTENT = {**profile_content("zhejiang"), "valid_from": "2025-05-01"}
CHARTER = ("本村章程", "第三条", True)


def plain(content: Any) -> Any:
    """A table with its days as texts, as a book keeps it."""
    if isinstance(content, dict):
        return {key: plain(value) for key, value in content.items()}
    if isinstance(content, list):
        return [plain(value) for value in content]
    return content.isoformat() if isinstance(content, date) else content


TABLE = plain(CONTENT)


def figure(name: str, what: str) -> Figure:
    """The figure of that name."""
    return next(one for one in figures(TABLE, DAY) if (one.name, one.what) == (name, what))


def changed(name: str, what: str, value: str, **more: Any) -> Any:
    """The rules with one figure changed."""
    return rule_set(with_change(TABLE, figure(name, what), Change(value, *CHARTER, **more)))


def test_the_list_words_each_figure_with_its_source():
    one = figure("成员大会", "到会")
    assert (one.value, one.text, one.law, one.article, one.confirmed, one.doubt) == (
        "2/3",
        "应到的三分之二以上",
        "农村集体经济组织法",
        "第二十七条",
        True,
        "",
    )
    assert figure("理事会", "人数").text == "3-7 人，单数"
    assert figure("两委联席会议", "最多决定").text == "10,000.00 元"
    assert figure("年度预算", "会前公告").text == "15 天"
    assert figure("大额支出", "决议公开：作出决议后").text == "5 天内"
    assert figure("党员大会", "提前通知").doubt == "原文未核对"
    later = figures(TABLE, date(2026, 1, 1))
    assert "2025年修正" in next(one for one in later if one.name == "村民代表会议").doubt
    assert "浙江省农村集体资产管理条例" in laws(TABLE)


def test_a_share_is_changed_with_what_it_is_taken_of():
    rules = changed("村民代表会议", "通过", "3/5", more=True, of="全体")
    (share,) = rules.body("村民代表会议").majorities
    assert (share.numerator, share.denominator, share.more, share.of) == (3, 5, True, "全体")
    assert share.basis.label == "本村章程第三条"
    quorum = changed("成员大会", "到会", "3/4").body("成员大会").quorum
    assert quorum.least(120) == 90
    assert options(TABLE, figure("村民代表会议", "通过")) == (True, "到会", False)


def test_days_sizes_limits_and_names_are_changed():
    assert changed("成员大会", "提前通知", "15").body("成员大会").told.days == 15
    assert changed("理事会", "人数", "5-9", odd=True).body("理事会").size[:3] == (5, 9, True)
    assert changed("理事会", "人数", "3", odd=False).body("理事会").size[:3] == (3, 0, False)
    assert changed("小额事项议事", "最多决定", "3,000").procedure("小额事项议事").limit.fen == 3_000_00
    late = changed("大额支出", "决议公开：作出决议后", "3").matter("大额支出").notices
    assert [notice.within for notice in late if notice.kind == "决议公开"] == [3]
    step = changed("四议两公开", "会议决议：材料", "会议记录，签到表、照片").procedure("四议两公开").deciding
    assert step.documents == ("会议记录", "签到表", "照片")
    assert changed("借款", "可以决定的会议", "成员大会").matter("借款").bodies == ("成员大会",)
    assert changed("借款", "材料", "风险说明、评估报告").matter("借款").documents == ("风险说明", "评估报告")


def test_every_figure_written_back_as_it_is_changes_nothing():
    before = rule_set(TABLE)
    for one in figures(TABLE, DAY):
        more, of, odd = options(TABLE, one)
        same = with_change(TABLE, one, Change(one.value, one.law, one.article, one.confirmed, more, of, odd))
        assert rule_set(same) == before, one


@pytest.mark.parametrize(
    ("name", "what", "value", "text"),
    [
        ("成员大会", "到会", "三分之二", "请写成 2/3"),
        ("成员大会", "到会", "4/3", "分子不能大于分母"),
        ("成员大会", "到会", "0/3", "分子不能大于分母"),
        ("成员大会", "提前通知", "0", "应是 1 到 366 之间的整数"),
        ("成员大会", "提前通知", "十天", "应是 1 到 366 之间的整数"),
        ("理事会", "人数", "7-3", "应是 7 到 100000 之间的整数"),
        ("小额事项议事", "最多决定", "两千", "两千"),
        ("小额事项议事", "最多决定", "0", "限额要大于零"),
    ],
)
def test_a_value_that_cannot_be_is_refused(name: str, what: str, value: str, text: str):
    with pytest.raises(BadInput, match=text):
        changed(name, what, value)


def test_a_step_may_be_added_before_another_and_taken_out_again():
    more = with_step(TABLE, "四议两公开", "会议决议", "乡镇审核", ("乡镇党委会议",))
    names = [step.name for step in rule_set(more).procedure("四议两公开").steps]
    assert names == ["支部提议", "两委商议", "党员大会审议", "乡镇审核", "会议决议"]
    assert rule_set(without_step(more, "四议两公开", "乡镇审核")) == rule_set(TABLE)
    without = rule_set(without_step(TABLE, "四议两公开", "两委商议")).procedure("四议两公开")
    assert without.steps[0].merges_into == ""


def test_steps_that_cannot_be_are_refused():
    with pytest.raises(BadInput, match="没有用过的环节名称"):
        with_step(TABLE, "四议两公开", "会议决议", "支部提议", ("党支部会",))
    with pytest.raises(BadInput, match="由哪些会议办理"):
        with_step(TABLE, "四议两公开", "会议决议", "乡镇审核", ("镇政府",))
    with pytest.raises(BadInput, match="没有“三议”这种程序"):
        with_step(TABLE, "三议", "", "乡镇审核", ("党支部会",))
    with pytest.raises(BadInput, match="里没有“乡镇审核”"):
        without_step(TABLE, "四议两公开", "乡镇审核")
    with pytest.raises(BadInput, match="作出决议的环节"):
        without_step(TABLE, "四议两公开", "会议决议")


def test_the_shipped_profiles_list_as_many_figures_as_their_rules_hold():
    assert len(figures(plain(profile_content("national")), DAY)) > 100
    assert profile_rules("national").label == "national@2025.1"

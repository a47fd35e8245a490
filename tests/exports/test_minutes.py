"""会议记录 and 决议 on paper: what they say, their pages, and that a failed decision is not printed as a good one."""

from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.services.decision_desk import a_decision, a_notice, a_study, a_vote
from village_ledger.domain.decision import Decision, Notice
from village_ledger.domain.decision_register import Record, standing_on
from village_ledger.domain.period import Period
from village_ledger.domain.view import Entity
from village_ledger.exports.minutes import write_minutes_pdf, write_resolution_pdf
from village_ledger.services.governance import profile_rules

RULES = profile_rules("national")
BODIES = {body.name: body for body in RULES.bodies}
VILLAGE = Entity("石桥村股份经济合作社", "", "", "", "", "rural-2023", Period(2025, 1))
ON = date(2025, 7, 1)
FINAL = a_decision(state="定稿", rules=RULES.label)


def pages(path: Path) -> list[str]:
    """The text of each page, without blanks."""
    return ["".join(page.extract_text().split()) for page in PdfReader(path).pages]


def minutes(path: Path, decision: Decision) -> list[str]:
    """The pages of a decision's minutes."""
    write_minutes_pdf(decision, decision.steps, BODIES, VILLAGE, path)
    return pages(path)


def resolution(path: Path, decision: Decision, *notices: Notice) -> str:
    """The resolution as it stands in July."""
    write_resolution_pdf(standing_on(Record(decision, RULES, notices), ON), BODIES, VILLAGE, ON, path, "日志链头 x")
    (page,) = pages(path)
    return page


def test_each_meeting_has_its_minutes_with_figures_and_lines_to_sign(tmp_path: Path):
    study, vote = minutes(tmp_path / "m.pdf", FINAL)
    assert "石桥村股份经济合作社党支部会会议记录" in study
    for text in ("向信用社借款", "2025年6月20日", "村文化礼堂", "应到30人，实到28人比例93%", "讨论借款方案。"):
        assert text in vote
    for text in ("赞成26票，反对1票，弃权1票", "主持人：", "记录人：", "监督人：", "参会人员签到表", "不得代签"):
        assert text in vote
    assert PdfReader(tmp_path / "m.pdf").pages[0].mediabox.width == pytest.approx(595.28, abs=0.1)
    assert [entry.title for entry in PdfReader(tmp_path / "m.pdf").outline] == [
        "会前研究 党支部会",
        "会议决议 成员代表大会",
    ]


def test_everybody_who_came_has_a_row_to_sign_on_with_what_was_remarked(tmp_path: Path):
    names = (*(f"代表{number}" for number in range(1, 27)), "石大山（线上）", "李四(委托张三)")
    steps = (a_study(), a_vote(attendees=names, online=1, told=date(2025, 6, 8), guests="副镇长王建国", merged=True))
    text = "".join(minutes(tmp_path / "m.pdf", FINAL._replace(steps=steps, motion="村干部提议"))[1:])
    assert all(f"代表{number}" in text for number in range(1, 27))
    for wanted in ("石大山线上", "李四委托张三", "其中线上1、书面委托0", "副镇长王建国", "村干部提议", "合并召开"):
        assert wanted in text
    assert "2025年6月8日告知时间、地点、事项" in text


def test_long_minutes_and_long_lists_take_more_pages(tmp_path: Path):
    steps = (a_vote(text="讨论了很久。\n" * 120, eligible=600, present=500, attendees=()),)
    found = minutes(tmp_path / "m.pdf", FINAL._replace(steps=steps))
    assert len(found) > 10
    assert [page[-3:] for page in found[:3]] == ["第1页", "第2页", "第3页"]
    assert "500" in found[-1]


def test_a_resolution_tells_the_vote_the_amount_and_the_check(tmp_path: Path):
    text = resolution(tmp_path / "r.pdf", FINAL, a_notice())
    for wanted in (
        "关于向信用社借款的决议",
        "石桥决〔2025〕3号",
        "应到30人，实到28人",
        "赞成26票、反对1票、弃权1票",
        "同意向信用社借款，用于村道硬化。",
        "不超过100,000.00元（人民币壹拾万元整）",
        "会前研究：2025年6月10日党支部会",
        "（农村集体经济组织盖章）",
        "均符合规则",
        "决议公开：2025年6月21日至2025年6月27日，7天，村务公开栏",
        "日志链头x",
    ):
        assert wanted in text
    assert "不成立" not in text


def test_a_resolution_that_does_not_hold_says_so_at_its_head(tmp_path: Path):
    failed = FINAL._replace(steps=(a_study(), a_vote(present=18, yes=18, no=0, abstain=0)))
    text = resolution(tmp_path / "r.pdf", failed, a_notice(struck="贴错了"))
    assert "程序不成立，见文末核对" in text
    assert "1.成员代表大会应由全体成员代表三分之二以上同意：全体30人，至少20票，赞成18票" in text
    assert "农村集体经济组织法第二十八条" in text
    assert "已划去：贴错了" in text
    assert "均符合规则" not in text


@pytest.mark.parametrize(
    ("more", "mark"),
    [({"state": "起草"}, "草稿，未定稿"), ({"state": "作废", "void_reason": "法院撤销"}, "已作废：法院撤销")],
)
def test_a_draft_or_withdrawn_resolution_is_marked(tmp_path: Path, more: dict[str, object], mark: str):
    assert mark in resolution(tmp_path / "r.pdf", FINAL._replace(**more), a_notice())
